"""Segments changed by hand: two merged, one split again, some made by a rule beforehand.

Enters: a visit with segments. Leaves: nothing; a change is saved at once. Refuses to be in the way:
all of it is folded away.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.ui import compute, naming, state
from pages.ui.boundary import boundary
from pages.ui.pinning_views import pin_tab
from pages.ui.splitting_views import split_tab
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.wording import Words

FEWEST = 3


def change_section(visit: Visit, words: Words) -> None:
    """Let segments be merged, split and pinned."""
    branch, found = compute.study_of(visit).branch, compute.partition(visit)
    changed = bool(branch.pins) or found.parent is not None
    with st.expander(
        words("Merge, split or pin segments"),
        expanded=changed or found.key != compute.before_merging(visit).key,
        icon=":material/account_tree:",
    ):
        merge, split, pin = st.tabs(
            [words("Merge two"), words("Split one again"), words("Pin a rule")]
        )
        with merge, boundary():
            _merge_tab(visit, words)
        with split, boundary():
            split_tab(visit, words)
        with pin, boundary():
            pin_tab(visit, words)


def _merge_tab(visit: Visit, words: Words) -> None:
    """Take two segments together; the last step can be undone."""
    branch, base = compute.study_of(visit).branch, compute.before_merging(visit)
    macro, names = compute.partition(visit).macro, naming.macro_names(visit, words)
    st.caption(
        words(
            "For segments that you would treat alike. Names and notes of the others stay; a split "
            "of these segments rests until the merge is undone."
        )
    )
    if macro.k < FEWEST:
        st.markdown(words("There are two segments: nothing would be left to tell apart."))
    else:
        first, second = _two(macro.key, names, words)
        if st.button(words("Merge them"), key="merge", icon=":material/merge:"):
            state.save_branch(branch.with_merge(base, macro, (first, second)))
            state.begin_anew()
    steps = branch.merges.get(base.key, ())
    if not steps:
        return
    told = words.plural(
        "{n:count} merge is in force: {before:count} segments became {after:count}.",
        "{n:count} merges are in force: {before:count} segments became {after:count}.",
        len(steps),
        before=base.k,
        after=macro.k,
    )
    st.markdown(escaped(told))
    if st.button(words("Undo the last merge"), key="merge_undo", icon=":material/undo:"):
        state.save_branch(branch.without_last_merge(base.key))
        state.begin_anew()


def _two(key: str, names: Sequence[str], words: Words) -> tuple[int, int]:
    """Let two segments be chosen."""
    places, (left, right) = range(len(names)), st.columns(2)
    first = left.selectbox(
        words("Merge"),
        places,
        format_func=lambda segment: names[segment],
        key=f"merge_first_{key}",
    )
    second = right.selectbox(
        words("with"),
        [segment for segment in places if segment != first],
        format_func=lambda segment: names[segment],
        key=f"merge_second_{key}_{first}",
    )
    return first, second
