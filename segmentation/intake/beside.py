"""A text in which tables stand side by side, parted by blank columns: the rules of a sheet apply.

Enters: a text file and the dialect that takes all of it for one table. Leaves: its largest table as
a :class:`Sheet`, or None where there is only one. Refuses a file that is too large to be held as
cells, which is read as one table.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import pyarrow as pa

from segmentation.engine.watching import Watch
from segmentation.intake.dialect import Dialect
from segmentation.intake.records import RecordReader, cleaned
from segmentation.intake.sheet_blocks import Cells, strips
from segmentation.intake.sheets import Sheet, table_of
from segmentation.intake.syntax import declared_delimiter, guess_syntax
from segmentation.intake.window import Window
from segmentation.notes import Note
from segmentation.parsing.workbook import ParsedSheet

# Our own choice: so much text is held as cells in well under 500 MB, within a few seconds.
MOST_BYTES = 20_000_000
_BROKEN = "\ufffd"


@dataclass(frozen=True, slots=True)
class _Records:
    """The cells of a text, its records' lines, and what was repaired on the way."""

    cells: pa.Table
    lines: tuple[int, ...]
    notes: tuple[Note, ...]


def table_beside_others(
    window: Window, dialect: Dialect, delimiter: str | None, watch: Watch
) -> Sheet | None:
    """Find the largest of several tables that stand side by side.

    Only a text with a blank column between others is looked at twice.

    Parameters
    ----------
    window : Window
        Of the file.
    dialect : Dialect
        As if it held one table.
    delimiter : str or None
        The user's own choice.
    watch : Watch
        Asked meanwhile whether the file is still wanted.

    Returns
    -------
    Sheet or None
        Its notes say which table it is, its rows set aside are those of the others. None where
        there are no two tables side by side.
    """
    between = set(range(dialect.kept[0], dialect.kept[-1])) - set(dialect.kept)
    if not between or window.path.stat().st_size > MOST_BYTES:
        return None
    with watch.step("copying", window.path.stat().st_size):
        found = _records(Window(window.path, window.encoding, advance=watch.advance), delimiter)
        parts = strips(Cells(found.cells))
        if sum(strip.is_table for strip in parts) < 2:
            return None
        sheet = table_of(found.cells, ParsedSheet("", ()))
    aside = tuple(replace(each, line=found.lines[each.line - 1]) for each in sheet.set_aside)
    return replace(sheet, notes=(*found.notes, *sheet.notes), set_aside=aside)


def _records(window: Window, delimiter: str | None) -> _Records:
    """Read all records of a text; a line that declares the delimiter is a blank one."""
    with window.opened() as file:
        text = cleaned(file.read())
    syntax, unusual = guess_syntax(text, delimiter)
    begin = declared_delimiter(text)[1]
    reader = RecordReader(io.StringIO(text[begin:], newline=""), syntax)
    records = list(reader)
    before = 1 if begin else 0
    rows: list[list[str]] = [[]] * before + [record.cells for record in records]
    lines = (*range(1, before + 1), *(before + record.line for record in records))
    width = max(map(len, rows))
    columns = {
        str(i): pa.array(
            [row[i] if i < len(row) and row[i].strip() else None for row in rows], pa.string()
        )
        for i in range(width)
    }
    notes = list(unusual)
    if n := text.count(_BROKEN):
        notes.append(Note.of("characters-broken", n=n))
    if reader.unclosed:
        at = reader.unclosed
        notes.append(Note.of("quotes-unclosed", n=len(at), line=before + at[0]))
    return _Records(pa.table(columns), lines, tuple(notes))
