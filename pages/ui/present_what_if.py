"""A what-if before an audience: one threshold moves, and the segments shrink and grow with it.

Enters: a visit with segments. Leaves: nothing; what is moved here is not kept. Refuses to tell
groups of fewer than five.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import compute, sizing_doors, state
from pages.ui.boundary import boundary
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.charts import segment_colors
from segmentation.geography.tally import HIDDEN_BELOW
from segmentation.intake import Condition, Kind, Operator
from segmentation.profiles import largest_difference
from segmentation.report import Results
from segmentation.report.hiding import told_counts
from segmentation.sizing import Ground, Group, InSegments, ask, movable
from segmentation.sizing.moving import moved, threshold_of
from segmentation.wording import Words
from segmentation.wording.terms import OPERATORS


@dataclass(frozen=True, slots=True)
class _Sizes:
    """How many of each segment meet the filter."""

    counts: tuple[float, ...]
    is_exact: bool


def condition_of(visit: Visit, results: Results) -> Condition | None:
    """Return what can be moved: the sizing page's own threshold, else what differs most."""
    table = compute.customers(visit)
    group = results.study.sizing.draft
    if found := movable(table, group):
        return found[0]
    private = compute.private_columns(visit)
    numbers = {
        c.name for c in table.columns if c.kind is Kind.NUMBER and c.low is not None
    } - private
    largest = largest_difference(results.judged.profile, basis=True)
    names = [largest.variable] if largest else []
    names += results.judged.profile.basis
    name = next((name for name in names if name in numbers), None)
    overall = next((f.overall for f in results.judged.profile.numbers if f.variable == name), None)
    if name is None or overall is None:
        return None
    column = table.column(name)
    now = round(overall) if column.whole else overall
    return Condition(name, Operator.AT_LEAST, (f"{now:.4g}",))


def what_if(visit: Visit, results: Results, condition: Condition, words: Words) -> None:
    """Show the slider and what it does; only this part runs again."""

    @st.fragment
    def alive() -> None:
        with boundary():
            _alive(visit, results, condition, words)

    alive()


def _alive(visit: Visit, results: Results, condition: Condition, words: Words) -> None:
    column = compute.customers(visit).column(condition.column)
    now = threshold_of(condition)
    low = min(now, now if column.low is None else column.low)
    high = max(now, now if column.high is None else column.high)
    place = st.empty()
    label = escaped(f"{condition.column} {words(OPERATORS[condition.operator])}")
    if low >= high:
        return
    if column.whole:
        chosen = float(st.slider(label, int(low), int(high), round(now), key="present_threshold"))
    else:
        chosen = st.slider(label, low, high, now, key="present_threshold")
    group = Group(members=(moved(condition, chosen),))
    found = sizing_doors.segments(visit, words)
    whole = sizing_doors.ground(visit, results.study.sizing, found)
    sample = sizing_doors.sample(visit, whole, group)
    wanted = [
        Group(members=(*group.members, InSegments(found.solution or "", (segment,))))
        for segment in range(len(found.names))
    ]
    known = all(sizing_doors.known(visit, whole, each) for each in wanted)
    if sample is not whole and not known:
        _drawn(place, _asked(visit, sample, wanted), results, words)
    _drawn(place, _asked(visit, whole, wanted), results, words)


def _asked(visit: Visit, ground: Ground, wanted: Sequence[Group]) -> _Sizes:
    """Count who meets the filter in each segment."""
    is_exact, counts = ground.sample is None, []
    for group in wanted:
        answer = sizing_doors.exact(visit, ground, group) if is_exact else ask(ground, group)
        counts.append(answer.customers.likely)
    return _Sizes(tuple(counts), is_exact)


def _drawn(
    place: st.delta_generator.DeltaGenerator, sizes: _Sizes, results: Results, words: Words
) -> None:
    told = told_counts(sizes.counts)
    total = sum(sizes.counts)
    n = results.table.n_customers
    head = words("{n:count} of {all:count} customers", n=round(total), all=n)
    if 0 < total < HIDDEN_BELOW:
        head = words("Fewer than five customers")
    largest = max((size.n for size in results.judged.profile.sizes), default=1)
    colors = segment_colors(len(told), dark=state.is_dark())
    sure = words("Exact.") if sizes.is_exact else words("From a sample; the exact number follows.")
    rows = "".join(_rows(told, largest, results.names, colors, words))
    place.html(
        f'<p class="show-number" aria-live="polite">{html.escape(head)}</p>'
        f'<div class="show-bars">{rows}</div><p class="show-sure">{html.escape(sure)}</p>'
    )


def _rows(
    told: Sequence[float | None],
    largest: int,
    names: Sequence[str],
    colors: Sequence[str],
    words: Words,
) -> list[str]:
    return [
        f"<span>{html.escape(name)}</span>"
        f'<div><i style="width: {100 * (n or 0) / max(largest, 1):.1f}%; background: {color}">'
        f"</i></div><b>{'–' if n is None else words.count(round(n))}</b>"
        for n, name, color in zip(told, names, colors, strict=True)
    ]
