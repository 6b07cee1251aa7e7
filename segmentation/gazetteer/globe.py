"""Points of the globe as vectors of length one, and the way between them.

Enters: coordinates in degrees. Leaves: unit vectors, and kilometres along the great circle.
Refuses roads and travel times: nothing here knows them.

Of two places the one with the shorter straight line through the earth is also the nearer one on
its surface, and straight lines are what a tree of points searches by. So places beyond the date
line and at the poles are like any other.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

# The mean radius R1 of the International Union of Geodesy and Geophysics (Moritz 2000). On a
# sphere a distance is off by up to about half a percent.
EARTH_KM = 6371.0088

Floats = npt.NDArray[np.float64]


def unit_vectors(latitude: Floats, longitude: Floats) -> Floats:
    """Return points of the globe as vectors of length one.

    Parameters
    ----------
    latitude, longitude : ndarray of shape (n,)
        Degrees.

    Returns
    -------
    ndarray of shape (n, 3)
    """
    lat, lon = np.radians(latitude), np.radians(longitude)
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


def great_circle_km(chord: Floats) -> Floats:
    """Return the way on the surface for the straight way between unit vectors.

    Parameters
    ----------
    chord : ndarray of any shape
        In [0, 2].

    Returns
    -------
    ndarray of the same shape
        Kilometres.

    Examples
    --------
    >>> great_circle_km(np.array([0.0, 2.0])).round().tolist()
    [0.0, 20015.0]
    """
    way: Floats = 2 * EARTH_KM * np.arcsin(np.clip(chord / 2, 0, 1))
    return way
