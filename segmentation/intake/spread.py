"""Rows of a text at even distances, taken out of it without reading its cells.

Enters: a text in which every line outside of quotation marks that is not empty is a row, and marks
are regular. Leaves: the number of its rows, and a file of some of them as they stand. Refuses to
look into a row: one of blanks alone counts here and not for the engine; whoever asks compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

_CHUNK = 1 << 22
_LINE_FEED = b"\n"

Places = npt.NDArray[np.int64]


def count_rows(copy: Path, quote: str) -> int:
    """Count the rows.

    Parameters
    ----------
    copy : Path
        In UTF-8, its lines end alike.
    quote : str
        Its quotation mark.
    """
    return sum(len(starts) for _, starts, _ in _rows(copy, quote))


def write_spread(copy: Path, quote: str, step: int, target: Path) -> None:
    """Write the first row and every ``step``-th after it.

    Parameters
    ----------
    copy, quote
        As of :func:`count_rows`.
    step : int
    target : Path
    """
    n_rows = 0
    with target.open("wb") as file:
        for data, starts, ends in _rows(copy, quote):
            first = -n_rows % step
            wanted = zip(starts[first::step], ends[first::step], strict=True)
            file.writelines(data[start:end] for start, end in wanted)
            n_rows += len(starts)


def _rows(copy: Path, quote: str) -> Iterator[tuple[bytes, Places, Places]]:
    """Yield parts of a text, and where their rows begin and end."""
    rest, mark = b"", quote.encode()
    with copy.open("rb") as file:
        while chunk := file.read(_CHUNK):
            data = rest + chunk
            ends = _ends(data, mark)
            if not len(ends):
                rest = data
                continue
            starts = np.concatenate(([0], ends[:-1]))
            filled = ends - starts > 1
            yield data, starts[filled], ends[filled]
            rest = data[ends[-1] :]


def _ends(data: bytes, mark: bytes) -> Places:
    """Return where rows end: behind each line feed that no cell holds."""
    signs = np.frombuffer(data, np.uint8)
    feeds = np.flatnonzero(signs == _LINE_FEED[0])
    if mark in data:
        marks = np.flatnonzero(signs == mark[0])
        feeds = feeds[np.searchsorted(marks, feeds) % 2 == 0]
    return feeds + 1
