"""Cities as names to write on a map: the large ones of the world, the towns of a closer view.

Enters: the reader's language, or a view. Leaves: ``Landmark``, largest first. Refuses to say more
than 700 of the world, and a town of fewer than 15,000 inhabitants: a map of streets is another
thing. Made from GeoNames (CC BY 4.0) by ``scripts/make_outlines.py`` and
``scripts/make_gazetteer.py``.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import numpy as np

from segmentation.gazetteer import towns
from segmentation.geography.landmarks import Landmark
from segmentation.geography.located import Extent
from segmentation.geography.view import fit

TOWNS_UP_TO = 200
# How far around what a map shows at first towns are named, for those who drag it (screens).
_BEYOND = 0.75


@cache
def large_cities(chinese: bool = False) -> tuple[Landmark, ...]:
    """Return the largest cities of the world.

    Parameters
    ----------
    chinese : bool
        Whether to take Chinese names where they are known.

    Returns
    -------
    tuple of Landmark
        Most inhabitants first; ``n_customers`` is 0, since nobody was counted there.

    Examples
    --------
    >>> large_cities()[0].name, large_cities(chinese=True)[0].name
    ('Shanghai', '上海')
    """
    path = files("segmentation.geography").joinpath("data", "cities.csv")
    with path.open(encoding="utf-8") as file:
        return tuple(
            Landmark(
                (row["zh"] if chinese else "") or row["name"],
                float(row["latitude"]),
                float(row["longitude"]),
                0,
            )
            for row in csv.DictReader(file)
        )


def cities_near(extent: Extent | None, chinese: bool = False) -> tuple[Landmark, ...]:
    """Return the names for a map: large cities of the world, or towns where it shows no more.

    Parameters
    ----------
    extent : Extent or None
        Of the customers.
    chinese : bool
        Whether to take Chinese names where they are known: of large cities only.

    Returns
    -------
    tuple of Landmark
        Most inhabitants first.

    Examples
    --------
    >>> [town.name for town in cities_near(Extent(-121.6, 38.4, -121.2, 38.8))][:3]
    ['Sacramento', 'Stockton', 'Elk Grove']
    """
    large, view = large_cities(chinese), fit(extent)
    if extent is None or not view.is_local:
        return large
    reach = view.degrees * _BEYOND
    box = (
        *(view.latitude - reach, view.latitude + reach),
        *(view.longitude - reach, view.longitude + reach),
    )
    found = [Landmark(_named(name, lat, lon, large), lat, lon, 0) for name, lat, lon in towns(*box)]
    return tuple(found[:TOWNS_UP_TO])


def _named(name: str, latitude: float, longitude: float, large: tuple[Landmark, ...]) -> str:
    """Call a town as the list of large cities does, which knows other languages."""
    near = (
        city.name
        for city in large
        if np.hypot(city.latitude - latitude, city.longitude - longitude) < 0.02
    )
    return next(near, name)
