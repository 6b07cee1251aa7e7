"""A place by its identity, as a study keeps it.

Enters: an id. Leaves: the place. Refuses to guess: an id that is unknown gives none.
"""

from __future__ import annotations

from functools import cache

import pyarrow.compute as pc

from segmentation.gazetteer.areas import countries, regions
from segmentation.gazetteer.divisions import divisions, lineage
from segmentation.gazetteer.places import Level, Place
from segmentation.gazetteer.tables import table_of
from segmentation.gazetteer.world import city_of


@cache
def place_of(identity: str) -> Place | None:
    """Return the place of an id, None where there is none.

    Parameters
    ----------
    identity : str
        As of :class:`~segmentation.gazetteer.places.Place`.

    Examples
    --------
    >>> place_of("C:FR").name, place_of("A:440305").title, place_of("G:1")
    ('France', '南山区, 深圳市, 广东省, CN', None)
    """
    kind, _, code = identity.partition(":")
    if kind == "C":
        return countries().get(code)
    if kind == "R":
        return regions().get(code)
    if not code.isdecimal():
        return None
    return division_place(int(code)) if kind == "A" else _city(kind, int(code))


def _city(kind: str, number: int) -> Place | None:
    cities = table_of("cities")
    found = cities.filter(pc.equal(cities["id"], number)).to_pylist() if kind == "G" else []
    return city_of(found[0]).place if found else None


def division_place(code: int) -> Place | None:
    """Return a Chinese division as a place, None where the code is unknown."""
    division = divisions().get(code)
    if division is None:
        return None
    province, city, district = (part.name if part else "" for part in lineage(code))
    return Place(
        f"A:{code}",
        division.name,
        Level(division.level),
        round(division.latitude, 3),
        round(division.longitude, 3),
        country="CN",
        region=province,
        city=city,
        district=district,
    )
