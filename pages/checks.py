"""Checks: is a segment worth it? The scorecard, reach, and which segment to go for."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.ui import checking, compute, criteria_inputs, scorecard_views, state, steps, worth
from pages.ui.boundary import boundary
from pages.ui.evaluation_views import evaluation_section
from pages.ui.reach_views import reach_section

visit, words = steps.require("checks"), state.words()
k = compute.shown_k(visit)
study = compute.study_of(visit)

with boundary(stop=True), st.spinner(words("Checking addresses and criteria"), show_time=True):
    found, names = worth.worth(visit), compute.names(visit, k, words)

scorecard_views.headline(found.card, words)
scorecard_views.matrix(found.card, names, words)
scorecard_views.details(found.card, names, words)

changed = study
with st.expander(words("Thresholds"), icon=":material/tune:"), boundary():
    changed = replace(changed, criteria=criteria_inputs.cut_off(changed.criteria, words))
    chosen = criteria_inputs.thresholds(study.thresholds_in_force(), words)
    typed = checking.changed_thresholds(study, chosen)
    changed = replace(changed, thresholds={**study.thresholds, **typed})
    if study.thresholds and st.button(words("Back to the defaults"), key="thresholds_reset"):
        state.forget_widgets()
        changed = replace(changed, thresholds={})

with boundary(stop=True):
    changed = reach_section(found.reach, changed, names, words)
    key = compute.solution_key(visit, k)
    changed = evaluation_section(found, changed, key, names, words)
    if changed != study:
        state.save(changed)
        st.rerun()
