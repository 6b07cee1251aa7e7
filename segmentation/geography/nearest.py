"""The nearest of some places on the globe, and how far it is.

Enters: coordinates in degrees. Leaves: which place, and kilometres along the great circle.
Refuses roads and travel times: nothing here knows them.

Points become unit vectors (:mod:`segmentation.gazetteer.globe`), which a k-d tree [1]_ searches.

References
----------
.. [1] Maneewongvatana & Mount (1999), Analysis of approximate nearest neighbor searching with
   clustered point sets (the tree of ``scipy.spatial.cKDTree``).
"""

from __future__ import annotations

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from segmentation.gazetteer.globe import EARTH_KM, Floats, great_circle_km, unit_vectors


class NearestPlace:
    """Finds the nearest of some places, for many points at once.

    Parameters
    ----------
    latitude, longitude : ndarray of shape (n_places,)
        Degrees; at least one place.

    Examples
    --------
    >>> finder = NearestPlace(np.array([48.86, 51.51]), np.array([2.35, -0.13]))
    >>> place, km = finder.find(np.array([50.85]), np.array([4.35]))
    >>> int(place[0]), round(float(km[0]))
    (0, 264)
    """

    def __init__(self, latitude: Floats, longitude: Floats) -> None:
        self._tree = cKDTree(unit_vectors(latitude, longitude))

    def find(self, latitude: Floats, longitude: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
        """Return the nearest place of each point, and the great-circle distance to it.

        Parameters
        ----------
        latitude, longitude : ndarray of shape (n_points,)
            Degrees, without missing values.

        Returns
        -------
        place : ndarray of shape (n_points,)
            Position among the places; of equally near ones either.
        km : ndarray of shape (n_points,)
        """
        chord, place = self._tree.query(unit_vectors(latitude, longitude))
        return place.astype(np.int64), great_circle_km(chord)


def km_to(
    latitude: ir.NumericValue, longitude: ir.NumericValue, to: tuple[float, float]
) -> ir.NumericValue:
    """Return the great-circle distance to one place as an Ibis expression, by the haversine.

    Parameters
    ----------
    latitude, longitude : ibis values
        Degrees.
    to : tuple of float
        Latitude and longitude of the place, degrees.

    Returns
    -------
    ibis value
        Kilometres.
    """
    to_lat, to_lon = float(np.radians(to[0])), float(np.radians(to[1]))
    lat = latitude.radians()
    half_lat, half_lon = (lat - to_lat) / 2, (longitude.radians() - to_lon) / 2
    haversine = half_lat.sin() * half_lat.sin() + lat.cos() * float(np.cos(to_lat)) * (
        half_lon.sin() * half_lon.sin()
    )
    return haversine.clip(lower=0.0, upper=1.0).sqrt().asin() * (2 * EARTH_KM)
