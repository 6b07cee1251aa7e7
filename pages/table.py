"""Table: what was opened, what was repaired, which type each column has, whom to look at."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.ui import compute, editors, inputs, state, steps, views
from pages.ui.boundary import boundary

visit, words = steps.require("table"), state.words()
study, table = compute.study_of(visit), compute.customers(visit)

views.source_facts(table, words)

told, options = st.columns([3, 2], gap="large")
with told:
    st.header(words("What was found while reading"), anchor=False)
    views.notes(table.notes, words, nothing=words("Nothing had to be repaired."))
with options, boundary():
    id_name = inputs.id_column(table, words)
    if id_name != study.id_name:
        state.save(replace(study, id_name=id_name))
        st.rerun()
    with st.expander(words("How the file was read"), icon=":material/text_snippet:"):
        wanted = inputs.reading(table, study.source.options, words)
        if wanted != study.source.options:
            compute.read_again(visit, wanted)
            state.look_again()
            st.rerun()
    label = words("Look only at some customers")
    with st.expander(label, icon=":material/filter_alt:", expanded=bool(study.conditions)):
        st.caption(words("The filter comes before everything else and is shown on every page."))
        conditions = inputs.conditions(table, words)
        if conditions != table.conditions:
            compute.check_population(visit, conditions)
            state.save(replace(study, conditions=conditions))
            st.rerun()

st.header(words("First customers"), anchor=False)
views.preview(table, compute.private_columns(visit), words)

st.header(words("Columns and their types"), anchor=False)
st.caption(words("Change a type in the table; the file's own text is kept, so nothing is lost."))
with boundary():
    kinds = editors.column_kinds(table, compute.private_columns(visit), words)
    if kinds:
        state.save(replace(study, kinds={**study.kinds, **kinds}))
        st.rerun()
