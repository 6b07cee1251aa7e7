"""The towns of a piece of the world, largest first.

Enters: a box of degrees. Leaves: names and places. Refuses boxes across the date line: what lies
beyond it is left out.
"""

from __future__ import annotations

import numpy as np

from segmentation.gazetteer.tables import table_of

Town = tuple[str, float, float]


def towns(south: float, north: float, west: float, east: float) -> tuple[Town, ...]:
    """Return the towns of at least 15,000 inhabitants in a box, most inhabitants first.

    Parameters
    ----------
    south, north, west, east : float
        Degrees.

    Returns
    -------
    tuple of (str, float, float)
        Name, latitude and longitude.

    Examples
    --------
    >>> towns(47.9, 48.3, 11.3, 11.8)[0][0]
    'Munich'
    """
    cities = table_of("cities")
    lat, lon = cities["latitude"].to_numpy(), cities["longitude"].to_numpy()
    inside = np.flatnonzero((lat > south) & (lat < north) & (lon > west) & (lon < east))
    found = cities.take(inside).sort_by([("population", "descending"), ("id", "ascending")])
    return tuple(
        (row["name"], round(row["latitude"], 3), round(row["longitude"], 3))
        for row in found.to_pylist()
    )
