"""A sheet's cells as records, as if it were a text; cells that stand beside its table are apart.

Enters: a sheet's cells. Leaves: one :class:`Strip` for each table side by side, whose records the
rules for texts understand. Refuses to name a column: :mod:`segmentation.intake.layout` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from segmentation.intake.numbers import numberlike
from segmentation.intake.records import Record

Mask = npt.NDArray[np.bool_]
Span = tuple[int, int]
_AT_ONCE = 500
_ALIKE = 0.05  # blocks side by side belong together if their lengths differ by at most this share
_TITLES = 3  # or by this many lines at the top of one, which are titles


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


@dataclass(frozen=True, slots=True)
class _Block:
    """A rectangle of cells: rows and columns from the first to before the last."""

    top: int
    bottom: int
    left: int
    right: int

    def common(self, left: int, right: int) -> int:
        """Return how many columns it has in common with a range."""
        return min(self.right, right) - max(self.left, left)


@dataclass(slots=True)
class Strip:
    """Blocks one above the other, with nothing of what stands beside them."""

    sheet: Cells
    blocks: list[_Block] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Its first column."""
        return min(block.left for block in self.blocks)

    @property
    def right(self) -> int:
        """The column after its last one."""
        return max(block.right for block in self.blocks)

    @property
    def is_table(self) -> bool:
        """Whether there are rows and columns enough for names and values."""
        return any(b.bottom - b.top > 1 and b.right - b.left > 1 for b in self.blocks)

    @property
    def n_filled(self) -> int:
        """Number of cells that hold anything."""
        filled = self.sheet.filled
        return sum(int(filled[b.top : b.bottom, b.left : b.right].sum()) for b in self.blocks)

    def alone(self) -> Strip:
        """Return the strip in a sheet where all other cells are blank."""
        rows, columns = self.sheet.filled.shape
        own = np.zeros((rows, columns), dtype=bool)
        for b in self.blocks:
            own[b.top : b.bottom, b.left : b.right] = True
        if not (self.sheet.filled & ~own).any():
            return self
        kept = {
            name: pa.chunked_array([pa.compute.if_else(pa.array(own[:, i]), column, None)])
            for i, (name, column) in enumerate(
                zip(self.sheet.table.column_names, self.sheet.table.columns, strict=True)
            )
        }
        return Strip(Cells(pa.table(kept)), self.blocks)


class Rows(Sequence[Record]):
    """The rows of a strip as records, made when they are looked at: a sheet may have millions."""

    def __init__(self, strip: Strip, rows: range) -> None:
        self._strip, self._rows = strip, rows
        self._columns = range(strip.left, strip.right)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    def __getitem__(self, at: int | slice) -> Record | Rows:
        if isinstance(at, slice):
            return Rows(self._strip, self._rows[at])
        row = self._rows[at]
        return _record(row, self._strip.sheet.texts(row, self._columns))

    def __iter__(self) -> Iterator[Record]:
        table = self._strip.sheet.table.select(list(self._columns))
        for start in range(0, len(self._rows), _AT_ONCE):
            rows = self._rows[start : start + _AT_ONCE]
            columns = (c.to_pylist() for c in table.slice(rows.start, len(rows)).columns)
            for row, cells in zip(rows, zip(*columns, strict=True), strict=True):
                yield _record(row, [cell or "" for cell in cells])


def _record(row: int, cells: list[str]) -> Record:
    return Record(cells, row + 1, 1, "\t".join(filter(None, cells)))


def strips(cells: Cells) -> list[Strip]:
    """Part a sheet into what stands side by side.

    A blank column parts the rows between two blank rows only where the rows on both sides are not
    the same, or the names repeat.

    Parameters
    ----------
    cells : Cells
        At least one is filled.

    Returns
    -------
    list of Strip
        From left to right as they begin; most sheets have one.
    """
    found: list[Strip] = []
    for top, bottom in runs(np.any(cells.filled, axis=1)):
        whole = _trimmed(cells, _Block(top, bottom, 0, cells.filled.shape[1]))
        inside = any(s.is_table and s.left <= whole.left and whole.right <= s.right for s in found)
        _hand_out(cells, found, [whole] if inside else list(_parted(cells, whole)))
    main = max(found, key=lambda s: s.n_filled)
    apart = [s for s in found if s.is_table or s.left < main.left or main.right < s.right]
    for strip in found:  # cells in columns of the largest are its own, unless they are a table
        if strip is not main and strip not in apart:
            main.blocks += strip.blocks
    return [s for s in found if s is main or s in apart]


def _hand_out(cells: Cells, found: list[Strip], parts: list[_Block]) -> None:
    """Add the parts of some rows to the strips: where they stand below, else to one in no use."""
    lone, top = [], min(part.top for part in parts)
    for part in parts:
        below = max(found, key=lambda s: part.common(s.left, s.right), default=None)
        if below and part.common(below.left, below.right) > 0:
            below.blocks.append(part)
        else:
            lone.append(part)
    for part in lone:
        free = [s for s in found if s.blocks[-1].top < top]
        if not free:
            found.append(Strip(cells))
        (free or found)[-1].blocks.append(part)


def runs(flags: Mask) -> list[Span]:
    """Return begin and end of every stretch of true flags."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(start, stop) for start, stop in edges.reshape(-1, 2).tolist()]


def _trimmed(cells: Cells, block: _Block) -> _Block:
    area = cells.filled[block.top : block.bottom, block.left : block.right]
    rows = np.flatnonzero(area.any(axis=1)) + block.top
    columns = np.flatnonzero(area.any(axis=0)) + block.left
    return _Block(int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1)


def _parted(cells: Cells, band: _Block) -> Iterator[_Block]:
    """Part a band at the blank columns beside which the rows differ or the names repeat."""
    kept: _Block | None = None
    for left, right in runs(np.any(cells.filled[band.top : band.bottom], axis=0)):
        part = _trimmed(cells, _Block(band.top, band.bottom, left, right))
        if kept is None:
            kept = part
        elif _side_by_side(cells, kept, part):
            yield kept
            kept = part
        else:
            kept = _trimmed(cells, _Block(band.top, band.bottom, kept.left, right))
    if kept is not None:
        yield kept


def _side_by_side(cells: Cells, one: _Block, other: _Block) -> bool:
    long, short = sorted((b.bottom - b.top for b in (one, other)), reverse=True)
    begins = one.top == other.top and long - short <= max(1, _ALIKE * long)
    ends = one.bottom == other.bottom and long - short <= _TITLES and short > 1
    if not (begins or ends):
        return True
    top = max(one.top, other.top)
    names = [
        {
            text.casefold()
            for text in cells.texts(top, range(b.left, b.right))
            if text and not numberlike(text)
        }
        for b in (one, other)
    ]
    return short > 1 and bool(names[0]) and (names[0] <= names[1] or names[1] <= names[0] != set())
