"""The map and the regions on the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from pages.ui import inputs, map_doors, views
from pages.ui.visits import Visit
from segmentation.charts import segment_rgb
from segmentation.geography import RegionTable
from segmentation.wording import Words

LAND_URL = "app/static/land-110m.geojson"


def map_of(visit: Visit, k: int, names: tuple[str, ...], words: Words, *, dark: bool) -> None:
    """Draw the customers on our own land outline; nothing is loaded from elsewhere."""
    from segmentation.geography.deck import map_deck

    leading = inputs.map_leading(words, points=map_doors.fits_points(visit, k))
    shown = map_doors.mapped(visit, k, leading)
    if shown is None:
        st.info(words("No customer has coordinates that can be right."))
        return
    placed = words(
        "{n:count} of {all:count} customers are on the map",
        n=shown.located.n_placed,
        all=shown.located.n_customers,
    )
    views.finding(words("Customers on the map"), placed)
    deck = map_deck(
        shown,
        segment_rgb(k, dark=dark),
        names,
        dark,
        LAND_URL,
        map_doors.city_names(visit, k),
    )
    st.pydeck_chart(deck, height=520, key="map", alt=words("Map of the customers by segment"))
    views.notes(shown.notes, words)


def region_rows(regions: RegionTable, names: Sequence[str], words: Words) -> None:
    """Show the regions as a table: customers and each segment's share."""
    rows = []
    for position, region in enumerate(regions.regions):
        row: dict[str, object] = {
            words("Region"): region,
            words("Customers"): int(regions.n_customers[position]),
        }
        for segment, name in enumerate(names):
            share = float(regions.share[position, segment])
            row[name] = None if math.isnan(share) else 100 * share
        rows.append(row)
    percent = st.column_config.NumberColumn(format="%.1f%%")
    formats = {words("Customers"): st.column_config.NumberColumn(format="localized")}
    st.dataframe(rows, hide_index=True, column_config={**formats, **dict.fromkeys(names, percent)})
    views.notes(regions.notes, words)
