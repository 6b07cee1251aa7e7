"""Dates as people write them: year, day or month first, months in words, spreadsheet serials.

Enters: a text, or SQL for one. Leaves: in which form it is written, and SQL for its moment. Refuses
to guess whether 01/02/2024 is in January or in February: the style says so, and styles are decided
for a whole column. Times are kept as the clock on the wall showed them; an offset is left out.
"""

from __future__ import annotations

import re
from enum import StrEnum

from segmentation.engine.duck import literal
from segmentation.intake.kinds import Style
from segmentation.intake.numbers import fold

# Days since the last day of 1899; in these years, a column named like a date holds dates.
SERIALS = (20_000, 60_000)
_EPOCH_SERIAL = 25_569
_LAST_SERIAL = 2_958_465
_MONTH = (
    "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    "(?:uary|ruary|ch|il|e|y|ust|t|tember|ember|ober)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? )?"
_YEAR = r"([1-9]\d{3}|\d{2})"
# As spreadsheets do: 00-29 are the years 2000-2029, 30-99 are 1930-1999.
_CENTURIES = ((r"([1-9]\d{3})", ""), (r"([0-2]\d)", "20"), (r"([3-9]\d)", "19"))
_CLOCK = r"(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?: ?([AaPp][Mm]))?"
_REST = rf"(?:,? ?[T ]{_CLOCK}(?: ?(?:Z|UTC|GMT|[+-]\d{{2}}:?\d{{2}}))?)?$"
_NTH = "(?:st|nd|rd|th)?"
_YEAR_FORM = rf"^([1-9]\d{{3}})[-/. 年](\d{{1,2}})[-/. 月](\d{{1,2}})日?{_REST}"
_NUMERIC_FORM = rf"^(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ]{_YEAR}{_REST}"
_DAY_FORM = rf"(?i)^{_WEEKDAY}(\d{{1,2}}){_NTH}[-/. ]+{_MONTH}[-/., ]+{_YEAR}{_REST}"
_MONTH_FORM = rf"(?i)^{_WEEKDAY}{_MONTH}[-/. ]+(\d{{1,2}}){_NTH}[-/., ]+{_YEAR}{_REST}"
_COMPACT = r"^((?:19|20)\d{2})(\d{2})(\d{2})$"
# What becomes of every form, behind a mark that no other text begins with: the year, the month as
# digits or letters, the day, and the clock.
_MARK = "\u241e"
_FORMATS = tuple(
    f"{_MARK}%Y-{month}-%d{clock}"
    for month in ("%m", "%b")
    for clock in ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
)
# Before it, a year of two digits was taken for one of four.
_EARLIEST = "TIMESTAMP '1000-01-01'"
_NAMED = re.compile(r"日期|时间|生日|年月|(?i:dates?|datum|fecha|dob|birthday|timestamp|datetime)$")
_NAME_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W_\d]+")
_NOT_DATES = frozenset({"update", "candidate", "mandate", "validate", "consolidate", "accommodate"})


class Form(StrEnum):
    """How one date is written; only ``NUMERIC`` leaves the order of day and month open."""

    YEAR = "year"
    NUMERIC = "numeric"
    DAY_NAMED = "day_named"
    MONTH_NAMED = "month_named"
    COMPACT = "compact"


_FORMS = {
    Form.YEAR: re.compile(_YEAR_FORM),
    Form.NUMERIC: re.compile(_NUMERIC_FORM),
    Form.DAY_NAMED: re.compile(_DAY_FORM),
    Form.MONTH_NAMED: re.compile(_MONTH_FORM),
    Form.COMPACT: re.compile(_COMPACT),
}
_SHORT_YEAR = re.compile(r"[-/., ]\d{2}$|[-/., ]\d{2},? \d{1,2}:")


def form_of(text: str) -> Form | None:
    """Return the form of a trimmed text that looks like a date.

    Examples
    --------
    >>> form_of("31/12/2024"), form_of("Jan 5, 2024"), form_of("5")
    (<Form.NUMERIC: 'numeric'>, <Form.MONTH_NAMED: 'month_named'>, None)
    """
    folded = fold(text)
    return next((form for form, pattern in _FORMS.items() if pattern.search(folded)), None)


def has_short_year(text: str) -> bool:
    """Tell whether a date has two digits for its year.

    Examples
    --------
    >>> has_short_year("31/12/99"), has_short_year("1999-12-31")
    (True, False)
    """
    return form_of(text) not in (None, Form.YEAR, Form.COMPACT) and bool(_SHORT_YEAR.search(text))


def is_named_date(name: str) -> bool:
    """Tell whether a column's name says that it holds dates.

    Examples
    --------
    >>> is_named_date("order_date"), is_named_date("LastOrderDate"), is_named_date("updates")
    (True, True, False)
    """
    parts = [part.lower() for part in _NAME_PARTS.split(name) if part]
    return any(part.rstrip("s") not in _NOT_DATES and _NAMED.search(part) for part in parts)


def clock_format(text: str) -> str | None:
    """Return the engine's format of an everyday numeric date, day first; None for other forms.

    Examples
    --------
    >>> clock_format("1/2/2024")
    '%d/%m/%Y'
    """
    found = re.fullmatch(r"\d{1,2}([-/.])\d{1,2}([-/.])\d{4}", text)
    return f"%d{found[1]}%m{found[2]}%Y" if found else None


def date_sql(cell: str, text: str, style: Style, quick: str | None = None) -> str:
    """Return SQL for the moment of a date; NULL for what is none in this style.

    Forms that leave no doubt (year first, months in words) are read in every style but serials.

    Parameters
    ----------
    cell, text : str
        SQL for the raw cell and for its trimmed text.
    style : Style
        ``YEAR_FIRST`` reads no date whose order of day and month is open.
    quick : str, optional
        The engine's format that most cells have.

    Returns
    -------
    str
        Of type TIMESTAMP, between the years 1000 and 9999.
    """
    if style is Style.SERIAL:
        return _serial(f"try_cast({cell} AS DOUBLE)")
    slow = _stamp(_rewritten(f"translate({text}, '\u00a0\u3000', '  ')", style))
    rest = f"WHEN {cell} IS NOT NULL THEN {slow} END"
    if quick and style is not Style.YEAR_FIRST:
        order = quick if style is Style.DAY_FIRST else _swapped(quick)
        stamp = f"try_strptime({cell}, {literal(order)})"
        # A cell of that very form that is no such date is none in any other form either.
        shape = re.sub("%[dm]", r"\\d{1,2}", re.escape(quick).replace("%Y", r"\d{4}"))
        rest = f"WHEN regexp_full_match({cell}, {literal(shape)}) THEN NULL {rest}"
        usable = f"{cell} BETWEEN '0' AND ':' AND {stamp} >= {_EARLIEST}"
        return f"CASE WHEN {usable} THEN {stamp} {rest}"
    four = f"(instr({cell}, '-') = 5 OR instr({cell}, '/') = 5)"
    stamp = (
        f"CASE WHEN {cell} BETWEEN '1' AND ':' AND {four} THEN try_cast({cell} AS TIMESTAMP) END"
    )
    return f"coalesce({stamp}, CASE {rest})"


def _swapped(day_first: str) -> str:
    return day_first.replace("%d", "%_").replace("%m", "%d").replace("%_", "%m")


def _serial(number: str) -> str:
    microseconds = f"CAST(round(({number} - {_EPOCH_SERIAL}) * 86400e6) AS BIGINT)"
    inside = f"{number} BETWEEN 1 AND {_LAST_SERIAL}"
    return f"CASE WHEN {inside} THEN make_timestamp({microseconds}) END"


def _rewritten(text: str, style: Style) -> str:
    """SQL that writes any form as year-month-day and the clock, and leaves other texts alone.

    One rewriting after the other, so that the text is named only once however many there are.
    """
    forms = [(_YEAR_FORM, r"\1-\2-\3 \4 \5"), (_COMPACT, r"\1-\2-\3")]
    for years, century in _CENTURIES:
        forms.append((_DAY_FORM.replace(_YEAR, years), rf"{century}\3-\2-\1 \4 \5"))
        forms.append((_MONTH_FORM.replace(_YEAR, years), rf"{century}\3-\1-\2 \4 \5"))
        if style is not Style.YEAR_FIRST:
            order = r"\2-\1" if style is Style.DAY_FIRST else r"\1-\2"
            forms.append((_NUMERIC_FORM.replace(_YEAR, years), rf"{century}\3-{order} \4 \5"))
    for form, written in forms:
        text = f"regexp_replace({text}, {literal(form)}, {literal(_MARK + written)})"
    # Without the mark, the engine would still know the words "epoch" and "infinity".
    return f"rtrim(regexp_replace({text}, '^[^{_MARK}]', ''))"


def _stamp(written: str) -> str:
    return f"try_strptime({written}, [{', '.join(map(literal, _FORMATS))}])"
