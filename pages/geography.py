"""Geography: customers on a map, segments by region."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.ui import (
    compute,
    map_doors,
    map_views,
    place_doors,
    place_views,
    sections,
    state,
    steps,
    views,
)
from pages.ui.boundary import boundary
from pages.ui.figures import figure
from segmentation.charts import region_heat
from segmentation.export.solution_rows import region_rows
from segmentation.geography import home
from segmentation.variables import Role
from segmentation.wording.sentences import home_finding

visit, words = steps.require("geography"), state.words()
dark = state.is_dark()

with boundary(stop=True):
    places = map_doors.places(visit)
    forming = any(v.role is Role.BASIS for v in compute.variables(visit))
    addable = place_doors.can_be_added(visit)
    alone = addable and not forming and not compute.is_given(visit)
    if alone:
        st.info(
            words(
                "Only places are known of these customers. Add what can be read from them, such as "
                "the nearest large city and the people nearby, and they form segments by that."
            )
        )

with boundary():
    is_wanted = addable and (alone or not places.has_coordinates)
    place_views.section(visit, words, is_wanted=is_wanted)
if alone:
    st.stop()

with boundary(stop=True):
    views.segments_or_wait(visit, words)
    k = compute.shown_k(visit)
    names = compute.names(visit, k, words)

if not places.has_coordinates and not places.regions:
    if addable:
        st.stop()  # the fold above says what was found, and its button leads on
    st.info(
        words(
            "The table has neither coordinates nor regions. A column of latitudes and one of "
            "longitudes, or a column of countries, regions, cities or postcodes, would show here. "
            "If there is one, give it the role “Location” on the Variables page."
        )
    )
    steps.link("variables", words("Go to Variables"))
    st.stop()

within = None
with boundary():
    if places.has_coordinates or map_doors.outlined(visit, k):
        look = map_views.Look(k, names, dark)
        within = map_views.map_of(visit, look, words)
if not places.has_coordinates:
    views.notes(places.notes, words)

if places.regions:
    told = st.container()
    variable = st.selectbox(
        words("Column"), places.regions, format_func=lambda v: v.name, key="region_column"
    )
    only = within is not None and st.toggle(
        words("Only the customers of the hexagon that was clicked on"), key="region_within"
    )
    with boundary():
        regions = map_doors.regions(visit, variable, k, within if only else None)
        with told:
            finding = home_finding(home(regions), names, words)
            views.finding(words("Segments by region"), finding)
        st.caption(words("Index: 100 means as many as in the whole market."))
        figure(
            partial(region_heat, regions, names, words),
            words("Index of each segment in each region"),
            "regions",
            lambda: region_rows(regions, names, words),
        )
        map_views.region_rows(regions, names, words)

sections.below(visit, k, names, words)
