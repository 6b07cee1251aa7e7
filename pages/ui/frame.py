"""The frame around every page: configuration, navigation, address, error boundary.

It is the script that ``app.py`` serves. It lies in this folder and not beside ``pages/``, where
Streamlit might run a page without it.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui import inputs, saved_views, shared_views, state, steps
from pages.ui.boundary import boundary, show
from segmentation.errors import StudyChangedElsewhere

ICON = Path(__file__).parents[2] / "static" / "icon.png"
NAME = "Segment Studio"


def main() -> None:
    """Draw one run of the app."""
    # Before the navigation: with a local picture Streamlit does not fetch one from the internet.
    st.set_page_config(page_title=NAME, page_icon=str(ICON), layout="wide")
    if (study := state.asked_study()) is not None:
        _show_shared(study)
        return
    page = steps.navigation()
    st.set_page_config(page_title=f"{page.title} · {NAME}")
    with boundary():
        if state.catch_up():
            show(StudyChangedElsewhere())
        state.keep_address()
        inputs.language(state.words())
        with boundary():
            saved_views.follow(state.load(), state.words())
        page.run()


def _show_shared(study: str) -> None:
    """Draw a saved study for whoever has its link; no visit begins, nothing can be changed."""
    words = state.words()
    st.navigation(
        [st.Page(lambda: shared_views.shared_study(study, words), title=NAME)], position="hidden"
    ).run()


if __name__ == "__main__":
    main()
