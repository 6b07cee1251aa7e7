"""k-means in double precision: distances, means, and bringing one solution to rest.

Enters: rows with gaps as zeros and their mask. Leaves: distances, centers, labels. The batched
search works in single precision; what is reported is computed here. Refuses to search.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.errors import DegenerateSolution
from segmentation.extraction.points import Points

Double = npt.NDArray[np.float64]
FINAL_ITERATIONS = 300


@dataclass(frozen=True, slots=True, eq=False)
class Rest:
    """A solution at rest.

    Attributes
    ----------
    centers : ndarray of shape (k, n_features)
        Largest segment first.
    labels : ndarray of shape (n_distinct,)
        The nearest center of every row, the first of equals.
    inertia : float
        Weighted sum of squared distances.
    converged : bool
        Whether it stopped moving before the iterations ran out.
    """

    centers: Double
    labels: npt.NDArray[np.int16]
    inertia: float
    converged: bool


def bring_to_rest(points: Points, centers: Double) -> Rest:
    """Iterate until nothing moves, and number the segments, largest first.

    Parameters
    ----------
    points : Points
    centers : ndarray of shape (k, n_features)
        In the points' units, as all that is returned.

    Returns
    -------
    Rest

    Raises
    ------
    DegenerateSolution
        When a segment stays empty: rows differ, but not in the cells that are known.
    """
    values, weights = points.values.astype(np.float64), points.weights.astype(np.float64)
    observed = None if points.observed is None else points.observed.astype(np.float64)
    labels = np.full(len(values), -1)
    converged = False
    for _ in range(FINAL_ITERATIONS):
        apart = exact_distances(values, observed, centers)
        moved = apart.argmin(axis=1)
        converged = bool((moved == labels).all())
        if converged:
            break
        labels = moved
        centers = means_of(values, observed, weights, labels, centers)
        for j in np.flatnonzero(np.bincount(labels, weights, len(centers)) <= 0):
            misfit = int(np.argmax(apart.min(axis=1) * (weights > 0)))
            centers[j] = points.filled[misfit]
    centers = centers[_largest_first(points, labels, centers)]
    apart = exact_distances(values, observed, centers)
    labels = apart.argmin(axis=1)
    if (np.bincount(labels, weights, len(centers)) <= 0).any():
        raise DegenerateSolution(k=len(centers), n_distinct=points.n_counting)
    inertia = float(weights @ apart.min(axis=1))
    return Rest(centers, labels.astype(np.int16), inertia, converged)


def exact_distances(values: Double, observed: Double | None, centers: Double) -> Double:
    """Squared distances over known cells.

    Parameters
    ----------
    values : ndarray of shape (n, n_features)
        Gaps filled with 0.
    observed : ndarray of shape (n, n_features) or None
        1 where known; None where nothing is missing.
    centers : ndarray of shape (k, n_features)

    Returns
    -------
    ndarray of shape (n, k)
        The distances to one center lie next to each other in memory.
    """
    squares = centers * centers
    own = squares.sum(axis=1)[:, None] if observed is None else squares @ observed.T
    apart: Double = (2 * centers) @ values.T
    np.subtract(np.einsum("ij,ij->i", values, values), apart, out=apart)
    apart += own
    return np.maximum(apart, 0.0, out=apart).T


def means_of(
    values: Double,
    observed: Double | None,
    weights: Double,
    labels: npt.NDArray[np.int64],
    centers: Double,
) -> Double:
    """Weighted means of each segment's known cells; a center without any stays where it is.

    Parameters
    ----------
    values, observed : ndarray of shape (n, n_features)
        As in :func:`exact_distances`.
    weights : ndarray of shape (n,)
    labels : ndarray of shape (n,)
    centers : ndarray of shape (k, n_features)
        The present centers.

    Returns
    -------
    ndarray of shape (k, n_features)
    """
    moved = centers.copy()
    for j in range(len(centers)):
        own = labels == j
        mass = weights[own]
        sums = mass @ values[own]
        known = mass.sum() if observed is None else mass @ observed[own]
        moved[j] = np.where(known > 0, sums / np.maximum(known, 1e-12), centers[j])
    return moved


def _largest_first(
    points: Points, labels: npt.NDArray[np.int64], centers: Double
) -> npt.NDArray[np.int64]:
    """Order segments by size; equal ones by their centers, so that numbering is repeatable.

    Rows without any known cell do not count: they go to whichever segment is the largest.
    """
    weights = points.weights.astype(np.float64)
    if points.observed is not None:
        weights = weights * points.observed.any(axis=1)
    sizes = np.bincount(labels, weights=weights, minlength=len(centers))
    keys = [centers[:, i].round(9) for i in range(centers.shape[1] - 1, -1, -1)]
    return np.lexsort((*keys, -sizes.round(6)))
