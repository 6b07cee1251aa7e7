"""What formed the segments, in the picture the reader chooses: bars, heat, lines, or a plane.

Enters: a visit with segments. Leaves: nothing. Refuses variables that did not form the segments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from pages.ui import compute, inputs, profile_doors, solution_views, views
from pages.ui.figures import figure, picture, taken_away
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.charts import (
    difference_heat,
    profile_plots,
    profile_sheet,
    separation_plot,
    snake_plot,
)
from segmentation.charts.profile_plot import PANELS_A_ROW
from segmentation.export.chart_rows import mark_rows, number_rows, plane_rows
from segmentation.profiles import Profile, marks
from segmentation.wording import Words
from segmentation.wording.borders import plane_explained, plane_sentence


def forming_view(
    visit: Visit, described: Profile, names: tuple[str, ...], words: Words, *, dark: bool
) -> None:
    """Say what formed the segments, and show it in one of four pictures."""
    finding = solution_views.profile_finding(
        described, compute.variables(visit), names, words, basis=True
    )
    title = solution_views.basis_title(words, given=compute.is_given(visit))
    views.finding(title, finding)
    pictures: Mapping[str, tuple[str, Callable[[], None]]] = {
        "bars": (words("Bars"), lambda: _bars(visit, described, names, words, dark=dark)),
        "heat": (
            words("Heat map"),
            lambda: difference_picture(described, names, words, basis=True),
        ),
        "lines": (words("Lines"), lambda: _lines(visit, described, names, words)),
        "plane": (words("Plane"), lambda: _plane(visit, described.k, names, words)),
    }
    titles = {code: title for code, (title, _) in pictures.items()}
    pictures[inputs.one_of(words("Picture"), titles, "profile_picture")][1]()


def difference_picture(
    described: Profile, names: tuple[str, ...], words: Words, *, basis: bool
) -> None:
    """Draw the numbers that formed the segments, or the others, as a heat map."""
    shown = solution_views.numbers_by_part(described)[0 if basis else 1]
    if not shown:
        st.caption(words("There are no numbers among these variables."))
        return
    st.caption(
        words(
            "Index: 100 is the average of all customers. Colour: how far from it, in the market's "
            "own spread. Point at a cell for the values."
        )
    )
    facts = [fact for fact in described.numbers if fact.variable in set(shown)]
    figure(
        partial(difference_heat, described, names, shown, words),
        words("Index of each variable in each segment"),
        "differences" if basis else "descriptors",
        lambda: number_rows(facts, names, words),
    )


def _bars(
    visit: Visit, described: Profile, names: tuple[str, ...], words: Words, *, dark: bool
) -> None:
    """Draw the profile plot: one panel a segment, its marker variables in colour."""
    found = marks(described, compute.variables(visit))
    panels = profile_plots(found, described.k, words, dark=dark)
    for start in range(0, described.k, PANELS_A_ROW):
        row = st.columns(PANELS_A_ROW, gap="medium")
        for column, segment in zip(row, range(start, described.k), strict=False):
            title = words("How segment {name} differs from the market", name=names[segment])
            with column:
                st.markdown(f"**{escaped(names[segment])}**")
                picture(panels[segment], title)
    st.caption(
        words(
            "Full bars: what a segment is known by, against the market. Shares: 25 points from the "
            "market, or half of the market's share (Dolnicar, Gruen & Leisch 2018); numbers: half "
            "a standard deviation (our choice). Similar variables stand together."
        )
    )
    taken_away(
        partial(profile_sheet, found, names, words),
        words("What each segment is known by"),
        "profile_plot",
        lambda: mark_rows(found, names, words),
    )


def _lines(visit: Visit, described: Profile, names: tuple[str, ...], words: Words) -> None:
    """Draw the snake plot: the means of all segments in one picture."""
    found = marks(described, compute.variables(visit))
    figure(
        partial(snake_plot, found, names, words),
        words("The segments' means as lines"),
        "snake_plot",
        lambda: mark_rows(found, names, words),
    )
    st.caption(
        words(
            "A line a segment: how far its means lie from the market's, in the market's own "
            "spread. Similar variables stand together, as under Bars."
        )
    )


def _plane(visit: Visit, k: int, names: tuple[str, ...], words: Words) -> None:
    """Draw the separation plot, and say what the plane keeps."""
    found, features = profile_doors.plane(visit, k), profile_doors.feature_names(visit)
    st.markdown(escaped(plane_sentence(found.kept, words)))
    figure(
        partial(separation_plot, found, features, names, words),
        words("The segments in the plane of their largest differences"),
        "separation_plot",
        lambda: plane_rows(found, features, names, words),
    )
    st.caption(escaped(plane_explained(found, words)))
