"""All customers of a file in its order, each with their segment: as a query, and as fast as can be.

Enters: a customer table, the engine table of labels and cells as SQL. Leaves: a SELECT. Refuses to
write anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from segmentation.engine.duck import quoted
from segmentation.intake import CustomerTable


def raw_cell(position: int) -> str:
    """Write a cell as the file has it."""
    return f"r.{quoted(f'r{position}')}"


def in_file_order(
    table: CustomerTable, labels: str, source: Literal["text", "values"], cells: Sequence[str]
) -> str:
    """Write the SELECT of all customers in the order of the file, with their segments.

    Rows and segments are laid side by side where the rows are in that order already: to look up
    each customer's segment and to sort whole rows costs twice as much as to write them.

    Parameters
    ----------
    table : CustomerTable
    labels : str
        Engine table with ``__row`` and ``segment``.
    source : {"text", "values"}
        Whether cells are of the file's text, ``r.r0 …``, or of the typed customers, ``c.c0 …``.
    cells : sequence of str
        SQL; the segment is ``l.segment``.

    Returns
    -------
    str
        SQL.
    """
    rows, name = (table.raw.table, "r") if source == "text" else (table.name, "c")
    if not _is_in_order(table, rows):
        return labelled_rows(table, labels, cells)
    segments = [
        "SELECT k.__row, s.segment",
        f"FROM {quoted(table.name)} k LEFT JOIN {quoted(labels)} s ON k.__row = s.__row",
        "ORDER BY k.__row",
    ]
    parts = [
        f"SELECT {', '.join(cells)} FROM {quoted(rows)} {name}",
        f"POSITIONAL JOIN ({' '.join(segments)}) l",
    ]
    return " ".join(parts)


def labelled_rows(
    table: CustomerTable,
    labels: str,
    cells: Sequence[str],
    added: Sequence[str] = (),
    *,
    rows: tuple[int, int] | None = None,
) -> str:
    """Write the SELECT of all customers, or of a stretch of rows, in file order with segments.

    Parameters
    ----------
    table, labels, cells
        As of :func:`in_file_order`; cells may be of the text and of the typed customers.
    added : sequence of str
        More cells.
    rows : (int, int), optional
        The first and the last one, from 0.

    Returns
    -------
    str
        SQL.
    """
    parts = [
        f"SELECT {', '.join([*cells, *added])}",
        f"FROM {quoted(table.raw.table)} r",
        f"JOIN {quoted(table.name)} c ON r.__row = c.__row",
        f"LEFT JOIN {quoted(labels)} l ON r.__row = l.__row",
        f"WHERE r.__row BETWEEN {rows[0]} AND {rows[1]}" if rows else "",
        "ORDER BY r.__row",
    ]
    return " ".join(parts)


def _is_in_order(table: CustomerTable, name: str) -> bool:
    """Tell whether the n-th row of a table is the n-th of the file; in a view it is, as made."""
    if table.session.is_view(name):
        return True
    numbered = f"(SELECT __row, row_number() OVER () - 1 AS place FROM {quoted(name)})"
    asked = ["SELECT count(*) AS n, count(*) FILTER (__row <> place) AS moved FROM", numbered]
    found = table.session.rows(" ".join(asked))[0]
    return bool(found["n"] == table.raw.n_rows and not found["moved"])
