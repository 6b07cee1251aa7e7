"""Start: open a file, or the sample."""

from __future__ import annotations

import streamlit as st

from pages.ui import compute, inputs, state, steps
from pages.ui.boundary import boundary
from pages.ui.samples import SAMPLES, copy_sample
from pages.ui.text import escaped

visit, words = steps.require("start"), state.words()

st.markdown(
    words(
        "Find out which groups of customers your market really holds, and whether each is large "
        "enough, measurable and reachable. Everything is computed here: no data leaves this "
        "computer, and every verdict shows its number, its threshold and where that comes from."
    )
)

if visit.raw is not None:
    with st.container(border=True):
        st.markdown(
            words(
                "Open now: **{name}**, {n:count} rows.", name="{name}", n=visit.raw.n_rows
            ).replace("{name}", escaped(visit.raw.source.name))
        )
        steps.link("table", words("Go on with this table"))

own, sample = st.columns([3, 2], gap="large")
with own, boundary():
    path = inputs.small_file(visit, words)
    if path is not None:
        with st.spinner(words("Reading the file")):
            compute.open_path(visit, path, inputs.small_file_name())
        state.look_again()
        st.switch_page(steps.PAGES / "table.py")
    with st.expander(words("The file is larger than 200 MB"), icon=":material/upload:"):
        arrival = inputs.big_file(visit, words)
        if arrival is not None:
            with st.spinner(words("Reading the file")):
                compute.open_path(visit, arrival.path, arrival.name)
            state.look_again()
            st.switch_page(steps.PAGES / "table.py")

with sample, st.container(border=True):
    for example in SAMPLES:
        st.subheader(words(example.title), anchor=False)
        st.markdown(words(example.story))
        if st.button(words("Open the sample"), type="primary", key=f"sample_{example.name}"):
            with boundary(), st.spinner(words("Reading the file")):
                compute.open_path(visit, copy_sample(example, visit.folder), example.file)
                state.look_again()
                state.save(example.prepared(compute.study_of(visit)))
                st.switch_page(steps.PAGES / "segments.py")
