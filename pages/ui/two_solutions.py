"""Any two ways to segment side by side: another number, method, choice of variables or source.

Enters: a visit with segments. Leaves: nothing; to look at others is not to choose them.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.ui import candidates, compute, given_views, views
from pages.ui.boundary import boundary
from pages.ui.side_by_side import side_by_side
from pages.ui.visits import Visit
from segmentation.methods import METHODS
from segmentation.study import Branch, Study
from segmentation.variables import FORMING_SCALES, Role
from segmentation.wording import Words
from segmentation.wording.methods import METHOD_NAMES
from segmentation.wording.structure import names_on_show

_MAY_FORM = (Role.BASIS, Role.DESCRIPTOR, Role.OUTCOME)
FEWEST_VARIABLES = 2


def compare_section(visit: Visit, words: Words) -> None:
    """Let other segments be put beside those on show."""
    with (
        st.expander(words("Compare with other segments"), icon=":material/compare:"),
        boundary(),
    ):
        other = _other(visit, words)
        if other is None:
            return
        if st.button(
            words("Put side by side"), key="two_compare", icon=":material/splitscreen_left:"
        ):
            candidates.begin(visit, other)
        found = candidates.look(visit, other)
        if found is not None:
            macro = other.branch.names_of(found.macro.key, found.macro.k)
            own = other.branch.names_of(found.key, found.k)
            side_by_side(visit, other, found, names_on_show(found, own, macro, words), words)
        elif candidates.is_asked(visit, other):
            views.waiting(visit, words)


def _other(visit: Visit, words: Words) -> Study | None:
    """Return the study whose segments are wanted beside; None where nothing is chosen yet."""
    given = compute.is_given(visit)
    texts = {
        "found": words("Segments found by this app"),
        "number": words("Another number of segments"),
        "method": words("Another method"),
        "variables": words("Other variables"),
        "given": words("Segments given by a column"),
        "before": words("The same before anything was done by hand"),
    }
    left = {"number", "before"} if given else {"found"}
    if not (given or compute.is_changed(visit)):
        left.add("before")
    now = compute.study_of(visit).branch.given if given else None
    if not set(given_views.columns(visit)) - {now}:
        left.add("given")
    offered = [code for code in texts if code not in left]
    kind = st.selectbox(
        words("Beside the segments on show"),
        offered,
        format_func=lambda code: texts[code],
        key=f"two_kind_{given}",
    )
    study = compute.study_of(visit)
    branch = _branch(visit, kind, study.branch, words)
    return None if branch is None else replace(study, branch=branch)


def _branch(visit: Visit, kind: str, branch: Branch, words: Words) -> Branch | None:
    at_once = {
        "found": replace(branch, given=None),
        "before": replace(branch, merges={}, splits={}, pins=()),
    }
    if kind in at_once:
        return at_once[kind]
    if kind == "number":
        return _number(visit, branch, words)
    if kind == "method":
        others = [method for method in METHODS if method != branch.extraction.method]
        method = st.selectbox(
            words("Method"),
            others,
            format_func=lambda code: words(METHOD_NAMES[code]),
            key="two_method",
        )
        return replace(branch, extraction=replace(branch.extraction, method=method), given=None)
    if kind == "given":
        offered = [name for name in given_views.columns(visit) if name != branch.given]
        return replace(branch, given=st.selectbox(words("Column"), offered, key="two_given"))
    return _variables(visit, branch, words)


def _number(visit: Visit, branch: Branch, words: Words) -> Branch:
    found = compute.finished_extraction(visit)
    now = found.shown_k(branch.k)
    others = [k for k in sorted(found.family.solutions) if k != now]
    nearest = min(range(len(others)), key=lambda i: abs(others[i] - now)) if others else 0
    k = st.selectbox(
        words("Number of segments"), others, nearest, key=f"two_k_{now}", format_func=words.count
    )
    return replace(branch, k=k)


def _variables(visit: Visit, branch: Branch, words: Words) -> Branch | None:
    variables = compute.variables(visit)
    offered = [
        v.name
        for v in variables
        if v.role in _MAY_FORM and v.scale in FORMING_SCALES and not v.private
    ]
    chosen = st.multiselect(words("These form segments"), offered, key="two_basis")
    if len(chosen) < FEWEST_VARIABLES:
        st.caption(words("Choose at least two."))
        return None
    return replace(branch.with_basis(variables, chosen), given=None)
