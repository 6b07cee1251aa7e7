"""Many resamples of one table solved together: what stability is made of.

Enters: points, the weights of their rows in each resample, a number of segments. Leaves: the best
solution of each resample, as centers and as a segment for every row of the table. Refuses to start
from a solution of the whole table: every number of segments would then look stable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.lloyd import Labels, Runs, distances, iterate, nearest_of
from segmentation.extraction.points import Points, Single
from segmentation.extraction.seeding import spread_rows

# What share of the starts (at least how many) is iterated at all: those that fit best.
STARTS = (0.6, 10)
# Iterations, and what share of the starts (at least how many) goes on after them.
HEATS = ((2, 0.4, 6), (3, 0.16, 3))
LONG_ITERATIONS = 100
_ELEMENTS_AT_ONCE = 500_000


@dataclass(frozen=True, slots=True, eq=False)
class Resampled:
    """The best solution of each resample.

    Attributes
    ----------
    centers : ndarray of shape (n_resamples, k, n_features)
    labels : ndarray of shape (n_resamples, n_distinct)
        Nearest center of every row of the table, whether the resample drew it or not.
    objective : ndarray of shape (n_resamples,)
        Weighted sum of squared distances within the resample, in the points' units.
    """

    centers: Single
    labels: Labels
    objective: npt.NDArray[np.float64]


def drawn_weights(points: Points, resamples: int, rng: np.random.Generator) -> Single:
    """Draw bootstrap samples with replacement as how often each distinct row was drawn.

    Parameters
    ----------
    points : Points
        Drawn with probabilities in proportion to their weights.
    resamples : int
    rng : numpy Generator

    Returns
    -------
    ndarray of shape (resamples, n_distinct)
        Each adds up to the number of customers.
    """
    shares = points.weights.astype(np.float64)
    drawn = rng.multinomial(len(points.inverse), shares / shares.sum(), size=resamples)
    return drawn.astype(np.float32)


def fit_resamples(
    points: Points, weights: Single, k: int, *, restarts: int, rng: np.random.Generator
) -> Resampled:
    """Solve every resample from several random starts.

    The starts that fit best run two iterations, the better ones three more, and the best of those
    to the end.

    Parameters
    ----------
    points : Points
    weights : ndarray of shape (n_resamples, n_distinct)
    k : int
        Number of segments.
    restarts : int
        Random starts of each resample (k-means++, greedy).
    rng : numpy Generator

    Returns
    -------
    Resampled
    """
    size = max(1, _ELEMENTS_AT_ONCE // max(1, points.n_distinct * k * restarts))
    parts = [
        _solved(points, weights[start : start + size], k, restarts, rng)
        for start in range(0, len(weights), size)
    ]
    centers = np.concatenate([part.centers for part in parts])
    labels = np.concatenate([nearest_of(distances(points, part.centers))[0] for part in parts])
    return Resampled(centers, labels, np.concatenate([part.objective for part in parts]))


def _solved(
    points: Points, weights: Single, k: int, restarts: int, rng: np.random.Generator
) -> Runs:
    """Solve a few resamples together."""
    own = np.repeat(weights, restarts, axis=0)
    drawn = spread_rows(points, k, len(own), rng, own)
    left, share_ties = max(min(restarts, STARTS[1]), round(STARTS[0] * restarts)), True
    kept = _best_of_each(drawn.objective, restarts, left)
    centers, own = drawn.centers[kept], own[kept]
    for iterations, share, least in HEATS:
        heat = iterate(points, centers, iterations, weights=own, share_ties=share_ties)
        n = min(left, max(least, round(share * restarts)))
        kept = _best_of_each(heat.objective, left, n)
        centers, own, left, share_ties = heat.centers[kept], own[kept], n, False
    runs = iterate(points, centers, LONG_ITERATIONS, weights=own)
    best = _best_of_each(runs.objective, left, 1)
    return Runs(runs.centers[best], runs.objective[best])


def _best_of_each(objective: npt.NDArray[np.float64], each: int, n: int) -> npt.NDArray[np.intp]:
    """Positions of the ``n`` smallest of every ``each`` consecutive numbers."""
    order = np.argsort(objective.reshape(-1, each), axis=1, kind="stable")[:, :n]
    return (order + np.arange(len(order))[:, None] * each).ravel()
