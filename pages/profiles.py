"""Profiles: who the segments are, in numbers, pictures and words."""

from __future__ import annotations

import streamlit as st

from pages.ui import compute, inputs, naming, solution_views, state, steps, views, worth
from pages.ui.border_views import border_view
from pages.ui.boundary import boundary
from pages.ui.descriptor_views import describing_view
from pages.ui.forming_views import forming_view
from pages.ui.persona_views import persona_cards
from pages.ui.portrait_views import segment_cards
from pages.ui.spread_views import spread_section
from pages.ui.typing_views import typing_section
from segmentation.charts import segment_colors
from segmentation.wording.naming import suggested_names

visit, words = steps.require("profiles"), state.words()
k = compute.shown_k(visit)
dark = state.is_dark()

with boundary(stop=True):
    judged, names = compute.judged(visit, k), compute.names(visit, k, words)

with st.expander(words("Name the segments"), icon=":material/edit:"):
    given = compute.given_names(visit, k)
    typed = inputs.segment_names(given, naming.usual_names(visit, words), words)
    suggested = suggested_names(judged.profile, compute.variables(visit), words)
    taken = inputs.names_taken(suggested, words)
    if taken or tuple(typed) != given:
        with boundary():
            state.save_branch(compute.renamed(visit, k, suggested if taken else typed))
            state.begin_anew()

texts = {
    "words": words("In words"),
    "forming": words("What formed them"),
    "describing": words("Descriptors"),
    "variable": words("One variable"),
    "borders": words("Near a border"),
    "questions": words("A few questions"),
    "personas": words("Personas"),
}
view = inputs.one_of(words("See the segments as"), texts, "profile_view")
with boundary():
    if view in ("forming", "describing", "variable", "borders"):
        views.legend(names, segment_colors(k, dark=dark))
    if view == "words":
        segment_cards(judged, worth.channels(visit), compute.variables(visit), names, words)
    elif view == "forming":
        forming_view(visit, judged.profile, names, words, dark=dark)
    elif view == "describing":
        describing_view(visit, judged.profile, names, words)
    elif view == "variable":
        spread_section(visit, judged.profile, names, words)
    elif view == "borders":
        border_view(visit, k, names, words)
    elif view == "questions":
        typing_section(visit, k, names, words)
    else:
        persona_cards(visit, k, names, words)
    if view in ("forming", "describing"):
        solution_views.profile_tables(judged.profile, names, words)
