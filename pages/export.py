"""Export: labelled customers, results, audiences, and the study that makes them again."""

from __future__ import annotations

import streamlit as st

from pages.ui import (
    assigning_views,
    audience_views,
    checking,
    compute,
    export_views,
    files,
    keeping,
    report_views,
    saved_views,
    state,
    steps,
    warehouse_views,
)
from pages.ui.boundary import boundary

visit, words = steps.require("export"), state.words()
k = compute.shown_k(visit)

with boundary(stop=True):
    names = compute.names(visit, k, words)
    split = compute.partition(visit).parent is not None
    files.export_columns_told(compute.customers(visit), words, split=split)

export_views.reading(visit, names, words)
export_views.results(visit, names, k, words)
audience_views.audiences(visit, names, words)
warehouse_views.all_customers(visit, names, k, words)

with boundary():
    report_views.report_section(visit, words)
    assigning_views.model_downloads(visit, words)

st.header(words("The study"), anchor=False)
saved_views.told()
if keeping.is_on():
    saved_views.save_form(visit, words)
save, load = st.columns(2, gap="large")
with save:
    st.markdown(
        words(
            "All decisions and no customers. Loading it with the same file makes the same segments."
        )
    )
    files.download_study(visit, words)
with load, boundary():
    loaded = files.loaded_study(words)
    if loaded is not None:
        loaded = checking.check_study(visit, loaded)
        state.look_again()  # its files may have been put together anew
        state.forget_widgets()
        state.save(loaded)
        st.success(words("The study was loaded: its decisions apply now."))
        files.study_was_loaded()
