"""What are the values of a column: numbers, yes/no, dates or text?

Enters: physical column names of raw text. Leaves: SQL that reads the text as a kind, and the
choice of a kind from counts. Refuses to guess between day-first and month-first dates: only
unambiguous dates are read as dates.
"""

from __future__ import annotations

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


class Kind(StrEnum):
    """What the values of a column are."""

    NUMBER = "number"
    YESNO = "yesno"
    DATE = "date"
    TEXT = "text"


def trimmed(raw: str) -> str:
    """Return SQL for the text of a raw cell without the white space around it."""
    return f"trim({quoted(raw)}, ' \t\r\n\u00a0\u3000')"


def missing(raw: str, kind: Kind) -> str:
    """Return SQL that tells whether a raw cell has no value when read as ``kind``."""
    markers = MISSING_MARKERS if kind is Kind.TEXT else NUMERIC_MISSING_MARKERS
    if kind is Kind.YESNO:
        markers = tuple(m for m in markers if m not in NO_WORDS)
    listed = ", ".join(literal(marker) for marker in markers)
    return f"coalesce(lower({trimmed(raw)}) IN ({listed}), true)"


def reading(raw: str, kind: Kind) -> str:
    """Return SQL that reads a raw cell as ``kind``; NULL where it is missing or cannot be read."""
    text = trimmed(raw)
    if kind is Kind.TEXT:
        return f"CASE WHEN {missing(raw, kind)} THEN NULL ELSE {text} END"
    if kind is Kind.NUMBER:
        number = f"try_cast({text} AS DOUBLE)"
        return f"CASE WHEN isfinite({number}) THEN {number} END"
    if kind is Kind.YESNO:
        low = f"lower({text})"
        yes = ", ".join(literal(w) for w in YES_WORDS)
        no = ", ".join(literal(w) for w in NO_WORDS)
        number = f"try_cast({text} AS DOUBLE)"
        return (
            f"CASE WHEN {low} IN ({yes}) OR {number} = 1 THEN true "
            f"WHEN {low} IN ({no}) OR {number} = 0 THEN false END"
        )
    return _date(text)


def _date(text: str) -> str:
    """Read unambiguous dates: year first in any punctuation, with or without a time of day."""
    iso = f"regexp_replace({text}, '^(\\d{{4}})[/.年](\\d{{1,2}})[/.月](\\d{{1,2}})日?', '\\1-\\2-\\3')"
    return (
        f"CASE WHEN regexp_matches({text}, '^\\d{{4}}[-/.年]\\d{{1,2}}[-/.月]\\d{{1,2}}') "
        f"THEN try_cast({iso} AS TIMESTAMP) END"
    )


SQL_TYPES = {
    Kind.NUMBER: "DOUBLE",
    Kind.YESNO: "BOOLEAN",
    Kind.DATE: "TIMESTAMP",
    Kind.TEXT: "VARCHAR",
}


def counting(raw: str) -> str:
    """Return a struct that counts how a raw column could be read; :func:`choose` decides by it."""
    text = trimmed(raw)
    known = f"NOT {missing(raw, Kind.TEXT)}"
    listed = ", ".join(literal(m) for m in NUMERIC_MISSING_MARKERS)
    code = f"regexp_matches({text}, '^[+-]?0\\d') OR regexp_matches({text}, '^\\+?\\d{{16,}}$')"
    facts = {
        "values": f"count(*) FILTER ({known} AND lower({text}) NOT IN ({listed}))",
        "numbers": f"count({reading(raw, Kind.NUMBER)})",
        "yesno": f"count({reading(raw, Kind.YESNO)})",
        "dates": f"count({_date(text)})",
        "codes": f"count(*) FILTER ({code})",
        "words": f"list_slice(list_sort(list_distinct(list(lower({text})) "
        f"FILTER (length({text}) <= 5 AND {known}))), 1, 12)",
    }
    return "{" + ", ".join(f"'{name}': {sql}" for name, sql in facts.items()) + "}"


def choose(facts: dict[str, Any]) -> Kind:
    """Choose the kind of a column from the facts of :func:`counting`.

    Codes with leading zeros and numbers of 16 digits and more stay text; two values that are a
    pair of words (yes/no, 是/否) or 0 and 1 are yes/no.
    """
    values = facts["values"]
    if not values or facts["codes"] > 0.02 * values:
        return Kind.TEXT
    if facts["yesno"] >= ENOUGH * values and _is_pair(tuple(facts["words"] or ())):
        return Kind.YESNO
    if facts["numbers"] >= ENOUGH * values:
        return Kind.NUMBER
    return Kind.DATE if facts["dates"] >= ENOUGH * values else Kind.TEXT


def _is_pair(words: tuple[str, ...]) -> bool:
    """Two values that belong together; one alone says nothing."""
    plain = {w.removesuffix(".0") for w in words if w not in MISSING_MARKERS}
    if plain <= {"0", "1"}:
        return len(plain) == 2
    return any({yes, no} == plain for yes, no in _PAIRS.items())
