"""Segments that are probably outliers: few customers far from everybody else.

Enters: prepared values and a solution. Leaves: the segments' numbers. Refuses to remove anybody.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from segmentation.extraction.exact import exact_distances
from segmentation.extraction.solution import Solution

# Below one of these a segment is too small to be more than a few odd customers.
FEW_SHARE, FEW_CUSTOMERS = 0.02, 30
# How many interquartile ranges beyond the third quartile (Tukey's outer fence).
FENCE = 3.0
OUTLIER_ROWS = 20_000
# A segment needs so many customers of its own for quartiles.
LEAST = 8


def outlying(values: npt.NDArray[np.float32], solution: Solution) -> tuple[int, ...]:
    """Return the small segments whose center lies far from all larger ones.

    Far is beyond the outer fence [1]_ of the distances of a segment's own customers to its center.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, canonical order, NaN in gaps. The first 20,000 make the fences.
    solution : Solution
        Found in them.

    Returns
    -------
    tuple of int
        Segments with less than 2 % of the customers or less than 30, in their order.

    References
    ----------
    .. [1] Tukey (1977), Exploratory Data Analysis.
    """
    sizes = np.array(solution.sizes)
    small = (sizes < FEW_CUSTOMERS) | (sizes < FEW_SHARE * sizes.sum())
    rows, labels = values[:OUTLIER_ROWS].astype(np.float64), solution.labels[:OUTLIER_ROWS]
    counted = np.bincount(labels[labels >= 0], minlength=solution.k)
    usual = np.flatnonzero(~small & (counted >= LEAST))
    if not small.any() or not len(usual):
        return ()
    apart = np.sqrt(exact_distances(solution.centers, None, solution.centers[usual]))
    fences = [_fence(rows[labels == j], solution.centers[j]) for j in usual]
    far = (apart > np.array(fences)).all(axis=1)
    return tuple(np.flatnonzero(small & far).tolist())


def _fence(rows: npt.NDArray[np.float64], center: npt.NDArray[np.float64]) -> float:
    known = ~np.isnan(rows)
    squares = np.where(known, (np.where(known, rows, 0.0) - center) ** 2, 0.0).sum(axis=1)
    # What is known of a customer stands for what is not.
    whole = squares * (rows.shape[1] / np.maximum(known.sum(axis=1), 1))
    first, third = np.quantile(np.sqrt(whole), [0.25, 0.75])
    return float(third + FENCE * (third - first))
