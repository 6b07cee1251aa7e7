"""Variables: what each column is for; which ones form the segments."""

from __future__ import annotations

import streamlit as st

from pages.ui import checking, compute, editors, state, steps, views
from pages.ui.boundary import boundary
from pages.ui.measuring import measuring
from pages.ui.preparing import preparation

visit, words = steps.require("variables"), state.words()
study = compute.study_of(visit)

with boundary(stop=True):
    variables = compute.variables(visit)

views.variable_summary(variables, words)
with boundary():
    preparation(visit, words)
with boundary():
    measuring(visit, words)

st.caption(
    words(
        "Variables that form segments should say what customers do or want. Who they are describes "
        "the segments afterwards. Results such as churn only judge them."
    )
)
with boundary():
    changed = editors.variable_choices(variables, views.reasons(variables, words), words)
    if changed:
        checking.check_choices(visit, changed)
        branch = study.branch
        for name, choice in changed.items():
            branch = branch.with_choice(name, choice)
        state.save_branch(branch)
        st.rerun()
