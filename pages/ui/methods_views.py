"""How segments are found: the method in use, the others, and what these would find instead.

Enters: a visit. Leaves: nothing. Refuses to change the method by itself.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.ui import comparing, compute, state, views
from pages.ui.boundary import boundary
from pages.ui.comparing import Compared
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.criteria import Verdict
from segmentation.errors import JobCancelled
from segmentation.extraction import SUGGESTED
from segmentation.methods import DEFAULT, METHODS
from segmentation.methods.suggestion import Suggestion, suggest_method
from segmentation.study import Branch
from segmentation.wording import Words
from segmentation.wording.methods import METHOD_NAMES, METHOD_USES
from segmentation.wording.notes import say
from segmentation.workflow import rows_of


def method_choice(visit: Visit, words: Words) -> None:
    """Show which method is in use and why, and let another be chosen; the study remembers it."""
    branch = compute.study_of(visit).branch
    used = compute.method_in_use(visit)
    suggested = suggest_method(
        rows_of(compute.matrix(visit)), in_warehouse=visit.opened is not None
    )
    title = words("Method: {name}", name=words(METHOD_NAMES[used]))
    with st.expander(escaped(title), icon=":material/hub:"):
        told = words(
            "Suggested for these customers: {name}. {reason}",
            name=words(METHOD_NAMES[suggested.method]),
            reason=say(suggested.reason, words),
        )
        st.markdown(escaped(told))
        chosen = st.radio(
            words("How segments are found"),
            METHODS,
            METHODS.index(used),
            format_func=lambda method: words(METHOD_NAMES[method]),
            captions=[words(METHOD_USES[method]) for method in METHODS],
            # A new widget for each method in use: a new suggestion is no choice of the old one.
            key=state.key(f"method_{used}"),
        )
    if chosen != used:
        _use(branch, chosen)
    _one_click(branch, used, suggested, words)


def _one_click(branch: Branch, used: str, suggested: Suggestion, words: Words) -> None:
    """Say why a method is in use that is not k-means or not the one suggested; offer that one."""
    is_named = branch.extraction.method != SUGGESTED
    if used == (suggested.method if is_named else DEFAULT):
        return
    if is_named:
        name = words(METHOD_NAMES[suggested.method])
        told = words("You chose this method; suggested for these customers: {name}.", name=name)
        label, method = words("Use the suggested method"), SUGGESTED
    else:
        reason = say(suggested.reason, words)
        told = words("In use until you choose a method. {reason}", reason=reason)
        label, method = words("Use k-means instead"), DEFAULT
    text, other = st.columns([3, 1], vertical_alignment="center")
    text.markdown(escaped(told))
    if other.button(label, key="other_method", icon=":material/swap_horiz:", width="stretch"):
        _use(branch, method)


def _use(branch: Branch, method: str) -> None:
    """Let the study say how segments are found, and show them."""
    with boundary():
        spec = replace(branch.extraction, method=method)
        state.save_branch(replace(branch, extraction=spec))
    st.rerun()


def comparison(visit: Visit, k: int, words: Words) -> None:
    """Put the solution on show beside those of other methods."""
    st.header(words("Would another method find the same?"), anchor=False)
    used = compute.method_in_use(visit)
    others = [method for method in METHODS if method != used]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        other = st.selectbox(
            words("Compare with"),
            others,
            format_func=lambda method: words(METHOD_NAMES[method]),
            key=state.key(f"compare_{used}"),
        )
        if st.button(words("Compare"), key="compare", icon=":material/compare_arrows:"):
            comparing.begin(visit, other)
    with boundary():
        try:
            known = comparing.take(visit, other)
        except JobCancelled:
            compute.restart(visit)
            known = False
        if not known and comparing.is_comparing(visit, other):
            views.waiting(visit, words)
        methods = comparing.methods_known(visit)
        if len(methods) > 1:
            rows = [comparing.compared(visit, method, k) for method in methods]
            st.dataframe([_row(row, words) for row in rows], hide_index=True)
            st.caption(
                words(
                    "Agreement with the segments on show: adjusted Rand index, 1 the same, 0 as by "
                    "chance (Hubert & Arabie 1985). Where two ways of looking agree, the segments "
                    "depend less on the method."
                )
            )


def _row(row: Compared, words: Words) -> dict[str, object]:
    solution = row.extraction.family.solution(row.k)
    failing = row.card.count(Verdict.FAIL)
    likelihood = solution.likelihood
    return {
        words("Method"): words(METHOD_NAMES[row.method]),
        words("Number of segments"): row.k,
        words("Agreement"): round(row.agreement, 2),
        words("Separation (silhouette)"): round(row.separation, 3),
        words("Smallest segment"): min(solution.sizes),
        words("In no segment"): solution.n_unassigned,
        words("Knocked out"): f"{failing} / {row.k}",
        words("Suggested number"): row.extraction.choice.recommended_k,
        words("BIC"): None if likelihood is None else round(likelihood.bic, 1),
    }
