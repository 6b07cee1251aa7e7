"""Where runs start: rows far from each other, or the best solution with one center moved.

Enters: points, how many starts, a generator. Leaves: starts of shape (runs, k, n_features). Refuses
to iterate.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from segmentation.extraction.lloyd import distances, nearest_of
from segmentation.extraction.points import Points, Single


def spread_rows(points: Points, k: int, runs: int, rng: np.random.Generator) -> Single:
    """Draw starts by greedy k-means++ [1]_ for all runs at once.

    Parameters
    ----------
    points : Points
    k : int
        Number of segments.
    runs : int
    rng : numpy Generator

    Returns
    -------
    ndarray of shape (runs, k, n_features)
        Rows of the data, gaps filled with the mean.

    References
    ----------
    .. [1] Arthur & Vassilvitskii (2007), k-means++: the advantages of careful seeding, SODA.
    """
    rows, weights = points.filled, points.weights.astype(np.float64)
    norms: Single = np.einsum("ij,ij->i", rows, rows)
    trials, everyone = 2 + int(np.log(k)), np.arange(runs)
    centers = np.empty((runs, k, rows.shape[1]), dtype=np.float32)
    first = _drawn(np.cumsum(weights), rng.random(runs))
    centers[:, 0] = rows[first]
    nearest = _apart(rows, norms, first)
    for j in range(1, k):
        cumulated = np.cumsum(nearest * weights, axis=1)
        aims = rng.random((runs, trials))
        picked = np.stack([_drawn(cumulated[run], aims[run]) for run in range(runs)])
        apart = _apart(rows, norms, picked.ravel()).reshape(runs, trials, -1)
        np.minimum(apart, nearest[:, None, :], out=apart)
        chosen = (apart @ points.weights).argmin(axis=1)
        centers[:, j] = rows[picked[everyone, chosen]]
        nearest = apart[everyone, chosen]
    return centers


def swapped(points: Points, best: Single, runs: int, rng: np.random.Generator) -> Single:
    """Move one center of the best solution to a row that fits badly: starts of a local search.

    On rugged survey data a round of swaps finds better optima than many rounds of new starts
    (random swap, Fränti 2018).

    Parameters
    ----------
    points : Points
    best : ndarray of shape (k, n_features)
    runs : int
    rng : numpy Generator

    Returns
    -------
    ndarray of shape (runs, k, n_features)
    """
    starts = np.repeat(best[None], runs, axis=0)
    _, nearest = nearest_of(distances(points, best[None]))
    misfit = np.maximum(nearest[0] + points.norms, 0) * points.weights
    rows = _drawn(np.cumsum(misfit, dtype=np.float64), rng.random(runs))
    starts[np.arange(runs), rng.integers(0, len(best), runs)] = points.filled[rows]
    return starts


def _drawn(
    cumulated: npt.NDArray[np.float64],
    uniform: npt.NDArray[np.float64],
) -> npt.NDArray[np.int64]:
    """Draw rows with the probabilities whose running sum is given; never one of probability 0."""
    rows = np.searchsorted(cumulated, uniform * cumulated[-1], side="right")
    last = len(cumulated) - 1
    return np.asarray(np.minimum(rows, last), dtype=np.int64)


def _apart(rows: Single, norms: Single, picked: npt.NDArray[np.int64]) -> Single:
    """Squared distances of all rows to the picked ones: (n_picked, n_distinct)."""
    apart: Single = np.matmul(-2 * rows[picked], rows.T)
    apart += norms
    apart += norms[picked][:, None]
    return np.maximum(apart, np.float32(0), out=apart)
