"""The file of a codebook opened; of a workbook with several sheets, the one that is a codebook.

Enters: a file of any kind that customers may have. Leaves: a :class:`ReadCodebook`. Refuses a file
in which nothing names variables; the customers' table stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from segmentation.engine import DuckSession
from segmentation.errors import (
    EmptyCodebook,
    EmptyFile,
    HeaderOnly,
    NotACodebook,
    TableError,
    UnknownSheet,
)
from segmentation.intake.codebook_file import MOST_ROWS, ReadCodebook, Row, read_codebook, rows_of
from segmentation.intake.codebook_use import matched
from segmentation.intake.options import ReadOptions
from segmentation.intake.reading import read_file
from segmentation.intake.table import Source
from segmentation.notes import Note

_BESIDE = "codebook"
# Each sheet is read in a process of its own; codebooks have fewer.
_MOST_SHEETS = 12


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of a codebook's file, out of the engine again."""

    source: Source
    rows: Sequence[Row]
    notes: tuple[Note, ...]
    n_rows: int


@dataclass(frozen=True, slots=True)
class _Book:
    """The file of a codebook."""

    session: DuckSession
    path: Path
    name: str

    def table(self, options: ReadOptions) -> _Table:
        """Read one of its tables; the engine then holds what it held before."""
        before = self.session.tables()
        try:
            raw = read_file(self.session, self.path, self.name, options, into=_BESIDE)
            return _Table(raw.source, rows_of(raw), raw.notes, raw.n_rows)
        finally:
            self.session.drop(self.session.tables() - before)

    def tables(self, options: ReadOptions) -> Iterator[_Table]:
        """Yield the table that was asked for, or else those of all sheets, the largest first."""
        first = self.table(options)
        if options.sheet is not None and options.sheet not in first.source.sheets:
            raise UnknownSheet(name=self.name, sheet=options.sheet, sheets=first.source.sheets)
        yield first
        if options.sheet in first.source.sheets:
            return
        others = [sheet for sheet in first.source.sheets if sheet != first.source.sheet]
        for sheet in others[: _MOST_SHEETS - 1]:
            try:
                yield self.table(replace(options, sheet=sheet))
            except TableError:  # a sheet that is no table is no codebook either
                continue


def open_codebook(
    session: DuckSession,
    path: Path,
    name: str,
    columns: Sequence[str] = (),
    options: ReadOptions | None = None,
) -> ReadCodebook:
    """Read the file of a codebook beside the customers.

    Of a workbook's first twelve sheets that one is taken which explains the codes of most of the
    columns; if none does, which describes most of them.

    Parameters
    ----------
    session : DuckSession
        What it holds stays as it is; ``path`` lies in its folder.
    path : Path
        A file of any kind that the customers may have.
    name : str
        Its name as the user knows it.
    columns : sequence of str
        The columns of the customers' table; without them all variables count.
    options : ReadOptions, optional
        The user's corrections, such as another sheet.

    Returns
    -------
    ReadCodebook
        With the notes on how the file was read.

    Raises
    ------
    EmptyCodebook
        When it describes no variable.
    NotACodebook
        When no column names the variables.
    UnknownSheet
        When it has no such sheet as the options name.
    TableError
        What reading any file refuses.
    """
    options = options or ReadOptions()
    try:
        tables = list(_Book(session, path, name).tables(options))
    except (EmptyFile, HeaderOnly) as cause:
        raise EmptyCodebook(name=name) from cause
    table, read = _best(tables, columns)
    if not read.codebook:
        raise EmptyCodebook(name=name)
    notes = (*_said(table, options), *read.notes)
    if table.n_rows > MOST_ROWS:
        notes = (*notes, Note.of("codebook-cut", n=table.n_rows - MOST_ROWS, most=MOST_ROWS))
    return ReadCodebook(read.codebook, notes, table.source.sheet, table.source.sheets)


def _best(tables: Sequence[_Table], columns: Sequence[str]) -> tuple[_Table, ReadCodebook]:
    """Return the table that says most of the columns; the first of equals.

    Raises
    ------
    NotACodebook
        When none is a codebook, as the first is refused.
    """
    books: list[tuple[_Table, ReadCodebook]] = []
    refusals: list[NotACodebook] = []
    for table in tables:
        try:
            books.append((table, read_codebook(table.rows)))
        except NotACodebook as cause:
            refusals.append(cause)
    if not books:
        raise refusals[0]
    return max(books, key=lambda book: _says(book[1], columns))


def _says(read: ReadCodebook, columns: Sequence[str]) -> tuple[int, int, int]:
    """Count the columns whose codes are explained, those with a label, and all that are named."""
    found = matched(read.codebook, columns)[0] if columns else read.codebook
    explained = sum(bool(e.values or e.missing or e.is_reversed) for e in found.values())
    return explained, sum(bool(entry.label) for entry in found.values()), len(found)


def _said(table: _Table, options: ReadOptions) -> tuple[Note, ...]:
    """Return the notes on how the file was read, with the reason for this sheet."""
    source = table.source
    notes = tuple(note for note in table.notes if note.code != "sheet-chosen")
    if len(source.sheets) < 2 or options.sheet in source.sheets:
        return notes
    chosen = [Note.of("codebook-sheet-chosen", sheet=source.sheet or "", n=len(source.sheets))]
    if len(source.sheets) > _MOST_SHEETS:
        unseen = len(source.sheets) - _MOST_SHEETS
        chosen.append(Note.of("codebook-sheets-unseen", n=unseen))
    return (*chosen, *notes)
