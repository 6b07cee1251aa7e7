"""Workbooks: a sheet's cells become text, as a person would read them.

Enters: an XLSX, XLSM, XLS or ODS file. Leaves: an Arrow table of text columns and the layout notes.
Refuses to evaluate formulas: the values the workbook holds are the values.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from segmentation.errors import EmptyFile, HeaderOnly, UnreadableFile
from segmentation.intake.dialect import is_header, unique_names
from segmentation.intake.limits import check_columns
from segmentation.notes import Note

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def read_sheet(
    path: Path, name: str, sheet: str | None
) -> tuple[str, tuple[str, ...], tuple[str, ...], pa.Table, tuple[Note, ...]]:
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
    sheets : tuple of str
        All sheets of the workbook that hold cells, not charts.
    names : tuple of str
        Unique column names.
    cells : pyarrow.Table
        ``__row`` (0-based) and columns ``r0 … rN`` of strings; blank cells are null.
    notes : tuple of Note
        Layout repairs.

    Raises
    ------
    UnreadableFile, EmptyFile, HeaderOnly, TooManyColumns
    """
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        found = {
            each.name: workbook.get_sheet_by_name(each.name)
            for each in workbook.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet
        }
        if not found:
            raise EmptyFile
        chosen = sheet if sheet in found else max(found, key=lambda each: found[each].height)
        rows = found[chosen].to_python(skip_empty_area=True)
    except (CalamineError, OSError) as cause:
        raise UnreadableFile(name=name, detail=str(cause)[:120]) from cause
    return chosen, tuple(found), *_layout(rows)


def _layout(rows: list[list[Cell]]) -> tuple[tuple[str, ...], pa.Table, tuple[Note, ...]]:
    """Find the header (first row at least half as full as the fullest) and cut the table out."""
    if not rows:
        raise EmptyFile
    filled = [sum(1 for cell in row if cell != "") for row in rows]
    fullest = max(filled[:200])
    first = next(i for i, n in enumerate(filled) if n >= max(1, fullest / 2))
    check_columns(len(rows[first]))
    notes = [Note.of("title-lines-skipped", n=first)] if first else []
    header = [_text(cell) or "" for cell in rows[first]]
    sample = [[_text(cell) or "" for cell in row] for row in rows[first + 1 : first + 51]]
    if is_header(header, sample):
        first += 1
    else:
        header = [""] * len(header)
        notes.append(Note.of("header-missing", n=len(header)))
    names, repairs = unique_names(header)
    notes += repairs
    body = [row for row, n in zip(rows[first:], filled[first:], strict=True) if n]
    if not body:
        raise HeaderOnly
    columns = {"__row": pa.array(range(len(body)), pa.int64())}
    for i in range(len(names)):
        columns[f"r{i}"] = pa.array([_text(row[i]) for row in body], pa.string())
    return names, pa.table(columns), tuple(notes)


def _text(cell: Cell) -> str | None:
    """Write a cell as a person reads it: whole numbers without a point, dates year first."""
    written: str = str(cell)
    if isinstance(cell, bool):
        written = written.upper()
    elif isinstance(cell, float):
        written = str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    elif isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        written = cell.date().isoformat() if midnight else cell.isoformat(" ")
    return written or None
