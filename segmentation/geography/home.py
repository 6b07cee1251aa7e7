"""Where a segment is most at home: the region that stands out most from the market.

Enters: a :class:`RegionTable`. Leaves: one cell of it, or none. Refuses to call chance a finding.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.geography.regions import RegionTable

# Three standard errors: with some twenty regions and ten segments, about one false alarm in four
# maps would be left at two.
ERRORS = 3.0
# A share less than a fifth above the market's is not worth a headline, however certain it is.
WORTH = 120.0


@dataclass(frozen=True, slots=True)
class Home:
    """A segment and the region where it is most above its share of the market.

    Attributes
    ----------
    segment : int
    region : str
    share, market : float
        Share of the segment in the region and in the market, in [0, 1].
    """

    segment: int
    region: str
    share: float
    market: float


def home(regions: RegionTable) -> Home | None:
    """Find the segment and region that stand out most.

    Parameters
    ----------
    regions : RegionTable

    Returns
    -------
    Home or None
        The cell with the most standard errors above the market among those at index 120 or more;
        None where no cell is three standard errors above it.
    """
    certain = _certainty(regions)
    if not certain.size or not certain.max() >= ERRORS:
        return None
    region, segment = np.unravel_index(int(certain.argmax()), certain.shape)
    return _home(regions, int(region), int(segment))


def homes(regions: RegionTable) -> tuple[Home | None, ...]:
    """Find for each segment the region where it stands out most.

    Parameters
    ----------
    regions : RegionTable

    Returns
    -------
    tuple of Home or None
        One a segment, by the rule of :func:`home`.
    """
    certain = _certainty(regions)
    return tuple(
        _home(regions, int(column.argmax()), segment)
        if column.size and column.max() >= ERRORS
        else None
        for segment, column in enumerate(certain.T)
    )


def _certainty(regions: RegionTable) -> npt.NDArray[np.float64]:
    """Standard errors above the market; minus infinity where it is not worth saying."""
    spread = np.sqrt(regions.market * (1 - regions.market))
    errors = spread / np.sqrt(np.maximum(regions.n_customers, 1))[:, np.newaxis]
    above = (regions.share - regions.market) / np.where(errors > 0, errors, math.inf)
    return np.where(regions.index >= WORTH, above, -math.inf)


def _home(regions: RegionTable, region: int, segment: int) -> Home:
    return Home(
        segment=segment,
        region=regions.regions[region],
        share=float(regions.share[region, segment]),
        market=float(regions.market[segment]),
    )
