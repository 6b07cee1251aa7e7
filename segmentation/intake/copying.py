"""From the rows of a file to a copy that the engine reads exactly.

Enters: the rows as text and their dialect. Leaves: a UTF-8 file whose lines end alike and whose
marks are regular, and what was seen on the way. Refuses to copy quickly what it cannot prove to be
regular.

There are two ways with the same result. Where every quotation mark opens at the beginning of a
cell, is doubled inside it or closes at its end, the text is copied as it stands. Any other text is
read record by record and written anew.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from segmentation.errors import CellTooLong
from segmentation.intake.dialect import Dialect
from segmentation.intake.ending import Reject, is_comment
from segmentation.intake.limits import MAX_LINE_BYTES
from segmentation.intake.plain import is_clean, plain_start, whole_lines
from segmentation.intake.records import Record, RecordReader, Syntax, cleaned
from segmentation.intake.window import Window

_CHUNK = 1 << 22
_BROKEN = "\ufffd"
_LISTED = 10_000
_LINE_FEED, _RETURN = 10, 13

Bytes = npt.NDArray[np.uint8]


@dataclass(slots=True)
class Copied:
    """A copy's syntax, and what was seen while it was made.

    Attributes
    ----------
    syntax : Syntax
        Of the copy.
    is_regular : bool
        Whether every line outside of its quotation marks is a row, or blank.
    broken, removed : int
        Characters that could not be decoded, and those that no cell holds (NUL, inner marks of
        byte order).
    unclosed : list of int
        Lines of quotation marks that are never closed.
    counts : Counter
        Rows set aside, by reason.
    rejects : list of Reject
        The first 10,000 of them.
    """

    syntax: Syntax
    is_regular: bool = False
    broken: int = 0
    removed: int = 0
    unclosed: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)

    def set_aside(self, reject: Reject) -> None:
        """Count a row that is no customer, and list it while the list is short."""
        self.counts[reject.reason] += 1
        if len(self.rejects) < _LISTED:
            self.rejects.append(reject)

    def clean(self, text: str) -> str:
        """Count and remove what no cell holds."""
        self.broken += text.count(_BROKEN)
        kept = cleaned(text)
        self.removed += len(text) - len(kept)
        return kept


def copy_as_it_stands(window: Window, dialect: Dialect, target: Path) -> Copied | None:
    """Copy a text with regular marks; None where a mark is not.

    Raises
    ------
    CellTooLong
        At a line over the limit.
    """
    syntax = dialect.syntax
    if syntax.escaped or syntax.spaced or syntax.wrapped:
        return None
    copied = Copied(replace(syntax, padded=False), is_regular=True)
    regular = _RegularText(dialect, copied)
    with target.open("wb") as file:
        for part in _clean_parts(window, copied):
            if not regular.copy(part, file):
                return None
    return copied if regular.is_closed else None


def _clean_parts(window: Window, copied: Copied) -> Iterator[bytes]:
    """Yield the text in UTF-8, in parts that end with a line; clean UTF-8 stays as it is."""
    start = plain_start(window)
    if start is None:
        for text in _whole_lines(window):
            yield copied.clean(text).encode()
    else:
        for part in whole_lines(window, start):
            yield part if is_clean(part) else copied.clean(part.decode(errors="replace")).encode()


def _whole_lines(window: Window) -> Iterator[str]:
    """Yield the text in parts that end with a line."""
    rest = ""
    with window.opened() as text:
        while chunk := text.read(_CHUNK):
            rest += chunk
            # A return at the very end may be half of a line end.
            cut = max(rest.rfind("\n"), rest.rfind("\r", 0, len(rest) - 1)) + 1
            if len(rest) - cut >= MAX_LINE_BYTES:
                raise CellTooLong(limit_mb=MAX_LINE_BYTES // 1_000_000)
            if cut:
                yield rest[:cut]
                rest = rest[cut:]
    if rest:
        yield rest if rest[-1] in "\r\n" else rest + "\n"


class _RegularText:
    """Copies parts of a text as long as their marks are regular."""

    def __init__(self, dialect: Dialect, copied: Copied) -> None:
        self._mark, delimiter = ord(dialect.syntax.quote), dialect.syntax.delimiter
        self._edges = np.zeros(256, dtype=bool)
        self._edges[[ord(delimiter), _LINE_FEED, _RETURN, self._mark]] = True
        self._copied = copied
        self._odd = _odd_lines(dialect)
        self._words = [b"#", dialect.header.encode()] if dialect.header else [b"#"]
        self._inside = 0  # 1 while a cell that began in a former part is open
        self._n_lines = dialect.n_lines

    @property
    def is_closed(self) -> bool:
        return not self._inside

    def copy(self, data: bytes, file: BinaryIO) -> bool:
        """Copy a part and return True, or return False at a mark that is not regular."""
        if not self._inside and self._mark not in data:
            if b"\r" in data:
                data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            marks = np.empty(0, dtype=np.int64)
        else:
            marks = self._marks(data)
            if not self._are_regular(np.frombuffer(data, np.uint8), marks):
                return False
            if b"\r" in data:
                data = self._with_line_feeds(data, marks)
                marks = self._marks(data)
        file.write(self._without_odd_lines(data, marks))
        self._n_lines += data.count(b"\n")
        self._inside = (self._inside + len(marks)) % 2
        return True

    def _marks(self, data: bytes) -> npt.NDArray[np.int64]:
        return np.flatnonzero(np.frombuffer(data, np.uint8) == self._mark)

    def _are_regular(self, data: Bytes, marks: npt.NDArray[np.int64]) -> bool:
        """Marks open and close in turn; before the first and after the second stands an edge."""
        opening, closing = marks[self._inside :: 2], marks[1 - self._inside :: 2]
        before = opening[opening > 0] - 1
        after = closing[closing < len(data) - 1] + 1
        return bool(self._edges[data[before]].all() and self._edges[data[after]].all())

    def _are_inside(
        self, places: npt.NDArray[np.int64], marks: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        inside: npt.NDArray[np.bool_] = (np.searchsorted(marks, places) + self._inside) % 2 == 1
        return inside

    def _with_line_feeds(self, data: bytes, marks: npt.NDArray[np.int64]) -> bytes:
        """Turn line ends outside of cells into line feeds."""
        signs = np.frombuffer(data, np.uint8).copy()
        returns = np.flatnonzero(signs == _RETURN)
        returns = returns[~self._are_inside(returns, marks)]
        following = signs[np.minimum(returns + 1, len(signs) - 1)]
        in_pair = (following == _LINE_FEED) & (returns < len(signs) - 1)
        signs[returns[~in_pair]] = _LINE_FEED
        return np.delete(signs, returns[in_pair]).tobytes()

    def _without_odd_lines(self, data: bytes, marks: npt.NDArray[np.int64]) -> bytes:
        """Cut out comments and repeated headers, which are lines outside of cells."""
        if self._odd is None or not any(word in data for word in self._words):
            return data
        kept, last = [], 0
        for found in self._odd.finditer(data):
            if self._are_inside(np.array([found.start()]), marks)[0]:
                continue
            line = self._n_lines + data.count(b"\n", 0, found.start()) + 1
            reason = "comment" if found["comment"] is not None else "repeated-header"
            written = found[0].decode("utf-8", "replace")
            self._copied.set_aside(Reject.of(Record([], line, 1, written), reason))
            kept.append(data[last : found.start()])
            last = found.end()
        return b"".join([*kept, data[last:]])


def _odd_lines(dialect: Dialect) -> re.Pattern[bytes] | None:
    """Return what finds lines that are comments or the header again."""
    if len(dialect.kept) < 2:
        return None
    delimiter, quote = re.escape(dialect.syntax.delimiter), re.escape(dialect.syntax.quote)
    words = rf"#[^{delimiter}{quote}\n]*"
    comment = rf"(?:{words}|{quote}{words}{quote}){delimiter}*" if dialect.comments else "(?!)"
    header = re.escape(dialect.header) if dialect.header else "(?!)"
    pattern = rf"^(?:(?P<comment>{comment})|{header})(?:\n|\Z)"
    return re.compile(pattern.encode(), re.MULTILINE)


def copy_record_by_record(window: Window, dialect: Dialect, target: Path) -> Copied:
    """Read any text by the rules and write what is not regular anew, every cell enclosed.

    A row has at most one cell too many, a plus sign where something stands beyond its end.

    Raises
    ------
    CellTooLong
        At a line over the limit.
    UnclosedQuotes
        Where the marks make no sense.
    """
    syntax = Syntax(dialect.delimiter, dialect.syntax.quote)
    copied = Copied(syntax)
    as_is = dialect.syntax == replace(syntax, padded=dialect.syntax.padded)
    quote, width = syntax.quote, len(dialect.heads)
    with target.open("w", encoding="utf-8", newline="") as file:
        lines = (
            line
            for part in _whole_lines(window)
            for line in io.StringIO(copied.clean(part), newline="")
        )
        reader = RecordReader(lines, dialect.syntax, MAX_LINE_BYTES)
        write = csv.writer(
            file,
            delimiter=syntax.delimiter,
            quotechar=quote,
            lineterminator="\n",
            quoting=csv.QUOTE_ALL,
        ).writerow
        for record in reader:
            cells = record.cells
            if reason := _reason(record, dialect):
                copied.set_aside(Reject.of(record, reason, dialect.n_lines))
            elif as_is and len(cells) <= width and quote not in record.text:
                file.write(record.text.rstrip("\r\n") + "\n")
            else:
                beyond = any(cell.strip() for cell in cells[width:])
                write([*cells[:width], "+"] if beyond else cells[:width])
    copied.unclosed = [line + dialect.n_lines for line in reader.unclosed]
    return copied


def _reason(record: Record, dialect: Dialect) -> str | None:
    """Say why a record between the rows is none: a comment, or the header again."""
    if len(dialect.heads) > 1 and dialect.comments and is_comment(record):
        return "comment"
    if dialect.header and record.text.startswith(dialect.header):
        return "repeated-header" if record.text.rstrip("\r\n") == dialect.header else None
    return None
