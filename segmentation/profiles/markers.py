"""The profile plot's numbers: every basis variable of every segment, and which of them mark it.

Enters: a profile and its variables. Leaves: :class:`Mark` rows, similar variables beside each
other. Refuses variables that did not form the segments: they describe, but do not define.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage

from segmentation.profiles.differences import share_effect
from segmentation.profiles.facts import LevelFact, NumberFact, Profile
from segmentation.variables import Scale, Variable

# A share is a marker when it is so far from the market's, or so far in proportion to it [1]_.
SHARE_APART, SHARE_IN_PROPORTION = 0.25, 0.5
# For numbers the book gives no rule; half a standard deviation is this project's choice.
NUMBER_APART = 0.5
Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """One variable, or one level of a category, in one segment.

    Attributes
    ----------
    segment : int
    variable : str
    level : str or None
    value, overall : float
        Mean or share in the segment and in the market.
    is_share : bool
        Whether these are shares in [0, 1].
    effect : float
        Difference in standard deviations of the market.
    is_marker : bool
        Whether the segment is known by it [1]_.

    References
    ----------
    .. [1] Dolnicar, Gruen & Leisch (2018), Market segmentation analysis, Springer, chapter 8: 0.25
       of the whole, or half of the market's share.
    """

    segment: int
    variable: str
    level: str | None
    value: float
    overall: float
    is_share: bool
    effect: float
    is_marker: bool


def marks(described: Profile, variables: Sequence[Variable]) -> tuple[Mark, ...]:
    """Return the basis variables of every segment, similar variables next to each other.

    Parameters
    ----------
    described : Profile
    variables : sequence of Variable

    Returns
    -------
    tuple of Mark
        By variable in the order to draw them, then by segment. Variables are ordered by
        hierarchical clustering of how they differ from segment to segment, so that similar ones
        stand together. A category gives a mark a level; a ranked one its mean rank alone.
    """
    basis = {v.name: v for v in variables if v.name in described.basis}
    rows: dict[Key, list[Mark]] = {}
    numbers = [fact for fact in described.numbers if fact.variable in basis]
    for fact in numbers:
        is_share = basis[fact.variable].scale is Scale.BINARY
        rows.setdefault((fact.variable, None), []).append(_of_number(fact, is_share))
    counted = {fact.variable for fact in numbers}
    for level in described.levels:
        if level.variable in basis and level.variable not in counted and level.level is not None:
            rows.setdefault((level.variable, level.level), []).append(_of_level(level))
    return tuple(mark for key in _order(rows) for mark in rows[key])


def _of_number(fact: NumberFact, is_share: bool) -> Mark:
    apart = _shares_apart(fact.mean, fact.overall) if is_share else abs(fact.z) >= NUMBER_APART
    return Mark(fact.segment, fact.variable, None, fact.mean, fact.overall, is_share, fact.z, apart)


def _of_level(fact: LevelFact) -> Mark:
    return Mark(
        fact.segment,
        fact.variable,
        fact.level,
        fact.share,
        fact.overall,
        True,
        share_effect(fact.share, fact.overall),
        _shares_apart(fact.share, fact.overall),
    )


def _shares_apart(share: float, overall: float) -> bool:
    away = abs(share - overall)  # NaN where nobody has a value, and then no comparison holds
    return away >= SHARE_APART or (overall > 0 and away / overall >= SHARE_IN_PROPORTION)


def _order(rows: Mapping[Key, Sequence[Mark]]) -> list[Key]:
    """Order variables so that neighbours differ alike from segment to segment."""
    keys = list(rows)
    if len(keys) < 3:
        return keys
    effects = [[0.0 if math.isnan(m.effect) else m.effect for m in rows[key]] for key in keys]
    tree = linkage(np.array(effects), "average", optimal_ordering=True)
    return [keys[i] for i in leaves_list(tree)]
