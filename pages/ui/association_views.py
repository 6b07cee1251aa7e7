"""What else goes with the segments: effect sizes and tests of the variables that did not form them.

Enters: tested variables. Leaves: nothing. Refuses to show a test without its effect.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.ui import views
from pages.ui.text import escaped
from segmentation.profiles import Association
from segmentation.wording import Words
from segmentation.wording.associations import (
    STRENGTHS,
    association_finding,
    effect_text,
    p_text,
    test_text,
)


def association_section(found: Sequence[Association], words: Words) -> None:
    """Show which other variables tell the segments apart, and how much."""
    views.finding(words("What else tells them apart"), association_finding(found, words))
    st.dataframe(_rows(found, words), hide_index=True)
    st.caption(
        words(
            "Effect: share of the differences that lies between the segments (η²; small from 0.01, "
            "medium from 0.06, large from 0.14), for categories Cramér’s V (0.1, 0.3, 0.5; Cohen "
            "1988). p: how often chance alone shows as much, all tests together (Holm 1979)."
        )
    )
    if any(each.is_rough for each in found):
        st.caption(
            escaped(  # or the asterisk would make a bullet
                words(
                    "* Some categories are rare (fewer than 5 expected): take p as a rough guide."
                )
            )
        )


def _rows(found: Sequence[Association], words: Words) -> list[dict[str, object]]:
    return [
        {
            words("Variable"): each.variable,
            words("Difference"): words(STRENGTHS[str(each.strength)]),
            words("Effect"): effect_text(each, words),
            words("Test"): test_text(each, words),
            words("p"): p_text(each.adjusted, words) + ("*" if each.is_rough else ""),
            words("Without an answer"): each.n_missing,
        }
        for each in found
    ]
