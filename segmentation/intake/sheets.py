"""Workbooks: which cells of a sheet are the table, what are its names, and what stands around it.

Enters: an XLSX, XLSM, XLS or ODS file. Leaves: an Arrow table of text columns and what was repaired
or set aside. Refuses to evaluate formulas: the values the workbook holds are the values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from segmentation.engine.watching import Watch
from segmentation.errors import EmptyFile, HeaderOnly
from segmentation.intake.ending import Reject, odd_one, set_aside_notes
from segmentation.intake.header import unique_names
from segmentation.intake.layout import Layout, find_layout
from segmentation.intake.limits import MAX_LINE_BYTES, check_columns
from segmentation.intake.sheet_blocks import Cells, Mask, Rows, Strip, runs, strips
from segmentation.intake.sheet_header import Merged
from segmentation.intake.tables import several
from segmentation.notes import Note
from segmentation.parsing.apart import apart
from segmentation.parsing.workbook import ParsedSheet, parse_workbook


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


def read_sheet(
    path: Path, name: str, sheet: str | None, folder: Path, watch: Watch | None = None
) -> Sheet:
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
    watch : Watch, optional
        Asked meanwhile whether the sheet is still wanted.

    Returns
    -------
    Sheet

    Raises
    ------
    UnreadableFile, ProtectedFile, ReaderStopped, EmptyFile, HeaderOnly, TooManyColumns, CellTooLong
    """
    target, watch = folder / "reading.arrow", watch or Watch()
    wanted = (path, name, sheet, target, MAX_LINE_BYTES)
    try:
        with watch.step("parsing"):
            parsed = apart(name, parse_workbook, *wanted, look=watch.look)
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
    whole = Cells(cells)
    if not whole.filled.any():
        raise EmptyFile
    found = strips(whole)
    tables = [strip for strip in found if strip.is_table] or found
    chosen = max(tables, key=lambda strip: strip.n_filled)
    strip = chosen.alone()
    rows = Rows(strip, range(cells.num_rows))
    layout = find_layout(
        rows,
        whole=True,
        blocks=runs(np.any(strip.sheet.filled[:, strip.left : strip.right], axis=1)),
        merged_cells=_merged(parsed, strip),
    )
    body, odd = _body(strip, rows, layout)
    kept = _kept(strip, layout, body)
    check_columns(len(kept))
    names, repairs = unique_names([layout.heads[i] for i in kept])
    others = [reject for each in found if each is not chosen for reject in _beside(each)]
    n_tables = layout.n_tables + sum(s.is_table for s in found if s is not chosen)
    aside = sorted([*layout.rejects, *odd, *others], key=lambda each: each.line)
    columns = [strip.left + i for i in kept]
    places = [parsed.left + column for column in columns]
    notes = [
        *several(n_tables, places, (layout.top + 1, body[-1] + 1)),
        *layout.notes,
        *_notes_on_cells(parsed, len(layout.heads) - len(kept)),
        *repairs,
        *set_aside_notes(Counter(each.reason for each in aside)),
    ]
    sheet = _cut(strip.sheet.table, body, columns)
    return Sheet(parsed.sheet, parsed.sheets, names, sheet, tuple(notes), tuple(aside))


def _merged(parsed: ParsedSheet, strip: Strip) -> Merged:
    """Return the merged areas inside a strip; what is merged over all of it is a title."""
    left, right = strip.left, strip.right
    areas = [
        (top + 1, first - left, bottom + 1, last - left)
        for top, first, bottom, last in parsed.merged
        if left <= first and last < right and (first, last) != (left, right - 1)
    ]
    return Merged(tuple(areas))


def _body(strip: Strip, rows: Rows, layout: Layout) -> tuple[list[int], list[Reject]]:
    """Return the rows that are customers, and the comments and repeated headers among them."""
    filled = strip.sheet.filled[layout.first : layout.last, strip.left : strip.right]
    counts = filled.sum(axis=1)
    names = layout.header.cells if layout.header else []
    again = _equal(strip, names)[layout.first : layout.last]
    maybe = again | (counts == 1) & filled[:, 0]
    maybe &= len(layout.used) > 1
    aside = [
        Reject.of(rows[row], reason)
        for row in (np.flatnonzero(maybe) + layout.first).tolist()
        if (reason := odd_one(rows[row], layout.header, comments=layout.comments))
    ]
    out = {reject.line - 1 for reject in aside}
    body = [row for row in (np.flatnonzero(counts) + layout.first).tolist() if row not in out]
    if not body:
        raise HeaderOnly
    return body, aside


def _equal(strip: Strip, names: Sequence[str]) -> Mask:
    """Tell which rows have the first name in its place."""
    at = next((i for i, name in enumerate(names) if name), None)
    if at is None:
        return np.zeros(strip.sheet.table.num_rows, dtype=bool)
    equal = pa.compute.equal(strip.sheet.table.column(strip.left + at), names[at])
    found: Mask = equal.fill_null(False).to_numpy()
    return found


def _kept(strip: Strip, layout: Layout, body: Sequence[int]) -> Sequence[int]:
    """Return the columns to keep: all where one without a name turns out to hold something."""
    dropped = sorted(set(range(len(layout.heads))) - set(layout.used))
    cells = strip.sheet.filled[:, [strip.left + i for i in dropped]]
    return range(len(layout.heads)) if cells[body].any() else layout.used


def _beside(strip: Strip) -> Iterator[Reject]:
    """Set aside what stands beside the table: another one, or remarks."""
    reason = "another-table" if strip.is_table else "note"
    alone = strip.alone()
    for record in Rows(alone, range(alone.sheet.table.num_rows)):
        if record.filled:
            yield Reject.of(record, reason)


def _notes_on_cells(parsed: ParsedSheet, n_dropped: int) -> list[Note]:
    counts = {
        "columns-dropped": n_dropped,
        "error-cells": parsed.n_errors,
        "formulas-without-result": parsed.n_without_result,
    }
    return [Note.of(code, n=n) for code, n in counts.items() if n]


def _cut(cells: pa.Table, body: Sequence[int], columns: Sequence[int]) -> pa.Table:
    """Take the customers' rows, with names that the engine knows."""
    rows = pa.array(body, pa.int64())
    found = {"__row": pa.array(np.arange(len(body)), pa.int64())}
    for i, column in enumerate(columns):
        found[f"r{i}"] = cells.column(column).take(rows)
    return pa.table(found)
