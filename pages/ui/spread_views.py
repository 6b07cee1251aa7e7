"""Any variable, segment by segment: boxes for a number, shares for a category.

Enters: a visit with segments. Leaves: nothing. Refuses personal data: a profile holds none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.ui import compute, profile_doors, state
from pages.ui.figures import figure
from pages.ui.visits import Visit
from segmentation.charts import share_heat, spread_boxes
from segmentation.export.chart_rows import level_rows, spread_rows
from segmentation.profiles import Profile
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
    if chosen in numbers:
        boxes = profile_doors.spread_of(visit, described.k, chosen)
        figure(
            partial(spread_boxes, boxes, names, words),
            words("How “{name}” spreads in each segment", name=chosen),
            "spread",
            lambda: spread_rows(boxes, names, words),
        )
        st.caption(
            words(
                "Box: the middle half of the segment, with its median; line: from 5 to 95 %. "
                "Band: the middle half of all customers. Each customer counts once."
            )
        )
    else:
        figure(
            partial(share_heat, described, chosen, names, words),
            words("Shares of “{name}” in each segment", name=chosen),
            "shares",
            lambda: level_rows(described, chosen, names, words),
        )
        st.caption(words("Share within the segment; blue more, orange less than in the market."))
