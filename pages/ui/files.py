"""Files that leave and studies that come back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import streamlit as st

from pages.ui import compute, naming, state
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.export import (
    Levels,
    export_columns,
    micro_columns,
    place_columns,
    write_csv,
    write_excel_csv,
    write_parquet,
    write_workbook,
)
from segmentation.intake import CustomerTable
from segmentation.study import Study, dump, load
from segmentation.wording import Words

_STUDY = "study_file"
_WRITERS = {
    "csv": (write_csv, "customers.csv", "text/csv"),
    "excel": (write_excel_csv, "customers-for-excel.csv", "text/csv"),
    "workbook": (
        write_workbook,
        "customers.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "parquet": (write_parquet, "customers.parquet", "application/vnd.apache.parquet"),
}


def export_columns_told(table: CustomerTable, words: Words, *, split: bool = False) -> None:
    """Say which columns are added, above all where a name was taken."""
    number, name = export_columns(table)
    text = words(
        "Two columns are added: “{number}” with 1 to k, the largest segment first, and “{name}”.",
        number=number,
        name=name,
    )
    if split:
        micro, micro_name = micro_columns(table)
        told = words(
            "Two more hold the micro-segment: “{number}”, such as 2b, and “{name}”.",
            number=micro,
            name=micro_name,
        )
        text = words.sentences([text, told])
    if (number, name) != ("segment_id", "segment"):
        suffix = words("The file has columns of the usual names already, hence the suffix.")
        text = words.sentences([text, suffix])
    if of_places := place_columns(table):
        more = words("Where they live stands beside: {names}.", names=words.listed(of_places))
        text = words.sentences([text, more])
    st.markdown(escaped(text))


def download(visit: Visit, kind: str, names: tuple[str, ...], words: Words) -> None:
    """Offer one form of the labelled customers; it is written when asked for."""
    write, file_name, mime = _WRITERS[kind]

    def made() -> bytes:
        labels = compute.labels(visit, compute.shown_k(visit))
        levels = Levels.of(compute.partition(visit), naming.macro_names(visit, words))
        target = _target(visit, file_name)
        path = write(compute.customers(visit), labels, names, target, levels)
        data = path.read_bytes()
        path.unlink()
        return data

    st.download_button(
        words("Download"),
        made,
        file_name,
        mime,
        key=f"download_{kind}",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def _target(visit: Visit, file_name: str) -> Path:
    return visit.folder / f"{dt.datetime.now(dt.UTC):%H%M%S%f}-{file_name}"


def download_study(visit: Visit, words: Words) -> None:
    """Offer the study as TOML."""
    st.download_button(
        words("Download the study"),
        dump(compute.study_of(visit)),
        "study.toml",
        "application/toml",
        key="download_study",
        icon=":material/description:",
        on_click="ignore",
    )


def loaded_study(words: Words) -> Study | None:
    """Return a study the user has uploaded and that has not been taken over yet."""
    uploaded = st.file_uploader(words("Load a study"), type=["toml"], key=_STUDY)
    if uploaded is None or state.taken_over(uploaded.file_id):
        return None
    return load(uploaded.getvalue().decode("utf-8", errors="replace"))


def study_was_loaded() -> None:
    """Note that the uploaded study has been taken over."""
    state.take_over(getattr(state.widget(_STUDY), "file_id", ""))
