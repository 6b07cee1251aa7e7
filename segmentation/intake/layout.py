"""Where in a text is the table: its columns, its header, its first and last row?

Enters: the records of a text. Leaves: a :class:`Layout`. Refuses to change a cell.

Above the header stand titles; below the last row totals and notes. A column without a name and
without a single cell is no column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.errors import HeaderOnly
from segmentation.intake.ending import Reject, is_comment, is_ruler, rows_below
from segmentation.intake.header import (
    is_further_header,
    is_grouping,
    is_header,
    is_upper_header,
    is_word,
    merged,
)
from segmentation.intake.records import Record
from segmentation.intake.tables import chosen_table
from segmentation.notes import Note

_JUDGED = 1000
_MOST_HEADERS = 3
_TOP = 20
_REASONS = {True: "ruler", False: "comment"}


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of a table among the records of a text.

    Attributes
    ----------
    heads : tuple of str
        What stands above each column, blank where nothing does; as many as a row has cells.
    used : tuple of int
        Positions of the columns with a name or a cell.
    first, last : int
        Positions of the first row and after the last one.
    header : Record or None
        The last row of names.
    notes : tuple of Note
        What was passed over, merged or missing.
    rejects : tuple of Reject
        Rows of other tables, and of this one below its last.
    comments : bool
        Whether a line of one cell that begins with # is a comment.
    """

    heads: tuple[str, ...]
    used: tuple[int, ...]
    first: int
    last: int
    header: Record | None
    notes: tuple[Note, ...]
    rejects: tuple[Reject, ...]
    comments: bool


def find_layout(records: Sequence[Record], *, whole: bool) -> Layout:
    """Find the table.

    Parameters
    ----------
    records : sequence of Record
        All records of the text, or its first ones; at least one is filled.
    whole : bool
        Whether they are all: only then the end of the table is looked for.

    Returns
    -------
    Layout

    Raises
    ------
    HeaderOnly
        When there is a header and no row.
    """
    start, stop, n_titles, others, notes = chosen_table(records, whole=whole)
    filled = [i for i in range(start, stop) if records[i].filled]
    comments = _has_comments([records[i] for i in filled])
    rows = [i for n, i in enumerate(filled) if not _is_odd(records[i], comments, top=n < _TOP)]
    rows = rows or filled
    head = _head([records[i] for i in rows[:_JUDGED]])
    if head.first >= len(rows):
        raise HeaderOnly
    if n_titles := n_titles + sum(i < rows[head.top] for i in filled):
        notes = (*notes, Note.of("title-lines-skipped", n=n_titles))
    first, last = rows[head.first], stop
    named = rows[head.top : head.first]
    between = [i for i in filled if named and named[0] < i < first and i not in named]
    below = _below(records[first:stop], len(head.heads), comments) if whole else []
    if below:
        last = first + below[-1][0]
    rejects = [
        *others,
        *(Reject.of(records[i], _REASONS[is_ruler(records[i])]) for i in between),
        *(Reject.of(records[first + i], reason) for i, reason in below),
    ]
    return Layout(
        heads=head.heads,
        used=head.used,
        first=first,
        last=last,
        header=head.record,
        notes=(*notes, *head.notes),
        rejects=tuple(sorted(rejects, key=lambda reject: reject.line)),
        comments=comments,
    )


def _has_comments(rows: Sequence[Record]) -> bool:
    """Tell whether # begins a comment; where ids begin with it, one of them may stand alone."""
    return sum(row.cells[0].startswith("#") and row.filled > 1 for row in rows) < 2


def _is_odd(record: Record, comments: bool, *, top: bool) -> bool:
    return (comments and is_comment(record)) or (top and is_ruler(record))


def _below(rows: Sequence[Record], width: int, comments: bool) -> list[tuple[int, str]]:
    """Find what stands below the last customer; a table is never all remarks."""
    below = rows_below(rows, width, comments=comments)
    return below if len(below) < sum(1 for row in rows if row.filled) else []


@dataclass(frozen=True, slots=True)
class _Head:
    heads: tuple[str, ...]
    used: tuple[int, ...]
    top: int  # position of the first row of names, or of the first row where there are none
    first: int
    record: Record | None
    notes: tuple[Note, ...]


def _head(rows: Sequence[Record]) -> _Head:
    """Find the names of the columns among the filled records of a table."""
    cells = [record.cells for record in rows]
    width = Counter(len(row) for row in cells).most_common(1)[0][0]
    filled = {i for row in cells if len(row) >= width for i in range(width) if row[i].strip()}
    reach = max(filled, default=0) + 1
    full = _first_full(cells, reach, len(filled))
    names, top, first = _names(cells, full, reach)
    notes = []
    if first > top + 1:
        notes.append(Note.of("header-rows-merged", n=first - top))
    if not any(name.strip() for name in names):
        notes.append(Note.of("header-missing", n=len(filled)))
    record = rows[first - 1] if first > top else None
    width = max(width, len(names))
    heads = tuple(names) + ("",) * (width - len(names))
    used = tuple(i for i in range(width) if i in filled or heads[i].strip())
    return _Head(heads, used, top, first, record, tuple(notes))


def _first_full(cells: Sequence[list[str]], reach: int, n_used: int) -> int:
    """Return the first row about as full as the others; what is above it are titles."""
    for least in (max(min(reach, 2), (n_used + 1) // 2), min(reach, 2)):
        for i, row in enumerate(cells):
            full = len(row) >= reach and sum(1 for cell in row if cell.strip()) >= least
            if full and not _is_remark(row, cells[i + 1 :]):
                return i
    return 0


def _is_remark(row: list[str], below: Sequence[list[str]]) -> bool:
    """Tell whether a row that begins with # and a blank is a comment above the header."""
    return row[0].startswith("# ") and len(below) > 1 and is_header(below[0], below[1:])


def _names(cells: Sequence[list[str]], full: int, reach: int) -> tuple[list[str], int, int]:
    """Return the names, the position of their first row, and that of the first customer."""
    if not is_header(cells[full], cells[full + 1 :]):
        return _names_apart(cells, full, reach)
    top, bottom = full, full
    while bottom + 2 < len(cells) and bottom - top + 1 < _MOST_HEADERS:
        below, body = cells[bottom + 1], cells[bottom + 2 :]
        if not (is_further_header(below, body) or is_grouping(cells[bottom], below, body)):
            break
        bottom += 1
    while top and bottom - top + 1 < _MOST_HEADERS and is_upper_header(cells[top - 1], cells[top]):
        top -= 1
    width = max(reach, *(sum(1 for cell in row if cell.strip()) for row in cells[top : bottom + 1]))
    return merged(cells[top : bottom + 1], width), top, bottom + 1


def _names_apart(cells: Sequence[list[str]], full: int, reach: int) -> tuple[list[str], int, int]:
    """Find the names when the first full row is a customer.

    They may stand in the row above it, with gaps, or one cell short: row names have no name of
    their own.
    """
    above = cells[full - 1] if full else []
    words = sum(map(is_word, above))
    if reach > 2 and len(above) == words == reach - 1:
        return ["", *above], full - 1, full
    if words > 1 and len(above) >= reach and is_header(above, cells[full:]):
        return list(above[:reach]), full - 1, full
    return [""] * reach, full, full
