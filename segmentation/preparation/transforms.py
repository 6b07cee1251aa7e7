"""One transform a variable: learned on the learning customers, applied to anybody.

Enters: a column's values as floats or text. Leaves: feature columns, NaN where there is no value.
Refuses to look at other variables: a transform is a pure function of one column, so that new
customers are placed exactly as old ones were.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from segmentation.preparation.recipe import Scaling

Floats = npt.NDArray[np.float64]
Cells = npt.NDArray[np.generic]
OTHER = "\u2026"
TINY = float(np.finfo(np.float64).tiny)
# The interquartile range of a normal distribution with variance one.
NORMAL_IQR = 1.349
# Two different answers lie as far apart as no and yes, once one answer has been coded 0 and one 1.
ANSWERS_APART = float(np.sqrt(2))
# Beyond these a number that is not scaled, or its square, is lost in single precision.
LARGEST_UNSCALED, SMALLEST_UNSCALED = 1e15, 1e-15


@dataclass(frozen=True, slots=True)
class Transform:
    """How one variable becomes features.

    Attributes
    ----------
    variable : str
        The column's name.
    logged : bool
        Whether log(1 + x) is taken first.
    low, high : float
        Fences; values beyond are moved to them (infinite where there are none).
    center, scale : float
        A number becomes (x - center) / scale.
    levels : tuple of str
        For categories: one feature a level; the last may be :data:`OTHER`, all further levels.
    shares : tuple of float
        Share of each level, its feature's center.
    """

    variable: str
    logged: bool = False
    low: float = -np.inf
    high: float = np.inf
    center: float = 0.0
    scale: float = 1.0
    levels: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()

    def apply(self, values: Cells) -> npt.NDArray[np.float32]:
        """Turn a column's values into features.

        Parameters
        ----------
        values : ndarray of shape (n_customers,)
            Floats with NaN, or for categories objects with None.

        Returns
        -------
        ndarray of shape (n_customers, n_features)
            Dimensionless; NaN where the value is missing.
        """
        if self.levels:
            return self._one_hot(values)
        numbers = np.clip(self._logged(values), self.low, self.high)
        return ((numbers - self.center) / self.scale).astype(np.float32)[:, None]

    def n_beyond(self, values: Cells) -> int:
        """Return how many values lie beyond the fences and are moved to them."""
        if self.levels:
            return 0
        numbers = self._logged(values)
        return int(((numbers < self.low) | (numbers > self.high)).sum())

    def weighed(self, weight: float) -> Transform:
        """Return the transform with squared differences multiplied by a weight above 0."""
        return replace(self, scale=float(self.scale / np.sqrt(weight)))

    def _logged(self, values: Cells) -> Floats:
        numbers = values.astype(np.float64)
        return np.log1p(np.maximum(numbers, 0.0)) if self.logged else numbers

    def _one_hot(self, values: Cells) -> npt.NDArray[np.float32]:
        known = np.array([v is not None for v in values], dtype=bool)
        features = np.full((len(values), len(self.levels)), np.nan, dtype=np.float32)
        named = [level for level in self.levels if level != OTHER]
        codes = {level: i for i, level in enumerate(named)}
        other = len(named) if OTHER in self.levels else -1
        position = np.array([codes.get(str(v), other) for v in values[known]], dtype=np.int64)
        block = np.zeros((len(position), len(self.levels)))
        placed = position >= 0
        block[np.flatnonzero(placed), position[placed]] = 1.0
        features[known] = (block - np.array(self.shares)) / self.scale
        return features


def learn_number(
    name: str,
    values: Floats,
    *,
    log_skew: float,
    fence_iqr: float,
    as_is: bool,
    scale: Scaling = "unit",
) -> Transform | None:
    """Learn log, fences and scale of a number; None where it does not vary.

    Parameters
    ----------
    name : str
        The variable.
    values : ndarray of shape (n_learning,)
        NaN where missing.
    log_skew, fence_iqr : float
        As in :class:`segmentation.preparation.recipe.Recipe`.
    as_is : bool
        Whether the values are used unscaled (an item of a battery, or yes/no).
    scale : {"unit", "range", "robust", "none"}
        As in the recipe. A number too large or too small to be used in its own unit gets unit
        variance all the same.

    Returns
    -------
    Transform or None
    """
    known = values[~np.isnan(values)]
    if len(known) < 2 or known.min() == known.max():
        return None
    if as_is:
        return Transform(name)
    logged = bool(known.min() >= 0 and skewness(known) > log_skew)
    numbers = np.log1p(known) if logged else known
    # In units of the largest, squares of huge or tiny numbers stay within what a float can hold.
    unit = float(np.abs(numbers).max())
    numbers = numbers / unit
    low, high = -np.inf, np.inf
    if len(np.unique(known[:1000])) > 2:
        first, third = (float(q) for q in np.quantile(numbers, [0.25, 0.75]))
        reach = fence_iqr * (third - first)
        if reach > 0:
            low, high = first - reach, third + reach
            numbers = np.clip(numbers, low, high)
    center, spread = _center_and_spread(numbers, scale)
    spread = min(spread * unit, float(np.finfo(np.float64).max))
    if scale == "none" and unit <= LARGEST_UNSCALED and spread >= SMALLEST_UNSCALED:
        spread = 1.0
    return Transform(name, logged, low * unit, high * unit, center * unit, spread)


def _center_and_spread(numbers: Floats, scale: Scaling) -> tuple[float, float]:
    center, spread = float(numbers.mean()), float(numbers.std())
    if scale == "range":
        return center, float(np.ptp(numbers))
    if scale == "robust":
        first, middle, third = (float(q) for q in np.quantile(numbers, [0.25, 0.5, 0.75]))
        # Where more than half of the customers are equal, the middle half has no spread.
        return middle, (third - first) / NORMAL_IQR if third > first else spread
    return center, spread


def learn_levels(
    name: str, values: npt.NDArray[np.object_], *, lump_share: float, scale: Scaling = "unit"
) -> Transform | None:
    """Learn the levels of a category; None where fewer than two are left.

    The block of features is centred and scaled to a total variance of one, so that a question
    counts the same whether it has two answers or ten. Where numbers are scaled to their range or
    not at all, two different answers are one apart instead, as no and yes are.

    Parameters
    ----------
    name : str
        The variable.
    values : ndarray of shape (n_learning,)
        Text, None where missing.
    lump_share : float
        Levels below this share become "other".
    scale : {"unit", "range", "robust", "none"}
        As in the recipe.

    Returns
    -------
    Transform or None
    """
    known = np.array([str(v) for v in values if v is not None])
    if not len(known):
        return None
    levels, counts = np.unique(known, return_counts=True)
    shares = counts / counts.sum()
    kept = (shares >= lump_share) & (levels != OTHER)
    names = [str(level) for level in levels[kept]]
    parts = [float(share) for share in shares[kept]]
    if not kept.all():
        names.append(OTHER)
        parts.append(float(shares[~kept].sum()))
    if len(names) < 2:
        return None
    spread = float(np.sqrt(sum(p * (1 - p) for p in parts)))
    if scale in ("range", "none"):
        spread = ANSWERS_APART
    return Transform(name, scale=spread, levels=tuple(names), shares=tuple(parts))


def skewness(values: Floats) -> float:
    """Return the moment skewness of values without gaps; 0 where they do not vary.

    Examples
    --------
    >>> skewness(np.array([0.0, 1.0, 2.0]))
    0.0
    """
    values = values / max(float(np.abs(values).max()), TINY)
    deviations = values - values.mean()
    spread = float(np.sqrt((deviations**2).mean()))
    return float((deviations**3).mean() / spread**3) if spread > 0 else 0.0
