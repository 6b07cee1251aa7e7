"""Segments, profiles and checks on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from pages.ui import views
from pages.ui.criteria_views import criteria_table
from pages.ui.figures import figure
from pages.ui.text import escaped
from segmentation.charts import left_curve, separation_curve
from segmentation.charts.theme import told_interval
from segmentation.export.solution_rows import left_rows, separation_rows
from segmentation.notes import Note
from segmentation.profiles import Profile, largest_difference
from segmentation.validation import Advice, Structure, Trust, advise
from segmentation.variables import Variable
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.wording.sentences import difference_finding
from segmentation.workflow import Extraction


def recommendation(extraction: Extraction, trust: Trust | None, words: Words) -> None:
    """Say what the data support, before any number is chosen, and what the test made of it."""
    choice = extraction.choice
    text = escaped(say(choice.reason, words))
    if choice.recommended_k == 1:
        st.warning(text, icon=":material/blur_on:")
        st.markdown(
            words(
                "That is a result, not a failure. What helps: other variables, about what "
                "customers want rather than who they are; one part of the market only, by the "
                "filter on the Table page; or treating it as one market and steering by value or "
                "recency."
            )
        )
    elif choice.cautions:  # a number that something speaks against is not praised
        told = [f"- {escaped(say(caution, words))}" for caution in choice.cautions]
        st.warning("\n".join([text, "", *told]), icon=":material/warning:")
    elif trust is None:
        st.success(text, icon=":material/lightbulb:")
    else:  # what the test says carries the colour
        st.info(text, icon=":material/lightbulb:")
    if trust is not None:
        advice = advise(choice, trust)
        cautioned = bool(choice.cautions) and advice.k == choice.recommended_k
        _advice(advice, words, cautioned=cautioned)


def _advice(advice: Advice, words: Words, *, cautioned: bool) -> None:
    """Say what the test makes of the suggestion; no praise where a caution speaks against it."""
    text = escaped(say(advice.reason, words))
    if advice.structure is Structure.NATURAL and not cautioned:
        st.success(text, icon=":material/verified:")
    elif advice.structure is Structure.NATURAL:
        st.info(text, icon=":material/verified:")
    elif advice.structure is Structure.REPRODUCIBLE:
        st.info(text, icon=":material/repeat:")
    else:
        st.warning(text, icon=":material/content_cut:")


def solution_facts(extraction: Extraction, k: int, words: Words) -> None:
    """Say how good and how sure the solution is."""
    solution = extraction.family.solution(k)
    explained = 1 - solution.inertia / extraction.family.total
    facts = st.columns(3)
    facts[0].metric(
        words("Separation (silhouette)"),
        words.number(extraction.silhouettes[k]),
        help=words("From -1 to 1. Below 0.25 weak, above 0.5 clear (Kaufman & Rousseeuw 1990)."),
    )
    facts[1].metric(
        words("Differences explained"),
        words.percent(explained),
        help=words("Share of the differences between customers that lies between segments."),
    )
    if solution.restarts > 1:  # a method without chance has one run and one answer
        facts[2].metric(
            words("Best solution found"),
            words("{n:count} of {all:count} runs", n=solution.best_found, all=solution.restarts),
            help=words("Runs that ended within 0.01 % of the best. Fewer than 2: trust it less."),
        )
    views.notes(extraction.family.notes, words)
    if solution.n_unassigned:
        st.markdown(escaped(say(Note.of("unassigned", n=solution.n_unassigned), words)))
    if solution.best_found < 2 <= solution.restarts:
        st.warning(words("The best solution was found only once: a better one may exist."))


def sweep_pictures(extraction: Extraction, k: int, words: Words) -> None:
    """Show separation and remaining differences side by side."""
    separation, left = st.columns(2, gap="large")
    with separation:
        figure(
            partial(separation_curve, extraction, k, words),
            words("Separation for each number of segments"),
            "separation",
            lambda: separation_rows(extraction, words),
        )
    with left:
        figure(
            partial(left_curve, extraction, k, words),
            words("Differences left within segments for each number of segments"),
            "differences_left",
            lambda: left_rows(extraction, words),
        )
    st.caption(words("Filled: the number on show. Ringed: the number that is suggested."))


def number_tables(
    extraction: Extraction,
    trust: Trust | None,
    described: Profile,
    names: Sequence[str],
    words: Words,
) -> None:
    """Show the numbers behind the pictures: sizes, and the quality of each number of segments."""
    with st.expander(words("The numbers as a table")):
        size_rows(described, names, words)
        criteria_table(extraction, trust, words)


def size_rows(described: Profile, names: Sequence[str], words: Words) -> None:
    """List the sizes of the segments with their intervals."""
    st.dataframe(
        [
            {
                words("Segment"): names[size.segment],
                words("Customers"): size.n,
                words("Share"): words.percent(size.share),
                words("From (95 %)"): words.percent(size.low),
                words("To (95 %)"): words.percent(size.high),
            }
            for size in described.sizes
        ],
        hide_index=True,
    )


def profile_finding(
    described: Profile,
    variables: Sequence[Variable],
    names: Sequence[str],
    words: Words,
    *,
    basis: bool,
) -> str:
    """Say which segment stands out most in what formed the segments, or in what describes them."""
    largest = largest_difference(described, basis=basis)
    differing = next((v for v in variables if largest and v.name == largest.variable), None)
    return difference_finding(largest, differing, names, words)


def basis_title(words: Words, *, given: bool) -> str:
    """Head the variables with the role of a basis; nobody knows what formed given segments."""
    return words("What could form segments") if given else words("What formed the segments")


def numbers_by_part(described: Profile) -> tuple[list[str], list[str]]:
    """Return the numeric variables that formed the segments, and the others, in file order."""
    names = list(dict.fromkeys(fact.variable for fact in described.numbers))
    basis = [name for name in names if name in described.basis]
    return basis, [name for name in names if name not in described.basis]


def profile_tables(described: Profile, names: Sequence[str], words: Words) -> None:
    """Show the profile's numbers: means, and shares of categories."""
    with st.expander(words("The numbers as a table"), icon=":material/table_rows:"):
        numbers: dict[str, dict[str, object]] = {}
        for fact in described.numbers:
            row = numbers.setdefault(fact.variable, {words("Variable"): fact.variable})
            row[words("Overall")] = words.number(fact.overall)
            row[names[fact.segment]] = _with_interval(fact.mean, fact.interval, words.number)
        st.dataframe(list(numbers.values()), hide_index=True)
        levels: dict[tuple[str, str | None], dict[str, object]] = {}
        for level in described.levels:
            row = levels.setdefault(
                (level.variable, level.level),
                {
                    words("Variable"): level.variable,
                    words("Category"): level.level or words("all others"),
                    words("Overall"): words.percent(level.overall),
                },
            )
            row[names[level.segment]] = _with_interval(level.share, level.interval, words.percent)
        if levels:
            st.dataframe(list(levels.values()), hide_index=True)
        st.caption(words("In brackets: 95 % intervals, by Student’s t; of shares by Wilson."))


def _with_interval(
    value: float, bounds: tuple[float, float], written: Callable[[float], str]
) -> str:
    """Write a number with its 95 % interval, where it has one."""
    told = told_interval(bounds, written)
    return written(value) if told == "–" else f"{written(value)} ({told})"
