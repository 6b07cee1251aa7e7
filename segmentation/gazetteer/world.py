"""Countries, regions and cities by their names, and all candidates where a name is not enough.

Enters: names as written in columns of countries, regions, cities and postcodes. Leaves: a place, or
candidates. Refuses to choose a city among several of one name unless country or region tell which,
or one has ten times the inhabitants of the next, and then says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from segmentation.gazetteer.areas import countries, country_of, regions, regions_of
from segmentation.gazetteer.places import How, Level, Place, Sought
from segmentation.gazetteer.spelling import key_of
from segmentation.gazetteer.tables import columns_of, table_of

# A city is taken by its size alone only where the next one of its name is a tenth of it.
TIMES_LARGER = 10
CANDIDATES_UP_TO = 8
_ZIP_DIGITS, _ZIP_PREFIX = 5, 3
# The first three digits of a US postcode stand for an area of about this half width.
_NEAR_DEGREES = 1.0


@dataclass(frozen=True, slots=True)
class City:
    """A city of at least 15,000 inhabitants.

    Attributes
    ----------
    place : Place
    region_code : str
        Such as ``US.CA``.
    population : int
    proper : bool
        Whether the name that was asked for is its first one.
    """

    place: Place
    region_code: str
    population: int
    proper: bool


class Cities:
    """The cities of the names that are asked for, looked up once for all of them.

    Parameters
    ----------
    names : iterable of str
        As written.
    """

    def __init__(self, names: Iterable[str]) -> None:
        asked = pa.array(sorted({key_of(name) for name in names} - {""}), pa.string())
        table = table_of("names")
        hits = table.filter(pc.is_in(table["key"], value_set=asked))
        rows = table_of("cities").take(hits["city"]).to_pylist()
        self._found: defaultdict[str, list[City]] = defaultdict(list)
        keys, proper = hits["key"].to_pylist(), hits["proper"].to_pylist()
        for key, is_proper, row in zip(keys, proper, rows, strict=True):
            self._found[key].append(city_of(row, proper=is_proper))

    def called(self, name: str) -> list[City]:
        """Return the cities of a name, the largest first.

        Where cities have it as their first name, one that has it as another name counts only if it
        is ten times as large: San Diego has been called San Miguel, too.
        """
        found = sorted(self._found.get(key_of(name), []), key=lambda city: -city.population)
        proper = [city for city in found if city.proper]
        if not proper or found[0].population >= TIMES_LARGER * proper[0].population:
            return found
        return proper


def city_of(row: Mapping[str, object], *, proper: bool = True) -> City:
    """Return a row of the packaged table as a city."""
    country, code = str(row["country"]), f"{row['country']}.{row['region']}"
    region = regions().get(code)
    place = Place(
        f"G:{row['id']}",
        str(row["name"]),
        Level.CITY,
        round(float(str(row["latitude"])), 3),
        round(float(str(row["longitude"])), 3),
        country=country,
        region=region.name if region else "",
        city=str(row["name"]),
    )
    return City(place, code, int(str(row["population"])), proper)


def match_world(sought: Sequence[Mapping[str, str]]) -> list[Sought]:
    """Match rows of names with places.

    Parameters
    ----------
    sought : sequence of mapping
        Of each row the names by level: ``country``, ``region``, ``city``, ``postcode``.

    Returns
    -------
    list of Sought
        One a row.
    """
    cities = Cities(row["city"] for row in sought if row.get("city"))
    return [_match(row, cities) for row in sought]


def _match(row: Mapping[str, str], cities: Cities) -> Sought:
    """Match one row from the country down; what is not found leaves the place above it."""
    said = {level: text for level, text in row.items() if text}
    if not said:
        return Sought(None, How.MISSING)
    country = country_of(said["country"]) if "country" in said else None
    if "country" in said and country is None and "city" not in said:
        return Sought(None, How.UNMATCHED)
    codes = regions_of(said["region"], country) if "region" in said else ()
    coarser = _coarser(country, codes)
    if "city" not in said:
        return _without_city(said, coarser, codes)
    if "country" in said and country is None:
        known: list[City] = []
    else:
        known = [c for c in cities.called(said["city"]) if country in (None, c.place.country)]
    return _chosen(known, codes, coarser, said) or _by_postcode(said, country, coarser)


def _coarser(country: str | None, codes: Sequence[str]) -> Place | None:
    """Return the region where there is one of the name, else the country."""
    if len(codes) == 1:
        return regions()[codes[0]]
    return countries().get(country) if country else None


def _without_city(said: Mapping[str, str], coarser: Place | None, codes: Sequence[str]) -> Sought:
    if "region" not in said or len(codes) == 1:
        if coarser is None:
            return Sought(None, How.UNMATCHED)
        return Sought(coarser, How.NAMED)
    candidates = tuple(regions()[code] for code in codes)
    if candidates:
        return Sought(coarser, How.AMBIGUOUS, candidates)
    return Sought(coarser, How.COARSER if coarser else How.UNMATCHED)


def _chosen(
    known: Sequence[City], codes: Sequence[str], coarser: Place | None, said: Mapping[str, str]
) -> Sought | None:
    """Choose among the cities of a name; None where there is none."""
    inside = [c for c in known if c.region_code in codes] if codes else list(known)
    proper = [c for c in inside if c.proper] or inside
    if not inside:
        return None
    if len(inside) == 1 or (codes and len(proper) == 1):
        exact = bool(codes) or "country" in said
        return Sought(proper[0].place, How.IN_CONTEXT if exact else How.NAMED)
    return _among_several(inside, coarser, said)


def _among_several(
    inside: Sequence[City], coarser: Place | None, said: Mapping[str, str]
) -> Sought:
    """Choose by the postcode, else by size where one is ten times larger; else do not."""
    if near := _near_postcode(inside, said):
        return Sought(near.place, How.IN_CONTEXT)
    first, second = inside[0], inside[1]
    if first.population >= TIMES_LARGER * max(1, second.population):
        return Sought(first.place, How.BY_SIZE, tuple(c.place for c in inside[:CANDIDATES_UP_TO]))
    return Sought(coarser, How.AMBIGUOUS, tuple(c.place for c in inside[:CANDIDATES_UP_TO]))


def _near_postcode(among: Sequence[City], said: Mapping[str, str]) -> City | None:
    """Return the only one of some US cities that is near the area of the postcode."""
    area = _area_of(said.get("postcode", ""))
    if area is None or any(city.place.country != "US" for city in among):
        return None
    lat, lon = area[1]
    near = [
        city
        for city in among
        if max(abs(city.place.latitude - lat), abs(city.place.longitude - lon)) < _NEAR_DEGREES
    ]
    return near[0] if len(near) == 1 else None


def _area_of(postcode: str) -> tuple[str, tuple[float, float]] | None:
    """Return the first digits of a US postcode and the middle of their area."""
    digits = "".join(c for c in postcode if c.isdigit())
    prefix = digits.zfill(_ZIP_DIGITS)[:_ZIP_PREFIX]
    known = 0 < len(digits) <= _ZIP_DIGITS and prefix in _postcodes()
    return (prefix, _postcodes()[prefix]) if known else None


def _by_postcode(said: Mapping[str, str], country: str | None, coarser: Place | None) -> Sought:
    """Fall back on the area of a US postcode, then on the region or country."""
    area = _area_of(said.get("postcode", "")) if country == "US" else None
    if area is not None:
        prefix, (lat, lon) = area
        region = coarser.region if coarser else ""
        name, level = f"{prefix}…", Level.POSTCODE
        place = Place(f"Z:US.{prefix}", name, level, lat, lon, country="US", region=region)
        return Sought(place, How.COARSER)
    return Sought(coarser, How.COARSER if coarser else How.UNMATCHED)


@cache
def _postcodes() -> Mapping[str, tuple[float, float]]:
    table = columns_of("postcodes")
    rows = zip(table["prefix"], table["latitude"], table["longitude"], strict=True)
    return {prefix: (round(lat, 2), round(lon, 2)) for prefix, lat, lon in rows}


def search(name: str) -> tuple[Place, ...]:
    """Return what a name may mean anywhere: countries, regions and cities, at most eight.

    Examples
    --------
    >>> [place.title for place in search("Nippon")], search("慕尼黑")[0].name
    ([], 'Munich')
    """
    code = country_of(name)
    found = [countries()[code]] if code is not None and code in countries() else []
    found += [regions()[region] for region in regions_of(name)]
    found += [city.place for city in Cities([name]).called(name)]
    return tuple(found[:CANDIDATES_UP_TO])
