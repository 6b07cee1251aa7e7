"""Distinct customers with weights: the form in which k-means is solved.

Enters: rows of a basis matrix. Leaves: :class:`Points`. Survey data hold few distinct rows;
collapsing them makes every later step cheaper and changes no result. Refuses to drop anybody: each
customer finds the distinct row that stands for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Single = npt.NDArray[np.float32]
# Squares of numbers within these bounds stay well inside single precision.
_SMALLEST, _LARGEST = 2.0**-20, 2.0**20


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Distinct rows of a matrix.

    Attributes
    ----------
    values : ndarray of shape (n_distinct, n_features)
        float32, in units of ``unit``, gaps filled with 0.
    observed : ndarray of shape (n_distinct, n_features) or None
        1 where a value is known, 0 in a gap; None where there are no gaps.
    weights : ndarray of shape (n_distinct,)
        Sum of the customers' weights.
    filled : ndarray of shape (n_distinct, n_features)
        Gaps filled with the weighted mean: where starts are drawn from.
    norms : ndarray of shape (n_distinct,)
        Squared length of each row over its known cells.
    inverse : ndarray of shape (n_customers,)
        Which distinct row each customer is.
    unit : float
        A power of two: 1, unless the numbers are so large or small that their squares would leave
        single precision.
    """

    values: Single
    observed: Single | None
    weights: Single
    filled: Single
    norms: Single
    inverse: npt.NDArray[np.int64]
    unit: float

    @property
    def n_distinct(self) -> int:
        """Number of distinct rows."""
        return len(self.values)

    @property
    def n_counting(self) -> int:
        """Number of distinct rows whose customers weigh anything: no more segments can exist."""
        return len(np.flatnonzero(self.weights > 0))


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
    unit = unit_of(values)
    distinct = rows[first] / np.float32(unit)
    gaps = np.isnan(distinct)
    zeroed: Single = np.where(gaps, np.float32(0), distinct)
    norms: Single = np.einsum("ij,ij->i", zeroed, zeroed)
    if not gaps.any():
        return Points(zeroed, None, summed, zeroed, norms, inverse, unit)
    observed = (~gaps).astype(np.float32)
    means = (summed @ zeroed) / np.maximum(summed @ observed, 1e-12)
    filled = np.where(gaps, means, zeroed)
    return Points(zeroed, observed, summed, filled, norms, inverse, unit)


def unit_of(values: Single) -> float:
    """Return the power of two in whose units the squares of all values fit single precision.

    Examples
    --------
    >>> unit_of(np.array([[-3.0, np.nan]], dtype=np.float32))
    1.0
    >>> unit_of(np.array([[2.0**90]], dtype=np.float32)) == 2.0**90
    True
    """
    largest = float(np.max(np.abs(values), initial=0.0, where=~np.isnan(values)))
    if largest == 0 or _SMALLEST <= largest <= _LARGEST:
        return 1.0
    return float(2.0 ** np.floor(np.log2(largest)))
