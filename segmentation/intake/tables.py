"""Several tables in one text: which one is read?

Enters: the records of a text. Leaves: the place of the largest table, and the rows of the others.
Refuses to cut a table at a blank line alone: a block of rows is another table only if it brings a
header and other columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.intake.ending import Reject, is_note
from segmentation.intake.header import is_header, is_word, numberlike, numeric_columns
from segmentation.intake.records import Record
from segmentation.notes import Note

Span = tuple[int, int]
_JUDGED = 200
_WIDE = 0.2
_TITLES = 10
_KEY_AND_VALUE = 2
_ENOUGH = 3


def chosen_table(
    records: Sequence[Record], *, whole: bool
) -> tuple[int, int, int, tuple[Reject, ...], tuple[Note, ...]]:
    """Choose the largest table of a text.

    Parameters
    ----------
    records : sequence of Record
        At least one is filled.
    whole : bool
        Whether they are all records of the text; else the table that goes on is the largest.

    Returns
    -------
    start, stop : int
        Positions of its records, titles right above it included.
    n_titles : int
        Lines of titles in blocks of their own.
    rejects : tuple of Reject
        The records of the others.
    notes : tuple of Note
        How many tables there are, if several.
    """
    tables = _tables(records)
    sizes = [_size(records, table) for table in tables]
    chosen = sizes.index(max(sizes)) if whole else len(tables) - 1
    rejects: list[Reject] = []
    n_titles, n_tables = 0, 1
    for number, (start, stop) in enumerate(tables):
        filled = [record for record in records[start:stop] if record.filled]
        if number < chosen and _are_titles([record.cells for record in filled]):
            n_titles += len(filled)
        elif number != chosen:
            notes = [is_note(record, _KEY_AND_VALUE) for record in filled]
            n_tables += not all(notes)
            rejects += [
                Reject.of(record, "note" if is_remark else "another-table")
                for record, is_remark in zip(filled, notes, strict=True)
            ]
    several = (Note.of("tables-several", n=n_tables),) if n_tables > 1 else ()
    return *tables[chosen], n_titles, tuple(rejects), several


def _tables(records: Sequence[Record]) -> list[Span]:
    """Cut the records at blank lines, and put together again what is one table."""
    tables: list[Span] = []
    for start, stop in _blocks(records):
        if tables and _goes_on(_cells(records, tables[-1]), _cells(records, (start, stop))):
            start = tables.pop()[0]
        tables.append((start, stop))
    return tables


def _blocks(records: Sequence[Record]) -> list[Span]:
    blocks: list[Span] = []
    start: int | None = None
    for i, record in enumerate(records):
        if record.filled and start is None:
            start = i
        elif not record.filled and start is not None:
            blocks.append((start, i))
            start = None
    return blocks if start is None else [*blocks, (start, len(records))]


def _cells(records: Sequence[Record], span: Span) -> list[list[str]]:
    rows = records[span[0] : min(span[1], span[0] + _JUDGED)]
    return [record.cells for record in rows if record.filled]


def _size(records: Sequence[Record], table: Span) -> int:
    return (table[1] - table[0]) * _reach(_cells(records, table))


def _reach(rows: Sequence[Sequence[str]]) -> int:
    """Return how far the wider rows of a block reach."""
    reaches = sorted(
        (max((i for i, cell in enumerate(row) if cell.strip()), default=0) + 1 for row in rows),
        reverse=True,
    )
    return reaches[int(_WIDE * len(reaches))]


def _are_titles(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows are lines of a title, or a few keys with their values."""
    if len(rows) > _TITLES or _reach(rows) > _KEY_AND_VALUE:
        return False
    pairs = [row for row in rows if sum(1 for cell in row if cell.strip()) > 1]
    return len(pairs) < 2 or not (is_header(pairs[0], pairs[1:]) and _n_named(pairs))


def _n_named(rows: Sequence[Sequence[str]]) -> int:
    """Count the different words above columns of numbers."""
    numeric = numeric_columns(rows[1:], len(rows[0]))
    return len({rows[0][i].strip() for i in numeric if is_word(rows[0][i])})


def _goes_on(table: list[list[str]], block: list[list[str]]) -> bool:
    """Tell whether a block after a blank line belongs to the table before it."""
    before, reach = _reach(table), _reach(block)
    while len(block) > 1 and reach > 1 and sum(1 for cell in block[0] if cell.strip()) == 1:
        block = block[1:]  # the title of another table, if it is one
    first, below = block[0], block[1:]
    if before == 1 < reach and len(table) <= _TITLES:
        return False
    if first in table[:5] or not below or not is_header(first, below):
        return True  # a header repeated at the top of a page, or none at all
    n_named = _n_named(block)
    if reach == before or any(map(numberlike, first)):
        whole = len(below) >= _ENOUGH and all(is_word(cell) for cell in first[:reach])
        return n_named < 2 or not whole
    return not n_named and not _are_titles(table)
