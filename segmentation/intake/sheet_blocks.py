"""Where are the tables of a sheet? Blank rows and columns part what belongs apart.

Enters: a sheet's cells as text. Leaves: its blocks, each a set of rows and a range of columns.
Refuses to name a column: :mod:`segmentation.intake.sheets` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from segmentation.intake.kinds import NUMERIC_MISSING_MARKERS

Mask = npt.NDArray[np.bool_]
_SAMPLE = 50
_MOSTLY = 0.8
_ALIKE = 0.05  # blocks side by side belong together if their lengths differ by at most this share
_NUMBER = re.compile(
    r"[-+(]?\s*[$€£¥￥]?\s*[-+]?\d[\d.,\s]*(?:[eE][-+]?\d+)?\s*[%€$£]?\)?"
    r"|\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}.*"
)

_TOTALS = re.compile(
    r"(?:grand |sub-?\s?|overall )?(?:totals?|sum|average|mean|median|count|min|max)|all customers|"
    r"gesamt(?:summe)?|summe|somme|suma|totale|合计|总计|小计|总和|总共|共计|汇总|平均(?:值|数)?|均值"
)


def is_number(text: str) -> bool:
    """Tell whether a text looks like a number, an amount, a share or a date.

    Examples
    --------
    >>> [is_number(text) for text in ("1,5", "$30", "7 %", "2024-01-02", "18-25", "A1")]
    [True, True, True, True, False, False]
    """
    return bool(_NUMBER.fullmatch(text.strip()))


def is_total(texts: Sequence[str]) -> bool:
    """Tell whether a row is a total: named as one, and nothing but numbers beside the name.

    A customer may well be called Total, but has words beside it.

    Examples
    --------
    >>> is_total(["", "Total:", "12"]), is_total(["Total", "12", "Paris"])
    (True, False)
    """
    named, *others = [text.strip() for text in texts if text] or [""]
    is_named = bool(_TOTALS.fullmatch(named.rstrip(":： ").casefold()))
    return is_named and bool(others) and all(map(is_number, others))


@dataclass(frozen=True)
class Cells:
    """A sheet's cells as text; row and column as in the sheet, from the first filled column on."""

    table: pa.Table

    @cached_property
    def filled(self) -> Mask:
        """Which cells hold anything, of shape (rows, columns)."""
        mask = np.zeros((self.table.num_rows, self.table.num_columns), dtype=bool)
        for i, column in enumerate(self.table.columns):
            start = 0
            for chunk in column.chunks:
                mask[start : start + len(chunk), i] = chunk.is_valid().to_numpy(
                    zero_copy_only=False
                )
                start += len(chunk)
        return mask

    def texts(self, row: int, columns: Sequence[int]) -> list[str]:
        """Return some cells of a row; blank ones are empty."""
        found: list[str] = [self.table.column(c)[row].as_py() or "" for c in columns]
        return found


@dataclass(slots=True)
class Block:
    """Cells that belong together: rows of the sheet, and columns from ``left`` to before ``right``.

    ``repeated`` holds rows that repeat its first row, as prints with a header on each page do.
    """

    left: int
    right: int
    rows: list[int]
    n_filled: int
    repeated: list[int] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Number of columns, blank ones too."""
        return self.right - self.left

    @property
    def columns(self) -> range:
        """All columns, blank ones too."""
        return range(self.left, self.right)

    @property
    def is_table(self) -> bool:
        """Whether there are rows and columns enough for names and values."""
        return len(self.rows) > 1 and self.width > 1


def find_blocks(cells: Cells) -> list[Block]:
    """Part a sheet at its blank rows and columns.

    A blank row inside a table does not end it: what follows goes on with it unless it has a header
    of its own, other columns, or is a single cell beside a wide table. A blank column does not end
    it either where the rows on both sides are the same.

    Parameters
    ----------
    cells : Cells

    Returns
    -------
    list of Block
        From top to bottom.
    """
    blocks: list[Block] = []
    for start, stop in _runs(_any(cells.filled, 1)):
        whole = _trimmed(cells, start, stop, 0, cells.filled.shape[1])
        home = _home(cells, blocks, whole)
        for part in [whole] if home else list(_parted(cells, whole)):
            _join(cells, blocks, part)
    return blocks


def _any(mask: Mask, axis: int) -> Mask:
    flags: Mask = np.any(mask, axis=axis)
    return flags


def _runs(flags: Mask) -> Iterator[tuple[int, int]]:
    """Yield begin and end of every stretch of true flags."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    yield from ((start, stop) for start, stop in edges.reshape(-1, 2).tolist())


def _trimmed(cells: Cells, start: int, stop: int, left: int, right: int) -> Block:
    area = cells.filled[start:stop, left:right]
    rows = np.flatnonzero(area.any(axis=1)) + start
    columns = np.flatnonzero(area.any(axis=0)) + left
    return Block(int(columns[0]), int(columns[-1]) + 1, rows.tolist(), int(area.sum()))


def _parted(cells: Cells, band: Block) -> Iterator[Block]:
    """Part a band at the blank columns beside which the rows differ or the names repeat."""
    start, stop = band.rows[0], band.rows[-1] + 1
    kept: Block | None = None
    for left, right in _runs(_any(cells.filled[start:stop], 0)):
        part = _trimmed(cells, start, stop, left, right)
        if kept is None:
            kept = part
        elif _side_by_side(cells, kept, part):
            yield kept
            kept = part
        else:
            kept = _trimmed(cells, start, stop, kept.left, right)
    if kept is not None:
        yield kept


def _side_by_side(cells: Cells, one: Block, other: Block) -> bool:
    long, short = sorted((len(one.rows), len(other.rows)), reverse=True)
    if one.rows[0] != other.rows[0] or long - short > max(1, _ALIKE * long):
        return True
    names = [
        {
            text.casefold()
            for text in cells.texts(b.rows[0], b.columns)
            if text and not is_number(text)
        }
        for b in (one, other)
    ]
    return short > 1 and bool(names[0]) and (names[0] <= names[1] or names[1] <= names[0] != set())


def _join(cells: Cells, blocks: list[Block], part: Block) -> None:
    home = _home(cells, blocks, part)
    if home is None:
        blocks.append(part)
        return
    if cells.texts(part.rows[0], home.columns) == cells.texts(home.rows[0], home.columns):
        home.repeated.append(part.rows[0])
    home.rows += part.rows
    home.n_filled += part.n_filled


def _home(cells: Cells, blocks: list[Block], part: Block) -> Block | None:
    """Find the block above that a part goes on with, if any."""
    for block in reversed(blocks):
        if block.left <= part.left and part.right <= block.right:
            lone = part.n_filled == 1 and block.width > 2
            # A lone cell below a block is a remark or the title of what follows: look no further.
            return None if lone or _begins_anew(cells, block, part) else block
    return None


def _begins_anew(cells: Cells, block: Block, part: Block) -> bool:
    if block.width < 2 <= part.width or not block.is_table:
        return block.width > 1
    first = cells.texts(part.rows[0], block.columns)
    if first == cells.texts(block.rows[0], block.columns) or is_total(first):
        return False
    body = block.rows[1 : 1 + _SAMPLE]
    if len(part.rows) > 1:
        usual = cells.filled[body, block.left : block.right].mean(axis=0) >= _MOSTLY
        if (usual & ~cells.filled[part.rows, block.left : block.right].any(axis=0)).any():
            return True
    numeric = _numeric(cells, block, body)
    shown = [text for text, counts in zip(first, numeric, strict=True) if counts and text]
    worded = [
        text
        for text in shown
        if not is_number(text) and text.lower() not in NUMERIC_MISSING_MARKERS
    ]
    return 2 * len(worded) > len(shown)


def _numeric(cells: Cells, block: Block, body: Sequence[int]) -> list[bool]:
    """Tell which columns of a block hold numbers, judged by its first rows."""
    found = []
    for column in zip(*(cells.texts(row, block.columns) for row in body), strict=True):
        texts = [text for text in column if text]
        found.append(bool(texts) and sum(map(is_number, texts)) >= _MOSTLY * len(texts))
    return found
