"""What is told of a place: which words, in which language, and what lies around it.

Enters: what was found. Leaves: columns of values, and what they are called. Refuses to know whose
place it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from segmentation.gazetteer import (
    SETTLEMENTS,
    climate,
    country_name,
    has_han,
    nearest_large,
    people_nearby,
    settlement,
)
from segmentation.whereabouts.decision import PlaceReading
from segmentation.whereabouts.finding import Found

Floats = npt.NDArray[np.float64]
# Points this close share what lies around them: a hundredth of a degree, about a kilometre.
DECIMALS = 2
# What the columns are called; the first word keeps them apart from the file's own.
NAMES = {
    "latitude": "place latitude",
    "longitude": "place longitude",
    "country": "place country",
    "region": "place region",
    "city": "place city",
    "district": "place district",
    "level": "place level",
    "confidence": "place confidence",
    "nearest": "nearest large city",
    "distance": "km to large city",
    "people": "people nearby",
    "settlement": "settlement",
    "climate": "climate zone",
}
CHINESE_NAMES = {
    "latitude": "所在纬度",
    "longitude": "所在经度",
    "country": "所在国家",
    "region": "所在省份",
    "city": "所在城市",
    "district": "所在区县",
    "level": "地点精度",
    "confidence": "地点可信度",
    "nearest": "最近的大城市",
    "distance": "到大城市的公里数",
    "people": "周边人口",
    "settlement": "城乡类型",
    "climate": "气候带",
}
SEASONS = ("winter", "spring", "summer", "autumn")
CHINESE_SEASONS = ("冬季", "春季", "夏季", "秋季")
CHINESE_SETTLEMENTS = ("乡村", "郊区", "城市")


def is_chinese(reading: PlaceReading) -> bool:
    """Tell whether the file's columns are named in Chinese, and the new ones with them."""
    return any(has_han(name) for name in reading.sources)


def levels(reading: PlaceReading) -> tuple[str, ...]:
    """Return the kinds of settlement, the thinnest first, as the file's language calls them."""
    return CHINESE_SETTLEMENTS if is_chinese(reading) else SETTLEMENTS


def told_of(found: Found, *, chinese: bool) -> dict[str, list[Any]]:
    """Return what is known, by column, one value a combination; what nobody has is left out."""
    places = [s.place for s in found.sought]
    told: dict[str, list[Any]] = {
        "latitude": [p.latitude if p else None for p in places],
        "longitude": [p.longitude if p else None for p in places],
        "country": [
            country_name(p.country, chinese=chinese) if p and p.country else None for p in places
        ],
        "region": [p.region or None if p else None for p in places],
        "city": [p.city or None if p else None for p in places],
        "district": [p.district or None if p else None for p in places],
    }
    named = any(p is not None and p.id for p in places)
    if named:
        told["level"] = [p.level.value if p else None for p in places]
        told["confidence"] = [s.confidence if s.place else None for s in found.sought]
    told |= in_language(_surroundings(told["latitude"], told["longitude"]), chinese=chinese)
    return {name: cells for name, cells in told.items() if any(c is not None for c in cells)}


def around(lats: Floats, lons: Floats) -> dict[str, list[Any]]:
    """Look around points: one value a point for each thing that is told."""
    cities, km = nearest_large(lats, lons)
    people = people_nearby(lats, lons)
    return {
        "nearest": cities,
        "distance": np.round(km, 1).tolist(),
        "people": np.round(people).tolist(),
        "settlement": settlement(people),
        "climate": [zone or None for zone in climate(lats, lons)],
    }


def in_language(told: dict[str, list[Any]], *, chinese: bool) -> dict[str, list[Any]]:
    """Say the kinds of settlement in the file's language."""
    names = dict(zip(SETTLEMENTS, CHINESE_SETTLEMENTS, strict=True))
    if not chinese:
        return told
    return told | {"settlement": [names.get(cell) for cell in told["settlement"]]}


def _surroundings(latitude: list[Any], longitude: list[Any]) -> dict[str, list[Any]]:
    """Look around each point once, however many combinations are there."""
    lat, lon = (np.array(c, dtype=np.float64) for c in (latitude, longitude))
    known = np.flatnonzero(~np.isnan(lat))
    at = np.round(np.column_stack((lat[known], lon[known])), DECIMALS)
    points, which = np.unique(at, axis=0, return_inverse=True)
    lats, lons = (points[:, i].astype(np.float64) for i in (0, 1))
    seen = around(lats, lons)
    spread: dict[str, list[Any]] = {name: [None] * len(lat) for name in seen}
    for name, values in seen.items():
        for position, i in zip(known.tolist(), which.ravel().tolist(), strict=True):
            spread[name][position] = values[i]
    return spread
