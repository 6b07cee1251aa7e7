"""Small groups stay hidden: what a report may say of a profile and of reach.

Enters: a profile, channels. Leaves: the same without numbers of fewer than five customers, and
without a second one where a total would tell the first. Refuses to round them instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from segmentation.criteria import ChannelReach
from segmentation.geography.hiding import hidden_cells
from segmentation.geography.tally import HIDDEN_BELOW
from segmentation.profiles import LevelFact, NumberFact, Profile, SegmentSize

Fact = TypeVar("Fact", NumberFact, LevelFact)


def hidden_segments(sizes: Sequence[SegmentSize]) -> frozenset[int]:
    """Return the segments whose size is not told.

    Parameters
    ----------
    sizes : sequence of SegmentSize

    Returns
    -------
    frozenset of int
        Those of fewer than five customers, and one more where the total would tell a single one.

    Examples
    --------
    >>> sizes = [SegmentSize(s, n, 0.0, 0.0, 0.0) for s, n in enumerate((80, 30, 3))]
    >>> sorted(hidden_segments(sizes))
    [1, 2]
    """
    hidden = hidden_cells(np.array([[size.n for size in sizes]]), complete=False)[0]
    return frozenset(int(segment) for segment in np.flatnonzero(hidden))


def without_small_groups(described: Profile) -> Profile:
    """Return a profile in which the numbers of small groups are unknown.

    Parameters
    ----------
    described : Profile

    Returns
    -------
    Profile
        Means and shares of fewer than five customers are NaN, and so is a second one where the
        others and the market's would tell the first; of yes and no, and of the levels of a
        category, each count is looked at.
    """
    unseen = hidden_segments(described.sizes)
    numbers = [
        fact
        for facts in _by_variable(described.numbers)
        for fact in _safe_numbers(facts, described.k, unseen)
    ]
    levels = [
        fact
        for facts in _by_variable(described.levels)
        for fact in _safe_levels(facts, described.k, unseen)
    ]
    return replace(described, numbers=tuple(numbers), levels=tuple(levels))


def _by_variable(facts: Sequence[Fact]) -> Iterable[list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.variable, []).append(fact)
    return found.values()


def _safe_numbers(
    facts: Sequence[NumberFact], k: int, unseen: frozenset[int]
) -> Iterable[NumberFact]:
    counts, small = np.zeros(k, dtype=np.int64), np.zeros(k, dtype=np.bool_)
    for fact in facts:
        counts[fact.segment] = fact.n
        small[fact.segment] = any(0 < part < HIDDEN_BELOW for part in _parts(fact))
    if small.sum() == 1:  # the others and the market's would tell it
        others = np.flatnonzero(~small & (counts > 0))
        small[others[counts[others].argmin()] if others.size else 0] = True
    for fact in facts:
        if small[fact.segment] or fact.segment in unseen:
            nothing = math.nan
            yield replace(fact, n=0, mean=nothing, sd=nothing, index=nothing, z=nothing)
        else:
            yield fact


def _safe_levels(facts: Sequence[LevelFact], k: int, unseen: frozenset[int]) -> Iterable[LevelFact]:
    order = list(dict.fromkeys(fact.level for fact in facts))
    counts = np.zeros((len(order), k), dtype=np.int64)
    for fact in facts:
        counts[order.index(fact.level), fact.segment] = fact.n
    hidden = hidden_cells(counts, complete=True)
    for fact in facts:
        if hidden[order.index(fact.level), fact.segment] or fact.segment in unseen:
            yield replace(fact, n=0, share=math.nan, index=math.nan)
        else:
            yield fact


def _parts(fact: NumberFact) -> tuple[int, ...]:
    """Return the groups that a number tells of: those who have it; of yes and no, each."""
    if not fact.is_share or math.isnan(fact.mean):
        return (fact.n,)
    yes = round(fact.n * fact.mean)
    return fact.n, yes, fact.n - yes


def told_channels(channels: Iterable[ChannelReach]) -> tuple[ChannelReach, ...]:
    """Return the channels whose numbers may be told: neither those reached nor the rest are few.

    Parameters
    ----------
    channels : iterable of ChannelReach

    Returns
    -------
    tuple of ChannelReach
    """
    return tuple(
        each
        for each in channels
        if not hidden_cells(
            np.array([[each.reachable, each.members - each.reachable]]), complete=False
        ).any()
    )


def told_counts(counts: Sequence[float]) -> tuple[float | None, ...]:
    """Return counts that add up to a number that is told, small ones hidden.

    Parameters
    ----------
    counts : sequence of float

    Returns
    -------
    tuple of float or None
        None where a number is not told.

    Examples
    --------
    >>> told_counts([90, 30, 2])
    (90, None, None)
    """
    hidden = hidden_cells(np.rint(np.array([counts])).astype(np.int64), complete=False)[0]
    return tuple(None if hide else n for hide, n in zip(hidden, counts, strict=True))
