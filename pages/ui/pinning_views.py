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
from segmentation.sizing import Group
from segmentation.structure import Pin
from segmentation.wording import Words
from segmentation.wording.sizing import group_text

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
    own = pins[place] if place < len(pins) else Pin("")
    name = st.text_input(
        words("Name of the segment"),
        own.name,
        max_chars=LONGEST_NAME,
        placeholder=words("such as VIPs"),
        key=state.key(f"pin_name_{place}"),
    )
    called = " ".join(name.split()) or own.name or words("Pinned {n:count}", n=place + 1)
    where = _filter(own, place, words)
    conditions = inputs.conditions(
        replace(table, conditions=own.conditions),
        words,
        prefix=f"pin_{place}_{len(own.conditions)}",
    )
    changed = Pin(called, conditions, where)
    asks, asked = (bool(each.conditions or each.where.members) for each in (changed, own))
    if changed == own or not (asks or asked):
        return
    kept = (changed,) if asks else ()
    branch = replace(study.branch, pins=(*pins[:place], *kept, *pins[place + 1 :]))
    arranging.learning(table, replace(study, branch=branch))  # refuses a rule that nobody meets
    state.save_branch(branch)
    state.begin_anew()


def _filter(own: Pin, place: int, words: Words) -> Group:
    """Show the filter of a rule that was made on the page of sizing; return it, or none."""
    if not own.where.members:
        return own.where
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.text(group_text(own.where, (), words))
    return Group() if right.button(words("Remove"), key=f"pin_{place}_where") else own.where
