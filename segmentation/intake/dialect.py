"""How is a text file laid out: which delimiter, where is the header, how many columns?

Enters: the beginning of a decoded text. Leaves: a :class:`Dialect`. Refuses to convert values.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
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
        Lines before the first customer (title lines and the header).
    notes : tuple of Note
        Repairs to the layout: title lines passed over, names invented or made unique.
    """

    delimiter: str
    names: tuple[str, ...]
    skip: int
    notes: tuple[Note, ...] = ()


def sniff(text: str, delimiter: str | None = None) -> Dialect:
    """Find the layout of a delimited text from its beginning.

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
    >>> sniff("name;spend\\nAnn;1,5\\n").delimiter
    ';'
    """
    if not text.strip():
        raise EmptyFile
    chosen = delimiter or max(DELIMITERS, key=lambda candidate: _score(text, candidate))
    records = _records(text, chosen)
    width = _usual_width(records)
    first = next(
        (
            i
            for i, r in enumerate(records)
            if _filled(r.cells) >= min(width, 2) and len(r.cells) >= width
        ),
        0,
    )
    notes = [Note.of("title-lines-skipped", n=first)] if first else []
    header, body = records[first], records[first + 1 :]
    if _is_header(header.cells, [r.cells for r in body]):
        if not any(_filled(r.cells) for r in body):
            raise HeaderOnly
        cells, skip = header.cells[: max(width, _filled(header.cells))], header.end
    else:
        cells, skip = [""] * width, records[first - 1].end if first else 0
        notes.append(Note.of("header-missing", n=width))
    names, repairs = unique_names(cells)
    return Dialect(chosen, names, skip, (*notes, *repairs))


@dataclass(frozen=True, slots=True)
class _Record:
    cells: list[str]
    end: int  # physical lines read up to and including this record


def _records(text: str, delimiter: str) -> list[_Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    records: list[_Record] = []
    try:
        for cells in reader:
            if cells:
                records.append(_Record(cells, reader.line_num))
            if len(records) >= _RECORDS:
                break
    except csv.Error:  # a cell beyond Python's own limit: what was read so far decides
        pass
    # The last record may be cut by the end of the sample.
    return records[:-1] if len(records) > 20 and len(records) < _RECORDS else records


def _score(text: str, delimiter: str) -> tuple[float, int]:
    """Rank a delimiter by how regular it makes the records, then by how many cells it gives."""
    widths = [len(r.cells) for r in _records(text, delimiter)]
    if not widths:
        return 0.0, 0
    width, times = Counter(widths).most_common(1)[0]
    if width < 2:
        return 0.0, 1
    regular = times / len(widths)
    return regular + (0.25 if widths[0] == width else 0.0), width


def _usual_width(records: list[_Record]) -> int:
    return Counter(len(r.cells) for r in records).most_common(1)[0][0]


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _is_header(cells: list[str], body: list[list[str]]) -> bool:
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
        wanted = " ".join(cell.replace("\ufeff", "").split())
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
