"""Files for reading on the Export page: labelled customers in four forms, and the results."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.ui import files, results_doors
from pages.ui.visits import Visit
from segmentation.wording import Words

ABREAST = 2


def reading(visit: Visit, names: tuple[str, ...], words: Words) -> None:
    """Offer the labelled customers for programs and for people."""
    st.header(words("Labelled customers"), anchor=False)
    told = {
        "csv": words("**CSV for programs.** Every cell exactly as it came, plus the segment."),
        "excel": words(
            "**CSV for Excel.** Opens with all characters; no cell can run as a formula."
        ),
        "workbook": words("**Workbook.** Numbers as numbers, text as text, first row fixed."),
        "parquet": words(
            "**Parquet.** Numbers, dates and yes or no as such; for large tables and databases."
        ),
    }
    offers: list[tuple[str, Callable[[], None]]] = [
        (text, partial(files.download, visit, kind, names, words)) for kind, text in told.items()
    ]
    cards(offers)


def results(visit: Visit, names: tuple[str, ...], k: int, words: Words) -> None:
    """Offer the workbook of results for analysts."""
    st.header(words("Results workbook"), anchor=False)
    st.markdown(
        words(
            "Sizes, profile, numbers of segments, scorecard, money, methods and notes on the data, "
            "a sheet each and without customers. Yellow cells are yours to change: the size of the "
            "market, response, margin and costs; the results are formulas that follow."
        )
    )
    st.download_button(
        words("Download the results"),
        lambda: results_doors.workbook(visit, names, k, words),
        "results.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="download_results",
        icon=":material/download:",
        on_click="ignore",
    )


def cards(offers: list[tuple[str, Callable[[], None]]]) -> None:
    """Show texts with what is offered below each, a few side by side."""
    for start in range(0, len(offers), ABREAST):
        places = st.columns(ABREAST)
        for place, (text, offer) in zip(places, offers[start : start + ABREAST], strict=False):
            with place.container(border=True, height="stretch", vertical_alignment="distribute"):
                st.markdown(text)
                offer()
