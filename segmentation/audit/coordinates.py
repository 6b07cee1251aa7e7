"""Coordinates that cannot be: out of range, latitude and longitude swapped, or both zero.

Enters: a look at the table. Leaves: findings. Refuses to swap anything: a column that is named like
a coordinate is looked at even where its values are none, for that is how swapped columns look. What
the user decided about a column counts before its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np

from segmentation.audit.findings import Action, Finding, Repair, Severity, named
from segmentation.audit.look import Look
from segmentation.intake import Kind
from segmentation.variables import Role, Variable
from segmentation.variables.lexicon import PLACE, first_match

LATITUDE, LONGITUDE = "latitude", "longitude"
_BOUNDS = {LATITUDE: 90.0, LONGITUDE: 180.0}
_MIDDLE = (0.05, 0.95)
_LEAST_VALUES = 30
_BORDER = 0.45
# From there on the columns are exchanged, not some points: the others would be wrong afterwards.
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class _Pair:
    latitude: Variable
    longitude: Variable

    @property
    def columns(self) -> tuple[str, str]:
        return self.latitude.name, self.longitude.name


def doubtful_coordinates(look: Look) -> Iterator[Finding]:
    """Yield points out of range, swapped or at 0°/0°."""
    pair = _pair(look)
    if pair is None:
        return
    lat, lon = look.rows[pair.latitude.key], look.rows[pair.longitude.key]
    swapped = _swapped(look, pair)
    outside = (lat.abs() > _BOUNDS[LATITUDE]) | (lon.abs() > _BOUNDS[LONGITUDE])
    asked = {
        "coordinates-swapped": swapped.fill_null(False),
        "coordinates-out-of-range": outside.fill_null(False) & ~swapped.fill_null(False),
        "coordinates-zero": ((lat == 0) & (lon == 0)).fill_null(False),
    }
    points = "points"
    counted = look.count({**asked, points: lat.notnull() & lon.notnull()})
    mostly = counted["coordinates-swapped"] > _MOST * counted.pop(points)
    known = min(look.known(pair.latitude), look.known(pair.longitude))
    for code, n in counted.items():
        if n:
            repair = None
            if mostly or code != "coordinates-swapped":
                repair = _repair(look, pair, code, asked[code])
            yield Finding(code, pair.columns, Severity.WEAKENS, n, n / known, named(), "", repair)


def _pair(look: Look) -> _Pair | None:
    """Return the columns of latitude and longitude, decided or so named, whatever their values."""
    found: dict[str, Variable] = {}
    for variable in sorted(look.variables, key=lambda v: not _decided(v)):
        place = _decided(variable) or _named_place(variable)
        if variable.column.kind is Kind.NUMBER and place and look.has_sample(variable):
            found.setdefault(place, variable)
    if LATITUDE not in found or LONGITUDE not in found:
        return None
    pair = _Pair(found[LATITUDE], found[LONGITUDE])
    few = min(len(look.known_numbers(v)) for v in (pair.latitude, pair.longitude))
    return pair if few else None


def _decided(variable: Variable) -> str:
    """Return the place that the user says a column gives; blank where nothing was decided."""
    decided = variable.chosen and variable.role is Role.LOCATION
    return variable.detail if decided else ""


def _named_place(variable: Variable) -> str:
    named_like = first_match(variable.name, PLACE)
    return named_like[0] if named_like else ""


def _swapped(look: Look, pair: _Pair) -> ir.BooleanValue:
    """Return which points are right only with their coordinates exchanged.

    A latitude beyond 90 degrees beside a longitude within, or, where the middle 90 % of latitudes
    and of longitudes do not overlap, a point that lies in the other's range on both.
    """
    lat, lon = look.rows[pair.latitude.key], look.rows[pair.longitude.key]
    certain = (lat.abs() > _BOUNDS[LATITUDE]) & (lat.abs() <= _BOUNDS[LONGITUDE])
    swapped = certain & (lon.abs() <= _BOUNDS[LATITUDE])
    lats, lons = look.known_numbers(pair.latitude), look.known_numbers(pair.longitude)
    if min(len(lats), len(lons)) < _LEAST_VALUES:
        return swapped
    (south, north), (west, east) = np.quantile(lats, _MIDDLE), np.quantile(lons, _MIDDLE)
    apart = float(max(south, west) - min(north, east))
    if apart <= 0:
        return swapped
    # The outer tenth lies around the middle, but never as far as the other coordinate's range.
    by_lat, by_lon = (min(half / 2, _BORDER * apart) for half in (north - south, east - west))
    exchanged = lat.between(float(west - by_lon), float(east + by_lon))
    exchanged &= lon.between(float(south - by_lat), float(north + by_lat))
    return swapped | exchanged


def _repair(look: Look, pair: _Pair, code: str, condition: ir.BooleanValue) -> Repair | None:
    if code == "coordinates-swapped":
        return Repair(Action.SWAP_COORDINATES, pair.columns)
    if code == "coordinates-zero":
        texts = {
            text
            for variable in (pair.latitude, pair.longitude)
            for text in look.written(variable, condition).texts
        }
        return Repair(Action.TREAT_AS_MISSING, pair.columns, tuple(sorted(texts)))
    return None
