"""Workbooks: which cells of a sheet are the table, what are its names, and what stands around it.

Enters: an XLSX, XLSM, XLS or ODS file. Leaves: an Arrow table of text columns and what was repaired
or set aside. Refuses to evaluate formulas: the values the workbook holds are the values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from segmentation.errors import EmptyFile, HeaderOnly
from segmentation.intake.dialect import unique_names
from segmentation.intake.ending import Reject
from segmentation.intake.limits import MAX_LINE_BYTES, check_columns
from segmentation.intake.sheet_blocks import Block, Cells, find_blocks, is_total
from segmentation.intake.sheet_header import Header, find_header
from segmentation.notes import Note
from segmentation.parsing.apart import apart
from segmentation.parsing.workbook import ParsedSheet, parse_workbook

_FOOT_ROWS = 10
_REMARK = re.compile(
    r"(?:sources?|notes?|remarks?|legend|注释?|备注|说明|来源|数据来源|制表)\s*[:：].*|\*+.*"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table of a sheet.

    Attributes
    ----------
    sheet : str
        The sheet that was read.
    sheets : tuple of str
        All sheets of the workbook that hold cells, hidden ones too, not charts.
    names : tuple of str
        Unique column names.
    cells : pyarrow.Table
        ``__row`` (0-based) and columns ``r0 … rN`` of strings; blank cells are null.
    notes : tuple of Note
        Layout repairs.
    set_aside : tuple of Reject
        Rows that are no customers: totals, remarks, repeated headers and cells beside the table.
    """

    sheet: str
    sheets: tuple[str, ...]
    names: tuple[str, ...]
    cells: pa.Table
    notes: tuple[Note, ...]
    set_aside: tuple[Reject, ...]


def read_sheet(path: Path, name: str, sheet: str | None, folder: Path) -> Sheet:
    """Read the table of one sheet as text.

    Parameters
    ----------
    path : Path
        The workbook.
    name : str
        Its name, for messages.
    sheet : str or None
        Which sheet; the visible one with most filled cells when None.
    folder : Path
        The visit's own, for the sheet's cells while they are read.

    Returns
    -------
    Sheet

    Raises
    ------
    UnreadableFile, ProtectedFile, ReaderStopped, EmptyFile, HeaderOnly, TooManyColumns, CellTooLong
    """
    target = folder / "reading.arrow"
    try:
        parsed = apart(name, parse_workbook, path, name, sheet, target, MAX_LINE_BYTES)
        with pa.memory_map(str(target)) as file:
            return table_of(pa.ipc.open_file(file).read_all(), parsed)
    finally:
        for each in folder.glob("reading.*"):  # the parser may have ended before it tidied up
            each.unlink()


def table_of(cells: pa.Table, parsed: ParsedSheet) -> Sheet:
    """Find the table in a sheet's cells.

    Parameters
    ----------
    cells : pyarrow.Table
        The sheet as text, from its first row and first filled column on.
    parsed : ParsedSheet
        What stands beside them.

    Returns
    -------
    Sheet

    Raises
    ------
    EmptyFile, HeaderOnly, TooManyColumns
    """
    sheet = Cells(cells)
    if not sheet.filled.any():
        raise EmptyFile
    blocks = find_blocks(sheet)
    tables = [block for block in blocks if block.is_table] or blocks
    block = max(tables, key=lambda each: each.n_filled)
    columns = _filled_columns(sheet, block)
    check_columns(len(columns))
    header = find_header(sheet, block, columns, parsed.merged)
    body, aside = _body(sheet, block, columns, header.n_rows)
    titles, beside = _around(sheet, blocks, tables, block)
    aside = sorted([*aside, *beside], key=lambda each: each.line)
    names, repairs = unique_names(list(header.names))
    notes = [
        *_notes_on_place(header, titles, len(tables), _area(parsed, block)),
        *_notes_on_cells(parsed, block.width - len(columns)),
        *repairs,
    ]
    reasons = Counter(each.reason for each in aside)
    notes += [Note.of("rows-set-aside", n=n, reason=each) for each, n in sorted(reasons.items())]
    found = _cut(cells, body, columns)
    return Sheet(parsed.sheet, parsed.sheets, names, found, tuple(notes), tuple(aside))


def _filled_columns(sheet: Cells, block: Block) -> list[int]:
    area = sheet.filled[block.rows, block.left : block.right]
    return [block.left + int(i) for i in np.flatnonzero(area.any(axis=0))]


def _body(
    sheet: Cells, block: Block, columns: Sequence[int], n_header: int
) -> tuple[list[int], list[Reject]]:
    """Return the rows that are customers, and those that are not."""
    repeated = set(block.repeated)
    body = [row for row in block.rows[n_header:] if row not in repeated]
    aside = [_aside(sheet, row, "repeated-header", columns) for row in block.repeated]
    for row in reversed(body[-_FOOT_ROWS:]):
        reason = _foot(sheet.texts(row, columns))
        if not reason:
            break
        aside.append(_aside(sheet, row, reason, columns))
        body.pop()
    if not body:
        raise HeaderOnly
    return body, aside


def _foot(texts: Sequence[str]) -> str:
    """Say why a last row is no customer; blank if it is one."""
    if is_total(texts):
        return "totals"
    filled = [text.strip() for text in texts if text]
    remark = (
        len(filled) == 1 < len(texts) and bool(texts[0]) and _REMARK.fullmatch(filled[0].casefold())
    )
    return "note" if remark else ""


def _around(
    sheet: Cells, blocks: Sequence[Block], tables: Sequence[Block], block: Block
) -> tuple[int, list[Reject]]:
    """Count the lines above a table that are titles; what else stands alone is set aside."""
    titles: set[int] = set()
    beside: list[Reject] = []
    for each in blocks:
        if each.is_table and each in tables:
            continue
        if each.rows[-1] < block.rows[0]:
            titles |= set(each.rows)
        elif each is not block:
            beside += [_aside(sheet, row, "note", each.columns) for row in each.rows]
    return len(titles), beside


def _aside(sheet: Cells, row: int, reason: str, columns: Sequence[int]) -> Reject:
    return Reject(row + 1, reason, "\t".join(text for text in sheet.texts(row, columns) if text))


def _notes_on_place(header: Header, n_titles: int, n_tables: int, area: str) -> list[Note]:
    notes = []
    if n_tables > 1:
        notes.append(Note.of("table-chosen", n=n_tables, area=area))
    if n_titles + header.n_titles:
        notes.append(Note.of("title-lines-skipped", n=n_titles + header.n_titles))
    if not header.n_levels:
        notes.append(Note.of("header-missing", n=len(header.names)))
    if header.n_levels > 1:
        notes.append(Note.of("header-rows-joined", n=header.n_levels))
    return notes


def _notes_on_cells(parsed: ParsedSheet, n_blank: int) -> list[Note]:
    counts = {
        "blank-columns-left-out": n_blank,
        "error-cells": parsed.n_errors,
        "formulas-without-result": parsed.n_without_result,
    }
    return [Note.of(code, n=n) for code, n in counts.items() if n]


def _area(parsed: ParsedSheet, block: Block) -> str:
    left, right = block.left + parsed.left, block.right + parsed.left - 1
    return f"{_letters(left)}{block.rows[0] + 1}:{_letters(right)}{block.rows[-1] + 1}"


def _letters(column: int) -> str:
    letters = ""
    while column >= 0:
        column, letter = column // 26 - 1, chr(ord("A") + column % 26)
        letters = letter + letters
    return letters


def _cut(cells: pa.Table, body: Sequence[int], columns: Sequence[int]) -> pa.Table:
    """Take the customers' rows, with names that the engine knows."""
    rows = pa.array(body, pa.int64())
    found = {"__row": pa.array(np.arange(len(body)), pa.int64())}
    for i, column in enumerate(columns):
        found[f"r{i}"] = cells.column(column).take(rows)
    return pa.table(found)
