"""Studies: save the open one, open a saved one, compare versions."""

from __future__ import annotations

import streamlit as st

from pages.ui import keeping, saved_views, state, steps, study_list
from pages.ui.boundary import boundary

visit, words = steps.require("studies"), state.words()

st.markdown(
    words(
        "A saved study holds your decisions and the results in short: sizes, checks, verdict, and "
        "marks that tell whether data and segments are the same. Customers are never saved."
    )
)
saved_views.told()
if not keeping.is_on():
    st.info(words("This server keeps no studies. Download the study on the Export page instead."))
    st.stop()

if visit.raw is not None and visit.study is not None:
    st.header(words("The open study"), anchor=False)
    saved_views.save_form(visit, words)
    if keeping.can_go_back(visit) and st.button(
        words("Back to the decisions from before"), key="go_back", icon=":material/undo:"
    ):
        with boundary():
            keeping.go_back(visit)
            st.rerun()
elif visit.wanted is None:
    st.info(words("No file is open. Open a saved study below, or a file first."))
    steps.link("start", words("Go to Start"))

with boundary():
    study_list.listed(visit, words)
