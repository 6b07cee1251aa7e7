"""Everything that is known about the columns of a file before their kinds are chosen.

Enters: a raw table and the user's decisions. Leaves: how every column is read. The evidence comes
from a sample; where it leaves a style open, all rows are asked. Refuses to write a typed table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from segmentation.intake.candidates import Candidate, Chosen, House
from segmentation.intake.cells import Reading, bare
from segmentation.intake.choosing import choose
from segmentation.intake.codebook import Entry
from segmentation.intake.date_choice import DAY_OR_MONTH, is_open, styles_to_try
from segmentation.intake.decisions import Decision
from segmentation.intake.evidence import evidence_of
from segmentation.intake.kinds import Kind, Style
from segmentation.intake.number_choice import open_style, shown_style
from segmentation.intake.ratings import are_ratings, labels_of
from segmentation.intake.shapes import shapes_of
from segmentation.intake.table import RawTable
from segmentation.intake.trials import Trials, bounds, readable
from segmentation.notes import Note

_NUMBER_STYLES = (Style.POINT, Style.COMMA)


def choose_readings(raw: RawTable, decisions: Mapping[str, Decision]) -> tuple[Chosen, ...]:
    """Choose how every column is read.

    Parameters
    ----------
    raw : RawTable
    decisions : mapping of str to Decision
        By column name.

    Returns
    -------
    tuple of Chosen
        In the order of the columns.
    """
    entries = [raw.codebook.get(name, Entry()) for name in raw.names]
    decided = [decisions.get(name, Decision()) for name in raw.names]
    missing = [(*d.missing, *e.missing) for d, e in zip(decided, entries, strict=True)]
    evidence = [evidence_of(shapes) for shapes in shapes_of(raw, missing)]
    candidates = [
        Candidate(*known) for known in zip(raw.names, evidence, decided, entries, strict=True)
    ]
    candidates = _with_trials(raw, candidates)
    house = _house(candidates, raw.source.delimiter)
    chosen = [
        choose(replace(column, house=house, is_rating=rated))
        for column, rated in zip(candidates, are_ratings(entries), strict=True)
    ]
    chosen = [
        replace(c, reading=replace(c.reading, missing=texts))
        for c, texts in zip(chosen, missing, strict=True)
    ]
    return _turned(raw, candidates, chosen)


def _with_trials(raw: RawTable, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Try what the sample's shapes alone do not tell."""
    found = list(candidates)
    labelled = readable(raw, _label_trials(found), sample=True)
    dates = readable(raw, _date_trials(found), sample=True)
    for i, column in enumerate(found):
        counts = dict(zip(styles_to_try(column), dates.get(i, []), strict=True))
        found[i] = replace(column, dates=counts, n_labelled=labelled.get(i, [0])[0])
    open_dates = {
        i: [Reading(Kind.DATE, s, quick=c.evidence.quick) for s in DAY_OR_MONTH]
        for i, c in enumerate(found)
        if is_open(c)
    }
    for styles, trials in ((DAY_OR_MONTH, open_dates), (_NUMBER_STYLES, _number_trials(found))):
        for i, counted in readable(raw, trials, sample=False).items():
            found[i] = replace(found[i], whole=dict(zip(styles, counted, strict=True)))
    return found


def _date_trials(candidates: Sequence[Candidate]) -> Trials:
    return {
        i: [Reading(Kind.DATE, style, quick=column.evidence.quick) for style in styles]
        for i, column in enumerate(candidates)
        if (styles := styles_to_try(column))
    }


def _number_trials(candidates: Sequence[Candidate]) -> Trials:
    return {
        i: [Reading(Kind.NUMBER, style, unit) for style in _NUMBER_STYLES]
        for i, column in enumerate(candidates)
        if (unit := open_style(column))
    }


def _label_trials(candidates: Sequence[Candidate]) -> Trials:
    """A code without a label is no answer of a reading that knows only labels."""
    return {
        i: [Reading(Kind.YESNO, labels=tuple((code, "yes") for code, _ in labels))]
        for i, column in enumerate(candidates)
        if (labels := labels_of(column.entry))
    }


def _house(candidates: Sequence[Candidate], delimiter: str | None) -> House:
    """The style of most columns that show one; a semicolon between cells speaks for the comma."""
    shown = Counter(style for c in candidates if (style := shown_style(c.evidence)))
    if shown[Style.POINT] != shown[Style.COMMA]:
        return House(max(shown, key=lambda style: shown[style]), "columns")
    return House(Style.COMMA, "delimiter") if delimiter == ";" else House()


def _turned(
    raw: RawTable, candidates: Sequence[Candidate], chosen: Sequence[Chosen]
) -> tuple[Chosen, ...]:
    """Turn the numbers of reversed items on the scale of the codebook, else of the answers.

    A yes becomes a no, as if they were 1 and 0.
    """
    turned = {
        i: c
        for i, c in enumerate(chosen)
        if candidates[i].entry.is_reversed and c.reading.kind in (Kind.NUMBER, Kind.YESNO)
    }
    scales = {i: scale for i, c in turned.items() if (scale := _scale(candidates[i].entry, c))}
    asked = {i: c.reading for i, c in turned.items() if i not in scales}
    scales |= bounds(raw, asked)
    found = list(chosen)
    for i, (low, high) in scales.items():
        note = Note.of("item-reversed", name=raw.names[i], low=low, high=high)
        reading = replace(found[i].reading, flipped=(low, high))
        found[i] = replace(found[i], reading=reading, notes=(*found[i].notes, note))
    return tuple(found)


def _scale(entry: Entry, chosen: Chosen) -> tuple[float, float] | None:
    if chosen.reading.kind is Kind.YESNO:
        return 0.0, 1.0
    codes = [bare(code) for code, _ in labels_of(entry)]
    numbers = [float(code) for code in codes if code.lstrip("+-").isdigit()]
    return (min(numbers), max(numbers)) if len(numbers) > 1 else None
