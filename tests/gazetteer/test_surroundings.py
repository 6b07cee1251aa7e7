import numpy as np
import pytest

from segmentation.gazetteer import climate, nearest_large, on_land, people_nearby, settlement
from segmentation.gazetteer.tables import columns_of

LAT, LON = np.array([38.41, 38.54, 37.85]), np.array([-121.37, -121.74, -119.55])


def haversine(lat: float, lon: float, lats: np.ndarray, lons: np.ndarray) -> np.ndarray:
    y, x, ys, xs = map(np.radians, (lat, lon, lats, lons))
    a = np.sin((ys - y) / 2) ** 2 + np.cos(y) * np.cos(ys) * np.sin((xs - x) / 2) ** 2
    return 2 * 6371.0088 * np.arcsin(np.sqrt(a))


def test_the_nearest_large_city_is_that_of_the_haversine_formula() -> None:
    cities = columns_of("cities")
    lats, lons, people = (
        np.array(cities[c], dtype=float) for c in ("latitude", "longitude", "population")
    )
    large = people >= 100_000
    names, km = nearest_large(LAT, LON)
    for lat, lon, name, way in zip(LAT, LON, names, km, strict=True):
        ways = haversine(lat, lon, lats[large], lons[large])
        assert way == pytest.approx(ways.min(), rel=1e-6)
        assert name == np.array(cities["name"])[large][ways.argmin()]


def test_people_nearby_are_summed_by_the_formula() -> None:
    cities = columns_of("cities")
    lats, lons, people = (
        np.array(cities[c], dtype=float) for c in ("latitude", "longitude", "population")
    )
    ways = haversine(LAT[0], LON[0], lats, lons)
    expected = (people * np.clip(1 - ways / 25, 0, 1) ** 2).sum()
    assert people_nearby(LAT[:1], LON[:1])[0] == pytest.approx(expected, rel=1e-6)


def test_towns_and_wilderness_are_told_apart() -> None:
    assert settlement(people_nearby(LAT, LON)) == ["urban", "suburban", "rural"]


def test_climates_are_those_of_the_map_and_the_sea_has_none() -> None:
    places = np.array([[1.3, 103.8], [30.0, 31.2], [64.1, -21.9], [51.5, -0.1], [0.0, -30.0]])
    assert climate(places[:, 0], places[:, 1]) == ["Af", "BWh", "Cfc", "Cfb", ""]
    assert on_land(places[:, 0], places[:, 1]) == 0.8
