"""Customers near a border: how many, between which segments, and who.

Enters: a visit with segments. Leaves: nothing. Refuses to show who somebody is, and to measure
distances that a method does not know.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from pages.ui import compute, profile_doors, views
from pages.ui.figures import figure
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.charts import border_heat
from segmentation.export import nearest_rows, shown_id, write_borderline
from segmentation.export.borderline import MOST_SHOWN
from segmentation.export.chart_rows import border_rows
from segmentation.wording import Words
from segmentation.wording.borders import border_finding


def border_view(visit: Visit, k: int, names: tuple[str, ...], words: Words) -> None:
    """Show who could as well be in another segment."""
    section = words("Near a border")
    if not profile_doors.has_distances(visit):
        views.finding(section, words("This method knows no borders by distance"))
        st.markdown(
            words(
                "It places customers by probability or by density. How near somebody is to another "
                "segment is measured where customers go to the nearest center: k-means, factors, "
                "hierarchy."
            )
        )
        return
    found = profile_doors.near_borders(visit, k)
    views.finding(section, border_finding(found, names, words))
    st.caption(
        words(
            "Near: the next segment's center is at most a tenth further away than the own one (our "
            "choice), a shadow value from 0.95 on (Leisch 2010). What is planned for one segment "
            "may suit these customers as well as what is planned for the other."
        )
    )
    if not found.n_near:
        return
    figure(
        partial(border_heat, found, names, words),
        words("Customers near a border, by their own segment and the next one"),
        "borders",
        lambda: border_rows(found, names, words),
    )
    st.caption(words("Rows: the customers' own segment. Columns: the one beyond the border."))
    _who(visit, k, names, words)


def _who(visit: Visit, k: int, names: tuple[str, ...], words: Words) -> None:
    """List those nearest to a border, and offer all of them as a file."""
    table, stored = compute.customers(visit), profile_doors.stored_borderline(visit, k)
    id_name = shown_id(table, compute.variables(visit))
    n_near = profile_doors.near_borders(visit, k).n_near

    def file() -> bytes:
        path = visit.folder / f"{dt.datetime.now(dt.UTC):%H%M%S%f}-borderline.csv"
        data = write_borderline(table, stored, id_name, names, words, path).read_bytes()
        path.unlink()
        return data

    heading = words("Who they are")
    st.markdown(f"### {heading}")
    rows = nearest_rows(table, stored, id_name, names, words)
    st.dataframe(rows, hide_index=True, height=300)
    if n_near > MOST_SHOWN:
        told = words(
            "The {n:count} nearest of {n_all:count}; the file has all of them.",
            n=MOST_SHOWN,
            n_all=n_near,
        )
        st.caption(escaped(told))
    st.caption(
        words("A shadow value of 0 is at the center, 1 on the border. Personal data are left out.")
    )
    st.download_button(
        words("All customers near a border (CSV)"),
        file,
        "borderline.csv",
        "text/csv",
        key="take_borderline",
        icon=":material/download:",
        on_click="ignore",
    )
