"""The user's decisions about the scorecard, as TOML and back.

Enters: decisions, or a document. Leaves: the other. Refuses what is no decision, with its place.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Any

from segmentation.criteria import DEFAULT_POINTS, CriteriaChoices, ReachRules, SegmentPlan
from segmentation.criteria.choices import HIGHEST_RATING, RATINGS, TEXTS

_CHOICES = {"unknown_consent", "phone_country", "cut_off", "asked", "points"}


def choices_out(choices: CriteriaChoices) -> dict[str, Any]:
    """Return the decisions that differ from what holds without any, for TOML.

    Examples
    --------
    >>> choices_out(CriteriaChoices(reach=ReachRules(unknown_consent=True)))
    {'unknown_consent': True}
    """
    document = {
        "unknown_consent": choices.reach.unknown_consent,
        "phone_country": choices.reach.region,
        "cut_off": choices.cut_off,
        "asked": list(choices.asked),
        "points": dict(choices.points),
    }
    return {name: value for name, value in document.items() if value}


def choices_in(document: Mapping[str, Any]) -> CriteriaChoices:
    """Read the decisions.

    Raises
    ------
    ValueError, TypeError
        With the place, where there is something else.
    """
    for name in document.keys() - _CHOICES:
        raise ValueError(f"scorecard.{name}?")
    unknown = document.get("unknown_consent", False)
    region = document.get("phone_country", "")
    cut_off = document.get("cut_off")
    asked = document.get("asked", [])
    if not isinstance(unknown, bool):
        raise TypeError(f"unknown_consent = {unknown!r}?")
    if not (isinstance(region, str) and (not region or (len(region) == 2 and region.isalpha()))):
        raise ValueError(f"phone_country = {region!r}?")
    if not (isinstance(asked, list) and all(isinstance(name, str) for name in asked)):
        raise TypeError(f"asked = {asked!r}?")
    return CriteriaChoices(
        ReachRules(unknown, region.upper()), _day(cut_off), tuple(asked), _points(document)
    )


def _day(cut_off: object) -> dt.date | None:
    if cut_off is None or (isinstance(cut_off, dt.date) and not isinstance(cut_off, dt.datetime)):
        return cut_off
    raise TypeError(f"cut_off = {cut_off!r}?")


def _points(document: Mapping[str, Any]) -> dict[str, float]:
    points: dict[str, float] = {}
    for name, value in document.get("points", {}).items():
        known = name in DEFAULT_POINTS and isinstance(value, int | float)
        if not known or isinstance(value, bool) or not math.isfinite(value) or value < 0:
            raise ValueError(f"points.{name} = {value!r}?")
        points[name] = float(value)
    return points


def plans_out(plans: Mapping[str, Sequence[SegmentPlan]]) -> dict[str, list[dict[str, Any]]]:
    """Return the plans by solution as plain values for TOML."""
    return {key: [plan.written() for plan in each] for key, each in plans.items()}


def plans_in(document: Mapping[str, Any]) -> dict[str, tuple[SegmentPlan, ...]]:
    """Read the plans by solution.

    Raises
    ------
    ValueError, TypeError
        With the place, where there is something else than texts and ratings.
    """
    found: dict[str, tuple[SegmentPlan, ...]] = {}
    for key, listed in document.items():
        if not isinstance(listed, list):
            raise TypeError(f"plans.{key} = {listed!r}?")
        found[key] = tuple(_plan(f"plans.{key}", each) for each in listed)
    return found


def _plan(place: str, document: object) -> SegmentPlan:
    if not isinstance(document, Mapping):
        raise TypeError(f"{place} = {document!r}?")
    for name, value in document.items():
        is_text = name in TEXTS and isinstance(value, str)
        is_rating = name in RATINGS and type(value) is int and 0 <= value <= HIGHEST_RATING
        if not (is_text or is_rating):
            raise ValueError(f"{place}.{name} = {value!r}?")
    return SegmentPlan(**document)
