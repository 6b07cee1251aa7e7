"""Where each segment is over- and under-represented: location quotients with their certainty.

Enters: a :class:`RegionTable`. Leaves: ``Concentration``. Refuses to judge a cell that holds too
few customers to expect any number, or that is hidden.

The location quotient of a segment in a region is its share of the region's customers over its
share of the market (Isard 1960); the index of the maps is a hundred times it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from segmentation.geography.regions import RegionTable

Z95 = 1.959964
LEVEL = 0.05
# The normal approximation wants this many expected customers, in the cell and outside of it
# (Cochran 1954).
EXPECTED_FROM = 5.0
# A share a fifth above or below the market's is worth saying (own choice, as on the map).
WORTH_ABOVE, WORTH_BELOW = 1.2, 1 / 1.2

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Concentration:
    """Location quotients by region and segment; NaN where a cell is hidden or not judged.

    Attributes
    ----------
    regions : tuple of str
    quotient : ndarray of shape (n_regions, k)
        1 is as many as in the whole market, 2 twice as many.
    low, high : ndarray of shape (n_regions, k)
        95 % confidence interval.
    p : ndarray of shape (n_regions, k)
        Of no difference between the region and all others, corrected for the number of cells that
        were judged (Holm 1979).
    n_judged : int
        Cells that were judged.
    """

    regions: tuple[str, ...]
    quotient: Numbers
    low: Numbers
    high: Numbers
    p: Numbers
    n_judged: int

    @property
    def is_over(self) -> npt.NDArray[np.bool_]:
        """Cells that are certainly and noticeably over-represented."""
        over: npt.NDArray[np.bool_] = (self.p < LEVEL) & (self.quotient >= WORTH_ABOVE)
        return over

    @property
    def is_under(self) -> npt.NDArray[np.bool_]:
        """Cells that are certainly and noticeably under-represented."""
        under: npt.NDArray[np.bool_] = (self.p < LEVEL) & (self.quotient <= WORTH_BELOW)
        return under


def concentration(regions: RegionTable, *, effective: float = 1.0) -> Concentration:
    """Measure how concentrated each segment is in each region, and how certainly.

    Parameters
    ----------
    regions : RegionTable
    effective : float
        How much a weighted customer tells: the effective sample size by Kish over the number of
        customers, 1 without weights.

    Returns
    -------
    Concentration
    """
    n = effective * float(regions.n_known)
    own = effective * regions.n_customers.astype(np.float64)
    return quotients(
        regions.regions, regions.share * own[:, np.newaxis], own, regions.market * n, n
    )


def quotients(
    names: tuple[str, ...], cells: Numbers, rows: Numbers, columns: Numbers, n: float
) -> Concentration:
    """Compute location quotients of a table of counts.

    The variance of the quotient's logarithm is that of the delta method for a multinomial sample,
    1/a - 1/r - 1/s + (2 LQ - 1)/n, with a in the cell, r in the region, s in the segment and n in
    all [1]_; its interval is exp(log LQ ± 1.96 standard errors). An empty cell has the quotient 0
    and an interval from 0 to the upper end for half a customer. The test is that of a 2 x 2 table
    with fixed margins: a against its mean and variance under the hypergeometric distribution, as a
    normal deviate.

    Parameters
    ----------
    names : tuple of str
        Of the regions.
    cells : ndarray of shape (n_regions, k)
        Customers; NaN where hidden.
    rows : ndarray of shape (n_regions,)
        Customers of the regions.
    columns : ndarray of shape (k,)
        Customers of the segments, in all regions, listed or not.
    n : float
        All customers.

    Returns
    -------
    Concentration

    References
    ----------
    .. [1] Moineddin, Beyene & Boyle (2003), On the location quotient confidence interval,
       Geographical Analysis 35:249-256, which derives it so; Agresti (2013), Categorical Data
       Analysis, section 16.1.

    Examples
    --------
    >>> found = quotients(("A",), np.array([[30.0]]), np.array([100.0]), np.array([200.0]), 1000.0)
    >>> [round(float(x[0, 0]), 3) for x in (found.quotient, found.low, found.high)]
    [1.5, 1.134, 1.984]
    """
    r, s = rows[:, np.newaxis], columns[np.newaxis, :]
    expected = r * s / n if n else np.full(cells.shape, np.nan)
    spread = expected * (n - r) * (n - s) / (n * max(n - 1, 1)) if n else expected
    others = np.minimum(r - expected, np.minimum(s - expected, n - r - s + expected))
    least = np.minimum(expected, others)
    judged = ~np.isnan(cells) & (least >= EXPECTED_FROM) & (spread > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.where(judged, cells / expected, np.nan)
        counted = np.where(cells > 0, cells, 0.5)
        middle = counted / expected
        error = np.sqrt(np.maximum(1 / counted - 1 / r - 1 / s + (2 * middle - 1) / n, 0.0))
        low = np.where(cells > 0, middle * np.exp(-Z95 * error), 0.0)
        p = 2 * ndtr(-np.abs(cells - expected) / np.sqrt(spread))
    return Concentration(
        regions=names,
        quotient=quotient,
        low=np.where(judged, low, np.nan),
        high=np.where(judged, middle * np.exp(Z95 * error), np.nan),
        p=_corrected(np.where(judged, p, np.nan)),
        n_judged=int(judged.sum()),
    )


def holm(p: Numbers) -> Numbers:
    """Correct p-values for their number, so that any false alarm has at most the level's chance.

    Parameters
    ----------
    p : ndarray of shape (n,)

    Returns
    -------
    ndarray of shape (n,)

    References
    ----------
    .. [1] Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian
       Journal of Statistics 6:65-70.

    Examples
    --------
    >>> [round(float(each), 3) for each in holm(np.array([0.01, 0.04, 0.03]))]
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    corrected: Numbers = np.empty_like(p)
    corrected[order] = np.minimum(stepped, 1.0)
    return corrected


def _corrected(p: Numbers) -> Numbers:
    """Correct the p-values that there are."""
    known = ~np.isnan(p)
    corrected = p.copy()
    corrected[known] = holm(p[known])
    return corrected
