"""One segment split again by other variables: tried first, then put in force or refused.

Enters: a visit with segments. Leaves: nothing. Refuses parts that are too small to pay or to trust,
with their number, the threshold and where it comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.ui import candidates, compute, naming, state, views
from pages.ui.figures import figure
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.charts import hierarchy_chart
from segmentation.criteria import THRESHOLDS, Verdict
from segmentation.criteria.substantiality import size_check
from segmentation.export import Share
from segmentation.structure import Partition, enough_to_split, too_small
from segmentation.study import Branch, Study
from segmentation.variables import FORMING_SCALES, Role, Variable
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.wording.structure import names_on_show
from segmentation.wording.terms import SOURCES
from segmentation.workflow import Judged

MOST_PARTS = 6
_MAY_FORM = (Role.BASIS, Role.DESCRIPTOR, Role.OUTCOME)


def split_tab(visit: Visit, words: Words) -> None:
    """Show how segments are split, and let another one be."""
    branch, found = compute.study_of(visit).branch, compute.partition(visit)
    names = naming.macro_names(visit, words)
    split = branch.splits_of(found.macro.key)
    st.caption(
        words(
            "First what customers have in common, then what tells them apart within: each "
            "micro-segment lies in exactly one segment, and their sizes add up."
        )
    )
    if found.parent is not None:
        own = compute.names(visit, found.k, words)
        hierarchy(found, compute.judged(visit, found.k), (names, own), words)
    for segment in sorted(split):
        label = words("Make “{name}” whole again", name=names[segment])
        if st.button(escaped(label), key=f"whole_{found.macro.key}_{segment}"):
            state.save_branch(branch.without_split(found.macro.key, segment))
            state.begin_anew()
    enough = enough_to_split(compute.study_of(visit).thresholds_in_force())
    large = [segment for segment, n in enumerate(found.macro.sizes) if n >= enough]
    whole = [segment for segment in large if segment not in split]
    if whole:
        _another(visit, whole, names, words)
    if len(large) < found.macro.k:
        floor = THRESHOLDS["size-n"]
        told = words(
            "Segments with fewer than {enough:count} customers cannot be split: each of two parts "
            "needs {least:count}. {source}",
            enough=enough,
            least=enough // 2,
            source=words(SOURCES[floor.source]),
        )
        st.caption(escaped(told))


def hierarchy(
    partition: Partition,
    judged: Judged,
    names: tuple[Sequence[str], Sequence[str]],
    words: Words,
) -> None:
    """Draw segments and micro-segments side by side, and list them."""
    sizes = judged.profile.sizes
    figure(
        partial(hierarchy_chart, partition, sizes, names, words),
        words("Segments at the left, their micro-segments at the right, by size"),
        "micro_segments",
        lambda: [
            {
                words("Segment"): names[0][segment.macro],
                words("Micro-segment"): names[1][size.segment],
                words("Number"): segment.number,
                words("Customers"): size.n,
                words("Share"): Share(size.share),
            }
            for segment, size in zip(partition.segments, sizes, strict=True)
        ],
    )


def _another(visit: Visit, whole: Sequence[int], names: Sequence[str], words: Words) -> None:
    study, macro = compute.study_of(visit), compute.partition(visit).macro
    segment = st.selectbox(
        words("Split"),
        whole,
        format_func=lambda place: names[place],
        key=f"split_segment_{macro.key}",
    )
    offered = {v.name: v for v in compute.variables(visit) if _may_form(v)}
    basis = st.multiselect(
        words("by these variables"),
        list(offered),
        key="split_basis",
        placeholder=words("two or more; other ones than before say more"),
    )
    k = st.selectbox(
        words("Number of micro-segments"),
        [None, *range(2, MOST_PARTS + 1)],
        format_func=lambda n: words("as suggested") if n is None else words.count(n),
        key="split_k",
    )
    part = study.branch.part(compute.variables(visit), basis, k)
    tried = replace(study, branch=study.branch.with_split(macro.key, segment, part))
    if st.button(
        words("Try the split"),
        key="split_try",
        icon=":material/call_split:",
        disabled=len(basis) < 2,
    ):
        candidates.begin(visit, tried)
    found = candidates.look(visit, tried) if len(basis) > 1 else None
    if found is not None:
        _tried(visit, tried, found, segment, words)
    elif candidates.is_asked(visit, tried):
        views.waiting(visit, words)


def _may_form(variable: Variable) -> bool:
    fits = variable.role in _MAY_FORM and variable.scale in FORMING_SCALES
    return fits and not variable.private


def _tried(visit: Visit, tried: Study, found: Partition, segment: int, words: Words) -> None:
    """Show the micro-segments of a split that is not in force, and what speaks against them."""
    judged = compute.judged_of(visit, tried, found)
    names = _names(tried.branch, found, words)
    own = [s for s in judged.profile.sizes if found.segments[s.segment].macro == segment]
    st.dataframe(
        [
            {
                words("Micro-segment"): names[size.segment],
                words("Customers"): size.n,
                words("Share of all customers"): words.percent(size.share),
            }
            for size in own
        ],
        hide_index=True,
    )
    thresholds = tried.thresholds_in_force()
    checks = [size_check(size, thresholds) for size in judged.profile.sizes]
    doubts = too_small(checks, found, segment)
    for check in doubts:
        told = words(
            "“{name}”: {why} {source}",
            name=names[check.segment],
            why=say(check.why, words),
            source=words(SOURCES[check.source]),
        )
        show = st.error if check.verdict is Verdict.FAIL else st.warning
        show(escaped(told), icon=":material/compress:")
    refused = any(check.verdict is Verdict.FAIL for check in doubts)
    if refused:
        st.markdown(
            words(
                "Too small to pay or to trust: take fewer micro-segments, or a larger segment. The "
                "thresholds are on the Checks page."
            )
        )
    if st.button(words("Use this split"), key="split_use", type="primary", disabled=refused):
        state.save_branch(tried.branch)
        state.begin_anew()


def _names(branch: Branch, found: Partition, words: Words) -> tuple[str, ...]:
    macro = branch.names_of(found.macro.key, found.macro.k)
    return names_on_show(found, branch.names_of(found.key, found.k), macro, words)
