"""The large cities of the world, as names to write on a map.

Enters: the reader's language. Leaves: ``Landmark``, largest first. Refuses to say more than 700: a
map of streets is another thing. Made by ``scripts/make_outlines.py`` from GeoNames (CC BY 4.0).
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from segmentation.geography.landmarks import Landmark


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
