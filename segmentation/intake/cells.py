"""From the text of a cell to its value: SQL for one column, whatever was decided about it.

Enters: a :class:`Reading`. Leaves: SQL for the typed value and for whether a cell has none. Refuses
to choose: a reading says everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from segmentation.engine.duck import literal, quoted
from segmentation.intake.dates import date_sql
from segmentation.intake.kinds import (
    EDGE,
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
)
from segmentation.intake.numbers import number_sql

_ZEROS = r"[.]0+$"


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
        Lowest and highest answer of a reversed item, which is turned round.
    """

    kind: Kind
    style: Style | None = None
    unit: Unit = Unit.NONE
    quick: str | None = None
    ticks: bool = False
    missing: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    flipped: tuple[float, float] | None = None


def bare(code: str) -> str:
    """Return a code as it is compared: "3.0" is the code 3.

    Examples
    --------
    >>> bare("3.0"), bare("a.0"), bare("10")
    ('3', 'a.0', '10')
    """
    return re.sub(_ZEROS, "", code) if re.fullmatch(rf"[+-]?\d+{_ZEROS}", code) else code


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
    if reading.flipped:
        low, high = reading.flipped
        value = f"{low!r} + {high!r} - {value}"
    if reading.missing:
        value = f"CASE WHEN {is_among(reading.missing, column)} THEN NULL ELSE {value} END"
    return f"CAST({value} AS {SQL_TYPES[reading.kind]})"


def _value(reading: Reading, cell: str, text: str) -> str:
    if reading.labels:
        return _labelled(reading, text)
    if reading.kind is Kind.NUMBER:
        return number_sql(cell, text, reading.style, reading.unit)
    if reading.kind is Kind.DATE:
        return date_sql(cell, text, reading.style or Style.YEAR_FIRST, reading.quick)
    return _yesno(reading, text) if reading.kind is Kind.YESNO else _text(cell, text)


def _yesno(reading: Reading, text: str) -> str:
    lower = f"lower({text})"
    if reading.ticks:
        ticked = among(TICKS, lower)
        return f"CASE WHEN coalesce({text}, '') = '' THEN false WHEN {ticked} THEN true END"
    number = f"try_cast({text} AS DOUBLE)"
    return (
        f"CASE WHEN {among(YES_WORDS, lower)} OR {number} = 1 THEN true "
        f"WHEN {among(NO_WORDS, lower)} OR {number} = 0 THEN false END"
    )


def _text(cell: str, text: str) -> str:
    """The cell as it is unless it is a marker or has white space around it."""
    words = "|".join(re.escape(marker) for marker in MARKERS[Kind.TEXT] if marker)
    unusual = literal(rf"^{EDGE}|{EDGE}$|^(?i:{words})$")
    marker = among(MARKERS[Kind.TEXT], f"lower({text})")
    cleaned = f"CASE WHEN NOT {marker} THEN {text} END"
    return f"CASE WHEN regexp_matches({cell}, {unusual}) THEN {cleaned} ELSE nullif({cell}, '') END"


def _labelled(reading: Reading, text: str) -> str:
    """Labels in place of codes; a code without a label stays as it is written."""
    code = _bare_sql(text)
    if reading.kind is Kind.YESNO:
        cases = [(c, "true" if label == "yes" else "false") for c, label in reading.labels]
        other = "NULL"
    else:
        cases = [(c, literal(label)) for c, label in reading.labels]
        other = f"CASE WHEN NOT {among(MARKERS[Kind.TEXT], f'lower({text})')} THEN {text} END"
    whens = " ".join(f"WHEN {literal(bare(c))} THEN {label}" for c, label in cases)
    return f"CASE {code} {whens} ELSE {other} END"


def is_among(texts: tuple[str, ...], column: str) -> str:
    """Return SQL that tells whether a raw cell is one of the texts that stand for no value."""
    found = among(dict.fromkeys(map(bare, texts)), _bare_sql(trimmed(column)))
    return f"coalesce({found}, false)"


def _bare_sql(text: str) -> str:
    whole = literal(r"[+-]?\d+[.]0+")
    zeros = f"regexp_replace({text}, {literal(_ZEROS)}, '')"
    return f"CASE WHEN regexp_full_match({text}, {whole}) THEN {zeros} ELSE {text} END"


def no_value_sql(reading: Reading, column: str) -> str:
    """Return SQL that tells whether a raw cell has no value, as against one of another kind."""
    text = trimmed(column)
    marker = among(MARKERS[reading.kind], f"lower({text})")
    blank = f"coalesce({marker}, true)"
    if reading.ticks:
        blank = f"coalesce({marker} AND {text} <> '', false)"
    return f"({blank} OR {is_among(reading.missing, column)})" if reading.missing else blank
