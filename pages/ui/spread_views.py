"""Any variable, segment by segment: boxes for a number, shares for a category.

Enters: a visit with segments. Leaves: nothing. Refuses personal data: a profile holds none.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.ui import compute, state
from pages.ui.visits import Visit
from segmentation.charts import share_heat, spread_boxes
from segmentation.profiles import Profile, Spread, spreads
from segmentation.variables import Scale
from segmentation.wording import Words


def spread_section(visit: Visit, described: Profile, names: Sequence[str], words: Words) -> None:
    """Let a variable be chosen, and show how it spreads within each segment."""
    found = {v.name: v for v in compute.variables(visit)}
    levels = {fact.variable for fact in described.levels}
    numbers = {
        fact.variable
        for fact in described.numbers
        if fact.variable not in levels and found[fact.variable].scale is not Scale.BINARY
    }
    offered = [name for name in found if name in numbers | levels]
    if not offered:
        return
    st.header(words("One variable closely"), anchor=False)
    chosen = st.selectbox(words("Variable"), offered, key=state.key("spread"))
    dark = state.is_dark()
    if chosen in numbers:
        boxes = _spreads(visit, described.k, chosen)
        st.altair_chart(
            spread_boxes(boxes, names, words, dark=dark),
            alt=words("How “{name}” spreads in each segment", name=chosen),
            theme=None,
        )
        st.caption(
            words(
                "Box: the middle half of the segment, with its median; line: from 5 to 95 %. "
                "Band: the middle half of all customers. Each customer counts once."
            )
        )
        _table(boxes, names, words)
    else:
        st.altair_chart(
            share_heat(described, chosen, names, words, dark=dark),
            alt=words("Shares of “{name}” in each segment", name=chosen),
            theme=None,
        )
        st.caption(words("Share within the segment; blue more, orange less than in the market."))


def _spreads(visit: Visit, k: int, name: str) -> tuple[Spread, ...]:
    key = ("spread", compute.solution_key(visit, k), compute.variables_key(visit), name)
    return visit.memo.get(
        key,
        lambda: spreads(
            compute.customers(visit),
            compute.variables(visit),
            compute.labels(visit, k),
            k,
            name,
        ),
    )


def _table(boxes: Sequence[Spread], names: Sequence[str], words: Words) -> None:
    with st.expander(words("The numbers as a table"), icon=":material/table_rows:"):
        st.dataframe(
            [
                {
                    words("Segment"): words("All customers")
                    if box.segment is None
                    else names[box.segment],
                    words("Customers"): box.n,
                    words("5 %"): box.quantiles[0],
                    words("25 %"): box.quantiles[1],
                    words("Median"): box.quantiles[2],
                    words("75 %"): box.quantiles[3],
                    words("95 %"): box.quantiles[4],
                }
                for box in boxes
            ],
            hide_index=True,
        )
