"""The frame around every page: configuration, navigation, address, error boundary.

It is the script that ``app.py`` serves. It lies in this folder and not beside ``pages/``, where
Streamlit might run a page without it.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui import inputs, state, steps
from pages.ui.boundary import boundary, show
from segmentation.errors import StudyChangedElsewhere

ICON = Path(__file__).parents[2] / "static" / "icon.png"
NAME = "Segment Studio"


def main() -> None:
    """Draw one run of the app."""
    # Before the navigation: with a local picture Streamlit does not fetch one from the internet.
    st.set_page_config(page_title=NAME, page_icon=str(ICON), layout="wide")
    page = steps.navigation()
    st.set_page_config(page_title=f"{page.title} · {NAME}")
    with boundary():
        if state.catch_up():
            show(StudyChangedElsewhere())
        state.keep_address()
        inputs.language(state.words())
        page.run()


if __name__ == "__main__":
    main()
