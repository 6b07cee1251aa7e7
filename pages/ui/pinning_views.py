"""Segments made by a rule before any are found: “VIPs” are who buys for more than so much.

Enters: a visit with a table. Leaves: nothing; a rule is saved at once. Refuses a rule that nobody
meets.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.ui import compute, inputs, state
from pages.ui.visits import Visit
from segmentation import arranging
from segmentation.structure import Pin
from segmentation.wording import Words

LONGEST_NAME = 200


def pin_tab(visit: Visit, words: Words) -> None:
    """List the rules, and let one be made or changed."""
    study, table = compute.study_of(visit), compute.customers(visit)
    pins = study.branch.pins
    st.caption(
        words(
            "Who meets all conditions of a rule is a segment; only the other customers are "
            "segmented. Whoever meets two rules belongs to the first."
        )
    )
    place = st.selectbox(
        words("Rule"),
        range(len(pins) + 1),
        format_func=lambda i: pins[i].name if i < len(pins) else words("a new one"),
        key=state.key("pin"),
    )
    own = pins[place] if place < len(pins) else Pin("", ())
    name = st.text_input(
        words("Name of the segment"),
        own.name,
        max_chars=LONGEST_NAME,
        placeholder=words("such as VIPs"),
        key=state.key(f"pin_name_{place}"),
    )
    called = " ".join(name.split()) or own.name or words("Pinned {n:count}", n=place + 1)
    conditions = inputs.conditions(
        replace(table, conditions=own.conditions),
        words,
        prefix=f"pin_{place}_{len(own.conditions)}",
    )
    changed = Pin(called, conditions)
    if (conditions == own.conditions and called == own.name) or not (conditions or own.conditions):
        return
    kept = (changed,) if conditions else ()
    branch = replace(study.branch, pins=(*pins[:place], *kept, *pins[place + 1 :]))
    arranging.learning(table, replace(study, branch=branch))  # refuses a rule that nobody meets
    state.save_branch(branch)
    state.begin_anew()
