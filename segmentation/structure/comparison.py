"""Two ways to segment the same customers, side by side: who is where, who moved, which is clearer.

Enters: two partitions, or two profiles. Leaves: a :class:`Comparison`, or a share. Refuses to say
which is better: a clearer profile need not pay more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from segmentation.profiles import LevelFact, NumberFact, Profile
from segmentation.structure.partition import Partition
from segmentation.validation.agreement import adjusted_rand

# A difference below Cohen's (1988) small effect of eta squared is none to speak of.
CLEARER_BY = 0.01
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Move:
    """Customers who are in another segment than the one that theirs became.

    Attributes
    ----------
    before, after : int or None
        Their segments; None for customers who belong to none.
    n : int
        How many.
    share : float
        Of the customers of ``before``, in (0, 1].
    """

    before: int | None
    after: int | None
    n: int
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two partitions of the same customers.

    Attributes
    ----------
    counts : ndarray of shape (k, k')
        Customers by both segments; a last row or column holds those who belong to none, where
        there are any.
    agreement : float
        Adjusted Rand index [1]_: 1 the same, about 0 as by chance.
    became : tuple of (int or None)
        For each segment the one it became: pairs are chosen so that as few as possible move [2]_.
    moves : tuple of Move
        The largest first.

    References
    ----------
    .. [1] Hubert & Arabie (1985), Comparing partitions, Journal of Classification 2:193-218.
    .. [2] Kuhn (1955), The Hungarian method for the assignment problem, Naval Research Logistics
       Quarterly 2:83-97.
    """

    counts: npt.NDArray[np.int64]
    agreement: float
    became: tuple[int | None, ...]
    moves: tuple[Move, ...]

    @property
    def n(self) -> int:
        """Customers of both."""
        return int(self.counts.sum())

    @property
    def n_moved(self) -> int:
        """Customers who are not in the segment that theirs became."""
        return sum(move.n for move in self.moves)


def compare(one: Partition, other: Partition) -> Comparison:
    """Put two partitions side by side; customers who are in one of them only are left out.

    Parameters
    ----------
    one, other : Partition

    Returns
    -------
    Comparison

    Examples
    --------
    >>> from segmentation.structure.partition import Segment
    >>> def made(*labels):
    ...     segments = (Segment(0), Segment(1))
    ...     return Partition("", np.arange(len(labels)), np.array(labels, np.int16), segments)
    >>> found = compare(made(0, 0, 0, 1), made(1, 1, 0, 0))
    >>> found.became, found.n_moved, found.moves[0]
    ((1, 0), 1, Move(before=0, after=0, n=1, share=0.3333333333333333))
    """
    shared = np.isin(one.rows, other.rows)
    here, there = one.labels[shared], other.at(one.rows[shared])
    counts = np.zeros((one.k + 1, other.k + 1), np.int64)
    np.add.at(counts, (here, there), 1)  # -1 is the last row and column
    agreement = float(adjusted_rand(counts[None].astype(np.float64), None)[0])
    became = _pairs(counts[:-1, :-1])
    moves = _moves(counts, [*became, None])
    rows = one.k + int(counts[-1].any())
    columns = other.k + int(counts[:, -1].any())
    return Comparison(counts[:rows, :columns], agreement, became, moves)


def _pairs(counts: npt.NDArray[np.int64]) -> tuple[int | None, ...]:
    before, after = linear_sum_assignment(counts, maximize=True)
    became = dict(zip(before.tolist(), after.tolist(), strict=True))
    return tuple(became.get(segment) for segment in range(len(counts)))


def _moves(counts: npt.NDArray[np.int64], became: list[int | None]) -> tuple[Move, ...]:
    k, others = counts.shape[0] - 1, counts.shape[1] - 1
    found = []
    for place, row in enumerate(counts):
        stay = others if place == k else became[place]
        for target in np.flatnonzero(row).tolist():
            if target != stay:
                before = None if place == k else place
                after = None if target == others else target
                n = int(row[target])
                found.append(Move(before, after, n, n / int(row.sum())))
    return tuple(sorted(found, key=lambda move: -move.n))


def explained(described: Profile) -> dict[str, float]:
    """Share of the differences between customers that lies between segments, by variable.

    Parameters
    ----------
    described : Profile

    Returns
    -------
    dict of str to float
        At most 1; about 0 where segments differ as by chance. Variables without differences are
        left out.

    Notes
    -----
    Epsilon squared [1]_: eta squared corrected for the number of segments, so that more segments do
    not win by their number. For categories the differences are those of Gini, and their share is
    that of an analysis of variance for categories [2]_; of two categories it is eta squared again.

    References
    ----------
    .. [1] Kelley (1935), An unbiased correlation ratio measure, PNAS 21:554-559.
    .. [2] Light & Margolin (1971), An analysis of variance for categorical data, Journal of the
       American Statistical Association 66:534-544.
    """
    shares: dict[str, float] = {}
    numbers: dict[str, list[NumberFact]] = {}
    levels: dict[str, list[LevelFact]] = {}
    for number in described.numbers:
        numbers.setdefault(number.variable, []).append(number)
    for level in described.levels:
        levels.setdefault(level.variable, []).append(level)
    for name, own in numbers.items():
        shares[name] = _of_numbers(own)
    for name, facts in levels.items():
        if name not in shares:
            shares[name] = _of_levels(facts, described.k)
    return {name: share for name, share in shares.items() if not np.isnan(share)}


def clarity(described: Profile, names: Collection[str]) -> float:
    """Return how clear a profile is: the mean of :func:`explained` over some variables.

    NaN where none of them differs.
    """
    shares = [share for name, share in explained(described).items() if name in names]
    return float(np.mean(shares)) if shares else float("nan")


def _of_numbers(facts: list[NumberFact]) -> float:
    held = [fact for fact in facts if fact.n > 0]
    mass = np.array([fact.mass for fact in held])
    mass = mass / mass.sum() if mass.sum() > 0 else mass
    between = float(mass @ np.array([(fact.mean - fact.overall) ** 2 for fact in held]))
    within = float(mass @ np.array([fact.sd**2 for fact in held]))
    return _corrected(between, within, sum(fact.n for fact in held), len(held))


def _of_levels(facts: list[LevelFact], k: int) -> float:
    levels = list(dict.fromkeys(fact.level for fact in facts))
    counts = np.zeros((k, len(levels)))
    for fact in facts:
        counts[fact.segment, levels.index(fact.level)] = fact.n
    counts = counts[counts.sum(axis=1) > 0]
    n = counts.sum()
    if not n:
        return float("nan")
    total = 1 - float(((counts.sum(axis=0) / n) ** 2).sum())
    sizes = counts.sum(axis=1, keepdims=True)
    within = float((sizes[:, 0] / n) @ (1 - ((counts / sizes) ** 2).sum(axis=1)))
    return _corrected(total - within, within, int(n), len(counts))


def _corrected(between: float, within: float, n: int, k: int) -> float:
    if not between + within > 0 or n <= k:
        return float("nan")
    return 1 - within / (between + within) * (n - 1) / (n - k)
