"""Profiles: who the segments are, in numbers, pictures and words."""

from __future__ import annotations

import streamlit as st

from pages.ui import compute, inputs, solution_views, state, steps, views
from pages.ui.association_views import association_section
from pages.ui.boundary import boundary
from pages.ui.persona_views import persona_cards
from pages.ui.portrait_views import segment_cards
from pages.ui.profile_plots import profile_panels
from pages.ui.spread_views import spread_section
from pages.ui.typing_views import typing_section
from segmentation.charts import difference_heat, segment_colors
from segmentation.wording.naming import suggested_names
from segmentation.wording.terms import segment_names

visit, words = steps.require("profiles"), state.words()
k = compute.shown_k(visit)
dark = state.is_dark()

with boundary(stop=True):
    judged, names = compute.judged(visit, k), compute.names(visit, k, words)

with st.expander(words("Name the segments"), icon=":material/edit:"):
    given = compute.given_names(visit, k)
    typed = inputs.segment_names(given, segment_names(("",) * k, words), words)
    suggested = suggested_names(judged.profile, compute.variables(visit), words)
    taken = inputs.names_taken(suggested, words)
    if taken or tuple(typed) != given:
        with boundary():
            state.save_branch(compute.renamed(visit, k, suggested if taken else typed))
            state.begin_anew()

if inputs.as_personas(words):
    with boundary(stop=True):
        persona_cards(visit, k, names, words)
    st.stop()

views.legend(names, segment_colors(k, dark=dark))
segment_cards(judged, compute.variables(visit), names, words)

profile_panels(judged.profile, compute.variables(visit), names, words)
basis, others = solution_views.numbers_by_part(judged.profile)
for title, variables in (
    (words("What formed the segments"), basis),
    (words("What describes them"), others),
):
    if not variables:
        continue
    finding = solution_views.profile_finding(
        judged.profile, compute.variables(visit), names, words, basis=variables is basis
    )
    views.finding(title, finding)
    st.caption(
        words(
            "Index: 100 is the average of all customers. Colour: how far from it, in the market's "
            "own spread. Point at a cell for the values."
        )
    )
    st.altair_chart(
        difference_heat(judged.profile, names, variables, words, dark=dark),
        alt=words("Index of each variable in each segment"),
        theme=None,
    )
association_section(judged.profile, words)
with boundary():
    spread_section(visit, judged.profile, names, words)
typing_section(visit, k, names, words)
solution_views.profile_tables(judged.profile, names, words)
