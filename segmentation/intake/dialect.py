"""How is a text file laid out: which delimiter, where is the header, how many columns?

Enters: the beginning of a decoded text. Leaves: a :class:`Dialect`. Refuses to convert values.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from segmentation.errors import EmptyFile, HeaderOnly
from segmentation.notes import Note

DELIMITERS = (",", ";", "\t", "|")
_RECORDS = 500
_NUMBERLIKE = re.compile(r"[+-]?[\d.,]*\d%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")


@dataclass(frozen=True, slots=True)
class Dialect:
    """The layout of a delimited text.

    Attributes
    ----------
    delimiter : str
        One character.
    names : tuple of str
        Column names, unique ignoring case, none of them blank.
    skip : int
        Characters before the first customer (title lines and the header).
    n_lines : int
        Lines before the first customer.
    spaced : bool
        Whether quotation marks stand after a blank (``1, "a, b"``); blanks before a cell are then
        no part of it.
    notes : tuple of Note
        Repairs to the layout: title lines passed over, names invented or made unique.
    """

    delimiter: str
    names: tuple[str, ...]
    skip: int
    n_lines: int = 0
    spaced: bool = False
    notes: tuple[Note, ...] = ()


def sniff(text: str, delimiter: str | None = None) -> Dialect:
    r"""Find the layout of a delimited text from its beginning.

    Parameters
    ----------
    text : str
        The first part of the file, a line cut at its end does no harm.
    delimiter : str, optional
        The user's own choice; guessed when absent.

    Returns
    -------
    Dialect

    Raises
    ------
    EmptyFile
        When there is nothing but blank lines.
    HeaderOnly
        When there is a header and no customer.

    Examples
    --------
    >>> sniff("name;spend\nAnn;1,5\n").delimiter
    ';'
    """
    if not text.strip("\ufeff\0 \t\r\n"):
        raise EmptyFile
    chosen = delimiter or max(DELIMITERS, key=lambda candidate: _score(text, candidate, False))
    spaced = _score(text, chosen, True) > _score(text, chosen, False)
    records = _records(text, chosen, spaced)
    width = _usual_width(records)
    first = _first_full(records, width)
    body = [record.cells for record in records[first + 1 :]]
    notes: list[Note] = []
    if is_header(records[first].cells, body):
        if not any(_filled(cells) for cells in body):
            raise HeaderOnly
        top, last = first, records[first]
        cells = last.cells[: max(width, _filled(last.cells))]
    else:
        top, last, cells = _header_apart(records, first, width)
        if not any(cells):
            notes.append(Note.of("header-missing", n=width))
    if top:
        notes.insert(0, Note.of("title-lines-skipped", n=top))
    names, repairs = unique_names(cells)
    return Dialect(chosen, names, last.end, last.line, spaced, (*notes, *repairs))


@dataclass(frozen=True, slots=True)
class _Record:
    cells: list[str]
    end: int  # characters read up to and including this record
    line: int  # lines read up to and including this record


_NOTHING = _Record([], 0, 0)


def _records(text: str, delimiter: str, spaced: bool) -> list[_Record]:
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for line in io.StringIO(text, newline=""):
            read += len(line)
            yield line

    reader = csv.reader(lines(), delimiter=delimiter, skipinitialspace=spaced)
    records: list[_Record] = []
    try:
        for cells in reader:
            if cells:
                records.append(_Record(cells, read, reader.line_num))
            if len(records) >= _RECORDS:
                break
    except csv.Error:  # a cell beyond Python's own limit: what was read so far decides
        pass
    # The last record may be cut by the end of the sample.
    return records[:-1] if len(records) > 20 and len(records) < _RECORDS else records


def _score(text: str, delimiter: str, spaced: bool) -> tuple[float, int]:
    """Rank a delimiter by how regular it makes the records, then by how many cells it gives."""
    widths = [len(r.cells) for r in _records(text, delimiter, spaced)]
    if not widths:
        return 0.0, 0
    width, times = Counter(widths).most_common(1)[0]
    if width < 2:
        return 0.0, 1
    regular = times / len(widths)
    return regular + (0.25 if widths[0] == width else 0.0), width


def _first_full(records: list[_Record], width: int) -> int:
    """Return the first record that is as wide as the others; what is above it are titles."""
    for i, record in enumerate(records):
        if _filled(record.cells) >= min(width, 2) and len(record.cells) >= width:
            return i
    return 0


def _header_apart(records: list[_Record], first: int, width: int) -> tuple[int, _Record, list[str]]:
    """Find the names when the first full record is a customer.

    They may stand in the record above it, one cell short: row names have no name of their own.

    Returns
    -------
    tuple
        Number of title records, the last record before the customers, and the names (blank where
        there are none).
    """
    above = records[first - 1] if first else _NOTHING
    if first and width > 2 and len(above.cells) == _filled(above.cells) == width - 1:
        return first - 1, above, ["", *above.cells]
    return first, above, [""] * width


def _usual_width(records: list[_Record]) -> int:
    return Counter(len(r.cells) for r in records).most_common(1)[0][0]


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def is_header(cells: list[str], body: list[list[str]]) -> bool:
    """A header is words: its cells look like numbers no more often than chance headers do."""
    numberlike = [bool(_NUMBERLIKE.fullmatch(cell.strip())) for cell in cells]
    if not any(numberlike):
        return True
    below = Counter[int]()
    for row in body[:50]:
        for i, cell in enumerate(row[: len(cells)]):
            below[i] += bool(_NUMBERLIKE.fullmatch(cell.strip()))
    rows = max(1, len(body[:50]))
    numeric_columns = [i for i in range(len(cells)) if below[i] > 0.8 * rows]
    worded = sum(1 for i in numeric_columns if not numberlike[i])
    return worded > len(numeric_columns) / 2


def unique_names(cells: list[str]) -> tuple[tuple[str, ...], tuple[Note, ...]]:
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
