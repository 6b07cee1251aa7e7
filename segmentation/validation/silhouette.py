"""Silhouette: how much nearer customers are to their own segment than to the next.

Enters: prepared values and labels. Leaves: one number. Computed in the space of the fit, on at most
2,000 customers (within .006 of all of them at a fortieth of the cost, docs/methods.md).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from segmentation.gaps import filled_with_mean

SILHOUETTE_ROWS = 2_000
# All distances of 2,000 customers would take 30 MB; so many rows of them are looked at together.
BLOCK_ROWS = 250
Double = npt.NDArray[np.float64]


def silhouette(values: npt.NDArray[np.float32], labels: npt.NDArray[np.int16]) -> float:
    """Mean silhouette width of the first 2,000 customers in canonical order.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, NaN in gaps (filled with the mean here).
    labels : ndarray of shape (n_customers,)
        Segment numbers; customers who belong to none (-1) are left out.

    Returns
    -------
    float
        In [-1, 1] [1]_; 0 where the sample holds a single segment.

    References
    ----------
    .. [1] Rousseeuw (1987), Silhouettes, J. Comput. Appl. Math. 20:53-65.

    Examples
    --------
    >>> values = np.array([[0], [0.1], [9], [9.1]], dtype=np.float32)
    >>> round(silhouette(values, np.array([0, 0, 1, 1], dtype=np.int16)), 2)
    0.99
    """
    return silhouettes(values, {0: labels})[0]


def silhouettes(
    values: npt.NDArray[np.float32], labels: Mapping[int, npt.NDArray[np.int16]]
) -> dict[int, float]:
    """Mean silhouette width of several solutions, whose customers are compared only once.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        As for :func:`silhouette`.
    labels : mapping of int to ndarray of shape (n_customers,)
        By number of segments.

    Returns
    -------
    dict of int to float
    """
    rows = filled_with_mean(values[:SILHOUETTE_ROWS], SILHOUETTE_ROWS).astype(np.float64)
    members = {k: _members(own[: len(rows)]) for k, own in labels.items()}
    lengths = (rows * rows).sum(axis=1)
    sums: dict[int, list[Double]] = {k: [] for k in members}
    for start in range(0, len(rows), BLOCK_ROWS):
        block = slice(start, start + BLOCK_ROWS)
        apart = (2 * rows[block]) @ rows.T
        np.subtract(lengths[block, None], apart, out=apart)
        apart += lengths
        own = np.arange(*block.indices(len(rows)))
        apart[own - start, own] = 0.0
        np.sqrt(np.maximum(apart, 0.0, out=apart), out=apart)
        for k, inside in members.items():
            sums[k].append(apart @ inside)
    return {k: _width(np.concatenate(sums[k]), members[k]) for k in members}


def _members(labels: npt.NDArray[np.int16]) -> Double:
    """1 where a customer is in a segment that somebody is in: (n, n_segments)."""
    found = np.unique(labels[labels >= 0])
    return np.asarray(labels[:, None] == found, dtype=np.float64)


def _width(sums: Double, members: Double) -> float:
    """Mean width from the summed distances of every customer to each segment."""
    inside = members.any(axis=1)
    if members.shape[1] < 2:
        return 0.0
    sums, codes = sums[inside], members[inside].argmax(axis=1)
    sizes = members.sum(axis=0)
    index = np.arange(len(codes))
    within = sums[index, codes] / np.maximum(sizes[codes] - 1, 1)
    between = sums / sizes
    between[index, codes] = np.inf
    nearest = between.min(axis=1)
    widest = np.maximum(within, nearest)
    width = np.where(
        (sizes[codes] > 1) & (widest > 0), (nearest - within) / np.maximum(widest, 1e-12), 0.0
    )
    return float(width.mean())
