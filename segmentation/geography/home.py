"""Where a segment is most at home: the region that stands out most from the market.

Enters: a :class:`RegionTable`. Leaves: one cell of it, or none. Refuses to call chance a finding.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

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
    spread = np.sqrt(regions.market * (1 - regions.market))
    errors = spread / np.sqrt(np.maximum(regions.n_customers, 1))[:, np.newaxis]
    above = (regions.share - regions.market) / np.where(errors > 0, errors, math.inf)
    certain = np.where(regions.index >= WORTH, above, -math.inf)
    if not certain.size or not certain.max() >= ERRORS:
        return None
    region, segment = np.unravel_index(int(certain.argmax()), certain.shape)
    return Home(
        segment=int(segment),
        region=regions.regions[region],
        share=float(regions.share[region, segment]),
        market=float(regions.market[segment]),
    )
