"""The pages in their order: title, address, icon, and what each needs before it can show anything.

Enters: a visit. Leaves: Streamlit pages, and the gate :func:`require`. Refuses to draw results.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.ui import compute, state, views
from pages.ui.boundary import boundary
from pages.ui.visits import Visit
from segmentation.wording import mark

PAGES = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the way from a file to an export.

    Attributes
    ----------
    name : str
        Stem of the page's file.
    title : str
        English title, marked for translation.
    icon : str
        Material icon of the navigation.
    needs : str
        ``nothing``, ``table`` or ``segments``.
    onward : str
        What the button to the next page says.
    """

    name: str
    title: str
    icon: str
    needs: str
    onward: str = ""


STEPS: Mapping[str, Step] = {
    step.name: step
    for step in (
        Step("start", mark("Start"), ":material/home:", "nothing"),
        Step(
            "table", mark("Table"), ":material/table_view:", "table", mark("Choose the variables")
        ),
        Step("variables", mark("Variables"), ":material/tune:", "table", mark("Find the segments")),
        Step(
            "segments",
            mark("Segments"),
            ":material/donut_small:",
            "table",
            mark("See who they are"),
        ),
        Step(
            "profiles",
            mark("Profiles"),
            ":material/groups:",
            "segments",
            mark("See where they are"),
        ),
        Step(
            "geography",
            mark("Geography"),
            ":material/map:",
            "table",  # places can be read before there are segments
            mark("Check what they are worth"),
        ),
        Step("checks", mark("Checks"), ":material/fact_check:", "segments", mark("Size it up")),
        Step("sizing", mark("Sizing"), ":material/groups_3:", "table", mark("See what it earns")),
        Step("money", mark("Money"), ":material/payments:", "nothing", mark("Take it away")),
        Step(
            "export",
            mark("Export"),
            ":material/download:",
            "segments",
            mark("Place new customers"),
        ),
        Step(
            "assign",
            mark("New customers"),
            ":material/person_add:",
            "nothing",
            mark("Keep the study"),
        ),
        Step("studies", mark("Studies"), ":material/inventory_2:", "nothing"),
    )
}

# Beside the way: it has no chrome, so it is not in the navigation either.
PRESENT = Step("present", mark("Presentation"), ":material/slideshow:", "segments")


def navigation() -> StreamlitPage:
    """Build the navigation in the reader's language and return the page asked for."""
    words = state.words()
    pages = [
        st.Page(
            PAGES / f"{step.name}.py",
            title=words(step.title),
            icon=step.icon,
            url_path=step.name,
            default=step.name == "start",
        )
        for step in STEPS.values()
    ]
    shown = st.Page(
        _file(PRESENT),
        title=words(PRESENT.title),
        icon=PRESENT.icon,
        url_path=PRESENT.name,
        visibility="hidden",
    )
    return st.navigation([*pages, shown])


def _file(step: Step) -> Path:
    return PAGES / f"{step.name}.py"


def present_link(label: str) -> None:
    """Show a link to the presentation."""
    st.page_link(_file(PRESENT), label=label, icon=PRESENT.icon)


def leave_presentation() -> None:
    """Turn to the page that a presentation is about."""
    st.switch_page(PAGES / "profiles.py")


def link(name: str, label: str) -> None:
    """Show a link to a page, styled as the next step."""
    st.page_link(PAGES / f"{name}.py", label=label, icon=STEPS[name].icon)


def _strip(name: str, visit: Visit) -> None:
    """Show the way: what is done, where one is, and what a page still waits for."""
    words, reached = state.words(), compute.reached(visit)
    waits = {"table": words("waits for a table"), "segments": words("waits for the segments")}
    views.strip(
        [
            views.Mark(
                words(step.title),
                here=step.name == name,
                done=step.name in reached,
                waits="" if step.needs in reached else waits.get(step.needs, ""),
            )
            for step in STEPS.values()
            if step.name != "start"
        ],
        words,
    )


def _heading(name: str, *, onward: bool) -> None:
    """Show the title and, always in the same place, the way on."""
    words, step = state.words(), STEPS[name]
    left, right = st.columns([3, 1], vertical_alignment="center")
    # The first page greets with the name, which is the same in every language.
    left.title("Segment Studio" if name == "start" else words(step.title), anchor=False)
    if step.onward and onward:
        following = list(STEPS)[list(STEPS).index(name) + 1]
        if right.button(
            words(step.onward),
            key=f"onward_{name}",
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            width="stretch",
        ):
            st.switch_page(PAGES / f"{following}.py")


def require(name: str) -> Visit:
    """Return the visit when the page has what it needs; else say what to do and stop."""
    visit = state.load()
    state.enter(name)
    has_table = visit.raw is not None and visit.study is not None
    if name != "start" or has_table:
        _strip(name, visit)
    _heading(name, onward=has_table)
    if STEPS[name].needs != "nothing":
        _wait(visit, has_table=has_table, needs=STEPS[name].needs)
    return visit


def require_quietly() -> Visit:
    """Return the visit when there is something to present; else say what to do and stop."""
    visit = state.load()
    state.enter(PRESENT.name)
    has_table = visit.raw is not None and visit.study is not None
    _wait(visit, has_table=has_table, needs=PRESENT.needs, population=False)
    return visit


def _wait(visit: Visit, *, has_table: bool, needs: str, population: bool = True) -> None:
    """Stop the page until there is what it needs."""
    words = state.words()
    if visit.reading and visit.reading.has_opened:
        visit.reading = None  # it is seen here; the first page need not turn to it any more
    if not has_table:
        st.info(words("There is no table yet. Open a file or the sample first."))
        link("start", words("Go to Start"))
        st.stop()
    with boundary(stop=True):
        if population:
            views.population(compute.customers(visit), words)
        if needs == "segments":
            views.segments_or_wait(visit, words)
