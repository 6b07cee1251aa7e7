"""The scorecard on the screen: the verdict, the matrix, and every cell in full on demand.

Enters: what the criteria say of a solution. Leaves: nothing. Refuses to let colour speak alone:
each cell has its sign, its number, and the verdict in words for those who hear the page.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from pages.ui import state, views
from pages.ui.text import escaped
from segmentation.charts.theme import ink_of
from segmentation.criteria import KNOCK_OUT, Check, Scorecard, Verdict
from segmentation.criteria.checks import CRITERIA as ALL
from segmentation.wording import Words
from segmentation.wording.criteria_terms import QUESTIONS
from segmentation.wording.notes import say
from segmentation.wording.scorecard import (
    card_finding,
    cell_value,
    open_points,
    structure_warning,
    threshold_text,
)
from segmentation.wording.terms import CRITERIA, SOURCES, VERDICTS

BADGES: Mapping[Verdict, tuple[str, Literal["green", "orange", "red", "gray"]]] = {
    Verdict.PASS: (":material/check_circle:", "green"),
    Verdict.CAUTION: (":material/error:", "orange"),
    Verdict.FAIL: (":material/cancel:", "red"),
    Verdict.UNKNOWN: (":material/help:", "gray"),
}
_SIGNS = {Verdict.PASS: "✓", Verdict.CAUTION: "!", Verdict.FAIL: "✕", Verdict.UNKNOWN: "?"}
_STYLE = """
<style>
.card-wrap { overflow-x: auto; position: relative; }
.card { border-collapse: separate; border-spacing: 3px; font-size: .875rem; }
.card th { font-weight: 600; text-align: left; padding: .2rem .3rem; vertical-align: bottom;
  max-width: 8.5rem; overflow-wrap: break-word; }
.card tbody th { vertical-align: middle; min-width: 6.2rem; font-weight: 400; }
.card td { text-align: center; min-width: 3.4rem; padding: .25rem .3rem; border-radius: 4px;
  white-space: nowrap; border: 1px solid rgba(128, 128, 128, .35); }
.card td b { display: inline-block; min-width: 1.1em; }
.card .pass { background: rgba(33, 145, 80, .16); }
.card .caution { background: rgba(222, 140, 20, .22); }
.card .fail { background: rgba(205, 50, 60, .22); }
.card .unknown { border-style: dashed; }
.card .part { font-weight: 600; padding-top: .55rem; opacity: .8; max-width: none; }
.card .whole td { font-weight: 600; }
.card tbody th[scope=row] { position: sticky; left: 0; }
@media (max-width: 640px) {
  .card { font-size: .75rem; border-spacing: 2px; }
  .card tbody th { min-width: 4.4rem; padding: .15rem; }
  .card td { min-width: 2.6rem; padding: .2rem .1rem; }
  .card thead th { max-width: 3.2rem; padding: .1rem; }
}
.card .said { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
</style>
"""


def headline(card: Scorecard, words: Words) -> None:
    """Say what the segments come to; that they are constructed outweighs everything."""
    views.finding(words("Is it worth it?"), card_finding(card, words))
    if warning := structure_warning(card.tested, words):
        st.warning(warning, icon=":material/content_cut:")
    elif told := open_points(card, words):
        st.markdown("\n".join([words("Still open:"), "", *(f"- {escaped(each)}" for each in told)]))


def matrix(card: Scorecard, names: Sequence[str], words: Words) -> None:
    """Show criteria × segments, and what the signs mean."""
    table(card, names, words("Scorecard: criteria by segment"), words)
    legend(words)


def table(card: Scorecard, names: Sequence[str], title: str, words: Words) -> None:
    """Show criteria × segments, the criteria that must hold first; the title is for the ear."""
    heads = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in names)
    whole = "".join(_cell(card.verdict(s), "", words) for s in range(card.k))
    together = html.escape(words("Together"))
    rows = [f'<tr class="whole"><th scope="row">{together}</th>{whole}</tr>']
    parts = (
        (words("Must hold"), [c for c in ALL if c in KNOCK_OUT]),
        (words("Can be put right"), [c for c in ALL if c not in KNOCK_OUT]),
    )
    for part, criteria in parts:
        span = card.k + 1
        rows.append(
            f'<tr><th class="part" scope="colgroup" colspan="{span}">{html.escape(part)}</th></tr>'
        )
        rows += [_row(card, criterion, words) for criterion in criteria]
    label = html.escape(title)
    paper = ink_of(dark=state.is_dark()).paper  # what scrolls passes under the names
    st.html(
        f"{_STYLE}<style>.card tbody th {{ background: {paper}; }}</style>"
        f'<div class="card-wrap" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="card"><thead><tr><td style="border:0"></td>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def legend(words: Words) -> None:
    """Say what the signs mean."""
    st.caption(
        words(
            "✓ pass, ! caution, ✕ fail, ? unknown. “Together” is what the criteria that must hold "
            "say: one ✕ is out, one ? is open."
        )
    )


def _row(card: Scorecard, criterion: str, words: Words) -> str:
    name, asked = words(CRITERIA[criterion]), words(QUESTIONS[criterion])
    cells = [card.check(s, criterion) for s in range(card.k)]
    shown = "".join(_cell(c.verdict, cell_value(c, words), words) for c in cells)
    return f'<tr><th scope="row" title="{html.escape(asked)}">{html.escape(name)}</th>{shown}</tr>'


def _cell(verdict: Verdict, value: str, words: Words) -> str:
    told = html.escape(words(VERDICTS[verdict]))
    return (
        f'<td class="{verdict.value}" title="{told}"><b aria-hidden="true">{_SIGNS[verdict]}</b> '
        f'{html.escape(value)}<i class="said">{told}</i></td>'
    )


def details(card: Scorecard, names: Sequence[str], words: Words) -> None:
    """Show every criterion of one segment in full: why, threshold, source, and what would help."""
    with st.expander(
        words("Why: each number, its threshold and its source"), icon=":material/help:"
    ):
        segment = st.selectbox(
            words("Segment"),
            range(card.k),
            format_func=lambda s: names[s],
            key=state.key(f"card_segment_{card.k}"),
        )
        for check in card.of(segment):
            _detail(check, words)


def _detail(check: Check, words: Words) -> None:
    icon, color = BADGES[check.verdict]
    head, told = st.columns([2, 5], vertical_alignment="top")
    head.badge(
        words(
            "{criterion}: {verdict}",
            criterion=words(CRITERIA[check.criterion]),
            verdict=words(VERDICTS[check.verdict]),
        ),
        icon=icon,
        color=color,
    )
    head.caption(words(QUESTIONS[check.criterion]))
    told.markdown(escaped(say(check.why, words)))
    if check.remedy:
        remedy = words("Turns green: {remedy}", remedy=say(check.remedy, words))
        told.markdown(f":material/arrow_forward: {escaped(remedy)}")
    source = words(SOURCES[check.source])
    if check.threshold is not None:
        source = words(
            "Threshold {threshold}. {source}",
            threshold=threshold_text(check, words),
            source=source,
        )
    told.caption(escaped(source))
