"""Which columns could tell where customers live, by their names and values.

Enters: a customer table and its variables. Leaves: a reading to offer, or None. Refuses to apply
it: places are read when the user says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from segmentation.gazetteer import degrees, has_han, parse_address, point
from segmentation.intake import Column, CustomerTable, Kind
from segmentation.transactions.names import LAST_DATE
from segmentation.variables import Role, Variable
from segmentation.variables.lexicon import PLACE, first_match, spoken_for
from segmentation.whereabouts.decision import PlaceReading

BOTH = (
    "coordinates coordinate coords latlon latlng latlong lonlat geo geopoint geolocation gps point "
    "location wkt geometry 坐标 经纬度 位置"
)
ADDRESS = "address addr street location 地址 住址 所在地 省市 省市区 籍贯 地区"
DISTRICT = "district county 区县 区"
# Of two columns of regions, the one whose name says a first-level region.
_FIRST_LEVEL = "state province 省 省份"
_MOST = 0.5


def propose(table: CustomerTable, variables: Iterable[Variable]) -> PlaceReading | None:
    """Find columns of coordinates, else of addresses, else of names of places.

    Parameters
    ----------
    table : CustomerTable
    variables : iterable of Variable
        As suggested or chosen.

    Returns
    -------
    PlaceReading or None
    """
    own = [v for v in variables if not v.column.place]
    dates = tuple(v.name for v in own if v.role is Role.DATE and v.name == LAST_DATE)
    if pair := _pair(own):
        return PlaceReading(coordinates=pair, dates=dates)
    if both := _both(own):
        return PlaceReading(coordinates=(both,), dates=dates)
    if address := _address(own):
        return PlaceReading(address=address, dates=dates)
    names = _names(own)
    return PlaceReading(names=names, dates=dates) if names else None


def _pair(variables: Sequence[Variable]) -> tuple[str, str] | None:
    """Return latitude and longitude: said by the user, else named so with values that can be."""
    found: dict[str, str] = {}
    for variable in sorted(variables, key=lambda v: v.role is not Role.LOCATION):
        decided = variable.role is Role.LOCATION
        match = first_match(variable.name, PLACE)
        place = variable.detail if decided else (match[0] if match else "")
        if place in ("latitude", "longitude") and _are_degrees(variable.column):
            found.setdefault(place, variable.name)
    return (found["latitude"], found["longitude"]) if len(found) == 2 else None


def _are_degrees(column: Column) -> bool:
    if column.kind is Kind.NUMBER:
        return True
    return column.kind is Kind.TEXT and _mostly(degrees(e) is not None for e in column.examples)


def _both(variables: Sequence[Variable]) -> str | None:
    """Return a column with both coordinates in a cell, by its values; its name must say a place."""
    texts = (v for v in variables if v.column.kind is Kind.TEXT)
    found = (v for v in texts if _mostly(point(e) is not None for e in v.column.examples))
    return next((v.name for v in found if spoken_for(v.name, BOTH) or _is_plain(v)), None)


def _is_plain(variable: Variable) -> bool:
    """Tell whether values can be nothing else than points: brackets, letters or degrees in them."""
    return all("POINT" in e.upper() or "°" in e for e in variable.column.examples)


def _address(variables: Sequence[Variable]) -> str | None:
    """Return a column of Chinese addresses, as far as its examples tell."""
    texts = [v for v in variables if v.column.kind is Kind.TEXT and v.column.examples]
    telling = [v for v in texts if _mostly(_is_address(e) for e in v.column.examples)]
    named = [v for v in telling if spoken_for(v.name, ADDRESS)]
    long = [v for v in telling if v.column.length >= 5]
    return next((v.name for v in (*named, *long)), None)


def _is_address(text: str) -> bool:
    return has_han(text) and len(text) > 4 and bool(parse_address(text).codes)


def _names(variables: Sequence[Variable]) -> tuple[tuple[str, str], ...]:
    """Return the columns of country, region, city, district and postcode."""
    located = [v for v in variables if v.role is Role.LOCATION]
    districts = [v for v in located if v.detail == "region" and spoken_for(v.name, DISTRICT)]
    regions = [v for v in located if v.detail == "region" and v not in districts]
    regions.sort(key=lambda v: spoken_for(v.name, _FIRST_LEVEL) is None)
    by_level = {"region": regions, "district": districts}
    found = []
    for level in ("country", "region", "city", "district", "postcode"):
        columns = by_level.get(level) or [v for v in located if v.detail == level]
        if columns:
            found.append((level, columns[0].name))
    telling = {level for level, _ in found} - {"postcode"}
    return tuple(found) if telling else ()


def _mostly(answers: Iterable[bool]) -> bool:
    said = list(answers)
    return bool(said) and sum(said) > _MOST * len(said)
