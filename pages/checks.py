"""Checks: is each segment large enough, measurable and reachable?"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.ui import checking, compute, inputs, solution_views, state, steps, views
from pages.ui.boundary import boundary

visit, words = steps.require("checks"), state.words()
k = compute.shown_k(visit)
study = compute.study_of(visit)

with st.expander(words("Thresholds"), icon=":material/tune:"), boundary():
    chosen = inputs.thresholds(study, words)
    changed = checking.changed_thresholds(study, chosen)
    if changed:
        state.save(replace(study, thresholds={**study.thresholds, **changed}))
        st.rerun()
    if study.thresholds and st.button(words("Back to the defaults"), key="thresholds_reset"):
        state.save(replace(study, thresholds={}))
        state.forget_widgets()
        st.rerun()

with boundary(stop=True):
    judged, names = compute.judged(visit, k), compute.names(visit, k, words)
    finding = solution_views.checks_finding(judged.checks, k, words)
    views.finding(words("Large enough, measurable, reachable"), finding)
    solution_views.check_cards(judged.checks, names, words)
    solution_views.reach_rows(judged.channels, names, words)
