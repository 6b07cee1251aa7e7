"""What sets a segment apart: its largest differences from the market.

Enters: a profile. Leaves: ranked differences, each with its numbers. Refuses to know any language.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from segmentation.profiles.facts import Profile


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a segment differs from the market.

    Attributes
    ----------
    segment : int
    variable : str
    level : str or None
        For categories: which level.
    value, overall : float
        Mean or share in the segment and in the market.
    effect : float
        Difference in standard deviations of the market.
    basis : bool
        Whether the variable formed the segments.
    """

    segment: int
    variable: str
    level: str | None
    value: float
    overall: float
    effect: float
    basis: bool


def largest_differences(
    described: Profile, segment: int, *, basis: bool, n: int = 5, at_least: float = 0.2
) -> tuple[Difference, ...]:
    """Rank the largest differences of a segment, one a variable.

    Parameters
    ----------
    described : Profile
    segment : int
    basis : bool
        Whether basis variables or the others are ranked.
    n : int
        How many at most.
    at_least : float
        Smallest difference worth saying, in standard deviations (0.2 is a small effect by Cohen's
        convention).

    Returns
    -------
    tuple of Difference
        Largest first.
    """
    found: dict[str, Difference] = {}
    for candidate in _candidates(described, segment):
        if candidate.basis is not basis or not abs(candidate.effect) >= at_least:
            continue
        known = found.get(candidate.variable)
        if known is None or abs(candidate.effect) > abs(known.effect):
            found[candidate.variable] = candidate
    ranked = sorted(found.values(), key=lambda d: (-abs(d.effect), d.variable))
    return tuple(ranked[:n])


def largest_difference(described: Profile, *, basis: bool) -> Difference | None:
    """Return the largest difference of any segment, None where no difference is worth saying."""
    found = [
        difference
        for segment in range(described.k)
        for difference in largest_differences(described, segment, basis=basis, n=1)
    ]
    return max(found, key=lambda d: abs(d.effect), default=None)


def _candidates(described: Profile, segment: int) -> list[Difference]:
    basis = set(described.basis)
    numbers = [
        Difference(segment, f.variable, None, f.mean, f.overall, f.z, f.variable in basis)
        for f in described.numbers
        if f.segment == segment and not math.isnan(f.mean)
    ]
    levels = [
        Difference(
            segment,
            f.variable,
            f.level,
            f.share,
            f.overall,
            share_effect(f.share, f.overall),
            f.variable in basis,
        )
        for f in described.levels
        if f.segment == segment and f.level is not None and not math.isnan(f.share)
    ]
    return numbers + levels


def share_effect(share: float, overall: float) -> float:
    """Return by how many standard deviations of the market a share differs from the market's.

    Parameters
    ----------
    share, overall : float
        In [0, 1].

    Returns
    -------
    float
        0 where everybody, or nobody, in the market has it.

    Examples
    --------
    >>> share_effect(0.75, 0.5)
    0.5
    """
    spread = math.sqrt(overall * (1 - overall))
    return (share - overall) / spread if spread > 0 else 0.0
