"""The report on the export page: what it will contain, and a button for each of its forms.

Enters: a visit with segments. Leaves: nothing. Refuses to make a report that nobody asked for.
"""

from __future__ import annotations

import streamlit as st

from pages.ui import judging, report_doors, steps
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.wording import Words

_KINDS = {
    ".html": "text/html",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".pdf": "application/pdf",
}


def report_section(visit: Visit, words: Words) -> None:
    """Offer the report, and the presentation of the same results."""
    st.header(words("The report"), anchor=False)
    st.markdown(
        words(
            "For readers who have never seen this app: what the segments are, whether they can be "
            "trusted, who is in them, what to do with them, and how they were made. With pictures, "
            "the map, the checks, what-ifs that were kept, methods with their sources, and a "
            "passport to make it all again. No customer’s id or address; groups of fewer than five "
            "are hidden."
        )
    )
    if judging.known_trust(visit) is None:
        text = words(
            "The report will say that nothing was tested yet: start the test on the Segments page "
            "to have its verdict in it."
        )
        st.info(escaped(text), icon=":material/science:")
    owner = st.text_input(
        words("Who answers for the segmentation"),
        key="report_owner",
        max_chars=200,
        placeholder=words("A name or a team; it stands in the report"),
    )
    offers = {
        ".html": (
            words("**Web page.** One file: opens anywhere, offline, and prints well."),
            words("Web page"),
        ),
        ".pptx": (
            words("**PowerPoint.** A message a slide; tables can be edited, sources in the notes."),
            words("PowerPoint"),
        ),
        ".pdf": (words("**PDF.** A4, with page numbers, to print or to send."), words("PDF")),
    }
    for column, (ending, (told, label)) in zip(st.columns(3), offers.items(), strict=True):
        with column.container(border=True, height="stretch", vertical_alignment="distribute"):
            st.markdown(told)
            _made(visit, ending, label, owner, words)
    st.markdown(words("**Presentation.** The same, full screen, one message at a time."))
    steps.present_link(words("Present"))


def _made(visit: Visit, ending: str, label: str, owner: str, words: Words) -> None:
    """Offer one form; it is written when its button is pressed, which shows that it works."""
    st.download_button(
        label,
        lambda: report_doors.written(visit, ending, owner, words),
        f"report{ending}",
        _KINDS[ending],
        key=f"report_{ending[1:]}",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
