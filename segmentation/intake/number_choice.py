"""Is a column one of numbers, in which style and with which unit?

Enters: a candidate. Leaves: a choice, or None. Refuses to mix styles: one holds for the column. It
is shown by the column's own cells, else by the other columns, and then a note says so.
"""

from __future__ import annotations

from segmentation.intake.candidates import ENOUGH, Candidate, Chosen
from segmentation.intake.cells import Reading
from segmentation.intake.evidence import Evidence
from segmentation.intake.kinds import Kind, Style, Unit
from segmentation.notes import Note

_NUMBERS = (Style.POINT, Style.COMMA)


def open_style(column: Candidate) -> Unit | None:
    """Return the unit of a column of numbers whose cells leave the style open, else None."""
    style, unit, n = _best_writing(column.evidence)
    numbers = column.enough(n) or (n > 0 and column.decision.wanted is Kind.NUMBER)
    shown = style or column.decision.style_of(Kind.NUMBER)
    return unit if numbers and not shown and column.evidence.separated else None


def shown_style(evidence: Evidence) -> Style | None:
    """Return the style that a column's own numbers show, None where they show none."""
    style, _, n = _best_writing(evidence)
    return style if n >= ENOUGH * evidence.filled else None


def number(column: Candidate) -> Chosen | None:
    """Choose numbers if nearly all cells are."""
    return as_number(column) if column.enough(_best_writing(column.evidence)[2]) else None


def as_number(column: Candidate) -> Chosen:
    """Choose how to read a column as numbers, whatever its cells are."""
    evidence = column.evidence
    style, unit, n = _best_writing(evidence)
    notes = []
    if decided := column.decision.style_of(Kind.NUMBER):
        style = decided
    elif style is None and evidence.separated:
        point, comma = (column.whole.get(s, 0) for s in _NUMBERS)
        style = column.house.style
        if point != comma:
            style = Style.POINT if point > comma else Style.COMMA
        else:
            notes.append(_assumed(column))
    if len(evidence.currencies) > 1:
        found = tuple(sorted(evidence.currencies))
        notes.append(Note.of("currencies-mixed", name=column.name, currencies=found))
    reason = _reason(column, Reading(Kind.NUMBER, style, unit), n)
    return Chosen(Reading(Kind.NUMBER, style, unit), reason, notes=tuple(notes))


def _best_writing(evidence: Evidence) -> tuple[Style | None, Unit, int]:
    """The unit and style that most cells have; no style where the cells do not tell them apart."""
    unit = max(Unit, key=lambda u: (max(evidence.count(s, u) for s in _NUMBERS), u is Unit.NONE))
    point, comma = (evidence.count(style, unit) for style in _NUMBERS)
    if point == comma:
        return None, unit, point
    return (Style.POINT, unit, point) if point > comma else (Style.COMMA, unit, comma)


def _assumed(column: Candidate) -> Note:
    return Note.of(
        "number-style-assumed",
        name=column.name,
        example=column.evidence.examples["separated"],
        style=column.house.style.value,
        ground=column.house.ground,
    )


def _reason(column: Candidate, reading: Reading, n: int) -> Note:
    examples, share = column.evidence.examples, column.share(n)
    separated = examples.get("separated")
    if reading.unit is Unit.PERCENT:
        return Note.of("type-percent", share=share, example=examples.get("number"))
    if reading.unit is Unit.MAGNITUDE:
        return Note.of("type-magnitude", share=share, example=examples.get("number"))
    if reading.style is None or separated is None:
        return Note.of("type-numbers", share=share, example=examples.get("number"))
    return Note.of("type-numbers-styled", share=share, example=separated, style=reading.style.value)
