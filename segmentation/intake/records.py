"""From lines of text to records of cells, exactly as the marks of the syntax say.

Enters: lines with their ends, and a :class:`Syntax`. Leaves: one :class:`Record` after the other.
Refuses to swallow the rest of a file into one cell: a quotation mark that is never closed by the
rules is a character like any other, and its line is reported.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

DELIMITERS = (",", ";", "\t", "|", "^", "~")
_LINES_IN_CELL = 2000
_HOPELESS = 200
PADDING = " \t\u00a0\u3000"


class UnclosedQuotes(ValueError):
    """So many quotation marks are never closed that the text is not read by its own rules."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """How cells are separated and enclosed.

    Attributes
    ----------
    delimiter : str
        One of ``DELIMITERS``.
    quote : str
        The quotation mark, doubled inside a cell that it encloses.
    escaped : bool
        Whether a backslash takes the meaning from the mark after it.
    spaced : bool
        Whether quotation marks stand after a blank (``1, "a, b"``); blanks before a cell are then
        no part of it.
    padded : bool
        Whether blanks around every cell belong to the layout.
    wrapped : bool
        Whether a line is one quoted cell that holds the real row.
    """

    delimiter: str = ","
    quote: str = '"'
    escaped: bool = False
    spaced: bool = False
    padded: bool = False
    wrapped: bool = False


class Record(NamedTuple):
    """One row of a text, at its place.

    Attributes
    ----------
    cells : list of str
        As written, without marks.
    line : int
        1-based line where it begins.
    n_lines : int
        Lines that it takes.
    text : str
        As written, with marks and line ends.
    """

    cells: list[str]
    line: int
    n_lines: int
    text: str

    @property
    def filled(self) -> int:
        """Number of cells with more than blanks."""
        return sum(map(bool, map(str.strip, self.cells)))


def cleaned(text: str) -> str:
    """Return a text without the characters that no cell holds: NUL and byte-order marks."""
    return text.replace("\0", "").replace("\ufeff", "")


class RecordReader:
    r"""Read records; ``unclosed`` then holds the lines of quotation marks that were never closed.

    Parameters
    ----------
    lines : iterable of str
        With their ends.
    syntax : Syntax
    limit : int
        Characters of the longest cell of several lines.

    Examples
    --------
    >>> [record.cells for record in RecordReader(['a,"b\n', 'c,d\n'], Syntax())]
    [['a', '"b'], ['c', 'd']]
    """

    def __init__(self, lines: Iterable[str], syntax: Syntax, limit: int = 1 << 24) -> None:
        self._lines = _Lines(lines, syntax, limit)
        self._syntax = syntax
        self._lenient = self._csv(self._lines, strict=False)
        self._marks = (syntax.quote, "\\") if syntax.escaped else (syntax.quote,)
        quote, delimiter = re.escape(syntax.quote), re.escape(syntax.delimiter)
        enclosed = rf"{quote}(?:[^{quote}]|{quote}{quote})*{quote}[^{delimiter}\r\n]*"
        self._cell = re.compile(rf"(?:{enclosed}|[^{delimiter}\r\n]*)({delimiter}?)")
        self.unclosed: list[int] = []

    def __iter__(self) -> Iterator[Record]:
        """Yield all records; a blank line is a record of one blank cell."""
        lines, number, marks = self._lines, 1, self._marks
        delimiter, spaced, padded = self._syntax.delimiter, self._syntax.spaced, self._syntax.padded
        second = marks[-1]
        for line in lines:
            if marks[0] in line or second in line:
                cells = self._enclosed(number)
            else:
                cells = line.rstrip("\r\n").split(delimiter)
                if spaced:
                    cells = [cell.lstrip(" ") for cell in cells]
            if padded:
                cells = [cell.strip(PADDING) for cell in cells]
            n_lines = len(lines.written)
            written = lines.written[0] if n_lines == 1 else "".join(lines.written)
            lines.start()
            yield Record(cells, number, n_lines, written)
            number += n_lines

    def _enclosed(self, number: int) -> list[str]:
        """Read a record with marks, which may go on in the next lines."""
        lines = self._lines
        lines.give_back(0)
        cells = next(self._lenient, [""])
        if (len(lines.read) > 1 or lines.ended) and not self._is_closed(lines.read):
            first = lines.read[0]
            lines.give_back(1)
            self.unclosed.append(number)
            if len(self.unclosed) > _HOPELESS:
                raise UnclosedQuotes(number)
            return self._literal(first)
        return cells or [""]

    def _is_closed(self, lines: list[str]) -> bool:
        """Tell whether lines are one record by the strict rules: cells end where marks close."""
        try:
            return len(list(self._csv(lines, strict=True))) == 1
        except csv.Error:
            return False

    def _literal(self, line: str) -> list[str]:
        """Read a line whose last opening mark is a character like any other."""
        quote, cells = self._syntax.quote, []
        for found in self._cell.finditer(line.rstrip("\r\n")):
            whole = found[0].removesuffix(found[1])
            closing = whole.rfind(quote)
            if whole.startswith(quote) and closing > 0:
                inner = whole[1:closing].replace(quote * 2, quote)
                whole = inner + whole[closing + 1 :]
            cells.append(whole)
            if not found[1]:
                break
        return cells

    def _csv(self, lines: Iterable[str], *, strict: bool) -> Iterator[list[str]]:
        return csv.reader(
            lines,
            delimiter=self._syntax.delimiter,
            quotechar=self._syntax.quote,
            escapechar="\\" if self._syntax.escaped else None,
            skipinitialspace=self._syntax.spaced,
            strict=strict,
        )


class _Lines:
    """Lines that can be given back; ``written`` and ``read`` are those of the present record."""

    def __init__(self, lines: Iterable[str], syntax: Syntax, limit: int) -> None:
        self._source = iter(lines)
        self._again: deque[str] = deque()
        self._syntax = syntax
        self._plain = not (syntax.wrapped or syntax.escaped)
        self._limit = limit
        lone = rf"(\\[\\\r\n{re.escape(syntax.quote + syntax.delimiter)}])|\\"
        self._lone = re.compile(lone)
        self.start()

    def start(self) -> None:
        """Begin a record."""
        self.written: list[str] = []
        self.read: list[str] = []
        self.ended = False
        self._length = 0

    def give_back(self, after: int) -> None:
        """Keep so many lines of the present record and give the others back."""
        self._again.extendleft(reversed(self.written[after:]))
        kept = self.written[:after], self.read[:after]
        self.start()
        self.written, self.read = kept

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.read) >= _LINES_IN_CELL or self._length > self._limit:
            self.ended = True
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._source, "")
        if not line:
            self.ended = True
            raise StopIteration
        self.written.append(line)
        self._length += len(line)
        as_read = line if self._plain else self._as_read(line)
        self.read.append(as_read)
        return as_read

    def _as_read(self, line: str) -> str:
        if self._syntax.wrapped:
            line = unwrapped(line, self._syntax.quote)
        if self._syntax.escaped and "\\" in line:  # before any other character it is itself
            line = self._lone.sub(lambda found: found[1] or "\\\\", line)
        return line


def unwrapped(line: str, quote: str = '"') -> str:
    r"""Return the row inside a line that is one quoted cell; any other line as it is.

    Examples
    --------
    >>> unwrapped('"1,""York"",2"')
    '1,"York",2'
    """
    body = line.rstrip("\r\n")
    cell = body.rstrip("".join(DELIMITERS) + " ")
    inner = cell[1:-1]
    whole = len(cell) > 1 and cell.startswith(quote) and cell.endswith(quote)
    if not whole or quote in inner.replace(quote * 2, ""):
        return line
    return inner.replace(quote * 2, quote) + line[len(body) :]
