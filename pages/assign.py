"""New customers: put a further file in the segments of a model."""

from __future__ import annotations

import streamlit as st

from pages.ui import assigning_doors, assigning_views, state, steps
from pages.ui.boundary import boundary

visit, words = steps.require("assign"), state.words()

st.markdown(
    words(
        "Customers who come later get the segment that they would have had: no segment moves, and "
        "nothing is learned from them."
    )
)
with boundary(stop=True):
    chosen = assigning_views.choose_model(visit, words)
    if chosen is None:
        st.stop()
    assigning_views.model_told(chosen.model, words)
    raw = assigning_views.new_customers(visit, chosen, words)
    if raw is None:
        st.stop()
    mapping = assigning_views.columns_meant(chosen, raw, words)
    if mapping is None:
        st.stop()
    with st.spinner(words("Placing the customers")):
        made = assigning_doors.placed(visit, chosen, raw, mapping)
    assigning_views.result(made, chosen, words)
