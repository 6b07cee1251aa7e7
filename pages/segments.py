"""Segments: how many, how clear, how large."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from pages.ui import (
    compute,
    given_views,
    inputs,
    judging,
    methods_views,
    naming,
    solution_views,
    state,
    steps,
    views,
)
from pages.ui.boundary import boundary
from pages.ui.changing_views import change_section
from pages.ui.figures import figure
from pages.ui.preparing import preparation_and_effects
from pages.ui.trust_views import trust_section
from pages.ui.two_solutions import compare_section
from segmentation.charts import size_bars
from segmentation.export.chart_rows import size_rows
from segmentation.wording.sentences import size_finding

visit, words = steps.require("segments"), state.words()

with boundary(stop=True):
    given_views.source_choice(visit, words)
    if compute.is_given(visit):
        given_views.given_segments(visit, words)
        change_section(visit, words)
        compare_section(visit, words)
        st.stop()
    methods_views.method_choice(visit, words)
    extraction = views.extraction_or_wait(visit, words)

trust = judging.known_trust(visit)
solution_views.recommendation(extraction, trust, words)
k = inputs.number_of_segments(visit, words)
study = compute.study_of(visit)
if k != extraction.shown_k(study.branch.k):
    with boundary():
        state.save_branch(replace(study.branch, k=k))
    st.rerun()

with boundary(stop=True):
    shown = views.segments_or_wait(visit, words).k
    judged, names = compute.judged(visit, shown), compute.names(visit, shown, words)
    found_names = naming.found_names(visit, k, words)
    sizes = judged.profile.sizes
    views.finding(words("How large the segments are"), size_finding(sizes, names, words))
    figure(
        partial(size_bars, sizes, names, words),
        words("Share of customers in each segment"),
        "segment_sizes",
        lambda: size_rows(sizes, names, words),
    )
    if compute.is_changed(visit):
        st.caption(
            words(
                "These were changed by hand. What follows is about the {k:count} segments as they "
                "were found.",
                k=k,
            )
        )
    solution_views.solution_facts(extraction, k, words)
    trust_section(visit, k, found_names, words, known=trust)
    st.header(words("Which number of segments separates best"), anchor=False)
    solution_views.sweep_pictures(extraction, k, words)
    methods_views.comparison(visit, k, words)
    compare_section(visit, words)
    solution_views.number_tables(extraction, trust, judged.profile, names, words)
    preparation_and_effects(visit, k, found_names, words)
    change_section(visit, words)
