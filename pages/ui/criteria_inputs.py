"""Widgets of the Checks page: thresholds, consent, countries, the data's last day, points, plans.

Enters: the study. Leaves: its decisions as changed. Refuses to save: the page does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.ui import state
from segmentation.criteria import (
    DEFAULT_POINTS,
    THRESHOLDS,
    CriteriaChoices,
    ReachRules,
    SegmentPlan,
    Threshold,
    Thresholds,
)
from segmentation.criteria.choices import HIGHEST_RATING, LOWEST_RATING, POINTS
from segmentation.criteria.identifiers import LIKELY_REGIONS
from segmentation.wording import Words
from segmentation.wording.criteria_terms import ATTRIBUTE_SOURCES, ATTRIBUTES
from segmentation.wording.terms import SOURCES, THRESHOLD_NAMES

_MONEY = ("response-rate", "margin", "contact-cost", "fixed-cost")


def thresholds(in_force: Thresholds, words: Words) -> dict[str, float]:
    """Return the thresholds as set: the user's money first, then what has a default."""
    chosen: dict[str, float] = {}
    st.caption(words("Your figures: they tell from how many customers on a segment pays."))
    money = st.columns(4)
    for column, code in zip(money, _MONEY, strict=True):
        with column:
            chosen[code] = _threshold(THRESHOLDS[code], in_force, words)
    st.caption(words("Thresholds with a default; the question mark tells where each comes from."))
    others = [threshold for code, threshold in THRESHOLDS.items() if code not in _MONEY]
    columns = st.columns(2)
    for position, threshold in enumerate(others):
        with columns[position % 2]:
            chosen[threshold.code] = _threshold(threshold, in_force, words)
    return chosen


def _threshold(threshold: Threshold, in_force: Thresholds, words: Words) -> float:
    name, code = words(THRESHOLD_NAMES[threshold.code]), threshold.code
    factor = 100 if threshold.is_share else 1
    value = in_force.value(code) * factor
    fine = not threshold.is_share and 0 < threshold.default < 1
    typed = st.number_input(
        f"{name} (%)" if threshold.is_share else name,
        0.0,
        100.0 if threshold.is_share else 1e9,
        float(min(max(value, 0.0), 100.0 if threshold.is_share else 1e9)),
        step=0.01 if fine else 1.0,
        key=state.key(f"threshold_{code}"),
        help=words(SOURCES[threshold.source]),
    )
    return round(typed / factor, 6)


def consent(choices: CriteriaChoices, words: Words, *, has_numbers: bool) -> CriteriaChoices:
    """Return how unknown consent counts, and of which country bare telephone numbers are."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    unknown = left.checkbox(
        words("Count unknown consent as given"),
        choices.reach.unknown_consent,
        key=state.key("unknown_consent"),
        help=words("A decision of yours, kept in the study. Without it nobody is guessed in."),
    )
    region = choices.reach.region
    if has_numbers:
        offered = ["", *sorted({*LIKELY_REGIONS, *([region] if region else [])})]
        region = right.selectbox(
            words("Country of telephone numbers without a country code"),
            offered,
            offered.index(region),
            format_func=lambda code: code or words("where most are valid"),
            key=state.key("phone_country"),
        )
    return replace(choices, reach=ReachRules(unknown, region))


def cut_off(choices: CriteriaChoices, words: Words) -> CriteriaChoices:
    """Return the last day the data are about; none takes the newest date of the file."""
    day = st.date_input(
        words("Last day of the data"),
        choices.cut_off,
        min_value=dt.date(1990, 1, 1),
        key=state.key("cut_off"),
        help=words("Blank: the newest date in the file that is not in the future."),
    )
    return replace(choices, cut_off=day if isinstance(day, dt.date) else None)


def points(choices: CriteriaChoices, words: Words) -> CriteriaChoices:
    """Return the points of each attribute as distributed."""
    st.caption(
        words(
            "Distribute {points:count} points over what makes a segment attractive to you; other "
            "totals are scaled. Default: 25 each for size, value, reach and stability, our choice.",
            points=POINTS,
        )
    )
    own = choices.points or DEFAULT_POINTS
    typed: dict[str, float] = {}
    columns = st.columns(4)
    for position, name in enumerate(ATTRIBUTES):
        with columns[position % 4]:
            typed[name] = st.number_input(
                words(ATTRIBUTES[name]),
                0.0,
                float(POINTS),
                float(min(max(own.get(name, 0.0), 0.0), POINTS)),
                step=5.0,
                key=state.key(f"points_{name}"),
                help=words(ATTRIBUTE_SOURCES[name]),
            )
    given = sum(typed.values())
    if given != POINTS:
        st.caption(
            words("{given:number} of {points:count} points given.", given=given, points=POINTS)
        )
    changed = typed != {name: float(own.get(name, 0.0)) for name in ATTRIBUTES}
    return replace(choices, points=typed) if changed else choices


def plans(
    known: Sequence[SegmentPlan], names: Sequence[str], key: str, words: Words
) -> tuple[SegmentPlan, ...]:
    """Show the plan of every segment as a table to fill in; return it as filled in."""
    rows: list[dict[str, object]] = [
        {
            "name": name,
            "strength": plan.strength,
            "owner": plan.owner,
            "offer": plan.offer,
            "channel": plan.channel,
            "growth": plan.growth,
            "ease": plan.ease,
        }
        for name, plan in zip(names, known, strict=True)
    ]
    config = st.column_config
    editor = state.key(f"plans_{key}")
    edited = st.data_editor(
        state.baseline(editor, rows),
        key=editor,
        hide_index=True,
        disabled=["name"],
        placeholder="",
        column_config={
            "name": config.TextColumn(words("Segment"), pinned=True),
            "strength": _rating_column(words("Our strength (0 to 10)")),
            "owner": config.TextColumn(words("Owner"), max_chars=200),
            "offer": config.TextColumn(words("Offer"), max_chars=200),
            "channel": config.TextColumn(words("Channel"), max_chars=200),
            "growth": _rating_column(words("Growth (0 to 10)")),
            "ease": _rating_column(words("Little competition (0 to 10)")),
        },
    )
    return tuple(_plan(row).tidied() for row in edited)


def _rating_column(title: str) -> Any:
    return st.column_config.NumberColumn(
        title, min_value=LOWEST_RATING, max_value=HIGHEST_RATING, step=1
    )


def _plan(row: Mapping[str, object]) -> SegmentPlan:
    return SegmentPlan(
        owner=str(row["owner"] or ""),
        offer=str(row["offer"] or ""),
        channel=str(row["channel"] or ""),
        strength=_rating(row["strength"]),
        growth=_rating(row["growth"]),
        ease=_rating(row["ease"]),
    )


def _rating(typed: object) -> int | None:
    return round(typed) if isinstance(typed, int | float) else None
