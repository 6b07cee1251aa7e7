"""What of sizing is kept: the filter at work, what-ifs under names, and those that are segments.

Enters: changes. Leaves: nothing; a change is saved at once, in callbacks of buttons, so that the
widgets are drawn anew from the study. Refuses a rule that takes nobody, everybody, or segments.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from pages.ui import compute, sizing_doors, state
from pages.ui.boundary import boundary
from segmentation.sizing import Group, SizingPlan
from segmentation.sizing.plan import MOST_LETTERS, tidied
from segmentation.study import Study
from segmentation.wording import Words


def keep(change: Callable[[SizingPlan], SizingPlan]) -> None:
    """Put a changed plan in place; a callback of buttons, too."""
    with boundary():
        study = compute.study_of(state.load())
        changed = change(study.sizing)
        if changed != study.sizing:
            state.save(replace(study, sizing=changed))


def kept_name(words: Words) -> None:
    """Let the filter be kept under a name, or made a segment of that name at once."""
    name = st.text_input(words("Keep this filter as"), key="size_name", max_chars=MOST_LETTERS)
    named = tidied(name)
    with st.container(horizontal=True):
        st.button(
            words("Keep"),
            disabled=not named,
            key="size_keep",
            icon=":material/bookmark_add:",
            on_click=lambda: keep(lambda plan: plan.keeping(named)),
        )
        st.button(
            words("Make it a rule segment"),
            disabled=not named,
            key="size_pin",
            icon=":material/push_pin:",
            on_click=lambda: pin_draft(named),
        )


def pin_draft(name: str) -> None:
    """Keep the filter at work under a name and make it a segment."""
    with boundary():
        study = compute.study_of(state.load())
        _pin(replace(study, sizing=study.sizing.keeping(name)), name, study.sizing.draft)


def pin(name: str, where: Group) -> None:
    """Make a segment of who meets a filter; a callback of a button."""
    with boundary():
        _pin(compute.study_of(state.load()), name, where)


def _pin(study: Study, name: str, where: Group) -> None:
    state.save(sizing_doors.with_rule(state.load(), study, name, where))


def unpin(name: str) -> None:
    """Let the customers of a rule be segmented again; a callback of a button."""
    with boundary():
        study = compute.study_of(state.load())
        state.save(replace(study, branch=study.branch.without_pin(name)))
