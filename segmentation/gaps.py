"""Gaps in a matrix of numbers.

Enters: an array with NaN where a value is missing. Leaves: one without. Refuses to know what its
columns mean, and whether a gap should be filled at all.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def filled_with_mean(values: npt.NDArray[np.float32], n_learning: int) -> npt.NDArray[np.float32]:
    """Fill gaps with the mean of the learning customers; 0 where a column has no value at all.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
    n_learning : int

    Returns
    -------
    ndarray of shape (n_customers, n_features)
        The same array where nothing is missing.
    """
    gaps = np.isnan(values)
    if not gaps.any():
        return values
    return np.where(gaps, means_of_known(values, n_learning), values)


def means_of_known(values: npt.NDArray[np.float32], n_learning: int) -> npt.NDArray[np.float32]:
    """Return what stands in a gap: the mean of the learning customers who have a value.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
    n_learning : int

    Returns
    -------
    ndarray of shape (n_features,)
        0 where a column has no value at all.

    Examples
    --------
    >>> means_of_known(np.array([[1.0, np.nan], [2.0, np.nan]], dtype=np.float32), 2).tolist()
    [1.5, 0.0]
    """
    known = ~np.isnan(values[:n_learning])
    sums = np.where(known, values[:n_learning], 0).sum(axis=0, dtype=np.float64)
    means: npt.NDArray[np.float32] = (sums / np.maximum(known.sum(axis=0), 1)).astype(np.float32)
    return means
