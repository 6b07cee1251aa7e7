"""Several tables in one text or sheet: which one is read?

Enters: its records. Leaves: the place of the largest table, and the rows of the others.
Refuses to cut a table at a blank line alone: a block of rows is another table only if it brings a
header and other columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.intake.ending import Reject, is_note
from segmentation.intake.header import is_header, is_word, numeric_columns
from segmentation.intake.numbers import numberlike
from segmentation.intake.records import Record
from segmentation.notes import Note

Span = tuple[int, int]
_JUDGED = 200
_WIDE = 0.2
_TITLES = 10
_KEY_AND_VALUE = 2
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """The largest table.

    Attributes
    ----------
    start, stop : int
        Positions of its records, titles right above it included.
    n_titles : int
        Lines of titles in blocks of their own.
    n_tables : int
        How many tables there are.
    rejects : tuple of Reject
        The records of the others.
    """

    start: int
    stop: int
    n_titles: int
    n_tables: int
    rejects: tuple[Reject, ...]


def chosen_table(records: Sequence[Record], blocks: Sequence[Span], *, whole: bool) -> Chosen:
    """Choose the largest table.

    Parameters
    ----------
    records : sequence of Record
        At least one is filled.
    blocks : sequence of (int, int)
        Where among them stretches of filled ones begin and end.
    whole : bool
        Whether they are all records there are; else the table that goes on is the largest.

    Returns
    -------
    Chosen
    """
    tables = _tables(records, blocks)
    sizes = [_size(records, table) for table in tables]
    chosen = sizes.index(max(sizes)) if whole else len(tables) - 1
    rejects: list[Reject] = []
    n_titles, n_tables = 0, 1
    for number, (start, stop) in enumerate(tables):
        if number == chosen:
            continue
        filled = [record for record in records[start:stop] if record.filled]
        if number < chosen and _are_titles([record.cells for record in filled]):
            n_titles += len(filled)
        else:
            notes = [is_note(record, _KEY_AND_VALUE) for record in filled]
            n_tables += not all(notes)
            rejects += [
                Reject.of(record, "note" if is_remark else "another-table")
                for record, is_remark in zip(filled, notes, strict=True)
            ]
    return Chosen(*tables[chosen], n_titles, n_tables, tuple(rejects))


def _tables(records: Sequence[Record], blocks: Sequence[Span]) -> list[Span]:
    """Put together again what blank lines part though it is one table."""
    tables: list[Span] = []
    before: list[list[str]] = []
    for start, stop in blocks:
        cells = _cells(records, (start, stop))
        if tables and goes_on(before, cells):
            tables[-1] = (tables[-1][0], stop)
            before += cells[: max(0, _JUDGED - len(before))]
        else:
            tables.append((start, stop))
            before = cells
    return tables


def several(
    n_tables: int, columns: Sequence[int], lines: tuple[int, int | None]
) -> tuple[Note, ...]:
    """Say that there are several tables, and where the one is that is read.

    Parameters
    ----------
    n_tables : int
    columns : sequence of int
        Positions of its columns, from 0.
    lines : (int, int or None)
        Its first and last line, from 1; None where the last one is not known yet.

    Examples
    --------
    >>> several(2, [0, 1, 27], (3, 9))[0].get("area"), several(1, [0], (1, None))
    ('A3:AB9', ())
    """
    if n_tables < 2:
        return ()
    last = "…" if lines[1] is None else lines[1]
    area = f"{_letters(columns[0])}{lines[0]}:{_letters(columns[-1])}{last}"
    return (Note.of("tables-several", n=n_tables, area=area),)


def _letters(column: int) -> str:
    """Return a column's name in a spreadsheet, from A on."""
    letters = ""
    while column >= 0:
        column, letter = column // 26 - 1, chr(ord("A") + column % 26)
        letters = letter + letters
    return letters


def filled_blocks(records: Sequence[Record]) -> list[Span]:
    """Return where stretches of filled records begin and end."""
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
    return (table[1] - table[0]) * reach_of(_cells(records, table))


def reach_of(rows: Sequence[Sequence[str]]) -> int:
    """Return how far the wider rows of a block reach, in columns."""
    reaches = sorted(
        (max((i for i, cell in enumerate(row) if cell.strip()), default=0) + 1 for row in rows),
        reverse=True,
    )
    return reaches[int(_WIDE * len(reaches))]


def _are_titles(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows are lines of a title, or a few keys with their values."""
    if len(rows) > _TITLES or reach_of(rows) > _KEY_AND_VALUE:
        return False
    pairs = [row for row in rows if sum(1 for cell in row if cell.strip()) > 1]
    return len(pairs) < 2 or not (is_header(pairs[0], pairs[1:]) and _n_named(pairs))


def _n_named(rows: Sequence[Sequence[str]]) -> int:
    """Count the different words above columns of numbers."""
    numeric = numeric_columns(rows[1:], len(rows[0]))
    return len({rows[0][i].strip() for i in numeric if is_word(rows[0][i])})


def goes_on(table: list[list[str]], block: list[list[str]]) -> bool:
    """Tell whether a block of rows belongs to the table before it.

    Parameters
    ----------
    table, block : list of list of str
        The first rows of each.
    """
    before, reach = reach_of(table), reach_of(block)
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
