"""Two ways to segment the same customers on the screen: who is where, who moved, which is clearer.

Enters: the segments on show and others. Leaves: nothing. Refuses to prefer one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import compute, scorecard_views, worth
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.criteria import Scorecard, Verdict
from segmentation.structure import Comparison, Partition, clarity, compare, explained
from segmentation.study import Study
from segmentation.wording import Words
from segmentation.wording.scorecard import card_finding
from segmentation.wording.structure import clearer_sentence, moved_sentence
from segmentation.workflow import Judged

MOVES_SHOWN = 10


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One of the two: what it is called, its segments, names, profile and scorecard."""

    title: str
    partition: Partition
    names: Sequence[str]
    judged: Judged
    card: Scorecard


def side_by_side(
    visit: Visit, study: Study, other: Partition, names: Sequence[str], words: Words
) -> None:
    """Show the segments on show beside others."""
    shown = compute.partition(visit)
    one = _Side(
        words("On show"),
        shown,
        compute.names(visit, shown.k, words),
        compute.judged(visit, shown.k),
        worth.worth(visit).card,
    )
    two = _Side(
        words("Beside"),
        other,
        names,
        compute.judged_of(visit, study, other),
        worth.worth_of(visit, study, other).card,
    )
    found = compare(shown, other)
    st.markdown(f"**{escaped(moved_sentence(found, words))}**")
    both = explained(one.judged.profile).keys() & explained(two.judged.profile).keys()
    clear = [clarity(side.judged.profile, both) for side in (one, two)]
    if not any(math.isnan(share) for share in clear):
        st.markdown(escaped(clearer_sentence(clear[0], clear[1], len(both), words)))
    st.dataframe(
        [_scores(side, share, words) for side, share in zip((one, two), clear, strict=True)],
        hide_index=True,
    )
    _cross_table(found, one, two, words)
    _moves(found, one, two, words)
    for side in (one, two):
        _card(side, words)
    scorecard_views.legend(words)


def _scores(side: _Side, clear: float, words: Words) -> dict[str, object]:
    k = side.partition.k
    return {
        words("Segments"): side.title,
        words("Number of segments"): k,
        words("Smallest segment"): min(side.partition.sizes),
        words("In no segment"): side.partition.n_unassigned,
        words("Differences explained"): "–" if math.isnan(clear) else words.percent(clear),
        words("Knocked out"): f"{side.card.count(Verdict.FAIL)} / {k}",
    }


def _cross_table(found: Comparison, one: _Side, two: _Side, words: Words) -> None:
    """Count customers by both; rows are the segments on show."""
    nobody = words("In no segment")
    rows = [*one.names, nobody]
    columns = [words("→ {name}", name=name) for name in (*two.names, nobody)]
    st.dataframe(
        [
            {words("On show"): rows[place]}
            | {columns[there]: int(n) for there, n in enumerate(counts)}
            for place, counts in enumerate(found.counts)
        ],
        hide_index=True,
    )
    st.caption(
        words(
            "Customers by both: rows are the segments on show, columns those beside them. "
            "Agreement is the adjusted Rand index: 1 the same, 0 as by chance (Hubert & Arabie "
            "1985)."
        )
    )


def _moves(found: Comparison, one: _Side, two: _Side, words: Words) -> None:
    """List who does not follow the others of the own segment, the largest groups first."""
    if not found.moves:
        return
    nobody = words("In no segment")
    st.dataframe(
        [
            {
                words("From"): nobody if move.before is None else one.names[move.before],
                words("To"): nobody if move.after is None else two.names[move.after],
                words("Customers"): move.n,
                words("Share of the segment"): words.percent(move.share),
            }
            for move in found.moves[:MOVES_SHOWN]
        ],
        hide_index=True,
    )
    st.caption(
        words(
            "Who moved: each segment is paired with one beside it so that as few customers as "
            "possible move (Kuhn 1955); the others are listed, at most ten groups."
        )
    )


def _card(side: _Side, words: Words) -> None:
    """Show the scorecard of one side; constructed segments are said to be so first."""
    title = words("Scorecard: {name}", name=side.title)
    st.markdown(f"**{escaped(title)}**")
    st.markdown(escaped(card_finding(side.card, words)))
    scorecard_views.table(side.card, side.names, title, words)
