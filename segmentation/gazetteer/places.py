"""A place of the gazetteer, and how sure it is that a text means it.

Enters: nothing. Leaves: ``Place`` and ``Sought``. Refuses to look anything up.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How far down a place is known."""

    POINT = "point"
    DISTRICT = "district"
    CITY = "city"
    POSTCODE = "postcode"
    REGION = "region"
    COUNTRY = "country"


class How(StrEnum):
    """How a text led to a place, the surest first."""

    BY_USER = "by_user"
    MEASURED = "measured"
    IN_CONTEXT = "in_context"
    NAMED = "named"
    BY_SIZE = "by_size"
    COARSER = "coarser"
    AMBIGUOUS = "ambiguous"
    UNMATCHED = "unmatched"
    MISSING = "missing"
    OUT_OF_RANGE = "out_of_range"
    NULL_ISLAND = "null_island"


# Our own figures: an order of how far to trust a match, no probabilities.
CONFIDENCE = {
    How.BY_USER: 1.0,
    How.MEASURED: 1.0,
    How.IN_CONTEXT: 0.95,
    How.NAMED: 0.85,
    How.BY_SIZE: 0.7,
    How.COARSER: 0.5,
    How.AMBIGUOUS: 0.3,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A point, city, region or country.

    Attributes
    ----------
    id : str
        ``G:`` a city by its GeoNames number, ``A:`` a Chinese division by its code, ``R:`` a
        region, ``C:`` a country, ``Z:`` a US postcode area; blank for a measured point.
    name : str
    level : Level
    latitude, longitude : float
        Degrees; of a region or country the middle of its cities' inhabitants.
    country : str
        Code of two letters; blank where it is unknown.
    region, city, district : str
        Names, blank below the level.
    """

    id: str
    name: str
    level: Level
    latitude: float
    longitude: float
    country: str = ""
    region: str = ""
    city: str = ""
    district: str = ""

    @property
    def title(self) -> str:
        """The name with what it lies in, for lists."""
        inside = (self.name, self.city, self.region, self.country)
        return ", ".join(dict.fromkeys(part for part in inside if part))


@dataclass(frozen=True, slots=True)
class Sought:
    """What was found for a text.

    Attributes
    ----------
    place : Place or None
        Of an ambiguous one, what all candidates lie in, if that is known.
    how : How
    candidates : tuple of Place
        The largest first, where there were several.
    said : str
        The part of an address that names the place; blank elsewhere.
    """

    place: Place | None
    how: How
    candidates: tuple[Place, ...] = ()
    said: str = ""

    @property
    def confidence(self) -> float:
        """How far to trust it, in [0, 1]."""
        return CONFIDENCE.get(self.how, 0.0)
