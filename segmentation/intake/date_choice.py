"""Is a column one of dates, and in which style?

Enters: a candidate whose cells were tried as dates. Leaves: a choice, or None. Refuses to guess the
order of day and month: where no cell of the column tells, it stays text and the user is asked.
"""

from __future__ import annotations

from segmentation.intake.candidates import Candidate, Chosen
from segmentation.intake.cells import Reading
from segmentation.intake.dates import Form, is_named_date
from segmentation.intake.kinds import Kind, Style
from segmentation.notes import Note

DAY_OR_MONTH = (Style.DAY_FIRST, Style.MONTH_FIRST)


def looks_dated(column: Candidate) -> bool:
    """Tell whether cells look like dates often enough to try and read them.

    Numbers such as 20240131 do only where the name says that they are dates.
    """
    forms = column.evidence.forms
    named = is_named_date(column.name)
    n = sum(n for form, n in forms.items() if named or form is not Form.COMPACT)
    return n > 0 and (column.enough(n) or column.decision.wanted is Kind.DATE)


def styles_to_try(column: Candidate) -> tuple[Style, ...]:
    """Return the styles in which cells may be dates; months in words are read in every style."""
    forms = column.evidence.forms
    if not looks_dated(column):
        return ()
    if not forms[Form.NUMERIC]:
        return (Style.YEAR_FIRST,)
    return DAY_OR_MONTH if len(+forms) == 1 else (Style.YEAR_FIRST, *DAY_OR_MONTH)


def is_open(column: Candidate) -> bool:
    """Tell whether the sample leaves the order of day and month open."""
    day, month = (column.dates.get(style, 0) for style in DAY_OR_MONTH)
    return day == month and day > column.dates.get(Style.YEAR_FIRST, 0)


def serials(column: Candidate) -> Chosen | None:
    """Choose the days that a spreadsheet counted, only where the name says date."""
    if column.enough(column.evidence.serials) and is_named_date(column.name):
        return _as_serials(column)
    return None


def compact(column: Candidate) -> Chosen | None:
    """Choose dates such as 20240131 before numbers are thought of."""
    n_compact = column.evidence.forms[Form.COMPACT]
    return date(column) if n_compact and column.enough(n_compact) else None


def date(column: Candidate) -> Chosen | None:
    """Choose dates if nearly all cells are."""
    return as_date(column) if column.enough(max(column.dates.values(), default=0)) else None


def as_date(column: Candidate) -> Chosen:
    """Choose how to read a column as dates, whatever its cells are."""
    evidence = column.evidence
    style = column.decision.style_of(Kind.DATE)
    if style is None and evidence.serials and not evidence.forms:
        return _as_serials(column)
    example = evidence.examples.get("date", "")
    style = style or _shown(column)
    if style is None:
        return _asked(column, example)
    n = column.dates.get(style, 0)
    reason = Note.of("type-dates", share=column.share(n), example=example, style=style.value)
    notes: tuple[Note, ...] = ()
    if evidence.short_years:
        notes = (Note.of("two-digit-years", name=column.name, example=example),)
    return Chosen(Reading(Kind.DATE, style, quick=evidence.quick), reason, notes=notes)


def _as_serials(column: Candidate) -> Chosen:
    example, share = column.evidence.examples["number"], column.share(column.evidence.serials)
    return Chosen(
        Reading(Kind.DATE, Style.SERIAL),
        Note.of("type-serials", example=example, share=share),
        notes=(Note.of("serial-dates", name=column.name, example=example),),
    )


def _asked(column: Candidate, example: str) -> Chosen:
    kind = column.decision.wanted or Kind.TEXT
    reading = Reading(kind, Style.YEAR_FIRST if kind is Kind.DATE else None)
    note = Note.of("date-order-ambiguous", name=column.name, example=example)
    return Chosen(reading, Note.of("type-order-open", example=example), DAY_OR_MONTH, notes=(note,))


def _shown(column: Candidate) -> Style | None:
    """The style that reads most cells, of all rows if need be; None where nothing tells."""
    counts = column.whole if is_open(column) else column.dates
    day, month = (counts.get(s, 0) for s in DAY_OR_MONTH)
    if day != month:
        return Style.DAY_FIRST if day > month else Style.MONTH_FIRST
    if is_open(column):
        return None
    forms = column.evidence.forms
    ranked = {
        Style.YEAR_FIRST: forms[Form.YEAR] + forms[Form.COMPACT],
        Style.DAY_FIRST: forms[Form.DAY_NAMED],
        Style.MONTH_FIRST: forms[Form.MONTH_NAMED],
    }
    return max(ranked, key=lambda style: ranked[style])
