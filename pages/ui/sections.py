"""The sections below the map; only the one that is looked at is worked out."""

from __future__ import annotations

import streamlit as st

from pages.ui import distance_views, map_doors, market_views, state
from pages.ui.boundary import boundary
from pages.ui.visits import Visit
from segmentation.wording import Words


def below(visit: Visit, k: int, names: tuple[str, ...], words: Words) -> None:
    """Show the section that is chosen; places that were added or removed change the study."""
    texts = {
        "near": words("Near places"),
        "matters": words("Does place matter?"),
        "markets": words("Micro-markets"),
    }
    if not map_doors.places(visit).has_coordinates:
        del texts["near"]
    st.divider()
    chosen = st.radio(
        words("More about places"),
        list(texts),
        format_func=lambda code: texts[code],
        horizontal=True,
        key=state.key("place_section"),
    )
    variable = market_views.region_variable(visit)
    with boundary():
        if chosen == "near":
            changed = distance_views.near_places(visit, k, names, words)
            if changed is not None:
                state.save(changed)
                state.begin_anew()
        elif chosen == "matters":
            market_views.place_matters(visit, k, names, variable, words)
        elif chosen == "markets":
            market_views.micro_markets(visit, k, names, variable, words)
