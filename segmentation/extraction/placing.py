"""Place every customer in a segment, and let all customers settle the centers.

Enters: prepared values and centers found on the learning customers. Leaves: settled centers and
everybody's labels. Refuses to start anew: only a few Lloyd iterations over all rows follow, which
brings a fit on 20,000 customers to within 0.03 % of one on all (docs/methods.md).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from segmentation.extraction.exact import Double, exact_distances
from segmentation.extraction.lloyd import Labels, nearest_of
from segmentation.extraction.points import Single

Rows = npt.NDArray[np.int32]
BLOCK_ROWS = 16_384
SETTLING_ITERATIONS = 10
SETTLED_SHARE = 1e-3
# From twice as many customers on, so many settle first, at a tenth of the cost or less: what is
# left to do for all of them then takes fewer iterations (docs/benchmarks.md, a million customers).
PART_ROWS, PART_ITERATIONS, WHOLE_ITERATIONS = 100_000, 20, 3
# By how much of the distances a margin is trusted less, for the sake of rounding.
_ROUNDING = 1e-6


def place(values: Single, centers: Double) -> Labels:
    """Return the nearest segment of every customer by the cells that are known.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, NaN in gaps.
    centers : ndarray of shape (k, n_features)

    Returns
    -------
    ndarray of shape (n_customers,)
        Segment numbers; a customer without any known cell goes to segment 0, the largest.
    """
    return _placed(values, None, centers)[0]


def settle(values: Single, weights: Double | None, centers: Double) -> tuple[Double, Labels, float]:
    """Let all customers move the centers until hardly anybody changes the segment.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, NaN in gaps.
    weights : ndarray of shape (n_customers,) or None
    centers : ndarray of shape (k, n_features)
        At least two, from the learning customers.

    Returns
    -------
    centers : ndarray of shape (k, n_features)
        Largest segment first.
    labels : ndarray of shape (n_customers,)
        As :func:`place` gives them for these centers.
    inertia : float

    Notes
    -----
    A customer whose second center is further than the nearest by more than what the own and any
    other center have moved since cannot have changed the segment and is not looked at again (after
    Hamerly 2010, Making k-means even faster, SDM): the result is that of looking at everybody.
    From 200,000 customers on the first 100,000 settle before all do.
    """
    iterations = SETTLING_ITERATIONS
    if len(values) >= 2 * PART_ROWS:
        own = None if weights is None else weights[:PART_ROWS]
        centers, _ = _settled(values[:PART_ROWS], own, centers, PART_ITERATIONS)
        iterations = WHOLE_ITERATIONS
    centers, labels = _settled(values, weights, centers, iterations)
    sizes = np.bincount(labels, weights=weights, minlength=len(centers))
    del labels
    centers = centers[np.argsort(-sizes, kind="stable")]
    # Once more with the final centers: labels, inertia and later placements then agree.
    return centers, *_placed(values, weights, centers)


def _settled(
    values: Single, weights: Double | None, centers: Double, iterations: int
) -> tuple[Double, Labels]:
    """Centers after at most so many iterations, and the segments that they are the means of."""
    labels, k = np.full(len(values), -1, dtype=np.int16), len(centers)
    sums, mass = np.zeros_like(centers), np.zeros_like(centers)
    safe_until, travelled = np.empty(len(values), dtype=np.float32), np.zeros(k)
    for iteration in range(iterations):
        everybody = iteration == 0
        due = None if everybody else _due(labels, safe_until, travelled)
        n_changed = 0
        for rows in _parts(len(values), due):
            known, observed = _cells(values[rows])
            own, margin = _with_margin(known, observed, centers)
            before, weight = labels[rows], None if weights is None else weights[rows]
            came = _members(own, weight, k)
            if not everybody:
                came -= _members(before, weight, k)
            sums += came @ known
            mass += came.sum(axis=1)[:, None] if observed is None else came @ observed
            n_changed += int(np.count_nonzero(own != before))
            labels[rows], safe_until[rows] = own, travelled[own] + margin
        if n_changed <= SETTLED_SHARE * len(values):
            break
        moved = np.where(mass > 0, sums / np.maximum(mass, 1e-12), centers)
        travelled += _approach(np.sqrt(((moved - centers) ** 2).sum(axis=1)))
        centers = moved
    return centers, labels


def _due(labels: Labels, safe_until: Single, travelled: Double) -> Rows:
    """Who may have changed the segment."""
    found = []
    for start in range(0, len(labels), BLOCK_ROWS):
        part = slice(start, start + BLOCK_ROWS)
        # Half the memory of NumPy's own whole numbers, and enough for two thousand million.
        own = np.flatnonzero(safe_until[part] <= travelled[labels[part]]).astype(np.int32)
        found.append(own + np.int32(start))
    return np.concatenate(found)


def _placed(values: Single, weights: Double | None, centers: Double) -> tuple[Labels, float]:
    """Everybody's nearest center, and the weighted sum of the squared distances to it."""
    labels, inertia = np.empty(len(values), dtype=np.int16), 0.0
    for start in range(0, len(values), BLOCK_ROWS):
        part = slice(start, start + BLOCK_ROWS)
        own, nearest = nearest_of(exact_distances(*_cells(values[part]), centers).T[None])
        labels[part] = own[0]
        inertia += float(nearest[0].sum() if weights is None else nearest[0] @ weights[part])
    return labels, inertia


def _parts(n: int, due: Rows | None) -> Iterator[slice | Rows]:
    """Cut everybody, or those who are due, into blocks."""
    for start in range(0, n if due is None else len(due), BLOCK_ROWS):
        part = slice(start, start + BLOCK_ROWS)
        yield part if due is None else due[part]


def _approach(moved: Double) -> Double:
    """How much nearer any other center can have come to a customer of each than the own one."""
    order = np.argsort(moved)
    others = np.full(len(moved), moved[order[-1]])
    others[order[-1]] = moved[order[-2]]
    return np.asarray(moved + others)


def _with_margin(known: Double, observed: Double | None, centers: Double) -> tuple[Labels, Double]:
    """The nearest center of every row, and how much further the second is."""
    apart = exact_distances(known, observed, centers).T
    labels, nearest = nearest_of(apart[None])
    apart[labels[0], np.arange(len(known))] = np.inf
    second = np.sqrt(apart.min(axis=0))
    return labels[0], second * (1 - _ROUNDING) - np.sqrt(nearest[0])


def _members(labels: Labels, weight: Double | None, k: int) -> Double:
    """Weights of the rows in each segment, zero elsewhere: (k, n_rows)."""
    inside = labels == np.arange(k, dtype=np.int16)[:, None]
    return np.asarray(inside * (1.0 if weight is None else weight), dtype=np.float64)


def _cells(block: Single) -> tuple[Double, Double | None]:
    """Rows in double precision, gaps as zeros, and which cells are known where there are gaps."""
    exact = block.astype(np.float64)
    if not np.isnan(exact.sum()):
        return exact, None
    gaps = np.isnan(exact)
    return np.where(gaps, 0.0, exact), (~gaps).astype(np.float64)
