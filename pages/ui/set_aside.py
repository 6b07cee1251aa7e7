"""The rows of the file that are no customers: counted, to be read when asked for, to be kept."""

from __future__ import annotations

import streamlit as st

from pages.ui import compute, state
from pages.ui.visits import Visit
from segmentation.export import write_set_aside
from segmentation.intake.glimpse import COVER, set_aside
from segmentation.wording import Words
from segmentation.wording.terms import REJECTS

SHOWN_ROWS = 100
FILE_NAME = "rows-set-aside.csv"


def rows_set_aside(visit: Visit, words: Words) -> None:
    """Show the rows set aside; their text, which may name people, only when that is asked for."""
    table = compute.customers(visit)
    rows = set_aside(table, SHOWN_ROWS)
    if not rows:
        return
    label = words("Rows set aside ({n:count})", n=table.raw.n_rejected)
    with st.expander(label, icon=":material/playlist_remove:"):
        is_covered = not state.widget("show_personal")
        shown = [
            {
                words("Line"): row["line"],
                words("What it is"): words(REJECTS[str(row["reason"])]),
                words("As written"): COVER if is_covered else row["text"],
            }
            for row in rows
        ]
        st.dataframe(shown, hide_index=True)
        if is_covered:
            st.caption(
                words("Whole rows may hold personal data: switch it on below to read them here.")
            )

        def made() -> bytes:
            path = write_set_aside(table, visit.folder / FILE_NAME)
            data = path.read_bytes()
            path.unlink()
            return data

        st.download_button(
            words("Download these rows"),
            made,
            FILE_NAME,
            "text/csv",
            key="download_set_aside",
            icon=":material/download:",
            on_click="ignore",
        )
