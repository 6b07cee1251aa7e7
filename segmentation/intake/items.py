"""Cells with several answers: recognised, and split into yes/no items when the user says so.

Enters: the texts of a column, or a separator that the user chose. Leaves: the separator, or the
items with SQL for each. Refuses to split unasked: "Paris, France" is one answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segmentation.engine.duck import literal, quoted
from segmentation.intake.cells import Reading, value_sql
from segmentation.intake.table import RawTable

SEPARATORS = (";", "|", "、", "；", "，", ",")
MOST_ITEMS = 50
# At least this share of the cells must hold several answers.
SEVERAL = 0.05
_LONGEST_ITEM = 60


@dataclass(frozen=True, slots=True)
class Items:
    """The answers of one column that become yes/no columns.

    Attributes
    ----------
    position : int
        Of the column in the file.
    separator : str
    answers : tuple of str
        The most frequent ones first.
    n_rare : int
        Different answers that are left out.
    """

    position: int
    separator: str
    answers: tuple[str, ...]
    n_rare: int


def separator_of(texts: Mapping[str, int]) -> str | None:
    """Return what separates several answers in the cells of a column; None where nothing does.

    The number of answers must vary, and the answers must come back in other combinations.

    Parameters
    ----------
    texts : mapping of str to int
        Cells by text.

    Returns
    -------
    str or None

    Examples
    --------
    >>> separator_of({"tv;web": 4, "web": 3, "radio;tv;web": 2, "tv": 2})
    ';'
    >>> separator_of({"Paris, France": 5, "Rome, Italy": 4})
    """
    return next((mark for mark in SEPARATORS if _separates(mark, texts)), None)


def _separates(mark: str, texts: Mapping[str, int]) -> bool:
    several = {text: n for text, n in texts.items() if mark in text}
    if sum(several.values()) < SEVERAL * sum(texts.values()) or len(several) < 2:
        return False
    answers: Counter[str] = Counter()
    widths = set()
    for text in texts:
        parts = _parts(text, mark)
        widths.add(len(parts))
        answers.update(set(parts))
    if len(widths) < 2 or max(map(len, answers)) > _LONGEST_ITEM:
        return False
    if mark in ",，" and not all(any(c.isalpha() for c in answer) for answer in answers):
        return False
    again = sum(n > 1 for n in answers.values())
    return len(answers) <= MOST_ITEMS and again >= len(answers) / 2


def _parts(text: str, mark: str) -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]


def items_of(raw: RawTable, position: int, separator: str, reading: Reading) -> Items:
    """Find the answers of a column of all rows.

    Parameters
    ----------
    raw : RawTable
    position : int
    separator : str
    reading : Reading
        How its text is read.

    Returns
    -------
    Items
        At most 50 answers.
    """
    parts = f"SELECT unnest(list_distinct({split_sql(position, separator, reading)})) AS answer"
    rows = raw.session.rows(
        f"SELECT answer, count(*) AS n FROM ({parts} FROM {quoted(raw.table)}) "
        f"WHERE answer <> '' GROUP BY answer ORDER BY n DESC, answer"
    )
    answers = tuple(str(row["answer"]) for row in rows)
    return Items(position, separator, answers[:MOST_ITEMS], len(answers[MOST_ITEMS:]))


def split_sql(position: int, separator: str, reading: Reading) -> str:
    """Return SQL for the list of answers of a raw column; NULL where the cell has no value."""
    value = value_sql(reading, f"r{position}")
    return f"[trim(part) FOR part IN string_split({value}, {literal(separator)})]"


def names_of(items: Items, name: str, taken: Sequence[str]) -> tuple[str, ...]:
    """Name the items of a column, each different from every name that is taken.

    Examples
    --------
    >>> names_of(Items(0, ";", ("tv", "web"), 0), "media", ["media: tv"])
    ('media: tv (2)', 'media: web')
    """
    used = set(taken)
    named = []
    for answer in items.answers:
        candidate, copy = f"{name}: {answer}", 1
        while candidate in used:
            copy += 1
            candidate = f"{name}: {answer} ({copy})"
        used.add(candidate)
        named.append(candidate)
    return tuple(named)
