"""The names of a sheet's table: one to three rows, merged or not, below lines that are titles.

Enters: a block of a sheet. Leaves: a name a column. Refuses to make names unique or to invent them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.intake.dialect import is_header
from segmentation.intake.sheet_blocks import Block, Cells, is_number

Area = tuple[int, int, int, int]
_LEVELS = 3
_LOOKED_AT = 200
_SAMPLE = 50
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table and how many rows they take.

    Attributes
    ----------
    names : tuple of str
        A name a column, blank where there is none.
    n_rows : int
        Rows of the block before the first customer.
    n_titles : int
        How many of them are titles.
    n_levels : int
        How many of them hold names; 0 where the table has none.
    """

    names: tuple[str, ...]
    n_rows: int
    n_titles: int
    n_levels: int


def find_header(
    cells: Cells, block: Block, columns: Sequence[int], merged: Sequence[Area]
) -> Header:
    """Find the names of a table.

    The first row at least half as full as the fullest holds the names. Rows above and below it join
    in where merged cells say so, or, without merged cells, where the gaps of one row are what the
    next one fills.

    Parameters
    ----------
    cells : Cells
    block : Block
        The table.
    columns : sequence of int
        Its columns that hold anything.
    merged : sequence of (int, int, int, int)
        First row, first column, last row and last column of merged areas.

    Returns
    -------
    Header
    """
    rows = [cells.texts(row, columns) for row in block.rows[: _LOOKED_AT + _LEVELS]]
    first = _first_full(rows)
    zone = block.rows[0], block.rows[min(first + _LEVELS, len(rows) - 1)]
    areas = [
        area
        for area in merged
        if zone[0] <= area[0] <= zone[1] and (area[1], area[3]) != (block.left, block.right - 1)
    ]
    names = _Names(rows, block.rows, columns, areas)
    last = names.last_level(first)
    top = names.first_level(first, last)
    body = rows[last + 1 : last + 1 + _SAMPLE]
    if last == top and not is_header(_worded(rows[last], body), body):
        return Header(("",) * len(columns), last, last, 0)
    return Header(names.joined(top, last), last + 1, top, last - top + 1)


def _worded(row: list[str], body: Sequence[Sequence[str]]) -> list[str]:
    """Write years as words where they stand as names: above numbers that are none."""
    years = [i for i, text in enumerate(row) if _YEAR.fullmatch(text)]
    below = [texts[i] for texts in body for i in years if texts[i]]
    dated = sum(1 for text in below if _YEAR.fullmatch(text))
    if len({row[i] for i in years}) < len(years) or 2 * dated >= len(below):
        return row
    return [f"year {text}" if i in years else text for i, text in enumerate(row)]


def _first_full(rows: Sequence[Sequence[str]]) -> int:
    filled = [sum(1 for text in row if text) for row in rows]
    fullest = max(filled)
    for i, n in enumerate(filled):
        lone = n == 1 < fullest and bool(rows[i][0])
        if n >= fullest / 2 and not lone:
            return i
    return 0


@dataclass(frozen=True, slots=True)
class _Names:
    """The first rows of a block, where they stand, and the merged areas among them."""

    rows: Sequence[Sequence[str]]
    places: Sequence[int]
    columns: Sequence[int]
    areas: Sequence[Area]

    def last_level(self, first: int) -> int:
        """Return the lowest row of names, from the first full row down."""
        last = first
        while last - first < _LEVELS - 1 and last + 2 < len(self.rows) and self._goes_on(last):
            last += 1
        return last

    def first_level(self, first: int, last: int) -> int:
        """Return the highest row of names, from the first full row up."""
        top = first
        while top and last - top < _LEVELS - 1 and self._stands_above(top - 1):
            top -= 1
        return top

    def joined(self, top: int, last: int) -> tuple[str, ...]:
        """Return the names of all levels, upper before lower, each part once."""
        levels = [self._spread(i, is_lowest=i == last) for i in range(top, last + 1)]
        names = []
        for parts in zip(*levels, strict=True):
            different: list[str] = []
            for part in parts:
                if part and part.casefold() not in (each.casefold() for each in different):
                    different.append(part)
            names.append(" ".join(different))
        return tuple(names)

    def _wordy(self, row: int) -> bool:
        """Tell whether a row holds words; a year is a word, because it groups columns."""
        texts = [text for text in self.rows[row] if text]
        return not any(is_number(text) and not _YEAR.fullmatch(text) for text in texts)

    def _neighbours(self, row: int) -> bool:
        return self.places[row + 1] == self.places[row] + 1

    def _merged_into(self, row: int) -> bool:
        """Tell whether a merged area of this row is wide, or reaches down to the next one."""
        place = self.places[row]
        return any(a[0] <= place <= a[2] and (a[3] > a[1] or a[2] > place) for a in self.areas)

    def _goes_on(self, row: int) -> bool:
        """Tell whether the row below holds names too."""
        if not (self._neighbours(row) and self._wordy(row + 1)):
            return False
        if self.areas or not self._wordy(row):
            return self._merged_into(row)
        gaps = {i for i, text in enumerate(self.rows[row]) if not text}
        below = {i for i, text in enumerate(self.rows[row + 1]) if text}
        body = self.rows[row + 2 : row + 2 + _SAMPLE]
        evidence = any(is_number(texts[i]) for texts in body for i in below if texts[i])
        # A name over a gap is a group, which has names below it; any other name has none.
        wanted = gaps | {i - 1 for i in gaps if i}
        return bool(gaps) and below == wanted and evidence

    def _stands_above(self, row: int) -> bool:
        """Tell whether a row above the names groups them."""
        if not self._neighbours(row):
            return False
        filled = [i for i, text in enumerate(self.rows[row]) if text]
        if filled == [0]:  # a title, even if it is merged over some columns
            return False
        if self.areas or not self._wordy(row):
            return self._merged_into(row)
        if len(filled) < 2 or any(self.rows[row][i].rstrip().endswith((":", "：")) for i in filled):
            return False
        # A group stands over its first column, so another blank follows or the row begins with one.
        return filled[0] > 0 or filled != list(range(len(filled)))

    def _spread(self, row: int, *, is_lowest: bool) -> list[str]:
        """Return a row with its texts over all columns that they name."""
        texts = list(self.rows[row])
        if self.areas:
            for top, left, bottom, right in self.areas:
                if top <= self.places[row] <= bottom:
                    self._fill(texts, (top, left, right))
            return texts
        if not is_lowest:
            for i in range(1, len(texts)):
                texts[i] = texts[i] or texts[i - 1]
        return texts

    def _fill(self, texts: list[str], area: tuple[int, int, int]) -> None:
        top, left, right = area
        if top in self.places and left in self.columns:
            text = self.rows[self.places.index(top)][self.columns.index(left)]
            for i, column in enumerate(self.columns):
                if left <= column <= right:
                    texts[i] = text
