"""Distinct customers with weights: the form in which k-means is solved.

Enters: rows of a basis matrix. Leaves: :class:`Points`. Survey data hold few distinct rows;
collapsing them makes every later step cheaper and changes no result.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Single = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Distinct rows of a matrix.

    Attributes
    ----------
    values : ndarray of shape (n_distinct, n_features)
        float32, gaps filled with 0.
    observed : ndarray of shape (n_distinct, n_features) or None
        1 where a value is known, 0 in a gap; None where there are no gaps.
    weights : ndarray of shape (n_distinct,)
        Sum of the customers' weights.
    filled : ndarray of shape (n_distinct, n_features)
        Gaps filled with the weighted mean: where starts are drawn from.
    inverse : ndarray of shape (n_customers,)
        Which distinct row each customer is.
    """

    values: Single
    observed: Single | None
    weights: Single
    filled: Single
    inverse: npt.NDArray[np.int64]

    @property
    def norms(self) -> Single:
        """Squared length of each row over its known cells, shape (n_distinct,)."""
        return np.einsum("ij,ij->i", self.values, self.values)

    @property
    def n_distinct(self) -> int:
        """Number of distinct rows."""
        return self.values.shape[0]


def collapse(values: Single, weights: npt.NDArray[np.float64] | None = None) -> Points:
    """Collapse identical rows to one with the sum of their weights.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        float32, NaN in gaps.
    weights : ndarray of shape (n_customers,), optional
        Each 1 when absent.

    Returns
    -------
    Points

    Examples
    --------
    >>> points = collapse(np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32))
    >>> points.weights.tolist()
    [1.0, 2.0]
    """
    # Adding zero folds -0.0 into 0.0, so that equal numbers have equal bytes.
    rows = np.ascontiguousarray(values + np.float32(0))
    keys = rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    own = np.ones(len(values)) if weights is None else weights
    summed = np.bincount(inverse, weights=own, minlength=len(first)).astype(np.float32)
    distinct = rows[first]
    gaps = np.isnan(distinct)
    if not gaps.any():
        return Points(distinct, None, summed, distinct, inverse)
    observed = (~gaps).astype(np.float32)
    zeroed = np.where(gaps, np.float32(0), distinct)
    means = (summed @ zeroed) / np.maximum(summed @ observed, 1e-12)
    return Points(zeroed, observed, summed, np.where(gaps, means, zeroed), inverse)
