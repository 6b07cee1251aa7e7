"""The profile plot on the screen: one panel a segment, side by side where there is room.

Enters: a profile. Leaves: nothing. Refuses variables that did not form the segments.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.ui import state
from pages.ui.text import escaped
from segmentation.charts import profile_plots
from segmentation.profiles import Profile, marks
from segmentation.variables import Variable
from segmentation.wording import Words

PANELS_A_ROW = 3


def profile_panels(
    described: Profile, variables: Sequence[Variable], names: Sequence[str], words: Words
) -> None:
    """Draw every segment's basis variables, its marker variables in colour."""
    st.header(words("What each segment is known by"), anchor=False)
    found = marks(described, variables)
    panels = profile_plots(found, described.k, words, dark=state.is_dark())
    for start in range(0, described.k, PANELS_A_ROW):
        row = st.columns(PANELS_A_ROW, gap="medium")
        for column, segment in zip(row, range(start, described.k), strict=False):
            with column:
                st.markdown(f"**{escaped(names[segment])}**")
                st.altair_chart(
                    panels[segment],
                    alt=words("How segment {name} differs from the market", name=names[segment]),
                    theme=None,
                )
    st.caption(
        words(
            "Full bars: what a segment is known by, against the market. Shares: 25 points from the "
            "market, or half of the market's share (Dolnicar, Gruen & Leisch 2018); numbers: half "
            "a standard deviation (our choice). Similar variables stand together."
        )
    )
