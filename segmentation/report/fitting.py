"""How much fits a slide: sizes of letters, lines that texts take, and the columns of tables.

Enters: texts. Leaves: sizes in points and lengths in inches. Refuses to be exact: letters are taken
to be a little wider than most are, so that what fits here fits on the slide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

LEFT, RIGHT = 0.65, 12.68
TOP, BOTTOM = 1.85, 6.85
# Of a letter's size: how wide letters are on average, and how high a line is.
_LATIN_WIDE, _HAN_WIDE, _LINE = 0.53, 1.03, 1.22
# Around what stands in a cell.
PAD, PAD_TALL = 0.06, 0.045


class TableLook:
    """How wide the columns of a table are and how large its letters.

    Parameters
    ----------
    rows : sequence of sequence of str
        All of its rows, the head first where it has one.
    numbers : sequence of bool
        Which columns hold numbers.
    room : float
        How high it may be; where it is higher at any size, it needs several slides.
    headed : bool
        Whether the first row is a head.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[str]],
        numbers: Sequence[bool],
        room: float,
        *,
        headed: bool,
    ) -> None:
        self.numbers, self.headed = tuple(numbers), headed
        for size in _TABLE_SIZES:
            self.size, self.widths = size, _widths(rows, size)
            if sum(self.height(row) for row in rows) <= room and _unbroken(rows, self):
                break

    def height(self, row: Sequence[str]) -> float:
        """Return how high a row is, in inches."""
        lines = max(
            lines_of(text, width - 2 * PAD - 0.04, self.size)
            for text, width in zip(row, self.widths, strict=True)
        )
        return lines * self.size * _LINE / 72 + 2 * PAD_TALL + 0.03


_TABLE_SIZES = (16.0, 14.0, 12.0, 11.0, 10.0)
# A column up to this is never broken, and a table of short columns is not stretched further.
_SHORT, _STRETCH = 2.7, 1.5


def _widths(rows: Sequence[Sequence[str]], size: float) -> list[float]:
    """Give short columns what they need, and share the rest among those that hold sentences."""
    need = [
        max(ems(row[j]) for row in rows) * size / 72 + 2 * PAD + 0.1 for j in range(len(rows[0]))
    ]
    room = RIGHT - LEFT
    if sum(need) <= room:
        scale = min(room / sum(need), _STRETCH)
        return [width * scale for width in need]
    short = sum(width for width in need if width <= _SHORT)
    long = sum(width for width in need if width > _SHORT)
    if not long or short > room * 0.7:
        return [width * room / sum(need) for width in need]
    return [width if width <= _SHORT else width * (room - short) / long for width in need]


def _unbroken(rows: Sequence[Sequence[str]], look: TableLook) -> bool:
    """Whether no single word is wider than its column."""
    return all(
        max((ems(word) for word in row[j].split()), default=0) * look.size / 72
        <= look.widths[j] - 2 * PAD
        for row in rows
        for j in range(len(row))
    )


def ems(text: str) -> float:
    """Return about how wide a text is, in its letters' size."""
    return sum(_HAN_WIDE if letter >= "\u1100" else _LATIN_WIDE for letter in text)


def lines_of(text: str, width: float, size: float) -> int:
    """Return about how many lines a text takes in a width of inches."""
    paragraphs = text.split("\n")
    return sum(max(1, math.ceil(ems(each) * size / 72 / max(width, 0.1))) for each in paragraphs)


def height_of(texts: Sequence[str], width: float, size: float) -> float:
    """Return about how high paragraphs are, in inches."""
    gaps = 0.55 * size / 72 * (len(texts) - 1)
    return sum(lines_of(text, width, size) for text in texts) * size * _LINE / 72 + gaps


def fitting(
    texts: Sequence[str], width: float, height: float, sizes: Sequence[float]
) -> float | None:
    """Return the first of the sizes, in points, in which paragraphs fit; None where none does.

    Examples
    --------
    >>> fitting(["Two segments"], 6, 1, (40, 20))
    40
    >>> fitting(["word " * 400], 2, 1, (40, 20)) is None
    True
    """
    return next((size for size in sizes if height_of(texts, width, size) <= height), None)
