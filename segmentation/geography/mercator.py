"""The plane that the maps are drawn on: Web Mercator, in degrees both ways.

Enters: latitudes, or heights on the plane. Leaves: the other. Refuses latitudes beyond the square
map: they are moved to its edge. Longitude is its own coordinate on this plane.
"""

from __future__ import annotations

import math

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

LAST_LATITUDE = 85.0511


def height(latitude: float) -> float:
    """Return how high a latitude lies on the plane, in degrees.

    Examples
    --------
    >>> round(height(60.0), 2)
    75.46
    """
    bounded = math.radians(max(-LAST_LATITUDE, min(LAST_LATITUDE, latitude)))
    return math.degrees(math.log(math.tan(bounded / 2 + math.pi / 4)))


def heights(latitudes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return :func:`height` of many latitudes."""
    bounded = np.radians(np.clip(latitudes, -LAST_LATITUDE, LAST_LATITUDE))
    found: npt.NDArray[np.float64] = np.degrees(np.log(np.tan(bounded / 2 + np.pi / 4)))
    return found


def height_in_engine(latitude: ir.NumericValue) -> ir.NumericValue:
    """Return :func:`height` as an Ibis expression."""
    bounded = ibis.greatest(ibis.least(latitude, LAST_LATITUDE), -LAST_LATITUDE).radians()
    return (bounded / 2 + math.pi / 4).tan().ln().degrees()


def latitude_at(heights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the latitudes, in degrees, of heights on the plane; undoes :func:`height`."""
    turned: npt.NDArray[np.float64] = np.degrees(
        2 * np.arctan(np.exp(np.radians(heights))) - np.pi / 2
    )
    return turned
