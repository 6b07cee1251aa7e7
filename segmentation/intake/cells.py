"""From the text of a cell to its value: SQL for one column, whatever was decided about it.

Enters: a :class:`Reading`. Leaves: SQL for the typed value and for whether a cell has none. Refuses
to choose: a reading says everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from segmentation.engine.duck import literal, quoted
from segmentation.intake.dates import date_sql
from segmentation.intake.kinds import (
    MARKERS,
    NO_WORDS,
    SQL_TYPES,
    TICKS,
    YES_WORDS,
    Kind,
    Style,
    Unit,
    among,
    trimmed,
    untidy,
)
from segmentation.intake.numbers import number_sql


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of one column are read.

    Attributes
    ----------
    kind : Kind
    style : Style or None
        Of numbers and dates; None for numbers that are written the same in both styles.
    unit : Unit
        What follows the numbers.
    quick : str or None
        The format that most dates have, day first.
    ticks : bool
        Whether any mark is a yes and a blank cell a no.
    missing : tuple of str
        Texts that stand for no value, besides the markers that always do.
    labels : tuple of (str, str)
        Codes and the labels that take their place; for yes/no the labels are yes and no.
    flipped : tuple of (float, float) or None
        Lowest and highest answer of a reversed item, which is turned round; no and yes are 0 and 1.
    """

    kind: Kind
    style: Style | None = None
    unit: Unit = Unit.NONE
    quick: str | None = None
    ticks: bool = False
    missing: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    flipped: tuple[float, float] | None = None


def bare(code: str, mark: str = ".") -> str:
    """Return a code as it is compared: "3.0" is the code 3, where ``mark`` is the decimal sign.

    Examples
    --------
    >>> bare("3.0"), bare("a.0"), bare("10"), bare("999,0", ",")
    ('3', 'a.0', '10', '999')
    """
    return re.sub(_whole(mark), r"\1", code)


def value_sql(reading: Reading, column: str) -> str:
    """Return SQL for the typed value of a raw column; NULL if missing or not of its kind.

    Parameters
    ----------
    reading : Reading
    column : str
        Physical name of the raw column.

    Returns
    -------
    str
        Of the type in ``SQL_TYPES``.
    """
    text = trimmed(column)
    value = _value(reading, quoted(column), text)
    if reading.flipped and reading.kind is Kind.YESNO:
        value = f"NOT ({value})"
    elif reading.flipped:
        low, high = reading.flipped
        value = f"{low!r} + {high!r} - {value}"
    if reading.missing:
        value = f"CASE WHEN {decided_missing(reading, column)} THEN NULL ELSE {value} END"
    return f"CAST({value} AS {SQL_TYPES[reading.kind]})"


def _value(reading: Reading, cell: str, text: str) -> str:
    if reading.labels:
        return _labelled(reading, text)
    if reading.kind is Kind.NUMBER:
        return number_sql(cell, text, reading.style, reading.unit)
    if reading.kind is Kind.DATE:
        return date_sql(cell, text, reading.style or Style.YEAR_FIRST, reading.quick)
    return _yesno(reading, cell, text) if reading.kind is Kind.YESNO else _text(cell, text)


def _yesno(reading: Reading, cell: str, text: str) -> str:
    lower = f"lower({text})"
    if reading.ticks:
        ticked = among(TICKS, lower)
        return f"CASE WHEN coalesce({text}, '') = '' THEN false WHEN {ticked} THEN true END"
    number = f"try_cast({text} AS DOUBLE)"
    return (
        f"CASE WHEN {among(_usual(YES_WORDS, '1'), cell)} THEN true "
        f"WHEN {among(_usual(NO_WORDS, '0'), cell)} THEN false "
        f"WHEN {among(YES_WORDS, lower)} OR {number} = 1 THEN true "
        f"WHEN {among(NO_WORDS, lower)} OR {number} = 0 THEN false END"
    )


def _usual(words: Iterable[str], digit: str) -> tuple[str, ...]:
    """Words as nearly all cells have them, which are told without taking the cell apart."""
    forms = (form for word in words for form in (word, word.title(), word.upper()))
    return tuple(dict.fromkeys((*forms, digit)))


def _text(cell: str, text: str) -> str:
    """The cell as it is unless it is a marker or has white space around it."""
    cleaned = f"CASE WHEN NOT {among(MARKERS[Kind.TEXT], f'lower({text})')} THEN {text} END"
    return f"CASE WHEN {unusual(cell)} THEN {cleaned} ELSE {cell} END"


def unusual(cell: str) -> str:
    """Return SQL that tells whether a text may be blank, a marker or have white space around it.

    Cheap for nearly all cells, and true for all that are not themselves when they are read as text.

    Parameters
    ----------
    cell : str
        SQL for the raw cell.
    """
    longest = max(map(len, MARKERS[Kind.TEXT]))
    first = {sign for marker in MARKERS[Kind.TEXT] for sign in (marker[:1], marker[:1].upper())}
    begins = " OR ".join(
        f"{cell} BETWEEN {literal(sign)} AND {literal(chr(ord(sign) + 1))}"
        for sign in sorted(first - {""})
    )
    marker = (
        f"({begins}) AND strlen({cell}) <= {longest} "
        f"AND {among(MARKERS[Kind.TEXT], f'lower({cell})')}"
    )
    return f"({untidy(cell)} OR ({marker}))"


def _labelled(reading: Reading, text: str) -> str:
    """Labels in place of codes; a code without a label stays as it is written."""
    code = _bare_sql(text, _whole("."))
    if reading.kind is Kind.YESNO:
        cases = [(c, "true" if label == "yes" else "false") for c, label in reading.labels]
        other = "NULL"
    else:
        cases = [(c, literal(label)) for c, label in reading.labels]
        other = f"CASE WHEN NOT {among(MARKERS[Kind.TEXT], f'lower({text})')} THEN {text} END"
    whens = " ".join(f"WHEN {literal(bare(c))} THEN {label}" for c, label in cases)
    return f"CASE {code} {whens} ELSE {other} END"


def stands_for_none(missing: Iterable[str], text: str, style: Style | None = None) -> str:
    """Return SQL that tells whether a trimmed text is one of those that stand for no value.

    Upper and lower case make no difference but to single letters, which are codes; nor do zeros
    after the decimal sign.

    Parameters
    ----------
    missing : iterable of str
        Texts as decided, or codes as a codebook has them.
    text : str
        SQL for the text of a cell without the white space around it.
    style : Style, optional
        How the column's numbers are written; with a decimal point where nothing is known.
    """
    known, whole = compared_missing(missing, style)
    cell = f"CASE WHEN length({text}) > 1 THEN lower({text}) ELSE {text} END"
    return f"coalesce({among(known, _bare_sql(cell, whole))}, false)"


def compared_missing(
    missing: Iterable[str], style: Style | None = None
) -> tuple[tuple[str, ...], str]:
    """Return the texts that stand for no value as they are compared with a cell.

    Parameters
    ----------
    missing, style
        As in :func:`stands_for_none`.

    Returns
    -------
    texts : tuple of str
        Lower case but for single letters, whole numbers without a decimal sign.
    pattern : str
        Of a whole number with zeros after the decimal sign, its digits in the first group.
    """
    mark = "," if style is Style.COMMA else "."
    known = [t.lower() if len(t) > 1 else t for t in map(str.strip, missing)]
    return tuple(dict.fromkeys([*known, *(bare(t, mark) for t in known)])), _whole(mark)


def decided_missing(reading: Reading, column: str) -> str:
    """Return SQL that tells whether a raw cell holds a text that stands for no value."""
    return stands_for_none(reading.missing, trimmed(column), reading.style)


def _bare_sql(text: str, whole: str) -> str:
    """Write :func:`bare` as SQL."""
    return rf"regexp_replace({text}, {literal(whole)}, '\1')"


def _whole(mark: str) -> str:
    """Return the pattern of a whole number with nothing but zeros after the decimal sign."""
    return rf"^([+-]?\d+)[{mark}]0+$"


def no_value_sql(reading: Reading, column: str) -> str:
    """Return SQL that tells whether a raw cell has no value, as against one of another kind."""
    text = trimmed(column)
    marker = among(MARKERS[reading.kind], f"lower({text})")
    blank = f"coalesce({marker}, true)"
    if reading.ticks:
        blank = f"coalesce({marker} AND {text} <> '', false)"
    return f"({blank} OR {decided_missing(reading, column)})" if reading.missing else blank
