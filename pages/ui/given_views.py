"""Segments that came with the file: the choice between them and found ones, and what they are.

Enters: a visit. Leaves: nothing; a choice is saved at once. Refuses to offer personal data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.ui import compute, solution_views, state, views
from pages.ui.boundary import boundary
from pages.ui.figures import figure
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.charts import size_bars
from segmentation.export.chart_rows import size_rows
from segmentation.notes import Note
from segmentation.structure import may_give
from segmentation.variables import Role
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.wording.sentences import size_finding


def source_choice(visit: Visit, words: Words) -> None:
    """Let the segments be found here, or be given by a column; the study remembers it."""
    branch = compute.study_of(visit).branch
    offered = columns(visit)
    if not offered:
        return
    given = branch.given if compute.is_given(visit) else None
    title = words("Segments: found by this app")
    if given is not None:
        title = words("Segments: given by “{name}”", name=given)
    with st.expander(escaped(title), icon=":material/label:"):
        texts = {"found": words("Found by this app"), "given": words("Given by a column")}
        source = st.radio(
            words("Where the segments come from"),
            list(texts),
            0 if given is None else 1,
            format_func=lambda code: texts[code],
            captions=[
                words("It looks for customers who are alike."),
                words("Segments you have already, such as a CRM’s, are looked at as they are."),
            ],
            key=state.key("segments_from"),
        )
        chosen = _column(visit, offered, given, words) if source == "given" else None
    if chosen != given and (chosen or source == "found"):
        with boundary():
            state.save_branch(replace(branch, given=chosen))
            st.rerun()


def _column(visit: Visit, offered: Sequence[str], given: str | None, words: Words) -> str | None:
    """Let a column be chosen; only one that is meant to hold segments is taken unasked."""
    meant = [v.name for v in compute.variables(visit) if v.role is Role.GIVEN_SEGMENT]
    likely = given if given in offered else next((name for name in meant if name in offered), None)
    return st.selectbox(
        words("Column with the segments"),
        offered,
        None if likely is None else offered.index(likely),
        placeholder=words("Choose a column"),
        key=state.key("given_column"),
    )


def columns(visit: Visit) -> list[str]:
    """Return the columns that may give segments, those that are called so first."""
    known = [v for v in compute.variables(visit) if not v.private and may_give(v.column)]
    given = [v.name for v in known if v.role is Role.GIVEN_SEGMENT]
    return given + [v.name for v in known if v.name not in given and v.role not in _NEVER]


_NEVER = frozenset({Role.ID, Role.CONTACT, Role.CONSENT, Role.WEIGHT, Role.PERSONAL})


def given_segments(visit: Visit, words: Words) -> tuple[str, ...]:
    """Show how large the given segments are; return their names."""
    found = views.segments_or_wait(visit, words)
    judged, names = compute.judged(visit, found.k), compute.names(visit, found.k, words)
    sizes = judged.profile.sizes
    views.finding(words("How large the segments are"), size_finding(sizes, names, words))
    figure(
        partial(size_bars, sizes, names, words),
        words("Share of customers in each segment"),
        "segment_sizes",
        lambda: size_rows(sizes, names, words),
    )
    if found.n_unassigned:
        st.info(escaped(say(Note.of("given-missing", n=found.n_unassigned), words)))
    st.caption(
        words(
            "These segments came with the file. Profiles, map, checks and export show them as they "
            "are; whether they would be found again cannot be tested."
        )
    )
    with st.expander(words("The numbers as a table")):
        solution_views.size_rows(judged.profile, names, words)
    return names
