"""The facts of a profile: sizes, means and shares of every segment beside the whole market.

Enters: nothing. Leaves: frozen values. Refuses to hold customers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from segmentation.profiles.intervals import mean_interval, wilson


@dataclass(frozen=True, slots=True)
class SegmentSize:
    """How large a segment is.

    Attributes
    ----------
    segment : int
        0 … k - 1.
    n : int
        Customers, unweighted.
    share : float
        Of the population, weighted, in [0, 1].
    low, high : float
        95 % Wilson interval of the share, on the effective sample size.
    """

    segment: int
    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class NumberFact:
    """Mean of a number (or share of yes, or mean rank) in one segment beside the market.

    Attributes
    ----------
    n : int
        Customers with a value.
    mass : float
        Sum of their weights.
    mean, sd, overall : float
        In the variable's own unit, for levels in an order the rank from 1 on; NaN where nobody
        has a value.
    index : float
        100 * mean / overall; NaN where the market's mean is not positive, and for ranks.
    z : float
        (mean - overall) / standard deviation in the market.
    effective : float
        Effective number of customers behind it [1]_; ``n`` where all count alike.
    is_share : bool
        Whether the mean is a share of yes.

    References
    ----------
    .. [1] Kish (1965), Survey sampling, Wiley.
    """

    segment: int
    variable: str
    n: int
    mass: float
    mean: float
    sd: float
    overall: float
    index: float
    z: float
    effective: float = 0.0
    is_share: bool = False

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the mean, for yes and no of the share; NaN where there is none."""
        if math.isnan(self.mean):
            return math.nan, math.nan
        if self.is_share:
            return wilson(self.mean, self.effective)
        return mean_interval(self.mean, self.sd, self.effective)


@dataclass(frozen=True, slots=True)
class LevelFact:
    """Share of one level of a category in one segment beside the market.

    Attributes
    ----------
    level : str or None
        None gathers the levels beyond the twelve most frequent.
    n : int
        Customers.
    share, overall : float
        Among those with a value, in [0, 1].
    index : float
        100 * share / overall.
    mass : float
        Sum of their weights.
    effective : float
        Effective number of the segment's customers with a value.
    """

    segment: int
    variable: str
    level: str | None
    n: int
    share: float
    overall: float
    index: float
    mass: float = 0.0
    effective: float = 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the share; NaN where nobody has a value."""
        if math.isnan(self.share):
            return math.nan, math.nan
        return wilson(self.share, self.effective)


@dataclass(frozen=True, slots=True)
class Profile:
    """A solution described.

    Attributes
    ----------
    k : int
        Number of segments.
    sizes : tuple of SegmentSize
        One a segment.
    numbers : tuple of NumberFact
        Variables × segments.
    levels : tuple of LevelFact
        Variables × levels × segments.
    basis : tuple of str
        Which variables formed the segments.
    """

    k: int
    sizes: tuple[SegmentSize, ...]
    numbers: tuple[NumberFact, ...]
    levels: tuple[LevelFact, ...]
    basis: tuple[str, ...]
