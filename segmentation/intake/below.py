"""Another table far below the one that is read, where the first part of a text does not show it.

Enters: the loaded rows with their shapes, and the copy they were loaded from. Leaves: a note that
says where the other table begins. Refuses to cut the table there: a run of rows with other cells is
told, and left to the user.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from segmentation.engine import DuckSession
from segmentation.intake.tables import goes_on, reach_of
from segmentation.notes import Note

# Our own choice: a header and so many rows are no accident; a few of the longest runs are judged.
_LEAST_ROWS = 4
_RUNS = 3
_JUDGED = 200
_FIRST = 20
# A run may begin with customers whose last cells were left out, before the other table's header.
_BEFORE = 5
_CONSTANT = 0.5
_PIECE = 1 << 22
_BLANKS = rb"[ \t\xc2\xa0]*"


@dataclass(frozen=True, slots=True)
class _Run:
    """Rows of another shape, one after the other: the place of the first, and their cells."""

    start: int
    n: int
    cells: list[list[str]]


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy that rows were loaded from.

    Attributes
    ----------
    path : Path
    delimiter : str
    first : int
        Lines of the file above its first line.
    aside : tuple of int
        Lines of the file, in their order, that it leaves out.
    """

    path: Path
    delimiter: str
    first: int
    aside: tuple[int, ...]


def table_below(
    session: DuckSession, table: str, names: Sequence[str], copy: Copy, odd: Collection[int]
) -> tuple[Note, ...]:
    """Say where rows of another shape begin that have a header of their own.

    Parameters
    ----------
    session : DuckSession
    table : str
        The loaded rows, as a query names them: ``__row``, ``__shape`` and ``r0 …``. A query over a
        file needs its rows in order.
    names : sequence of str
        Of its columns.
    copy : Copy
        What they were loaded from; it is searched for the header only where one was found.
    odd : collection of int
        The values of ``__shape`` that other widths have; nothing is looked at where there are none.

    Returns
    -------
    tuple of Note
        At most one, of the first such table.
    """
    if not odd:
        return ()
    runs = _runs(session, table, names, odd)
    if not runs:
        return ()
    head = [list(names), *_cells(session, table, names, (0, _FIRST))]
    found = (_began(head, run) for run in runs)
    tables = sorted((run for run in found if run), key=lambda run: run.start)
    if not tables:
        return ()
    first = tables[0]
    line = _line_of(copy, first)
    header = tuple(cell for cell in first.cells[0] if cell)
    return (Note.of("table-below", line=line, n=first.n - 1, names=header),)


def _runs(
    session: DuckSession, table: str, names: Sequence[str], odd: Collection[int]
) -> list[_Run]:
    listed = ", ".join(str(int(shape)) for shape in sorted(odd))
    islands = session.rows(
        "SELECT min(__row) AS start, count(*) AS n FROM ("
        "SELECT __row, __row - row_number() OVER (ORDER BY __row) AS island "
        f"FROM {table} WHERE __shape IN ({listed})) "
        f"GROUP BY island HAVING n >= {_LEAST_ROWS} AND start > 0 ORDER BY n DESC LIMIT {_RUNS}"
    )
    return [
        _Run(
            start := int(each["start"]),
            n := int(each["n"]),
            _cells(session, table, names, (start, start + min(n, _JUDGED))),
        )
        for each in islands
    ]


def _cells(
    session: DuckSession, table: str, names: Sequence[str], span: tuple[int, int]
) -> list[list[str]]:
    columns = [f"r{i}" for i in range(len(names))]
    rows = session.rows(
        f"SELECT {', '.join(columns)} FROM {table} "
        f"WHERE __row >= {span[0]} AND __row < {span[1]} ORDER BY __row"
    )
    return [[row[column] or "" for column in columns] for row in rows]


def _began(table: list[list[str]], run: _Run) -> _Run | None:
    """Return the run from the header of another table on, if there is one in it.

    The lowest row that may be one: a customer above it has words above its numbers, too.
    """
    for before in reversed(range(min(_BEFORE, len(run.cells) - _LEAST_ROWS) + 1)):
        block = run.cells[before:]
        width = reach_of(block[:1])
        alike = sum(reach_of([row]) == width for row in block)
        constant = width > 1 and alike >= _CONSTANT * len(block)
        if constant and not goes_on(table, block):
            return _Run(run.start + before, run.n - before, block)
    return None


def _line_of(copy: Copy, run: _Run) -> int:
    """Return the line of the file in which a run begins; by its place where it is not found."""
    cells = run.cells[0][: reach_of(run.cells[:1])]
    joined = (_BLANKS + re.escape(copy.delimiter.encode()) + _BLANKS).join(
        b"[\"']?" + re.escape(cell.encode()) + b"[\"']?" for cell in cells
    )
    header = re.compile(b"^" + _BLANKS + joined, re.MULTILINE)
    line = copy.first + 1
    with copy.path.open("rb") as file:
        rest = b""
        while piece := file.read(_PIECE):
            text = rest + piece
            if found := header.search(text):
                return _in_file(line + text.count(b"\n", 0, found.start()), copy.aside)
            cut = text.rfind(b"\n") + 1
            line += text.count(b"\n", 0, cut)
            rest = text[cut:]
    return _in_file(copy.first + 1 + run.start, copy.aside)


def _in_file(line: int, aside: Sequence[int]) -> int:
    """Return a line of the copy as one of the file: lines that were left out above it count."""
    for left_out in aside:
        line += left_out <= line
    return line
