"""The part of a file that holds the rows of its table, as text.

Enters: a file, its encoding and its dialect. Leaves: the text between the header and what stands
below the last row. Refuses to change a character; what cannot be decoded becomes U+FFFD.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from segmentation.errors import CellTooLong, HeaderOnly
from segmentation.intake.dialect import Dialect, sniff
from segmentation.intake.ending import Reject, rows_below
from segmentation.intake.limits import MAX_LINE_BYTES
from segmentation.intake.records import RecordReader, UnclosedQuotes, cleaned

_SNIFFED = 1 << 20
_TAIL_BYTES = 1 << 17
_JUDGED = 100
_REGULAR = 0.8
_LINES = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")


@dataclass(frozen=True, slots=True)
class Window:
    """Where the rows of a table are.

    Attributes
    ----------
    path : Path
    encoding : str
    skip : int
        Lines before the first row.
    end : int or None
        Bytes of the file up to what stands below the last row; None for all.
    text : str or None
        The rows themselves, where the file is small.
    advance : callable or None
        Called with the bytes that have been read so far; what it raises ends the reading.
    """

    path: Path
    encoding: str
    skip: int = 0
    end: int | None = None
    text: str | None = None
    advance: Callable[[int], None] | None = None

    @contextmanager
    def opened(self) -> Iterator[TextIO]:
        """Open the rows as text, line ends as they are."""
        if self.text is not None:
            yield io.StringIO(self.text, newline="")
            return
        with self.path.open("rb", buffering=0) as file:
            part = io.BufferedReader(_FirstBytes(file, self.end, self.advance))
            text = io.TextIOWrapper(part, self.encoding, errors="replace", newline="")
            for _ in range(self.skip):
                text.readline()
            yield text


class _FirstBytes(io.RawIOBase):
    """The first bytes of a file."""

    def __init__(
        self, file: io.FileIO, end: int | None, advance: Callable[[int], None] | None
    ) -> None:
        self._file, self._left, self._advance = file, end, advance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override] # what the standard library passes
        if self._advance is not None:
            self._advance(self._file.tell())
        if self._left is None:
            return self._file.readinto(buffer)
        n = self._file.readinto(buffer[: self._left]) or 0
        self._left -= n
        return n


def find_window(path: Path, encoding: str, delimiter: str | None) -> tuple[Dialect, Window]:
    """Find the layout of a file and the part of it that holds the rows.

    Parameters
    ----------
    path : Path
    encoding : str
        Python's name of the encoding.
    delimiter : str or None
        Found out when None.

    Returns
    -------
    dialect : Dialect
        Its ``rejects`` are those outside of the window.
    window : Window

    Raises
    ------
    EmptyFile, HeaderOnly
        When there are no rows.
    UnicodeError, LookupError
        When the encoding does not fit or exist.
    UnclosedQuotes
        When the marks make no sense.
    """
    with Window(path, encoding).opened() as text:
        dialect, head, whole = _sniffed(text, delimiter)
    if whole:
        rows = itertools.islice(io.StringIO(head, newline=""), dialect.n_lines, dialect.stop)
        return dialect, Window(path, encoding, text="".join(rows))
    end, below = _below(path, encoding, dialect)
    return dialect.with_rejects(below), Window(path, encoding, dialect.n_lines, end)


def _sniffed(text: TextIO, delimiter: str | None) -> tuple[Dialect, str, bool]:
    """Sniff the beginning of a text, a longer one where it holds no whole row."""
    head, whole = "", False
    while True:
        head += text.read(max(_SNIFFED, len(head)))
        rest = text.read(1)
        head, whole = head + rest, not rest
        try:
            return sniff(head, delimiter, whole=whole), head, whole
        except HeaderOnly:
            if whole:
                raise
            if len(head) > MAX_LINE_BYTES:
                raise CellTooLong(limit_mb=MAX_LINE_BYTES // 1_000_000) from None


def _below(path: Path, encoding: str, dialect: Dialect) -> tuple[int | None, tuple[Reject, ...]]:
    """Find what stands below the last row of a large file, from its last lines.

    Where the lines are not regular (the first may begin inside a cell), or line ends take more
    than a byte, nothing is set aside.
    """
    if len("\n".encode(encoding.removesuffix("-sig").removesuffix("_sig"))) > 1:
        return None, ()
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(size - _TAIL_BYTES)
        lines = _LINES.findall(file.read())[1:]
    texts = (cleaned(line.decode(encoding, "replace")) for line in lines)
    reader = RecordReader(texts, dialect.syntax)
    try:
        records = list(reader)
    except UnclosedQuotes:
        return None, ()
    width = len(dialect.heads)
    widths = [len(record.cells) for record in records[-_JUDGED:] if record.filled]
    if reader.unclosed or widths.count(width) < _REGULAR * len(widths):
        return None, ()
    found = rows_below(records, width, comments=dialect.comments, whole=False)
    if not found:
        return None, ()
    end = size - sum(len(line) for line in lines[records[found[-1][0]].line - 1 :])
    before = _n_lines(path) - len(lines)
    return end, tuple(Reject.of(records[i], reason, before) for i, reason in reversed(found))


def _n_lines(path: Path) -> int:
    """Count the lines of a file, the last one with or without an end."""
    line_feeds, returns, last = 0, 0, b"\n"
    with path.open("rb") as file:
        while part := file.read(_SNIFFED):
            line_feeds += part.count(b"\n")
            returns += part.count(b"\r") - part.count(b"\r\n")
            # An end of two bytes cut in two is one end.
            returns -= last == b"\r" and part.startswith(b"\n")
            last = part[-1:]
    return line_feeds + returns + (last not in b"\r\n")
