"""Start: open a file, go on with the open one, or look at a sample."""

from __future__ import annotations

import streamlit as st

from pages.ui import inputs, opening, reading_views, state, steps, views, warehouse, warehouse_views
from pages.ui.boundary import boundary
from pages.ui.samples import SAMPLES, copy_sample
from segmentation.transactions import Upload

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
        views.open_now(visit.raw, words)
        steps.link("segments", words("Continue where you left off"))

with boundary():
    reading_views.follow(visit, steps.PAGES / "table.py", words)

with boundary():
    uploads = inputs.small_files(visit, words)
    if uploads:
        reading_views.read(visit, uploads, steps.PAGES / "table.py", words)

with boundary(), st.expander(words("The file is larger than 200 MB"), icon=":material/upload:"):
    arrival = inputs.big_file(visit, words)
    if arrival is not None:
        large = (Upload(arrival.path, arrival.name),)
        reading_views.read(visit, large, steps.PAGES / "table.py", words)

with boundary():
    relation = warehouse_views.choose_table(visit, words)
    if relation is not None:
        with st.spinner(words("Reading the table")):
            warehouse.open_relation(visit, relation)
        state.look_again()
        st.switch_page(steps.PAGES / "table.py")

st.header(words("Or look at a sample first: one click to its segments"), anchor=False)
for column, sample in zip(st.columns(len(SAMPLES)), SAMPLES, strict=True):
    card = column.container(border=True, height="stretch", vertical_alignment="distribute")
    with card, boundary():
        with st.container():  # one part, so that only the button is kept at the foot
            views.sample_card(sample, words)
        if st.button(
            words("Open the sample"),
            type="primary",
            key=f"sample_{sample.name}",
            width="stretch",
        ):
            with st.spinner(words("Reading the file")):
                path = copy_sample(sample, visit.folder)
                opening.open_path(visit, path, sample.file, sample.prepared)
            state.look_again()
            st.switch_page(steps.PAGES / "segments.py")
