"""Where runs start: rows far from each other, or good solutions with a center moved.

Enters: points, how many starts, a generator. Leaves: starts of shape (runs, k, n_features), and how
well they fit. Refuses to iterate.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from segmentation.extraction.lloyd import Runs, distances, nearest_of
from segmentation.extraction.points import Points, Single

SECOND_SWAP = 0.3
# Rows whose weights are added up together when a row is drawn.
_BLOCK = 32


def spread_rows(
    points: Points,
    k: int,
    runs: int,
    rng: np.random.Generator,
    weights: Single | None = None,
) -> Runs:
    """Draw starts by greedy k-means++ [1]_ for all runs at once.

    Parameters
    ----------
    points : Points
    k : int
        Number of segments.
    runs : int
    rng : numpy Generator
    weights : ndarray of shape (runs, n_distinct), optional
        Of the rows in each run; else the points'.

    Returns
    -------
    Runs
        Rows of the data, gaps filled with the mean, as centers.

    References
    ----------
    .. [1] Arthur & Vassilvitskii (2007), k-means++: the advantages of careful seeding, SODA.
    """
    rows, own = points.filled, points.weights if weights is None else weights
    own = np.broadcast_to(own, (runs, points.n_distinct))
    norms: Single = np.einsum("ij,ij->i", rows, rows)
    trials, everyone = 2 + int(np.log(k)), np.arange(runs)
    centers = np.empty((runs, k, rows.shape[1]), dtype=np.float32)
    first = _drawn_each(own, rng.random((runs, 1)))[:, 0]
    centers[:, 0] = rows[first]
    nearest = _apart(rows, norms, first)
    for j in range(1, k):
        picked = _drawn_each(nearest * own, rng.random((runs, trials)))
        apart = _apart(rows, norms, picked.ravel()).reshape(runs, trials, -1)
        np.minimum(apart, nearest[:, None, :], out=apart)
        chosen = np.einsum("rtn,rn->rt", apart, own).argmin(axis=1)
        centers[:, j] = rows[picked[everyone, chosen]]
        nearest = apart[everyone, chosen]
    return Runs(centers, np.einsum("rn,rn->r", nearest, own).astype(np.float64))


def swapped(points: Points, bases: Single, rng: np.random.Generator) -> Single:
    """Move a center or two of good solutions to rows that fit badly: starts of a local search.

    On rugged survey data swaps find better optima than many new starts (random swap, Fränti
    2018).

    Parameters
    ----------
    points : Points
    bases : ndarray of shape (runs, k, n_features)
        The good solutions.
    rng : numpy Generator

    Returns
    -------
    ndarray of shape (runs, k, n_features)
    """
    runs, k, _ = bases.shape
    starts = bases.copy()
    _, nearest = nearest_of(distances(points, bases))
    misfit = np.maximum(nearest + points.norms, 0) * points.weights
    cumulated = np.cumsum(misfit, axis=1, dtype=np.float64)
    aims, moved = rng.random((runs, 2)), rng.integers(0, k, (runs, 2))
    second = rng.random((runs,))
    for run in range(runs):
        rows = _drawn(cumulated[run], aims[run])
        starts[run, moved[run, 0]] = points.filled[rows[0]]
        if second[run] < SECOND_SWAP:
            starts[run, moved[run, 1]] = points.filled[rows[1]]
    return starts


def _drawn_each(weights: Single, uniform: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Draw rows for every run, as many as it has uniform numbers, by the run's own weights.

    First a block of rows is drawn and then a row in it: running sums over all rows took a third of
    the time of seeding.
    """
    runs, n = weights.shape
    every = np.arange(runs)[:, None]
    blocks = np.add.reduceat(weights, np.arange(0, n, _BLOCK), axis=1)
    cumulated = np.cumsum(blocks, axis=1, dtype=np.float64)
    aims = uniform * cumulated[:, -1:]
    block = (cumulated[:, None, :] <= aims[:, :, None]).sum(axis=2)
    block = np.minimum(block, blocks.shape[1] - 1)
    aims -= np.where(block > 0, cumulated[every, block - 1], 0.0)
    rows = np.minimum(block[:, :, None] * _BLOCK + np.arange(_BLOCK), n - 1)
    within = np.cumsum(weights[every[:, :, None], rows], axis=2, dtype=np.float64)
    aims = np.minimum(aims, np.nextafter(within[:, :, -1], 0))
    drawn = block * _BLOCK + (within <= aims[:, :, None]).sum(axis=2)
    return np.asarray(np.minimum(drawn, n - 1), dtype=np.int64)


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
