"""Two ways to segment the same customers on the screen: who is where, who moved, which is clearer.

Enters: the segments on show and others. Leaves: nothing. Refuses to prefer one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import candidates, compute
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.criteria import Verdict
from segmentation.structure import Comparison, Partition, clarity, compare, explained
from segmentation.study import Study
from segmentation.wording import Words
from segmentation.wording.structure import clearer_sentence, moved_sentence
from segmentation.wording.terms import CRITERIA, VERDICTS
from segmentation.workflow import Judged

MOVES_SHOWN = 10


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One of the two: what it is called, its segments, names and profile."""

    title: str
    partition: Partition
    names: Sequence[str]
    judged: Judged


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
    )
    two = _Side(words("Beside"), other, names, candidates.judged(visit, study, other))
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
    st.markdown(f"**{words('Checks')}**")
    st.dataframe([row for side in (one, two) for row in _checks(side, words)], hide_index=True)


def _scores(side: _Side, clear: float, words: Words) -> dict[str, object]:
    failing = {c.segment for c in side.judged.checks if c.verdict is not Verdict.PASS}
    k = side.partition.k
    return {
        words("Segments"): side.title,
        words("Number of segments"): k,
        words("Smallest segment"): min(side.partition.sizes),
        words("In no segment"): side.partition.n_unassigned,
        words("Differences explained"): "–" if math.isnan(clear) else words.percent(clear),
        words("Pass every check"): f"{k - len(failing)} / {k}",
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


def _checks(side: _Side, words: Words) -> list[dict[str, str]]:
    return [
        {words("Segments"): side.title, words("Segment"): name}
        | {
            words(CRITERIA[check.criterion]): words(VERDICTS[check.verdict])
            for check in side.judged.checks
            if check.segment == segment
        }
        for segment, name in enumerate(side.names)
    ]
