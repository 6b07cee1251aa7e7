"""Table: what was opened, what was repaired, which type each column has, whom to look at."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.ui import audit_views, composing, compute, editors, effects, inputs, state, steps, views
from pages.ui.boundary import boundary
from pages.ui.checking import check_population
from pages.ui.codebooks import codebook
from pages.ui.column_inputs import column_decision
from pages.ui.reading_inputs import reading_of_files
from pages.ui.reading_views import follow_here
from pages.ui.set_aside import rows_set_aside
from segmentation.intake.glimpse import covered
from segmentation.study import repaired

visit, words = steps.require("table"), state.words()
with boundary():
    follow_here(visit, words)
with st.spinner(words("Reading the file")):
    study, table = compute.study_of(visit), compute.customers(visit)

views.source_facts(table, words)

with boundary():
    plan = composing.orders(visit, table, words) or composing.more_files(visit, words)
    if plan is not None:
        effects.compose(visit, plan, words)

with boundary():
    described = codebook(visit, table, words)
    if described is not None:
        effects.describe(visit, described, words)

told, options = st.columns([3, 2], gap="large")
with told:
    st.header(words("What was found while reading"), anchor=False)
    shown = covered(table.notes, compute.private_columns(visit))
    views.notes(shown, words, nothing=words("Nothing had to be repaired."))
    rows_set_aside(visit, words)
with options, boundary():
    id_name = inputs.id_column(table, compute.id_offered(visit), words)
    if id_name != table.id_name:
        effects.type_again(visit, replace(study, id_name=id_name), words)
    with st.expander(words("How the file was read"), icon=":material/text_snippet:"):
        files_read = study.source.options, study.composition
        wanted = reading_of_files(table.raw.source, *files_read, words)
        if wanted != files_read:
            effects.read_again(visit, wanted, words)
    label = words("Look only at some customers")
    with st.expander(label, icon=":material/filter_alt:", expanded=bool(study.conditions)):
        st.caption(words("The filter comes before everything else and is shown on every page."))
        conditions = inputs.conditions(table, words)
        if conditions != table.conditions:
            resting = tuple(c for c in study.conditions if c not in table.conditions)
            changed = replace(study, conditions=(*conditions, *resting))
            check_population(visit, changed)
            state.save(changed)
            st.rerun()

with boundary():
    audit = compute.audit(visit)
    views.finding(words("Before you segment"), audit_views.audit_finding(audit, words))
    repair = audit_views.findings(audit, words)
    if repair:
        mended = repaired(study, repair, compute.variables(visit))
        effects.type_again(visit, mended, words)

st.header(words("First customers"), anchor=False)
views.preview(table, compute.private_columns(visit), words)

st.header(words("Columns and their types"), anchor=False)
st.caption(words("Change a type in the table; the file's own text is kept, so nothing is lost."))
with boundary():
    kinds = editors.column_kinds(table, compute.private_columns(visit), words)
    if kinds:
        for name, kind in kinds.items():
            study = study.with_kind(name, kind)
        effects.type_again(visit, study, words)
    decided = column_decision(table, study.columns, compute.private_columns(visit), words)
    if decided:
        effects.type_again(visit, study.with_decision(*decided), words)
