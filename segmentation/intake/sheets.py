"""Workbooks: a sheet's cells become text, as a person would read them.

Enters: an XLSX, XLSM, XLS or ODS file. Leaves: an Arrow table of text columns and the layout notes.
Refuses to evaluate formulas: the values the workbook holds are the values.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from segmentation.errors import EmptyFile, HeaderOnly, UnreadableFile
from segmentation.intake.dialect import unique_names
from segmentation.intake.limits import check_columns
from segmentation.notes import Note

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def sheet_names(path: Path, name: str) -> tuple[str, ...]:
    """List the sheets of a workbook (raises ``UnreadableFile`` when it is damaged)."""
    return tuple(_opened(path, name).sheet_names)


def read_sheet(
    path: Path, name: str, sheet: str | None
) -> tuple[str, tuple[str, ...], pa.Table, tuple[Note, ...]]:
    """Read one sheet as text.

    Parameters
    ----------
    path : Path
        The workbook.
    name : str
        Its name, for messages.
    sheet : str or None
        Which sheet; the one with the most rows when None.

    Returns
    -------
    sheet : str
        The sheet that was read.
    names : tuple of str
        Unique column names.
    cells : pyarrow.Table
        Columns ``r0 … rN`` of strings; blank cells are null.
    notes : tuple of Note
        Layout repairs.

    Raises
    ------
    UnreadableFile, EmptyFile, HeaderOnly
    """
    workbook = _opened(path, name)
    sizes = {s: workbook.get_sheet_by_name(s).height for s in workbook.sheet_names}
    chosen = sheet if sheet in sizes else max(sizes, key=lambda s: sizes[s], default="")
    if not chosen:
        raise EmptyFile
    rows = workbook.get_sheet_by_name(chosen).to_python(skip_empty_area=True)
    return chosen, *_layout(rows)


def _opened(path: Path, name: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError) as cause:
        raise UnreadableFile(name=name, detail=str(cause)[:120]) from cause


def _layout(rows: list[list[Cell]]) -> tuple[tuple[str, ...], pa.Table, tuple[Note, ...]]:
    """Find the header (first row at least half as full as the fullest) and cut the table out."""
    if not rows:
        raise EmptyFile
    filled = [sum(1 for cell in row if cell != "") for row in rows]
    fullest = max(filled[:200])
    first = next(i for i, n in enumerate(filled) if n >= max(1, fullest / 2))
    check_columns(len(rows[first]))
    names, notes = unique_names([_text(cell) or "" for cell in rows[first]])
    body = [row for row, n in zip(rows[first + 1 :], filled[first + 1 :], strict=True) if n]
    if not body:
        raise HeaderOnly
    columns = {
        f"r{i}": pa.array([_text(row[i]) for row in body], pa.string()) for i in range(len(names))
    }
    if first:
        notes = (Note.of("title-lines-skipped", n=first), *notes)
    return names, pa.table(columns), notes


def _text(cell: Cell) -> str | None:
    """Write a cell as a person reads it: whole numbers without a point, dates year first."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
