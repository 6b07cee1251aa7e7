"""Attractiveness: 100 points distributed over what matters, against the organisation's strength.

Enters: a scorecard's evidence, the user's points and ratings. Leaves: values from 0 to 10 and their
weighted mean for every segment. Refuses to rate what nobody knows: such an attribute is left out
and its points are shared among the others, which is said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segmentation.criteria.channels import DIRECT
from segmentation.criteria.choices import DEFAULT_POINTS, HIGHEST_RATING, POINTS, SegmentPlan
from segmentation.criteria.scorecard import Evidence
from segmentation.profiles import Profile

Ratings = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a segment stands in the evaluation plot.

    Attributes
    ----------
    segment : int
    attractiveness : float or None
        Weighted mean of its ratings, from 0 to 10; None where no weighted attribute is known.
    strength : float or None
        The user's rating of the organisation, from 0 to 10; None before it is given.
    ratings : mapping of str to float or None
        By attribute, from 0 to 10.
    """

    segment: int
    attractiveness: float | None
    strength: float | None
    ratings: Ratings


def shared_points(points: Mapping[str, float]) -> dict[str, float]:
    """Return the points in force, scaled to add up to 100; the defaults where none are positive.

    Parameters
    ----------
    points : mapping of str to float
        By attribute; negative ones count as none.

    Returns
    -------
    dict of str to float

    Examples
    --------
    >>> shared_points({"size": 30, "reach": 10})["size"]
    75.0
    """
    own = {name: max(0.0, float(points.get(name, 0))) for name in DEFAULT_POINTS}
    if not math.isfinite(sum(own.values())) or sum(own.values()) <= 0:
        own = {name: float(default) for name, default in DEFAULT_POINTS.items()}
    total = sum(own.values())
    return {name: POINTS * value / total for name, value in own.items()}


def places(
    evidence: Evidence, described: Profile, outcome: str | None, points: Mapping[str, float]
) -> tuple[Place, ...]:
    """Rate every segment.

    Parameters
    ----------
    evidence : Evidence
    described : Profile
    outcome : str or None
        The number whose total is the value of a segment; None where the file has none.
    points : mapping of str to float
        The user's; see :func:`shared_points`.

    Returns
    -------
    tuple of Place
        By segment.

    Notes
    -----
    Size and value: the largest segment has 10, the others their share of that. Reach: 10 times the
    share of members reached by the best direct channel. Stability: 10 times SLSW. Rule: from 0 at a
    balanced accuracy of one half to 10 at one. Growth and ease: the user's ratings.
    """
    weights = shared_points(points)
    measured = _measured(evidence, described, outcome)
    found = []
    for size, plan in zip(evidence.sizes, evidence.plans, strict=True):
        s = size.segment
        ratings: dict[str, float | None] = {name: by[s] for name, by in measured.items()}
        ratings |= {"growth": plan.growth, "ease": plan.ease}
        found.append(Place(s, _weighted(ratings, weights), _strength(plan), ratings))
    return tuple(found)


def unrated(found: Sequence[Place], points: Mapping[str, float]) -> tuple[str, ...]:
    """Return the attributes that have points, but are not known of every segment."""
    weights = shared_points(points)
    return tuple(
        name
        for name, weight in weights.items()
        if weight > 0 and any(place.ratings[name] is None for place in found)
    )


def _measured(
    evidence: Evidence, described: Profile, outcome: str | None
) -> dict[str, list[float | None]]:
    k = len(evidence.sizes)
    best = [
        max(
            (c.share for c in evidence.reach.channels if c.segment == s and c.channel in DIRECT),
            default=None,
        )
        for s in range(k)
    ]
    again = evidence.tested.found_again or (None,) * k
    rules = {rule.segment: 2 * rule.balanced_accuracy - 1 for rule in evidence.rules}
    return {
        "size": _to_largest([float(size.share) for size in evidence.sizes]),
        "value": _to_largest(_totals(described, outcome)),
        "reach": [_rated(share) for share in best],
        "stability": [_rated(share) for share in again],
        "rule": [_rated(rules.get(s)) for s in range(k)],
    }


def value_outcome(described: Profile, outcomes: Sequence[str]) -> str | None:
    """Return the first outcome that is an amount: a number that is more than a yes or a rank."""
    levelled = {level.variable for level in described.levels}
    numbers = {fact.variable for fact in described.numbers} - levelled
    return next((name for name in outcomes if name in numbers), None)


def _totals(described: Profile, outcome: str | None) -> list[float | None]:
    """The total of the outcome in each segment."""
    facts = {f.segment: f for f in described.numbers if f.variable == outcome}
    return [
        facts[s].mass * facts[s].mean if s in facts and facts[s].n else None
        for s in range(described.k)
    ]


def _to_largest(values: Sequence[float | None]) -> list[float | None]:
    largest = max((value for value in values if value is not None), default=0.0)
    return [
        None if value is None or largest <= 0 else HIGHEST_RATING * max(0.0, value) / largest
        for value in values
    ]


def _rated(share: float | None) -> float | None:
    if share is None or math.isnan(share):
        return None
    return HIGHEST_RATING * min(max(share, 0.0), 1.0)


def _weighted(ratings: Ratings, weights: Mapping[str, float]) -> float | None:
    known = [(rating, weights[name]) for name, rating in ratings.items() if rating is not None]
    total = sum(weight for _, weight in known)
    return sum(rating * weight for rating, weight in known) / total if total > 0 else None


def _strength(plan: SegmentPlan) -> float | None:
    return None if plan.strength is None else float(plan.strength)
