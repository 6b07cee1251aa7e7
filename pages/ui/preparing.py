"""How the variables are prepared: what was done, what can be decided, and what that would do.

Enters: a visit. Leaves: nothing; a decision is saved at once. Refuses to try anything by itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.ui import compute, state, trying, views
from pages.ui.boundary import boundary
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.errors import JobCancelled, SegmentationError
from segmentation.preparation import Recipe
from segmentation.preparation.alternatives import Situation, scaled
from segmentation.variables import Role
from segmentation.wording import Words
from segmentation.wording.preparation import (
    COLLINEAR,
    SCALINGS,
    TRIES,
    effect_sentence,
    noise_finding,
)
from segmentation.workflow import role_names


def preparation(visit: Visit, words: Words) -> None:
    """Show what was done to the variables, and let it be decided otherwise."""
    recipe = compute.study_of(visit).branch.recipe
    try:
        compute.matrix(visit)
    except SegmentationError:
        _way_back(visit, words)
        raise
    with _section(recipe, words):
        _done_and_decided(visit, words)


def preparation_and_effects(visit: Visit, k: int, names: Sequence[str], words: Words) -> None:
    """Show the same beside ``k`` segments: what a change would do to them, and what is noise."""
    recipe = compute.study_of(visit).branch.recipe
    odd = trying.outlying_segments(visit, k)
    if odd:
        told = words(
            "Few customers far from everybody else: {names:list}. Probably outliers rather than a "
            "segment: look at their values on the Profiles page.",
            names=[names[segment] for segment in odd],
        )
        st.warning(escaped(told), icon=":material/scatter_plot:")
    with _section(recipe, words), boundary():
        try:
            is_trying = trying.is_trying(visit)
        except JobCancelled:
            is_trying = False
        _done_and_decided(visit, words)
        if is_trying:
            views.waiting(visit, words)
        # A visit has one job: nothing here shall end the test of the segments.
        busy = is_trying or compute.running_job(visit) is not None
        st.subheader(words("What each variable adds"), anchor=False)
        _noise(visit, k, words, busy=busy)
        st.subheader(words("What a change would do"), anchor=False)
        _tries(visit, k, words, busy=busy)


def _way_back(visit: Visit, words: Words) -> None:
    """Where the variables cannot be prepared as decided, offer the usual way."""
    branch = compute.study_of(visit).branch
    usual = Recipe(missing=branch.recipe.missing)
    if branch.recipe != usual and st.button(
        words("Go back to the usual preparation"), key="prepare_usual", icon=":material/undo:"
    ):
        state.save_branch(replace(branch, recipe=usual))
        state.begin_anew()


def _section(recipe: Recipe, words: Words) -> st.delta_generator.DeltaGenerator:
    """Closed, unless something is prepared in another way than usual."""
    usual = Recipe(missing=recipe.missing)
    return st.expander(
        words("How the variables are prepared"),
        expanded=recipe != usual,
        icon=":material/science:",
    )


def _done_and_decided(visit: Visit, words: Words) -> None:
    branch, found = compute.study_of(visit).branch, trying.circumstances(visit)
    views.prepared(compute.matrix(visit), words)
    basis = role_names(compute.variables(visit), Role.BASIS)
    decided = _decided(branch.recipe, found, basis, words)
    if decided != branch.recipe:
        state.save_branch(replace(branch, recipe=decided))
        st.rerun()


def _decided(recipe: Recipe, found: Situation, basis: Sequence[str], words: Words) -> Recipe:
    left, right = st.columns(2, gap="medium")
    with left:
        recipe = _scaling(recipe, found, words)
        if found.skewed:
            recipe = _logarithm(recipe, words)
        if found.extreme:
            recipe = _fence(recipe, words)
    with right:
        recipe = _emphasis(recipe, basis, words)
        if found.alike or recipe.collinear != "keep":
            recipe = _collinear(recipe, found, words)
        if found.has_battery:
            recipe = _habits(recipe, words)
    return recipe


def _scaling(recipe: Recipe, found: Situation, words: Words) -> Recipe:
    offered = [code for code in SCALINGS if code != "battery" or found.on_one_scale]
    present = "battery" if found.on_one_scale and recipe.battery_as_is else recipe.scale
    chosen = st.selectbox(
        words("What makes variables comparable"),
        offered,
        offered.index(present),
        format_func=lambda code: words(SCALINGS[code]),
        key=state.key("prepare_scale"),
    )
    if chosen == present:
        return recipe
    if chosen == "battery":
        return replace(recipe, battery_as_is=True)
    return scaled(recipe, chosen, found)


def _logarithm(recipe: Recipe, words: Words) -> Recipe:
    taken = math.isfinite(recipe.log_skew)
    wanted = st.checkbox(
        words("Take the logarithm of strongly skewed numbers"),
        taken,
        key=state.key("prepare_log"),
        help=words("So that a few very large values do not decide the segments."),
    )
    if wanted == taken:
        return recipe
    return replace(recipe, log_skew=Recipe().log_skew if wanted else math.inf)


def _fence(recipe: Recipe, words: Words) -> Recipe:
    moved = math.isfinite(recipe.fence_iqr)
    wanted = st.checkbox(
        words("Move extreme values to the fence"),
        moved,
        key=state.key("prepare_fence"),
        help=words("Three interquartile ranges beyond the quartiles (Tukey 1977)."),
    )
    if wanted == moved:
        return recipe
    return replace(recipe, fence_iqr=Recipe().fence_iqr if wanted else math.inf)


def _collinear(recipe: Recipe, found: Situation, words: Words) -> Recipe:
    offered = tuple(COLLINEAR)
    chosen = st.selectbox(
        words("Variables that say nearly the same"),
        offered,
        offered.index(recipe.collinear),
        format_func=lambda code: words(COLLINEAR[code]),
        key=state.key("prepare_collinear"),
        help=words(
            "What is asked several times counts several times. Nearly the same: a correlation "
            "above 0.8."
        ),
    )
    for group in found.alike:
        st.caption(escaped(words("Nearly the same: {names:list}", names=group)))
    return replace(recipe, collinear=chosen)


def _habits(recipe: Recipe, words: Words) -> Recipe:
    wanted = st.checkbox(
        words("Leave out each customer’s habit of answering"),
        recipe.response_style == "center",
        key=state.key("prepare_habits"),
        help=words(
            "Some people agree with everything. Then only differences from a customer’s own mean "
            "answer count: what somebody prefers, not how much somebody likes everything."
        ),
    )
    return replace(recipe, response_style="center" if wanted else "keep")


def _emphasis(recipe: Recipe, basis: Sequence[str], words: Words) -> Recipe:
    present = [name for name in basis if recipe.counts(name) != 1.0]
    chosen = st.multiselect(
        words("These count twice"),
        basis,
        present,
        key=state.key("prepare_emphasis"),
        placeholder=words("none: every variable counts the same"),
    )
    if set(chosen) == set(present):
        return recipe
    resting = {name: factor for name, factor in recipe.emphasis if name not in basis}
    twice = {name: recipe.counts(name) if name in present else 2.0 for name in chosen}
    return recipe.with_emphasis(resting | twice)


def _tries(visit: Visit, k: int, words: Words, *, busy: bool) -> None:
    """List the changes, each with a button; a change that was tried shows what it does."""
    st.caption(
        words(
            "A quick test with k-means on at most 2,000 customers: how surely {k} segments are "
            "found again in other samples (median adjusted Rand index, 1 is always), and whether "
            "they stay the same.",
            k=k,
        )
    )
    for change in trying.changes(visit, k):
        told = words(TRIES[change.code], names=change.names)
        effect = trying.known_effect(visit, k, change)
        text, button = st.columns([4, 1], vertical_alignment="center")
        if effect is None:
            text.markdown(escaped(told))
            if button.button(
                words("Try"), key=f"try_{change.code}", disabled=busy, width="stretch"
            ):
                trying.start_trying(visit, k, change)
                st.rerun()
            continue
        text.markdown(f"**{escaped(told)}**  \n{escaped(effect_sentence(effect, words))}")
        if button.button(words("Use it"), key=f"use_{change.code}", disabled=busy, width="stretch"):
            state.save_branch(change.branch)
            state.begin_anew()


def _noise(visit: Visit, k: int, words: Words, *, busy: bool) -> None:
    known = trying.known_contributions(visit, k)
    if known is None:
        st.caption(
            words(
                "Puts noise in the place of each variable and finds the segments again: a variable "
                "that is explained no better than noise only blurs them."
            )
        )
        if st.button(
            words("Look for variables that add nothing"),
            key="look_for_noise",
            icon=":material/grain:",
            disabled=busy,
        ):
            trying.start_looking_for_noise(visit, k)
            st.rerun()
        return
    st.markdown(escaped(noise_finding(known, words)))
    ordered = sorted(known.items(), key=lambda item: -item[1].explained)
    st.dataframe(
        [
            {
                words("Variable"): name,
                words("Differences explained"): words.percent(found.explained),
                words("Noise in its place"): words.percent(found.noise),
                words("Explained by the others"): words.percent(found.by_others),
                words("Agreement without it"): words.number(found.without),
            }
            for name, found in ordered
        ],
        hide_index=True,
    )
