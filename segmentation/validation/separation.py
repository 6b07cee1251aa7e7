"""Criteria of the number of segments: how far apart they are, how well halves foretell them.

Enters: prepared values and solutions found in them. Leaves: a :class:`Criterion` each: its number
for every number of segments, and the one it prefers. Refuses to weigh criteria against each other,
and, Calinski-Harabasz and Davies-Bouldin, to ask whether there are any segments: both always name
two or more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.points import Points, Single, collapse
from segmentation.extraction.solution import Solution, SolutionFamily
from segmentation.methods import Resamples
from segmentation.notes import Note
from segmentation.validation.agreement import cross_tables, with_rest
from segmentation.validation.market import Market

STRENGTH_ROWS, SPLIT_RESTARTS = 2_000, 10
# From this prediction strength on a number of segments is supported (the paper: .8 to .9).
SUPPORTED = 0.8
BLOCK_ROWS = 16_384
# Below this share of the total, what is left within segments is rounding.
NOTHING = 1e-12
Progress = Callable[[float, Note | None], None]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Criterion:
    """What one criterion says of every number of segments.

    Attributes
    ----------
    scores : mapping of int to float
        By number of segments; NaN where it is not defined.
    preferred : int or None
        The number of segments it prefers, the smallest of equals; None where no score is defined.
    """

    scores: Mapping[int, float]
    preferred: int | None


def calinski_harabasz(family: SolutionFamily) -> Criterion:
    """Variance between segments over variance within [1]_, from the sums of the sweep.

    Parameters
    ----------
    family : SolutionFamily
        Its inertias and total count all customers; nothing is computed anew.

    Returns
    -------
    Criterion
        [(T - W) / (k - 1)] / [W / (n - k)], n customers; infinite where all customers of a segment
        are the same, and NaN for as many segments as customers and where some customers belong to
        no segment: T counts them, W does not. The largest is preferred.

    Notes
    -----
    Gaps count neither in T nor in W, as in the search. Survey weights count in both, so that only
    their proportions matter; n stays the number of customers.

    References
    ----------
    .. [1] Calinski & Harabasz (1974), A dendrite method for cluster analysis, Communications in
       Statistics 3:1-27.
    """
    scores = {}
    for k, solution in sorted(family.solutions.items()):
        spare = len(solution.labels) - k
        between = max(family.total - solution.inertia, 0.0) / (k - 1)
        within = solution.inertia if solution.inertia > NOTHING * family.total else 0.0
        if not spare or solution.n_unassigned:
            scores[k] = math.nan
        else:
            scores[k] = between / (within / spare) if within else math.inf
    return Criterion(scores, largest_of(scores))


def davies_bouldin(
    values: npt.NDArray[np.float32],
    weights: Numbers | None,
    solutions: Mapping[int, Solution],
) -> Criterion:
    """How much of each segment's width its nearest neighbour lies away [1]_, on all customers.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, NaN in gaps.
    weights : ndarray of shape (n_customers,) or None
        Of the customers in the widths.
    solutions : mapping of int to Solution
        Found in these values.

    Returns
    -------
    Criterion
        Mean over the segments of the largest (s_i + s_j) / d_ij, s the mean distance of a segment's
        customers to its center over the cells that are known, d the distance of two centers;
        infinite where two centers are at one place. The smallest is preferred.

    References
    ----------
    .. [1] Davies & Bouldin (1979), A cluster separation measure, IEEE Transactions on Pattern
       Analysis and Machine Intelligence 1:224-227.
    """
    scores = {k: _overlap(values, weights, solutions[k]) for k in sorted(solutions)}
    return Criterion(scores, largest_of({k: -score for k, score in scores.items()}))


def largest_of(scores: Mapping[int, float]) -> int | None:
    """Return the number of segments with the largest score, the smallest of equals.

    Parameters
    ----------
    scores : mapping of int to float
        NaN is passed over.

    Returns
    -------
    int or None
        None where there is no score.

    Examples
    --------
    >>> largest_of({2: 0.5, 3: 0.7, 4: float("nan"), 5: 0.7})
    3
    """
    known = {k: score for k, score in scores.items() if not math.isnan(score)}
    return max(sorted(known), key=known.__getitem__, default=None)


def prediction_strength(
    market: Market,
    ks: Sequence[int],
    *,
    seed: int,
    progress: Progress,
    splits: int | None = None,
) -> Criterion:
    """How well one half of the customers foretells the segments of the other [1]_.

    The customers are split into halves at random, and segments are found in each. Of each segment
    of a half, the share of its pairs of customers is taken that the centers of the other half put
    together, too; the smallest of these shares counts, averaged over both directions and all
    splits.

    Parameters
    ----------
    market : Market
        Its first 2,000 customers are looked at.
    ks : sequence of int
        Numbers of segments.
    seed : int
    progress : callable
        Called with the share done in [0, 1] and a note.
    splits : int, optional
        How often the customers are split; what the method can afford when absent.

    Returns
    -------
    Criterion
        In [0, 1]. The largest number of segments that reaches .8 is preferred, and 1 where none
        does.

    References
    ----------
    .. [1] Tibshirani & Walther (2005), Cluster validation by prediction strength, Journal of
       Computational and Graphical Statistics 14:511-528.
    """
    sample, splits = market.first(STRENGTH_ROWS), splits or market.method.effort.splits
    points = collapse(sample.values, sample.weights)
    halves = _halves(points, sample.weights, splits, np.random.default_rng([seed, 6]))
    halved = Resamples(points, market.groups, halves)
    scores: dict[int, float] = {}
    # The time a number of segments takes grows with it.
    effort = np.cumsum([0, *ks])
    for position, k in enumerate(ks):
        note = Note.of("halving", k=k, k_max=max(ks), n=splits)
        progress(float(effort[position] / effort[-1]), note)
        rng = np.random.default_rng([seed, 6, k])
        found = market.method.again(halved, k, restarts=SPLIT_RESTARTS, rng=rng)
        labels, m, n = with_rest(found)
        others = np.roll(labels, splits, axis=0)
        foretold = [
            _foretold(cross_tables(own[None], other[None], half.astype(np.float64), (n, n))[0], m)
            for own, other, half in zip(labels, others, halves, strict=True)
        ]
        scores[k] = float(np.mean(foretold))
    progress(1.0, None)
    supported = [k for k in ks if scores[k] >= SUPPORTED]
    return Criterion(scores, max(supported, default=1))


def _halves(
    points: Points, weights: Numbers | None, splits: int, rng: np.random.Generator
) -> Single:
    """Weights of the distinct rows in first halves, then in the second halves of the same splits.

    Each half adds up to its number of customers.
    """
    n = len(points.inverse)
    own = np.ones(n) if weights is None else weights * (n / weights.sum())
    halves = np.empty((2 * splits, points.n_distinct), dtype=np.float32)
    for split in range(splits):
        order = rng.permutation(n)
        for side, half in enumerate((order[: n // 2], order[n // 2 :])):
            mass = np.bincount(points.inverse[half], own[half], points.n_distinct)
            halves[split + side * splits] = mass * (len(half) / max(mass.sum(), 1e-12))
    return halves


def _foretold(table: Numbers, n_segments: int) -> float:
    """Smallest share of a segment's pairs that the other half puts together.

    Rows are the segments; one of a single customer, or of nobody, has no pairs to put apart.
    Where the half has no segment at all nothing is foretold. Further rows and columns hold
    customers who belong to none, and are not together there.
    """
    own = table[:n_segments]
    if not own.sum():
        return 0.0
    sizes = own.sum(axis=1)
    pairs = sizes * (sizes - 1)
    both = own[:, :n_segments]
    together = np.maximum((both * (both - 1)).sum(axis=1), 0.0)
    shares = np.where(sizes > 1, together / np.where(sizes > 1, pairs, 1.0), 1.0)
    return float(shares.min(initial=1.0))


def _overlap(values: npt.NDArray[np.float32], weights: Numbers | None, solution: Solution) -> float:
    """Davies-Bouldin index of one solution."""
    mass, widths = np.zeros(solution.k), np.zeros(solution.k)
    for start in range(0, len(values), BLOCK_ROWS):
        part = slice(start, start + BLOCK_ROWS)
        inside = solution.labels[part] >= 0
        own = solution.labels[part][inside]
        away = np.nan_to_num(values[part][inside] - solution.centers[own], copy=False)
        far = np.sqrt(np.einsum("ij,ij->i", away, away))
        weight = np.ones(len(own)) if weights is None else weights[part][inside]
        mass += np.bincount(own, weight, solution.k)
        widths += np.bincount(own, weight * far, solution.k)
    widths /= np.maximum(mass, np.finfo(np.float64).tiny)
    centers = solution.centers
    apart = np.sqrt(((centers[:, None] - centers) ** 2).sum(axis=2))
    ratios = np.where(apart > 0, (widths[:, None] + widths) / np.where(apart > 0, apart, 1), np.inf)
    np.fill_diagonal(ratios, 0.0)
    return float(ratios.max(axis=1).mean())
