"""Where in a text or sheet is the table: its columns, its header, its first and last row?

Enters: its records, and of a sheet the merged cells. Leaves: a :class:`Layout`. Refuses to change
a cell.

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
    is_filling,
    is_further_header,
    is_grouping,
    is_header,
    is_upper_header,
    is_word,
    merged,
)
from segmentation.intake.records import Record
from segmentation.intake.sheet_header import NOTHING_MERGED, Merged
from segmentation.intake.tables import Span, chosen_table, filled_blocks
from segmentation.notes import Note

_SEEN = 5000
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
    top : int
        Position of the first row of names; of the first row where there are none.
    n_tables : int
        How many tables there are.
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
    top: int
    n_tables: int
    notes: tuple[Note, ...]
    rejects: tuple[Reject, ...]
    comments: bool


def find_layout(
    records: Sequence[Record],
    *,
    whole: bool,
    blocks: Sequence[Span] | None = None,
    merged_cells: Merged = NOTHING_MERGED,
) -> Layout:
    """Find the table.

    Parameters
    ----------
    records : sequence of Record
        All records of the text or sheet, or its first ones; at least one is filled.
    whole : bool
        Whether they are all: only then the end of the table is looked for.
    blocks : sequence of (int, int), optional
        Where stretches of filled records begin and end, if that is known.
    merged_cells : Merged
        The merged cells of a sheet.

    Returns
    -------
    Layout

    Raises
    ------
    HeaderOnly
        When there is a header and no row.
    """
    chosen = chosen_table(records, blocks or filled_blocks(records), whole=whole)
    start, stop = chosen.start, chosen.stop
    seen = dict(enumerate(records[start : min(stop, start + _SEEN)], start))
    filled = [i for i, record in seen.items() if record.filled]
    comments = _has_comments([seen[i] for i in filled])
    rows = [i for n, i in enumerate(filled) if not _is_odd(seen[i], comments, top=n < _TOP)]
    rows = rows or filled
    head = _head([seen[i] for i in rows[:_JUDGED]], merged_cells)
    if head.first >= len(rows):
        raise HeaderOnly
    n_titles = chosen.n_titles + sum(i < rows[head.top] for i in filled)
    titles = (Note.of("title-lines-skipped", n=n_titles),) if n_titles else ()
    first = rows[head.first]
    named = rows[head.top : head.first]
    between = [i for i in filled if named and named[0] < i < first and i not in named]
    below = _below(records[first:stop], len(head.heads), comments) if whole else []
    rejects = [
        *chosen.rejects,
        *(Reject.of(seen[i], _REASONS[is_ruler(seen[i])]) for i in between),
        *(Reject.of(records[first + i], reason) for i, reason in below),
    ]
    return Layout(
        heads=head.heads,
        used=head.used,
        first=first,
        last=first + below[-1][0] if below else stop,
        header=head.record,
        top=rows[head.top],
        n_tables=chosen.n_tables,
        notes=(*titles, *head.notes),
        rejects=tuple(sorted(rejects, key=lambda reject: reject.line)),
        comments=comments,
    )


def _has_comments(rows: Sequence[Record]) -> bool:
    """Tell whether # begins a comment; where ids begin with it, one of them may stand alone."""
    return sum(row.cells[0].startswith("#") and row.filled > 1 for row in rows) < 2


def _is_odd(record: Record, comments: bool, *, top: bool) -> bool:
    return (comments and is_comment(record)) or (top and is_ruler(record))


def _below(rows: Sequence[Record], width: int, comments: bool) -> list[tuple[int, str]]:
    """Find what stands below the last customer; a table is never all remarks.

    Raises
    ------
    HeaderOnly
        When there are only totals.
    """
    below = rows_below(rows, width, comments=comments)
    if not below or below[-1][0] > 0:
        return below
    if all(reason == "totals" for _, reason in below):
        raise HeaderOnly
    return []


@dataclass(frozen=True, slots=True)
class _Head:
    heads: tuple[str, ...]
    used: tuple[int, ...]
    top: int  # position of the first row of names, or of the first row where there are none
    first: int
    record: Record | None
    notes: tuple[Note, ...]


def _head(rows: Sequence[Record], merged_cells: Merged) -> _Head:
    """Find the names of the columns among the filled records of a table."""
    cells = [record.cells for record in rows]
    width = Counter(len(row) for row in cells).most_common(1)[0][0]
    filled = {i for row in cells if len(row) >= width for i in range(width) if row[i].strip()}
    reach = max(filled, default=0) + 1
    full = _first_full(cells, reach, len(filled))
    names, top, first = _names(rows, full, reach, merged_cells)
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


def _names(
    rows: Sequence[Record], full: int, reach: int, merged_cells: Merged
) -> tuple[list[str], int, int]:
    """Return the names, the position of their first row, and that of the first customer."""
    cells = [record.cells for record in rows]
    if not is_header(cells[full], cells[full + 1 :]):
        return _names_apart(cells, full, reach)
    top, bottom = full, full
    while bottom + 2 < len(cells) and bottom - top + 1 < _MOST_HEADERS:
        is_joined = merged_cells.join(rows[bottom], rows[bottom + 1])
        if not (is_joined or _goes_on(cells[bottom], cells[bottom + 1 :])):
            break
        bottom += 1
    while top and bottom - top + 1 < _MOST_HEADERS:
        is_group = merged_cells.group(rows[top - 1], rows[top])
        if not (is_group or is_upper_header(cells[top - 1], cells[top])):
            break
        top -= 1
    width = max(reach, *(sum(1 for cell in row if cell.strip()) for row in cells[top : bottom + 1]))
    named, over_gaps = merged_cells.spread(rows[top : bottom + 1])
    return merged(named, width, over_gaps=over_gaps), top, bottom + 1


def _goes_on(names: list[str], rows: Sequence[list[str]]) -> bool:
    """Tell whether the row below a row of names holds names, too."""
    below, body = rows[0], rows[1:]
    further = is_further_header(below, body) or is_grouping(names, below, body)
    return further or is_filling(names, below, body)


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
