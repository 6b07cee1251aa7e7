"""Which rows name the columns: none, one, or several one above the other?

Enters: rows of cells. Leaves: the names, unique ignoring case and none of them blank. Refuses to
take a customer for a name: where the rows below cannot tell, one row of words is the header.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from segmentation.intake.kinds import NUMERIC_MISSING_MARKERS
from segmentation.intake.numbers import numberlike
from segmentation.notes import Note

_YEAR = re.compile(r"(?:19|20)\d\d")
_ROWS = 50
_NUMERIC = 0.8
_UNITS = 0.5
_ENOUGH = 3
_IMPORTED = '{"ImportId"'  # a survey platform's third row, for its own use


def is_word(cell: str) -> bool:
    """Tell whether a cell could be a name: neither blank, nor a number, nor a mark for missing."""
    text = cell.strip()
    return bool(text) and not numberlike(text) and text.lower() not in NUMERIC_MISSING_MARKERS


def are_names(cells: Sequence[str]) -> bool:
    """Tell whether all filled cells could be names; a year can, because it groups columns."""
    return all(is_word(cell) or _is_year(cell) for cell in cells if cell.strip())


def numeric_columns(body: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the positions where most filled cells look like numbers."""
    numbers, filled = Counter[int](), Counter[int]()
    for row in body[:_ROWS]:
        for i, cell in enumerate(row[:width]):
            text = cell.strip()
            if text and not text.startswith(_IMPORTED):
                filled[i] += 1
                numbers[i] += numberlike(text) or text.lower() in NUMERIC_MISSING_MARKERS
    return [i for i in range(width) if filled[i] and numbers[i] > _NUMERIC * filled[i]]


def is_header(cells: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row names the columns of the rows below it.

    Words above numbers speak for it, numbers above numbers against; years and running numbers
    above other numbers do neither. Where there are words alone, a word that comes again in its
    column, among others, is a value.

    Examples
    --------
    >>> is_header(["region", "2019", "2020"], [["North", "5", "3"], ["South", "4", "8"]])
    True
    >>> is_header(["North", "5", "3"], [["South", "4", "8"]])
    False
    """
    numeric = numeric_columns(body, len(cells))
    named = sum(is_word(cells[i]) for i in numeric)
    counted = [i for i in numeric if numberlike(cells[i])]
    value = _is_value(cells, body)
    if not numeric:
        words, numbers = sum(map(is_word, cells)), sum(map(numberlike, cells))
        return words > 0 and numbers < 2 and not value
    if _are_running(cells, counted, body):
        return not value
    return named > 0 and named >= len(counted) and not (named == 1 and value)


def _are_running(
    cells: Sequence[str], counted: Sequence[int], body: Sequence[Sequence[str]]
) -> bool:
    """Tell whether the number-like names are years, or count on from one to the next."""
    texts = [cells[i].strip() for i in counted]
    if not texts or len(texts) == len(cells) == 1 or not all(t.isdecimal() for t in texts):
        return False
    values = [int(text) for text in texts]
    steps = {b - a for a, b in itertools.pairwise(values)}
    below = [row[i].strip() for row in body[:_ROWS] for i in counted if i < len(row)]
    if all(map(_is_year, texts)) and len(set(texts)) == len(texts):
        return sum(map(_is_year, below)) < len(below) / 2
    worded = any(map(is_word, cells))
    counting = worded and len(values) >= 3 and steps == {1} and values[0] in (0, 1)
    rows = [[row[i].strip() for i in counted if i < len(row)] for row in body[:_ROWS]]
    return counting and texts not in rows


def _is_year(cell: str) -> bool:
    return bool(_YEAR.fullmatch(cell.strip()))


def _is_value(cells: Sequence[str], body: Sequence[Sequence[str]], *, n_values: int = 2) -> bool:
    """Tell whether a cell is one of so many values of its own column, or more."""
    rows = [row for row in body[:_ROWS] if list(row) != list(cells)]
    for i, cell in enumerate(cells):
        values = {row[i].strip() for row in rows if i < len(row)} - {""}
        if cell.strip() in values and len(values) >= n_values:
            return True
    return False


def is_further_header(cells: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether the row below a header is a header, too: units, labels, or parts of names.

    Different words above at least two columns of numbers, or words above numbers and nothing
    else, and none of them a value of its column.

    Examples
    --------
    >>> body = [["Ann", "3", "70"], ["Bob", "4", "81"], ["Cid", "5", "77"]]
    >>> is_further_header(["", "EUR", "kg"], body), is_further_header(["Dan", "no", "no"], body)
    (True, False)
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if filled and all(cell.startswith(_IMPORTED) for cell in filled):
        return True
    numeric = numeric_columns(body, len(cells))
    words = [cells[i].strip() for i in numeric if is_word(cells[i])]
    if len(body) < _ENOUGH or not words or any(numberlike(cells[i]) for i in numeric):
        return False
    if _is_value(cells, body, n_values=1):
        return False
    different = len(words) > 1 and len(set(words)) == len(words)
    return len(words) > _UNITS * len(numeric) and (different or len(words) == len(filled))


def is_upper_header(cells: Sequence[str], lower: Sequence[str]) -> bool:
    """Tell whether a row above a full row of names groups them, as merged cells do.

    It has several words with gaps between, reaches over half of the columns, and is no line of a
    title (``Period:``).
    """
    filled = [i for i, cell in enumerate(cells) if cell.strip()]
    if len(filled) < 2 or not are_names(cells):
        return False
    if cells[filled[0]].strip().endswith((":", "：")):
        return False
    doubled = len({cell.strip() for cell in lower}) < len(lower)
    reaches = filled[-1] >= len(lower) / 2 and len(filled) <= len(lower)
    return reaches and (doubled or len(filled) < len(lower))


def is_grouping(cells: Sequence[str], lower: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row of names with gaps only groups the names in the row below it."""
    gaps = len(cells) - sum(1 for cell in cells if cell.strip())
    words = [cell.strip() for cell in lower if is_word(cell)]
    if not gaps or len(words) < len(lower) or not is_upper_header(cells, lower):
        return False
    if numeric_columns(body, len(lower)):
        return is_header(lower, body)
    many = gaps >= len(cells) / 3 and len(body) >= _ENOUGH
    return many and len(set(words)) == len(words) and not _is_value(lower, body)


def is_filling(cells: Sequence[str], lower: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether the row below a row of names with gaps names just what these leave open.

    A name over a gap is a group, which has names below it; any other name has none.

    Examples
    --------
    >>> names, body = ["name", "spend", "", "age"], [["Ann", "3", "70", "34"]]
    >>> is_filling(names, ["", "web", "shop", ""], body), is_filling(names, ["Bo"] * 4, body)
    (True, False)
    """
    gaps = {i for i, cell in enumerate(cells) if not cell.strip()}
    filled = {i for i, cell in enumerate(lower) if cell.strip()}
    if not gaps or filled != gaps | {i - 1 for i in gaps if i} or not are_names(cells):
        return False
    below = (row[i] for row in body[:_ROWS] for i in filled if i < len(row))
    return are_names(lower) and any(map(numberlike, below))


def merged(rows: Sequence[Sequence[str]], width: int, *, over_gaps: bool = True) -> list[str]:
    """Merge rows of names, upper before lower, each word once.

    Parameters
    ----------
    rows : sequence of sequence of str
    width : int
        Number of columns.
    over_gaps : bool
        Whether a gap in an upper row goes on with its neighbour.

    Examples
    --------
    >>> merged([["", "2023", "", "2024"], ["Name", "Spend", "Visits", "Spend"]], 4)
    ['Name', '2023 Spend', '2023 Visits', '2024 Spend']
    """
    parts: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        if all(cell.strip().startswith(_IMPORTED) for cell in row if cell.strip()):
            continue
        last = ""
        for i in range(width):
            own = " ".join(row[i].split()) if i < len(row) else ""
            below = rows[depth + 1][i] if depth + 1 < len(rows) and i < len(rows[depth + 1]) else ""
            last = own or (last if over_gaps and below.strip() else "")
            if last and last.casefold() not in map(str.casefold, parts[i]):
                parts[i].append(last)
    return [" ".join(part) for part in parts]


def unique_names(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """Give every column a name of its own, ignoring case, and report what was changed.

    Examples
    --------
    >>> unique_names(["a", "", "A"])[0]
    ('a', 'column 2', 'A (2)')
    """
    taken: set[str] = set()
    names: list[str] = []
    blank = doubled = 0
    for position, cell in enumerate(cells, start=1):
        wanted = " ".join(cell.replace("\ufeff", "").replace("\0", "").split())
        blank += not wanted
        wanted = wanted or f"column {position}"
        name, copy = wanted, 1
        while name.casefold() in taken:
            copy += 1
            name = f"{wanted} ({copy})"
        doubled += copy > 1
        taken.add(name.casefold())
        names.append(name)
    notes = []
    if blank and blank < len(cells):
        notes.append(Note.of("names-invented", n=blank))
    if doubled:
        notes.append(Note.of("names-made-unique", n=doubled))
    return tuple(names), tuple(notes)
