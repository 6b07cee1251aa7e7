"""Does place matter? For each segment, what distances, regions and hexagons say together.

Enters: catchments, concentration and spatial pattern, as far as there are. Leaves: one
``PlaceVerdict`` a segment. Refuses to call chance a finding, or a trifle one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from segmentation.geography.autocorrelation import SpatialPattern
from segmentation.geography.catchments import Catchments
from segmentation.geography.concentration import LEVEL, Concentration, quotients


@dataclass(frozen=True, slots=True)
class Standing:
    """A region, or a catchment, in which a segment is certainly over- or under-represented.

    Attributes
    ----------
    name : str
        The region, or what the places are called together.
    quotient, low, high : float
        Location quotient and its 95 % interval.
    p : float
        Corrected for the number of cells judged.
    km : float
        Radius of the catchment; NaN for a region.
    share, market : float
        For a catchment: share of the segment and of the market inside; NaN for a region.
    """

    name: str
    quotient: float
    low: float
    high: float
    p: float
    km: float = math.nan
    share: float = math.nan
    market: float = math.nan


@dataclass(frozen=True, slots=True)
class PlaceVerdict:
    """What is known of one segment's places.

    Attributes
    ----------
    segment : int
    near : Standing or None
        The catchment that it stands out most from the market in, above or below.
    over, under : Standing or None
        The regions with the highest and the lowest quotient, of those that are certain.
    n_over, n_under : int
        Regions in which it is certainly over- and under-represented.
    moran, moran_p : float
        Moran's I of its share and the corrected p-value; NaN where they are not known.
    """

    segment: int
    near: Standing | None = None
    over: Standing | None = None
    under: Standing | None = None
    n_over: int = 0
    n_under: int = 0
    moran: float = math.nan
    moran_p: float = math.nan

    @property
    def is_patterned(self) -> bool:
        """Whether hexagons with many of it certainly lie beside each other."""
        return self.moran_p < LEVEL and self.moran > 0

    @property
    def lives_near(self) -> bool:
        """Whether it is certainly over-represented near some places of interest."""
        return self.near is not None and self.near.quotient > 1

    @property
    def lives_far(self) -> bool:
        """Whether it is certainly under-represented near some places of interest."""
        return self.near is not None and self.near.quotient < 1

    @property
    def differs(self) -> bool:
        """Whether place matters for it in any way."""
        regional = self.over is not None or self.under is not None
        return self.near is not None or regional or self.is_patterned


def place_verdicts(
    k: int,
    near: Sequence[Catchments] = (),
    regional: Concentration | None = None,
    pattern: SpatialPattern | None = None,
    effective: float = 1.0,
) -> tuple[PlaceVerdict, ...]:
    """Judge for each segment whether place matters.

    Parameters
    ----------
    k : int
        Number of segments.
    near : sequence of Catchments
        Of all places of interest.
    regional : Concentration, optional
    pattern : SpatialPattern, optional
    effective : float
        As of :func:`concentration`.

    Returns
    -------
    tuple of PlaceVerdict
        One a segment.
    """
    standings = [_near(found, k, effective) for found in near]
    verdicts = []
    for segment in range(k):
        stands = [each[segment] for each in standings]
        known = [stand for stand in stands if stand]
        over, under, n_over, n_under = _regional(regional, segment)
        verdicts.append(
            PlaceVerdict(
                segment,
                near=max(known, key=_strength, default=None),
                over=over,
                under=under,
                n_over=n_over,
                n_under=n_under,
                moran=float(pattern.moran[segment]) if pattern else math.nan,
                moran_p=float(pattern.p[segment]) if pattern else math.nan,
            )
        )
    return tuple(verdicts)


def near_quotients(found: Catchments, effective: float = 1.0) -> Concentration:
    """Return how concentrated the segments are within each distance of the nearest place.

    Parameters
    ----------
    found : Catchments
    effective : float
        As of :func:`concentration`.

    Returns
    -------
    Concentration
        A row for each radius.
    """
    n = effective * float(found.n_customers[-1])
    own = effective * found.n_customers[:-1].astype(np.float64)
    inside = n * found.share[-1]
    names = tuple(f"{radius:g}" for radius in found.radii)
    # Shares of the segments among those inside, brought to the same total where weights differ.
    cells = (found.share[:-1] * own[:, np.newaxis]).T
    return quotients(names, cells, inside, own, n)


def _near(found: Catchments, k: int, effective: float) -> list[Standing | None]:
    """Return for each segment the distance at which it certainly stands out, and most clearly."""
    judged = near_quotients(found, effective)
    best: list[Standing | None] = []
    for segment in range(k):
        certain = (judged.is_over | judged.is_under)[:, segment]
        at = int(np.where(certain, judged.p[:, segment], np.inf).argmin())
        stand = replace(
            _standing(judged, at, segment, found.label),
            km=found.radii[at],
            share=float(found.share[segment, at]),
            market=float(found.share[-1, at]),
        )
        best.append(stand if certain.any() else None)
    return best


def _strength(stand: Standing) -> float:
    return abs(math.log(max(stand.quotient, 1e-9)))


def _regional(
    found: Concentration | None, segment: int
) -> tuple[Standing | None, Standing | None, int, int]:
    if found is None or not found.regions:
        return None, None, 0, 0
    over, under = found.is_over[:, segment], found.is_under[:, segment]
    column = found.quotient[:, segment]
    highest = int(np.where(over, column, -np.inf).argmax())
    lowest = int(np.where(under, column, np.inf).argmin())
    return (
        _standing(found, highest, segment, found.regions[highest]) if over.any() else None,
        _standing(found, lowest, segment, found.regions[lowest]) if under.any() else None,
        int(over.sum()),
        int(under.sum()),
    )


def _standing(found: Concentration, row: int, segment: int, name: str) -> Standing:
    at = (row, segment)
    return Standing(
        name,
        float(found.quotient[at]),
        float(found.low[at]),
        float(found.high[at]),
        float(found.p[at]),
    )
