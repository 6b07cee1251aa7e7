"""The codebook of a table: uploaded, summed up, taken away.

Enters: a visit and its customers. Leaves: another codebook or its file, None where nothing changed.
Refuses to read it and to put it into effect: the page does.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.ui import compute, state, views
from pages.ui.inputs import FILE_TYPES
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.export import write_codebook
from segmentation.intake import CustomerTable
from segmentation.intake.codebook import Codebook
from segmentation.intake.codebook_use import Applied, applied
from segmentation.transactions import Upload
from segmentation.wording import Words

_KINDS = [
    kind for kind in FILE_TYPES if kind in ("csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods")
]
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEST_MB = 20
_NAMED = 30


def codebook(visit: Visit, table: CustomerTable, words: Words) -> Codebook | Upload | None:
    """Show what the codebook did; return another one to read, or a blank one to do without."""
    known = compute.study_of(visit).codebook
    with st.expander(words("Codebook: what the codes mean"), icon=":material/menu_book:"):
        _explanation(words)
        _template(visit, table, words)
        uploaded = st.file_uploader(
            words("The codebook"),
            type=_KINDS,
            max_upload_size=_LARGEST_MB,
            key=state.key("codebook"),
        )
        if known:
            _summary(applied(table, known), words)
            other = None
            if visit.codebook is not None and visit.codebook.codebook == known:
                views.notes(visit.codebook.notes, words)
                other = _other_sheet(visit, words)
            if st.button(words("Remove the codebook"), key="codebook_remove"):
                return {}
            if other is not None:
                return other
        if uploaded is None:
            return None
        path = visit.folder / f"codebook-{uploaded.file_id}"
        path.write_bytes(uploaded.getbuffer())
        return Upload(path, uploaded.name)


def _other_sheet(visit: Visit, words: Words) -> Upload | None:
    """Ask which sheet of a workbook is the codebook; return how it is read otherwise."""
    read, kept = visit.codebook, visit.codebook_file
    if read is None or read.sheet is None or kept is None:
        return None
    chosen = st.selectbox(
        words("Sheet"), read.sheets, read.sheets.index(read.sheet), key=state.key("codebook_sheet")
    )
    if chosen == read.sheet:
        return None
    return replace(kept, options=replace(kept.options, sheet=chosen))


def _explanation(words: Words) -> None:
    text = words(
        "A table with a row for each variable. Its columns: variable (the name of a column here), "
        "label (the question), values such as 1=Male; 2=Female in their order, missing (codes that "
        "are no answer) and reversed (yes for items worded the other way round). Headers may be "
        "Chinese; one code a row is fine, too."
    )
    st.caption(escaped(text))


def _template(visit: Visit, table: CustomerTable, words: Words) -> None:
    """Offer a codebook of the own columns; it is written when asked for."""

    def made() -> bytes:
        covered = compute.private_columns(visit)
        path = write_codebook(table, covered, words, visit.folder / f"template-{table.name}.xlsx")
        data = path.read_bytes()
        path.unlink()
        return data

    st.download_button(
        words("Download a codebook to fill in"),
        made,
        "codebook.xlsx",
        _WORKBOOK,
        key="codebook_template",
        icon=":material/download:",
        on_click="ignore",
    )


def _summary(done: Applied, words: Words) -> None:
    """Show what the codebook did, and which of its variables are not here."""
    facts = (
        (words("Variables described"), done.n_described),
        (words("Codes explained"), done.n_labelled),
        (words("Orders set"), done.n_ordered),
        (words("Reversed"), done.n_reversed),
        (words("Not in the table"), len(done.missing)),
    )
    for cell, (name, n) in zip(st.columns(len(facts)), facts, strict=True):
        cell.metric(name, words.count(n))
    if done.of_lines:
        text = words("Used for the order lines: {names:list}.", names=done.of_lines[:_NAMED])
        st.caption(escaped(text))
    if done.missing:
        text = words("Not in the table: {names:list}.", names=done.missing[:_NAMED])
        st.caption(escaped(text))
