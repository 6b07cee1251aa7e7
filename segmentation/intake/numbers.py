"""Numbers as people write them: grouped, with currency, percent or magnitude, in two styles.

Enters: a text, or SQL for one. Leaves: in which styles it is a number, and SQL for its value.
Refuses to mix styles: "1,5" is no number in a column with decimal points. One grammar serves both
sides; it is written as regular expressions that Python and the engine read alike.
"""

from __future__ import annotations

import math
import re
from functools import cache

from segmentation.engine.duck import literal
from segmentation.intake.kinds import Style, Unit

# Wide digits and signs of Chinese and Japanese typing, typographic minus, spaces and apostrophes.
_WIDE = (
    "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff0c\uff0e\uff0d\uff0b\uff05"
    "\uff08\uff09\uffe5\uff04\u2212\u2013\u2019\u2018\u00a0\u2009\u202f\u2007\u3000"
)
_NARROW = "0123456789,.-+%()¥$--''     "
_FOLD = str.maketrans(_WIDE, _NARROW)

# Longer texts are no numbers that somebody wrote; with these exponents, all others are finite.
LONGEST = 60
_EXPONENT = r"(?:[eE][+-]?(?:\d{1,2}|1\d{2}|2[0-3]\d))?"
_CURRENCY = (
    r"(?:US\$|R\$|HK\$|NT\$|A\$|C\$|[$€£¥₹₩₽₺฿₫₱₴₦]|"
    r"(?i:usd|eur|gbp|cny|rmb|jpy|inr|chf|brl|aud|cad|nzd|hkd|sgd|twd|krw|rub|sek|nok|dkk|pln|"
    r"rs\.?|kr\.?|zł|kč))"
)
# One currency is taken away in front, one behind; then brackets and a minus behind become a sign.
_STRIPPED = (
    (rf"^([(]?[+-]? ?){_CURRENCY} ?", r"\1"),
    (rf" ?(?:{_CURRENCY}|元|円)([)-]?)$", r"\1"),
    (r"^[(](.*)[)]$|^([^-].*)-$", r"-\1\2"),
)
_UNITS = {Unit.NONE: "", Unit.PERCENT: " ?%", Unit.MAGNITUDE: ""}
_POWERS = ((" ?[kK]$", "e3"), (" ?M$", "e6"), (" ?万$", "e4"), (" ?亿$", "e8"))
# The engine itself reads numbers of science that are too large for the grammar.
_LARGE = re.compile(r"[+-]?\d+(?:\.\d*)?[eE]\+?\d{3}", re.ASCII)
# In groups of three the first digit is no zero; Indian groups are of two, the last of three.
_GROUPS = {
    Style.POINT: r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3}|",
    Style.COMMA: r"[1-9]\d{0,2}(?:\.\d{3})+|",
    None: "",
}
_ANY_GROUPS = r"[1-9]\d{0,2}(?: \d{3})+|[1-9]\d{0,2}(?:'\d{3})+|"
_MARKS = {Style.POINT: r"\.", Style.COMMA: ",", None: r"\."}
_STYLES = (Style.POINT, Style.COMMA)
# The frequent forms, recognised and read without taking them apart.
_QUICK = {
    Style.POINT: r"-?[$€£¥₹]? ?[1-9]\d{0,2}(?:,\d{3})*(?:\.\d+)?|-?[$€£¥₹] ?\d+(?:\.\d+)?",
    Style.COMMA: r"-?\d+(?:,\d+)?(?: ?€)?|-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?(?: ?€)?",
}
_QUICK_SIGNS = {Style.POINT: ("$€£¥₹, ", ""), Style.COMMA: (",.€ ", ".")}
_AS_PYTHON = {
    Style.POINT: str.maketrans("", "", ", '"),
    Style.COMMA: str.maketrans(",", ".", ". '"),
}
# A leading zero, or a plus before a number of a telephone: digits that are not calculated with.
_CODE = re.compile(r"[+-]?0\d[\d.,]*|\+?\d{16,}|\+\d[\d ()-]{8,}")
# What looks like a number, an amount or a date, before anybody knows how the column is written.
_NUMBERLIKE = re.compile(
    r"[-+]?[$€£¥]?\s?[-+]?[\d.,' ]*\d(?:[eE][-+]?\d+)?\s?[%€$£¥]?|\([$€£¥]?\s?\d[\d.,]*\)|"
    r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}.*"
)


def fold(text: str) -> str:
    """Return a text with wide and typographic characters of numbers in their plain form.

    Examples
    --------
    >>> fold("−12％")
    '-12%'
    """
    return text.translate(_FOLD)


def numberlike(cell: str) -> bool:
    """Tell whether a cell looks like a number, an amount or a date.

    Examples
    --------
    >>> [numberlike(cell) for cell in ("1,5", "€ 3", "12%", "2024-05-01", "Q1", "18-25", "")]
    [True, True, True, True, False, False, False]
    """
    return bool(_NUMBERLIKE.fullmatch(fold(cell.strip())))


def _number(style: Style | None) -> str:
    mark = _MARKS[style]
    whole = rf"(?:{_GROUPS[style]}{_ANY_GROUPS}\d+)"
    return rf"(?:{whole}(?:{mark}\d*)?|{mark}\d+)"


def _pattern(style: Style | None, unit: Unit) -> str:
    """What is left of a cell without its currency: sign, digits, exponent and unit."""
    exponent = "e[3468]" if unit is Unit.MAGNITUDE else _EXPONENT
    return rf"^([+-]? ?{_number(style)}{exponent}){_UNITS[unit]}$"


@cache
def _compiled(style: Style | None, unit: Unit) -> re.Pattern[str]:
    return re.compile(_pattern(style, unit), re.ASCII)


@cache
def _bare(text: str, unit: Unit) -> str:
    bare = fold(text)
    for pattern, kept in _steps(unit):
        bare = re.sub(pattern, kept, bare, count=1)
    return bare


def _steps(unit: Unit) -> tuple[tuple[str, str], ...]:
    return (*_STRIPPED, *_POWERS) if unit is Unit.MAGNITUDE else _STRIPPED


@cache
def writings(text: str) -> frozenset[tuple[Style, Unit]]:
    """Return the styles and units in which a trimmed text is a number.

    Parameters
    ----------
    text : str
        Trimmed, as written.

    Returns
    -------
    frozenset of (Style, Unit)
        Both styles where nothing tells them apart; a bare zero is of every unit.

    Examples
    --------
    >>> sorted(style.value for style, unit in writings("1,234.5"))
    ['point']
    >>> sorted(style.value for style, unit in writings("1,234"))
    ['comma', 'point']
    """
    if len(text) > LONGEST:
        return frozenset()
    if text == "0":
        return frozenset((style, unit) for style in _STYLES for unit in Unit)
    if _LARGE.fullmatch(text) and math.isfinite(float(text)):
        return frozenset({(Style.POINT, Unit.NONE)})
    return frozenset(
        (style, unit)
        for unit in Unit
        for style in _STYLES
        if _compiled(style, unit).search(_bare(text, unit))
    )


def value(text: str, style: Style) -> float | None:
    """Return the value of a trimmed text in a style, without its unit; None if it is no number.

    Examples
    --------
    >>> value("€ 1.234,5", Style.COMMA), value("12 %", Style.POINT), value("a", Style.POINT)
    (1234.5, 12.0, None)
    """
    for unit in (Unit.NONE, Unit.PERCENT):
        found = _compiled(style, unit).search(_bare(text, unit)) if len(text) <= LONGEST else None
        if found:
            return float(found[1].translate(_AS_PYTHON[style]))
    return None


def is_separated(text: str) -> bool:
    """Tell whether a number has a point or comma, so that its style makes a difference."""
    folded = re.sub(_CURRENCY, "", fold(text))
    return "," in folded or "." in folded


def is_code(text: str) -> bool:
    """Tell whether digits are a code: with a leading zero, very many, or a telephone number.

    Examples
    --------
    >>> is_code("007"), is_code("0.7"), is_code("+86 138 0013 8000")
    (True, False, True)
    """
    return bool(_CODE.fullmatch(fold(text)))


def currency(text: str) -> str | None:
    """Return the currency that a number is written with, in upper case.

    Examples
    --------
    >>> currency("Rs. 500"), currency("500")
    ('RS', None)
    """
    found = re.search(rf"{_CURRENCY}|元|円", fold(text))
    return found[0].upper().rstrip(".") if found else None


def number_sql(cell: str, text: str, style: Style | None, unit: Unit) -> str:
    """Return SQL for the value of a number; NULL for what is none in this style.

    Parameters
    ----------
    cell, text : str
        SQL for the raw cell and for its trimmed text; the plain forms need only the cell.
    style : Style or None
        None where no cell tells the styles apart: a point is then a decimal point, and a comma
        makes the cell unreadable, because nobody knows what it stands for.
    unit : Unit
        Percent stays percent (12 % is 12); a magnitude multiplies (3.5万 is 35,000).

    Returns
    -------
    str
        Of type DOUBLE, always finite.
    """
    slow = _taken_apart(text, style, unit)
    inside = f"strlen({cell}) <= {LONGEST}"
    if unit is not Unit.NONE:
        return f"CASE WHEN {text} = '0' THEN 0 WHEN {inside} THEN {slow} END"
    if style is not None:
        signs, kept = (literal(part) for part in _QUICK_SIGNS[style])
        bare = f"try_cast(translate({cell}, {signs}, {kept}) AS DOUBLE)"
        matches = f"{inside} AND regexp_full_match({cell}, {literal(_QUICK[style])})"
        slow = f"CASE WHEN {matches} THEN {bare} WHEN {inside} THEN {slow} END"
    if style is Style.COMMA:
        return slow
    number = f"try_cast({cell} AS DOUBLE)"
    usable = f"isfinite({number}) AND NOT contains({cell}, '_')"
    return f"CASE WHEN {usable} THEN {number} WHEN {inside} THEN {slow} END"


def _taken_apart(text: str, style: Style | None, unit: Unit) -> str:
    """SQL for any form of the grammar; each step names the text once, which keeps it short."""
    bare = f"translate({text}, {literal(_WIDE)}, {literal(_NARROW)})"
    for pattern, kept in _steps(unit):
        bare = f"regexp_replace({bare}, {literal(pattern)}, {literal(kept)})"
    digits = f"regexp_extract({bare}, {literal(_pattern(style, unit))}, 1)"
    signs, kept = (",. '", ".") if style is Style.COMMA else (", '", "")
    return f"try_cast(translate({digits}, {literal(signs)}, {literal(kept)}) AS DOUBLE)"
