"""Which marks separate and enclose the cells of a text?

Enters: the beginning of a decoded text. Leaves: a :class:`Syntax`. Refuses to look at what the
cells say: the marks that make the records most regular are the marks.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import re
from collections import Counter
from dataclasses import replace

from segmentation.intake.ending import is_ruler
from segmentation.intake.records import (
    DELIMITERS,
    Record,
    RecordReader,
    Syntax,
    UnclosedQuotes,
    unwrapped,
)
from segmentation.notes import Note

_RECORDS = 500
_JUDGED = 200_000
_FEW = 0.1
_MANY = 0.6
_NEARLY_ALL = 0.95
_DECLARED = re.compile(r"\ufeff?sep=(.)\r?\n?", re.IGNORECASE)
_BETWEEN = "".join(map(re.escape, DELIMITERS))


def guess_syntax(text: str, delimiter: str | None = None) -> tuple[Syntax, tuple[Note, ...]]:
    r"""Find the marks that make the records of a text most regular.

    Parameters
    ----------
    text : str
        The beginning of the file; a line cut at its end does no harm.
    delimiter : str, optional
        The user's own choice.

    Returns
    -------
    syntax : Syntax
    notes : tuple of Note
        What is unusual about the marks.

    Examples
    --------
    >>> guess_syntax("name;spend\nAnn;1,5\n")[0].delimiter
    ';'
    """
    declared, begin = declared_delimiter(text)
    text = text[begin:_JUDGED]
    plain = Syntax(quote=_quote(text))
    chosen = _delimited(text, plain, delimiter or declared)
    if inside := _wrapped(text, chosen, delimiter):
        chosen = inside
    if _escapes(text, chosen):
        chosen = replace(chosen, escaped=True)
    spaced = replace(chosen, spaced=True)
    chosen = spaced if _score(text, spaced) > _score(text, chosen) else chosen
    chosen = replace(chosen, padded=_is_padded(text, chosen))
    return chosen, _notes(chosen, declared if not delimiter else None)


def declared_delimiter(text: str) -> tuple[str | None, int]:
    """Return the delimiter that a first line ``sep=;`` declares, and the length of that line."""
    found = _DECLARED.match(text)
    return (found[1], found.end()) if found and found[1] in DELIMITERS else (None, 0)


def first_records(text: str, syntax: Syntax, n_records: int = _RECORDS) -> list[Record]:
    """Return the first records that are not blank; without the last, which the sample may cut."""
    reader = RecordReader(io.StringIO(text, newline=""), syntax)
    records: list[Record] = []
    with contextlib.suppress(UnclosedQuotes):  # what was read so far decides
        records.extend(r for r in itertools.islice(reader, n_records) if r.filled)
    return records[:-1] if len(records) > 20 and len(records) < n_records else records


def _notes(chosen: Syntax, declared: str | None) -> tuple[Note, ...]:
    notes = []
    if declared:
        notes.append(Note.of("delimiter-declared", delimiter=declared))
    if chosen.wrapped:
        notes.append(Note.of("rows-unwrapped"))
    if chosen.quote != '"':
        notes.append(Note.of("quotes-single"))
    if chosen.escaped:
        notes.append(Note.of("backslashes-taken"))
    if chosen.padded:
        notes.append(Note.of("padding-removed"))
    return tuple(notes)


def _delimited(text: str, plain: Syntax, delimiter: str | None) -> Syntax:
    """Choose the delimiter; where none makes two columns, one that the text does not hold."""
    if delimiter:
        return replace(plain, delimiter=delimiter)
    candidates = [replace(plain, delimiter=each) for each in DELIMITERS]
    best = max(candidates, key=lambda each: _score(text, each))
    if _score(text, best)[0] > 0:
        return best
    whole = [each for each in candidates if _width(text, each, rank=-1) == 1]
    return (whole or candidates)[0]


def _widths(text: str, syntax: Syntax) -> list[int]:
    return [len(record.cells) for record in first_records(text, syntax)]


def _width(text: str, syntax: Syntax, rank: int = 0) -> int:
    """Return the usual number of cells, or with rank -1 the largest."""
    widths = _widths(text, syntax)
    return max(widths, default=1) if rank else (_usual(widths) if widths else 1)


def _usual(widths: list[int]) -> int:
    return Counter(widths).most_common(1)[0][0]


def _score(text: str, syntax: Syntax) -> tuple[float, int]:
    """Rank marks by how regular they make the records, then by how many cells they give."""
    widths = _widths(text, syntax)
    if not widths:
        return 0.0, 0
    usual = _usual(widths)
    if usual < 2:  # names that are delimited, over rows cut short
        return (0.1, widths[0]) if widths[0] > 1 else (0.0, 1)
    return widths.count(usual) / len(widths) + (0.25 if widths[0] == usual else 0.0), usual


def _quote(text: str) -> str:
    """Choose the mark that encloses cells; apostrophes do where double marks never do."""
    enclosed = {mark: len(_enclosed_cells(mark).findall(text)) for mark in "\"'"}
    rest = _enclosed_cells("'").sub("", text)
    opened = len(re.findall(rf"(?:^|[{_BETWEEN}\n\r])'", rest))
    single = enclosed["'"] > 1 and not enclosed['"'] and opened < _FEW * enclosed["'"]
    return "'" if single else '"'


def _enclosed_cells(mark: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|(?<=[{_BETWEEN}\n\r])) ?{mark}(?:[^{mark}]|{mark}{mark}){{0,2000}}{mark}"
        rf"(?= ?(?:[{_BETWEEN}\r\n]|$))"
    )


def _wrapped(text: str, chosen: Syntax, delimiter: str | None) -> Syntax | None:
    """Return the syntax inside rows that are wrapped whole in marks, if they are."""
    records = first_records(text, chosen)
    if sum(record.filled < 2 for record in records) < _MANY * len(records):
        return None
    lines = [line for line in text.splitlines()[:_RECORDS] if line.strip()]
    inside = [unwrapped(line, chosen.quote) for line in lines]
    changed = sum(a != b for a, b in zip(lines, inside, strict=True))
    if changed < _MANY * (len(lines) - 1) or not changed:
        return None
    chosen = _delimited("\n".join(inside), Syntax(quote=chosen.quote), delimiter)
    widths = _widths("\n".join(inside), chosen)
    usual = _usual(widths) if widths else 1
    regular = widths.count(usual) >= _MANY * len(widths)
    return replace(chosen, wrapped=True) if usual > 1 and regular else None


def _escapes(text: str, chosen: Syntax) -> bool:
    """Tell whether backslashes stand before marks that would close their cells too early."""
    if "\\" + chosen.quote not in text and "\\" + chosen.delimiter not in text:
        return False
    escaped = replace(chosen, escaped=True)
    if _score(text, escaped) > _score(text, chosen):
        return True
    early = rf"\\{chosen.quote}(?!\s*(?:{re.escape(chosen.delimiter)}|[\r\n]|$|{chosen.quote}))"
    return bool(re.search(early, text)) and _score(text, escaped) >= _score(text, chosen)


def _is_padded(text: str, chosen: Syntax) -> bool:
    """Tell whether nearly every cell has a blank after the delimiter before it, or before the next.

    One record, or one column, would be too little to tell a layout from a slip.
    """
    read = first_records(text, replace(chosen, spaced=False))
    records = [record for record in read if not is_ruler(record)]
    usual = _usual([len(record.cells) for record in records]) if records else 0
    rows = [record.cells for record in records if len(record.cells) == usual]
    if usual < 2 or len(rows) < 2:
        return False
    after = [cell[:1].isspace() for row in rows for cell in row[1:] if cell.strip()]
    before = [cell[-1:].isspace() for row in rows for cell in row[:-1] if cell.strip()]
    return any(sides and sum(sides) >= _NEARLY_ALL * len(sides) for sides in (after, before))
