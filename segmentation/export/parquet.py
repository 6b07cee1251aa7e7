"""Labelled customers as Parquet: the values as the study reads them, plus the segment.

Enters: a customer table, the engine table of labels and segment names. Leaves: a file in the
visit's folder. Refuses to guess: a cell that could not be read as its column's kind is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from segmentation.engine.duck import literal, quoted
from segmentation.export.added import Levels, added_cells, added_columns, place_cells
from segmentation.export.side_by_side import in_file_order, labelled_rows, raw_cell
from segmentation.intake import Column, CustomerTable

# Up to here every whole number has a floating-point number of its own.
_EXACT = 2**53


def write_parquet(
    table: CustomerTable,
    labels: str,
    names: Sequence[str],
    path: Path,
    levels: Levels | None = None,
) -> Path:
    """Write a Parquet file: numbers, dates and yes or no as such.

    Whole numbers are kept as such. The answers of a reversed item are the text of the file, since
    the study turned their values round.

    Parameters
    ----------
    table : CustomerTable
    labels : str
        Engine table with ``__row`` and ``segment``.
    names : sequence of str
        Segment names.
    path : Path
        Inside the visit's folder.
    levels : Levels or None
        As of :func:`~segmentation.export.write_csv`.

    Returns
    -------
    Path
        The same path.
    """
    own = table.columns[: len(table.raw.names)]
    cells = [_cell(column, i) for i, column in enumerate(own)]
    cells += [*added_cells(names, levels), *place_cells(table)]
    if any(column.is_reversed for column in own):
        rows = labelled_rows(table, labels, cells)
    else:
        rows = in_file_order(table, labels, "values", cells)
    header = ", ".join(quoted(n) for n in (*table.raw.names, *added_columns(table, levels)))
    named = " ".join([f"SELECT * FROM ({rows})", f"AS t({header})"])
    with table.session.in_order():
        table.session.execute(f"COPY ({named}) TO {literal(str(path))} (FORMAT parquet)")
    return path


def _cell(column: Column, position: int) -> str:
    if column.is_reversed:
        return raw_cell(position)
    value = f"c.{quoted(column.key)}"
    return f"CAST({value} AS BIGINT)" if _is_whole(column) else value


def _is_whole(column: Column) -> bool:
    """Tell whether all values are whole numbers that a floating-point number holds exactly."""
    if not column.whole or column.low is None or column.high is None:
        return False
    return max(abs(column.low), abs(column.high)) < _EXACT
