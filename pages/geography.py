"""Geography: customers on a map, segments by region."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.ui import compute, map_doors, map_views, place_views, sections, state, steps, views
from pages.ui.boundary import boundary
from pages.ui.figures import figure
from segmentation.charts import region_heat
from segmentation.export.solution_rows import region_rows
from segmentation.geography import home
from segmentation.wording.sentences import home_finding

visit, words = steps.require("geography"), state.words()
k = compute.shown_k(visit)
dark = state.is_dark()

with boundary(stop=True):
    names, places = compute.names(visit, k, words), map_doors.places(visit)

with boundary():
    place_views.section(visit, words, is_open=not places.has_coordinates)

if not places.has_coordinates and not places.regions:
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
