"""What a column's values can be and how they can be written: the vocabulary of typing.

Enters: nothing. Leaves: the enumerations, the words for yes, no and "no value", and SQL for the
text of a cell. Refuses to choose: ``choosing`` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from segmentation.engine.duck import literal, quoted

MISSING_MARKERS = ("", "na", "n/a", "nan", "null", "#n/a", "<na>", "nil", "#value!", "#null!")
NUMERIC_MISSING_MARKERS = (*MISSING_MARKERS, "none", "-", "--", "?", ".", "inf", "-inf", "无")
_PAIRS = (
    ("yes", "no"),
    ("y", "n"),
    ("true", "false"),
    ("t", "f"),
    ("是", "否"),
    ("有", "无"),
    ("√", "×"),
    ("✓", "✗"),
    ("✔", "✘"),
    ("on", "off"),
    ("ja", "nein"),
    ("oui", "non"),
    ("sí", "no"),
    ("si", "no"),
)
PAIRS = frozenset(frozenset(pair) for pair in _PAIRS)
YES_WORDS = tuple(dict.fromkeys(yes for yes, _ in _PAIRS))
NO_WORDS = tuple(dict.fromkeys(no for _, no in _PAIRS))
# What stands in a box that was ticked; the other boxes are blank.
TICKS = ("x", "√", "✓", "✔", "✗", "✘", "☑", "●", "•", "*", "×")
# What is trimmed from every cell, by any engine.
WHITE = " \t\r\n\u00a0\u3000"


class Kind(StrEnum):
    """What the values of a column are."""

    NUMBER = "number"
    YESNO = "yesno"
    DATE = "date"
    TEXT = "text"


class Style(StrEnum):
    """How numbers or dates are written; one style holds for a whole column.

    Numbers are written with a decimal point ("1,234.5") or comma ("1.234,5"); dates with the year,
    the day or the month first, or as a spreadsheet's serial number of days.
    """

    POINT = "point"
    COMMA = "comma"
    YEAR_FIRST = "year_first"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    SERIAL = "serial"

    @property
    def kind(self) -> Kind:
        """The kind of values that can be written so."""
        return Kind.NUMBER if self in (Style.POINT, Style.COMMA) else Kind.DATE


class Unit(StrEnum):
    """What follows the numbers of a column: nothing, %, or a magnitude such as 万 or k."""

    NONE = "none"
    PERCENT = "percent"
    MAGNITUDE = "magnitude"


SQL_TYPES = {
    Kind.NUMBER: "DOUBLE",
    Kind.YESNO: "BOOLEAN",
    Kind.DATE: "TIMESTAMP",
    Kind.TEXT: "VARCHAR",
}
MARKERS = {
    Kind.TEXT: MISSING_MARKERS,
    Kind.NUMBER: NUMERIC_MISSING_MARKERS,
    Kind.DATE: NUMERIC_MISSING_MARKERS,
    Kind.YESNO: tuple(m for m in NUMERIC_MISSING_MARKERS if m not in NO_WORDS),
}


def trimmed(column: str) -> str:
    """Return SQL for the text of a raw column without the white space around it."""
    return f"trim({quoted(column)}, {literal(WHITE)})"


def tidy(column: str) -> str:
    """Return SQL for the same as :func:`trimmed`, cheaper where nearly all cells are tidy."""
    cell = quoted(column)
    return f"CASE WHEN {untidy(cell)} THEN {trimmed(column)} ELSE {cell} END"


def untidy(cell: str) -> str:
    """Return SQL that tells whether there may be white space around a text, or nothing in it."""
    # The other white space comes before all signs; few texts have a sign of several bytes.
    wide = [sign for sign in WHITE if not sign.isascii()]
    ends = " OR ".join(f"suffix({cell}, {literal(sign)})" for sign in WHITE if sign.isascii())
    edges = " OR ".join(
        f"{found}({cell}, {literal(sign)})" for sign in wide for found in ("starts_with", "suffix")
    )
    return f"({cell} < '!' OR {ends} OR (strlen({cell}) <> length({cell}) AND ({edges})))"


def among(words: Iterable[str], text: str) -> str:
    """Return SQL for membership; ``IN`` with many words would be planned as a join a column."""
    return f"list_contains([{', '.join(map(literal, words))}], {text})"
