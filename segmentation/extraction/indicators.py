"""Customers as a probability model sees them: which level each question has, what each number is.

Enters: prepared rows and the columns of each variable. Leaves: :class:`Indicators`, the columns
whose sums over a segment are all that a latent class model needs. Refuses to fill a gap: a cell
without an answer is 0 in every column and says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.points import Single

Double = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
# A segment's variance is at least that of rounding to the steps of the values (step squared / 12,
# Sheppard 1898), within these shares of the variable's own variance.
LEAST_VARIANCE, MOST_ROUNDING = 1e-3, 0.25
_SAME = 1e-3
# A mean that filled gaps was taken of all customers, perhaps more than are looked at here.
_NEAR_MEAN = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Indicators:
    """How prepared columns enter the likelihood.

    Attributes
    ----------
    columns, values : ndarray of shape (n_levels,)
        A customer has a level when this column holds this value.
    widths : ndarray of shape (n_levels,)
        How far the column's other value is away.
    variables : ndarray of shape (n_levels,)
        Which variable with levels each one belongs to, 0, 1, …, in one run each.
    shares : ndarray of shape (n_levels,)
        Of each level among those who answered.
    numbers : ndarray of shape (n_numbers,)
        Columns of the numbers.
    centers, scales : ndarray of shape (n_numbers,)
        Mean and standard deviation of each.
    floors : ndarray of shape (n_numbers,)
        The least variance in a segment, as a share of the variable's own.
    """

    columns: Whole
    values: Double
    widths: Double
    variables: Whole
    shares: Double
    numbers: Whole
    centers: Double
    scales: Double
    floors: Double

    @property
    def n_free(self) -> int:
        """Free parameters of one segment: levels less one, and mean and variance of a number."""
        return len(self.columns) - len(np.unique(self.variables)) + 2 * len(self.numbers)

    @property
    def starts(self) -> Whole:
        """Where the levels of each variable begin."""
        return np.flatnonzero(np.diff(self.variables, prepend=-1))

    def of(self, rows: Single) -> Double:
        """Return customers as the model's columns.

        Parameters
        ----------
        rows : ndarray of shape (n, n_features)
            Prepared, NaN in gaps.

        Returns
        -------
        ndarray of shape (n, 1 + n_levels + 3 * n_numbers)
            1; 1 for the levels held; then of each number 1 where it is known, its standardised
            value, and the square of that.
        """
        exact = rows.astype(np.float64)
        held = np.abs(exact[:, self.columns] - self.values) <= _SAME * self.widths
        numbers = (exact[:, self.numbers] - self.centers) / self.scales
        known = ~np.isnan(numbers)
        numbers[~known] = 0.0
        ones = np.ones((len(rows), 1))
        return np.concatenate([ones, held, known, numbers, numbers * numbers], axis=1)

    def log_units(self, columns: Double, weights: Double) -> float:
        """Return by how much a likelihood in standardised numbers exceeds one in prepared ones."""
        first = 1 + len(self.columns)
        known = weights @ columns[:, first : first + len(self.numbers)]
        return float(known @ np.log(self.scales))


def learn_indicators(
    rows: Single, weights: npt.NDArray[np.floating], groups: Sequence[tuple[int, ...]]
) -> Indicators:
    """Find out what each variable is: one with levels, or a number.

    A group of several columns is a category: each column holds one of two values, the larger for
    those who have its level. A single column of two values is a yes/no item; any other column that
    varies is a number. What does not vary is left out.

    Parameters
    ----------
    rows : ndarray of shape (n_distinct, n_features)
        Prepared, NaN in gaps.
    weights : ndarray of shape (n_distinct,)
    groups : sequence of tuple of int
        The columns of each variable.

    Returns
    -------
    Indicators
        A category's cells between its two values (a filled gap, a level that nobody had while
        learning) count as gaps, and so does a single third value of an item that is the mean of
        the other two.

    Examples
    --------
    >>> rows = np.array([[0, 1.5], [1, 2.5], [1, 9.0]], dtype=np.float32)
    >>> found = learn_indicators(rows, np.ones(3), [(0,), (1,)])
    >>> found.values.tolist(), found.numbers.tolist(), found.n_free
    ([0.0, 1.0], [1], 3)
    """
    exact = rows.astype(np.float64)
    levels: list[tuple[int, float, float, int]] = []
    numbers: list[tuple[int, float, float, float]] = []
    for variable, group in enumerate(groups):
        if len(group) > 1:
            ranges = [(c, _range(exact[:, c])) for c in group]
            found = [(c, high, high - low) for c, (low, high) in ranges if high > low]
            levels += [(c, high, width, variable) for c, high, width in found if len(found) > 1]
            continue
        (column,) = group
        own = exact[:, column]
        low, high = _range(own)
        if not high > low:
            continue
        if _is_yes_no(own, weights):
            levels += [(column, value, high - low, variable) for value in (low, high)]
        else:
            numbers.append((column, *_moments(own, weights)))
    return _assembled(exact, np.asarray(weights, dtype=np.float64), levels, numbers)


def _assembled(
    exact: Double,
    weights: Double,
    levels: list[tuple[int, float, float, int]],
    numbers: list[tuple[int, float, float, float]],
) -> Indicators:
    columns = np.array([level[0] for level in levels], dtype=np.int64)
    values, widths = (np.array([level[i] for level in levels], dtype=np.float64) for i in (1, 2))
    own = np.array([level[3] for level in levels], dtype=np.int64)
    variables = np.unique(own, return_inverse=True)[1].astype(np.int64)
    held = weights @ (np.abs(exact[:, columns] - values) <= _SAME * widths)
    answered = np.bincount(variables, held)[variables] if len(levels) else held
    centers, scales, floors = (
        np.array([number[i] for number in numbers], dtype=np.float64) for i in (1, 2, 3)
    )
    return Indicators(
        columns,
        values,
        widths,
        variables,
        held / np.maximum(answered, np.finfo(np.float64).tiny),
        np.array([number[0] for number in numbers], dtype=np.int64),
        centers,
        scales,
        floors,
    )


def _range(column: Double) -> tuple[float, float]:
    """Smallest and largest known value; twice the same where there is none."""
    known = column[~np.isnan(column)]
    return (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)


def _is_yes_no(column: Double, weights: npt.NDArray[np.floating]) -> bool:
    """Tell whether a column holds two values, or two and their mean, which filled a gap.

    A mean is told from a middle answer by where it lies: not halfway, but near the mean of the
    other two.
    """
    known = ~np.isnan(column)
    values, codes = np.unique(column[known], return_inverse=True)
    if len(values) != 3:
        return len(values) == 2
    low, middle, high = np.bincount(codes, weights[known])
    place = (values[1] - values[0]) / (values[2] - values[0])
    share = high / max(low + high, np.finfo(np.float64).tiny)
    return bool(middle > 0 and abs(place - 0.5) > _SAME and abs(place - share) <= _NEAR_MEAN)


def _moments(column: Double, weights: npt.NDArray[np.floating]) -> tuple[float, float, float]:
    """Weighted mean and standard deviation, and the least variance in a segment."""
    known = ~np.isnan(column)
    unit = float(np.abs(column[known]).max())
    own, mass = column[known] / unit, np.maximum(weights[known], 0.0)
    mass = mass if mass.sum() > 0 else np.ones(len(own))
    mean = float(np.average(own, weights=mass))
    variance = float(np.average((own - mean) ** 2, weights=mass))
    if variance <= 0:
        # Nobody who counts differs: any scale serves.
        variance = float(((own - mean) ** 2).max())
    step = float(np.diff(np.unique(own)).min())
    rounding = min(step * step / 12 / variance, MOST_ROUNDING)
    return mean * unit, float(np.sqrt(variance)) * unit, max(rounding, LEAST_VARIANCE)
