import ibis
import numpy as np
import pyarrow as pa
import pytest
from sklearn.metrics.pairwise import haversine_distances

from segmentation.engine import DuckSession
from segmentation.geography.nearest import EARTH_KM, NearestPlace, km_to

RNG = np.random.default_rng(11)


def anywhere(n: int) -> tuple[np.ndarray, np.ndarray]:
    return np.degrees(np.arcsin(RNG.uniform(-1, 1, n))), RNG.uniform(-180, 180, n)


def test_place_and_distance_are_those_of_all_pairs_compared() -> None:
    places, points = anywhere(40), anywhere(300)
    pairs = haversine_distances(
        np.radians(np.column_stack(points)), np.radians(np.column_stack(places))
    )
    place, km = NearestPlace(*places).find(*points)
    assert np.array_equal(place, pairs.argmin(axis=1))
    assert np.allclose(km, EARTH_KM * pairs.min(axis=1), rtol=1e-9)


@pytest.mark.parametrize(
    ("point", "nearest", "km"),
    [
        ((0.0, 179.9), 1, 22.239),  # beyond the date line
        ((89.9, 10.0), 2, 11.119),  # the pole
        ((-33.5, 0.2), 0, 3725.2),
    ],
)
def test_neither_date_line_nor_pole_is_a_border(
    point: tuple[float, float], nearest: int, km: float
) -> None:
    finder = NearestPlace(np.array([0.0, 0.0, 90.0]), np.array([0.0, -179.9, 0.0]))
    place, distance = finder.find(np.array([point[0]]), np.array([point[1]]))
    assert place[0] == nearest
    assert distance[0] == pytest.approx(km, rel=1e-4)


def test_a_few_metres_are_told_exactly() -> None:
    finder = NearestPlace(np.array([48.0]), np.array([11.0]))
    _, km = finder.find(np.array([48.00001, 48.0]), np.array([11.0, 11.0]))
    assert km[0] == pytest.approx(EARTH_KM * np.radians(0.00001), rel=1e-6)
    assert km[1] == 0


def test_the_engine_measures_the_same_distance(tmp_path_factory: pytest.TempPathFactory) -> None:
    session = DuckSession(tmp_path_factory.mktemp("visit"))
    lat, lon = anywhere(50)
    session.put("points", pa.table({"i": np.arange(50), "lat": lat, "lon": lon}))
    rows = session.table("points")
    asked = rows.select("i", km=km_to(rows["lat"], rows["lon"], (52.5, 13.4))).order_by(ibis._.i)
    _, km = NearestPlace(np.array([52.5]), np.array([13.4])).find(lat, lon)
    assert np.allclose(session.arrow(asked)["km"].to_numpy(), km, rtol=1e-9)
