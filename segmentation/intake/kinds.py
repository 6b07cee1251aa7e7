"""What are the values of a column: numbers, yes/no, dates or text?

Enters: names of text columns. Leaves: SQL that reads the text as a kind, and the choice of a kind
from counts. Refuses to guess between day-first and month-first dates: only unambiguous dates are
read as dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from segmentation.engine.duck import literal, quoted

MISSING_MARKERS = ("", "na", "n/a", "nan", "null", "#n/a", "<na>", "nil", "#value!", "#null!")
NUMERIC_MISSING_MARKERS = (*MISSING_MARKERS, "none", "-", "--", "?", ".", "inf", "-inf", "无")
YES_WORDS = ("yes", "y", "true", "t", "是", "有", "√", "ja", "oui", "sí", "si")
NO_WORDS = ("no", "n", "false", "f", "否", "无", "×", "nein", "non")
_PAIRS = {
    "yes": "no",
    "y": "n",
    "true": "false",
    "t": "f",
    "是": "否",
    "有": "无",
    "√": "×",
    "ja": "nein",
    "oui": "non",
    "sí": "no",
    "si": "no",
}
# A column is of a kind when at least this share of its values can be read as it.
ENOUGH = 0.98
# Above this share of values with leading zeros or 16 digits and more, a column holds codes.
CODES = 0.02
_WORD_LENGTH = 5
_WORDS = 12
_WHITE = " \t\r\n\u00a0\u3000"
_CODE = r"^[+-]?0\d|^\+?\d{16,}$"
_YEAR_FIRST = r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}"
_DATE_PARTS = r"^(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?"
_DASHED = r"\1-\2-\3"


class Kind(StrEnum):
    """What the values of a column are."""

    NUMBER = "number"
    YESNO = "yesno"
    DATE = "date"
    TEXT = "text"


SQL_TYPES = {
    Kind.NUMBER: "DOUBLE",
    Kind.YESNO: "BOOLEAN",
    Kind.DATE: "TIMESTAMP",
    Kind.TEXT: "VARCHAR",
}
_FORMS = (Kind.NUMBER, Kind.YESNO, Kind.DATE)
_MARKERS = {
    Kind.TEXT: MISSING_MARKERS,
    Kind.NUMBER: NUMERIC_MISSING_MARKERS,
    Kind.DATE: NUMERIC_MISSING_MARKERS,
    Kind.YESNO: tuple(m for m in NUMERIC_MISSING_MARKERS if m not in NO_WORDS),
}


def trimmed(column: str) -> str:
    """Return SQL for the text of a raw column without the white space around it."""
    return f"trim({quoted(column)}, {literal(_WHITE)})"


def missing(text: str, kind: Kind) -> str:
    """Return SQL that tells whether a trimmed text has no value when read as ``kind``."""
    return f"coalesce({_among(_MARKERS[kind], text)}, true)"


def reading(text: str, kind: Kind) -> str:
    """Return SQL that reads a trimmed text as ``kind``; NULL if missing or not of that kind."""
    if kind is Kind.TEXT:
        return f"CASE WHEN NOT {_among(MISSING_MARKERS, text)} THEN {text} END"
    if kind is Kind.DATE:
        dashed = f"regexp_replace({text}, {literal(_DATE_PARTS)}, {literal(_DASHED)})"
        date = f"try_cast({dashed} AS TIMESTAMP)"
        return f"CASE WHEN regexp_matches({text}, {literal(_YEAR_FIRST)}) THEN {date} END"
    number = f"try_cast({text} AS DOUBLE)"
    if kind is Kind.NUMBER:
        return f"CASE WHEN isfinite({number}) THEN {number} END"
    return (
        f"CASE WHEN {_among(YES_WORDS, text)} OR {number} = 1 THEN true "
        f"WHEN {_among(NO_WORDS, text)} OR {number} = 0 THEN false END"
    )


def _among(words: Iterable[str], text: str) -> str:
    """Return SQL for membership; ``IN`` with many words would be planned as a join a column."""
    return f"list_contains([{', '.join(map(literal, words))}], lower({text}))"


def facts_of_columns(columns: Sequence[str], rows: str) -> str:
    """Return SQL that counts how each raw column could be read; :func:`choose` decides by it.

    All columns are stacked into one and equal cells counted together, so that the work grows with
    the number of different cells and the statement does not grow with the number of columns.

    Parameters
    ----------
    columns : sequence of str
        Physical names of raw columns.
    rows : str
        A SELECT's table and condition, such as ``raw WHERE true``.

    Returns
    -------
    str
        A query with one row a column that has any cell: ``of``, ``filled``, ``numbers``,
        ``yesno``, ``dates``, ``codes`` (counts) and ``words`` (short different values).
    """
    listed = ", ".join(map(quoted, columns))
    read = ", ".join(f"{reading('text', kind)} AS {kind.value}" for kind in _FORMS)
    counted = {
        "filled": f"NOT {missing('text', Kind.NUMBER)}",
        "numbers": "number IS NOT NULL",
        "yesno": "yesno IS NOT NULL",
        "dates": "date IS NOT NULL",
        "codes": f"regexp_matches(text, {literal(_CODE)})",
    }
    totals = ", ".join(
        f"CAST(coalesce(sum(n) FILTER ({condition}), 0) AS BIGINT) AS {name}"
        for name, condition in counted.items()
    )
    short = f"length(text) <= {_WORD_LENGTH} AND NOT {missing('text', Kind.YESNO)}"
    words = f"list_slice(list_sort(list(DISTINCT lower(text)) FILTER ({short})), 1, {_WORDS})"
    return (
        "WITH cells AS ("
        f"UNPIVOT (SELECT {listed} FROM {rows}) ON COLUMNS(*) INTO NAME of VALUE cell), "
        f"texts AS (SELECT of, {trimmed('cell')} AS text, count(*) AS n FROM cells GROUP BY ALL), "
        f"read AS (SELECT of, n, text, {read} FROM texts) "
        f"SELECT of, {totals}, {words} AS words FROM read GROUP BY of"
    )


def choose(facts: Mapping[str, Any] | None) -> Kind:
    """Choose the kind of a column from its row of :func:`facts_of_columns`, None for no cell.

    Codes with leading zeros and numbers of 16 digits and more stay text; two values that are a
    pair of words (yes/no, 是/否) or 0 and 1 are yes/no.
    """
    if facts is None or not facts["filled"] or facts["codes"] > CODES * facts["filled"]:
        return Kind.TEXT
    enough = ENOUGH * facts["filled"]
    if facts["yesno"] >= enough and _is_pair(facts["words"] or ()):
        return Kind.YESNO
    if facts["numbers"] >= enough:
        return Kind.NUMBER
    return Kind.DATE if facts["dates"] >= enough else Kind.TEXT


def _is_pair(words: Iterable[str]) -> bool:
    """Two values that belong together; one alone says nothing."""
    plain = {word.removesuffix(".0") for word in words}
    if plain <= {"0", "1"}:
        return len(plain) == 2
    return any({yes, no} == plain for yes, no in _PAIRS.items())
