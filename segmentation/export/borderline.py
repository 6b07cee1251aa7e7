"""Customers near a border: the first of them for the screen, all of them as a file.

Enters: a customer table and the borderline customers of a solution. Leaves: an engine table, a few
rows of it, a CSV for Excel. Refuses personal data: an id that tells who somebody is stays covered,
and the row of the file stands in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from segmentation.engine.duck import literal, quoted
from segmentation.export.chart_rows import Rows
from segmentation.export.customers import UTF8_MARK, safe_cell, safe_sql, write_rows
from segmentation.intake import CustomerTable
from segmentation.validation import Borderline
from segmentation.variables import Role, Variable
from segmentation.wording import Words

MOST_SHOWN = 50


def put_borderline(
    table: CustomerTable, rows: npt.NDArray[np.int64], found: Borderline, name: str
) -> str:
    """Store the customers near a border in the engine.

    Parameters
    ----------
    table : CustomerTable
    rows : ndarray of shape (n_customers,)
        Row of the file of every customer that was looked at.
    found : Borderline
    name : str
        Of the engine table; one that is there already is left as it is.

    Returns
    -------
    str
        The same name: ``__row``, ``segment``, ``other`` and ``shadow``.
    """
    if not table.session.has(name):
        columns = {
            "__row": rows[found.positions],
            "segment": found.own,
            "other": found.other,
            "shadow": found.shadows,
        }
        table.session.put(name, pa.table(columns))
    return name


def shown_id(table: CustomerTable, variables: Sequence[Variable]) -> str | None:
    """Return the column that names the customers and may be shown; None where there is none."""
    for variable in variables:
        is_id = variable.name == table.id_name or variable.role is Role.ID
        if is_id and not variable.private and variable.name in table.raw.names:
            return variable.name
    return None


def nearest_rows(
    table: CustomerTable, stored: str, id_name: str | None, names: Sequence[str], words: Words
) -> Rows:
    """Return the customers nearest to a border, at most 50, nearest first.

    Parameters
    ----------
    table : CustomerTable
    stored : str
        What :func:`put_borderline` returned.
    id_name : str or None
        What :func:`shown_id` returned.
    names : sequence of str
        Segment names.
    words : Words

    Returns
    -------
    list of dict
    """
    select = f"{_select(table, stored, id_name, names)} LIMIT {MOST_SHOWN}"
    header = _header(id_name, words)
    return [dict(zip(header, row.values(), strict=True)) for row in table.session.rows(select)]


def write_borderline(
    table: CustomerTable,
    stored: str,
    id_name: str | None,
    names: Sequence[str],
    words: Words,
    path: Path,
) -> Path:
    """Write all customers near a border as CSV for Excel, formulas neutralised.

    Parameters as :func:`nearest_rows`; ``path`` is inside the visit's folder.

    Returns
    -------
    Path
        The same path.
    """
    safe_names = [safe_cell(name) for name in names]
    select = _select(table, stored, id_name, safe_names, safe=True)
    header = [safe_cell(name) for name in _header(id_name, words)]
    return write_rows(table, select, header, path, mark=UTF8_MARK)


def _header(id_name: str | None, words: Words) -> list[str]:
    own = [words("Row of the table"), words("Segment"), words("Next segment")]
    first, rest = own[:1], [*own[1:], words("Shadow value")]
    return [*first, *([id_name] if id_name else []), *rest]


def _select(
    table: CustomerTable,
    stored: str,
    id_name: str | None,
    names: Sequence[str],
    *,
    safe: bool = False,
) -> str:
    cells = ["CAST(b.__row + 1 AS BIGINT) AS place"]
    if id_name is not None:
        cell = f"r.{quoted(f'r{table.raw.names.index(id_name)}')}"
        cells.append(f"{safe_sql(cell) if safe else cell} AS id")
    cells += [_called("b.segment", names, "own"), _called("b.other", names, "next")]
    cells.append("CAST(round(b.shadow, 4) AS DOUBLE) AS shadow")
    parts = [
        "SELECT",
        ", ".join(cells),
        f"FROM {quoted(stored)} b",
        f"JOIN {quoted(table.raw.table)} r ON r.__row = b.__row",
        "ORDER BY b.shadow DESC, b.__row",
    ]
    return " ".join(parts)


def _called(column: str, names: Sequence[str], alias: str) -> str:
    cases = " ".join(f"WHEN {s} THEN {literal(n)}" for s, n in enumerate(names))
    return f"CASE {column} {cases} END AS {quoted(alias)}"
