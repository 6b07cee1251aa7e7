"""Attractiveness against strength: the plans to fill in, the points, and the plot.

Enters: a visit with a solution and what the criteria say of it. Leaves: the study with what was
typed in. Refuses to rate for the user: strength, growth and competition are theirs to judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.ui import criteria_inputs, state, views
from pages.ui.figures import figure, shown
from pages.ui.text import escaped
from segmentation.charts import evaluation_plot
from segmentation.criteria import Place, unrated
from segmentation.export.worth_rows import place_rows
from segmentation.study import Study
from segmentation.wording import Words
from segmentation.wording.criteria_terms import ATTRIBUTES
from segmentation.wording.scorecard import most_attractive
from segmentation.workflow import Worth


def evaluation_section(
    found: Worth, study: Study, key: str, names: Sequence[str], words: Words
) -> Study:
    """Show the evaluation plot, the plans and the points; return the study as changed."""
    views.finding(words("Which to go for"), most_attractive(found.places, found.card, names, words))
    known = study.branch.plans_of(key, len(names))
    _plot(found, names, words)
    st.caption(
        words(
            "Fill in the plan of each segment. Our strength beside rivals places it in the picture "
            "(only segments that hold up deserve a place there); owner, offer and channel make it "
            "actionable."
        )
    )
    typed = criteria_inputs.plans(known, names, key, words)
    with st.expander(words("What makes a segment attractive"), icon=":material/balance:"):
        choices = criteria_inputs.points(study.criteria, words)
        if study.criteria.points and st.button(words("Back to the defaults"), key="points_reset"):
            choices = replace(choices, points={})
            state.forget_widgets()
        rows = shown(place_rows(found.places, names, words), words)
        st.dataframe(rows, hide_index=True, placeholder="")
        if missing := unrated(found.places, study.criteria.points):
            told = words(
                "Not known of every segment, so left out and its points shared among the others: "
                "{names:list}.",
                names=[words(ATTRIBUTES[name]) for name in missing],
            )
            st.caption(escaped(told))
    branch = study.branch if typed == known else study.branch.with_plans(key, typed)
    return replace(study, criteria=choices, branch=branch)


def _plot(found: Worth, names: Sequence[str], words: Words) -> None:
    """Draw the segments whose strength was rated; nothing before that."""
    if all(place.strength is None for place in found.places):
        return
    bubble = "value" if _by_value(found, words) else "size"
    figure(
        partial(evaluation_plot, found.places, _bubbles(found.places, bubble), names, words),
        words("Attractiveness of each segment against our strength in it"),
        "evaluation",
        lambda: place_rows(found.places, names, words),
    )


def _by_value(found: Worth, words: Words) -> bool:
    """Tell whether the bubbles show value; without an outcome in amounts they show size."""
    if found.outcome is None:
        return False
    texts = {"size": words("Size"), "value": words("Value")}
    chosen = st.radio(
        words("The bubble shows"),
        list(texts),
        format_func=lambda code: texts[code],
        horizontal=True,
        key=state.key("bubble"),
    )
    return chosen == "value"


def _bubbles(found: Sequence[Place], name: str) -> list[float]:
    return [(place.ratings[name] or 0.0) / 10 for place in found]
