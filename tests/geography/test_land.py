"""The outline of the land, and the script that made it."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scripts.rings import (
    Ring,
    arcs_of,
    area,
    contains,
    cut,
    polygons,
    shared,
    thinned,
    unrolled,
    within_the_map,
)

FILE = Path(__file__).parents[2] / "static" / "world-50m.geojson"


@pytest.fixture(scope="module")
def land() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def parts(land: dict[str, Any]) -> list[list[Ring]]:
    feature = land["features"][0]
    return [
        [[(x, y) for x, y in ring] for ring in part] for part in feature["geometry"]["coordinates"]
    ]


def test_the_world_is_land_and_the_borders_of_countries_and_of_regions(
    land: dict[str, Any],
) -> None:
    assert land["type"] == "FeatureCollection"
    assert [f["properties"]["kind"] for f in land["features"]] == [0, 1, 2]
    shapes = [f["geometry"]["type"] for f in land["features"]]
    assert shapes == ["MultiPolygon", "MultiLineString", "MultiLineString"]


@pytest.mark.parametrize(
    ("border", "kind", "longitude", "latitude"),
    [
        ("Rhine, France and Germany", 1, 7.8, 48.5),
        ("49th parallel, USA and Canada", 1, -105.0, 49.0),
        ("Utah and Nevada", 2, -114.04, 39.0),
        ("Guangdong and Hunan", 2, 113.0, 25.4),
    ],
)
def test_a_border_is_where_that_border_is(
    land: dict[str, Any], border: str, kind: int, longitude: float, latitude: float
) -> None:
    lines = land["features"][kind]["geometry"]["coordinates"]
    sides = np.array([side for line in lines for side in pairwise(line)])
    start, along = sides[:, 0], sides[:, 1] - sides[:, 0]
    spot = np.array([longitude, latitude])
    reach = ((spot - start) * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-12)
    nearest = start + np.clip(reach, 0, 1)[:, np.newaxis] * along
    assert np.hypot(*(nearest - spot).T).min() < 0.15, border


def test_the_outline_is_small_enough_to_be_loaded_with_a_page() -> None:
    assert FILE.stat().st_size < 500_000


def test_no_point_is_beyond_the_map(parts: list[list[Ring]]) -> None:
    points = np.array([point for part in parts for ring in part for point in ring])
    assert np.abs(points[:, 0]).max() <= 180
    assert -60 <= points[:, 1].min() < points[:, 1].max() <= 85


def test_every_ring_is_closed_and_none_crosses_the_world(parts: list[list[Ring]]) -> None:
    for part in parts:
        for ring in part:
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert max(abs(x1 - x0) for (x0, _), (x1, _) in pairwise(ring)) < 90


def test_outlines_run_counter_clockwise_and_holes_clockwise(parts: list[list[Ring]]) -> None:
    for outline, *holes in parts:
        assert area(outline) > 0
        assert all(area(hole) < 0 for hole in holes)


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "is_land"),
    [
        ("Berlin", 13.4, 52.5, True),
        ("Sacramento", -121.5, 38.6, True),
        ("Chukotka, west of the 180th meridian", 178.0, 67.5, True),
        ("Chukotka, east of it", -178.0, 67.0, True),
        ("Pacific", -150.0, 20.0, False),
        ("Caspian Sea, a hole in Asia", 51.0, 42.0, False),
        ("Singapore", 103.8, 1.35, True),
        ("Antarctica, left out", 0.0, -80.0, False),
    ],
)
def test_land_is_where_land_is(
    parts: list[list[Ring]], place: str, longitude: float, latitude: float, is_land: bool
) -> None:
    spot = (longitude, latitude)
    inside = any(
        contains(outline, spot) and not any(contains(hole, spot) for hole in holes)
        for outline, *holes in parts
    )
    assert inside is is_land, place


@st.composite
def stars(draw: st.DrawFn) -> Ring:
    """Rings without crossings: one corner for each of several directions from a middle."""
    reaches = draw(st.lists(st.floats(1, 30), min_size=3, max_size=14))
    middle = draw(st.floats(150, 210))
    turns = np.linspace(0, 2 * np.pi, len(reaches), endpoint=False)
    ring = [
        (middle + float(reach * np.cos(turn)), float(reach * np.sin(turn)))
        for reach, turn in zip(reaches, turns, strict=True)
    ]
    return [*ring, ring[0]]


@given(stars(), st.floats(170, 190))
def test_the_parts_of_a_cut_ring_have_the_area_of_the_whole(ring: Ring, edge: float) -> None:
    assume(min(abs(x - edge) for x, _ in ring) > 1e-6)
    east, west = cut(ring, edge, 1), cut(ring, edge, -1)
    assert sum(abs(area(part)) for part in (*east, *west)) == pytest.approx(abs(area(ring)))
    assert all(x >= edge for part in east for x, _ in part)
    assert all(x <= edge for part in west for x, _ in part)
    assert all(part[0] == part[-1] for part in (*east, *west))


@given(stars())
def test_a_ring_that_jumps_at_the_meridian_is_unrolled(ring: Ring) -> None:
    jumping = [((x + 180) % 360 - 180, y) for x, y in ring]
    run = unrolled(jumping)
    assert np.allclose(np.diff(np.array(run), axis=0), np.diff(np.array(ring), axis=0))


def test_a_comb_is_cut_into_its_teeth() -> None:
    comb: Ring = [(170, 0), (170, 5), (190, 5), (190, 4), (175, 4), (175, 1), (190, 1), (190, 0)]
    comb.append(comb[0])
    assert len(cut(comb, 180, 1)) == 2
    assert len(cut(comb, 180, -1)) == 1


def test_an_island_across_the_meridian_comes_back_in_two_parts() -> None:
    island: Ring = [(179, 10), (-178, 10), (-178, 12), (179, 12), (179, 10)]
    found = [part for (part,) in within_the_map([island])]
    assert sorted(round(abs(area(part)), 6) for part in found) == [2, 4]
    assert all(-180 <= x <= 180 for part in found for x, _ in part)


def test_a_ring_around_the_pole_is_left_out() -> None:
    ring: Ring = [(x, -50.0) for x in range(-180, 181, 30)]
    assert not list(within_the_map([ring]))


def test_a_hole_stays_in_the_part_that_it_is_in() -> None:
    outline: Ring = [(170, 0), (-170, 0), (-170, 10), (170, 10), (170, 0)]
    hole: Ring = [(172, 2), (172, 3), (173, 3), (172, 2)]
    found = list(within_the_map([outline, hole]))
    assert sorted(len(part) for part in found) == [1, 2]


def test_arcs_are_decoded_joined_and_walked_back() -> None:
    topology = {
        "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
        "arcs": [[[0, 0], [2, 0], [0, 2]], [[0, 0], [0, 2], [2, 0]]],
    }
    arcs = arcs_of(topology)
    geometry = {"type": "Polygon", "arcs": [[0, -2]]}
    ring = [(10, 20), (11, 20), (11, 21), (10, 21), (10, 20)]
    assert list(polygons(geometry, arcs)) == [[ring]]
    other = {"type": "Polygon", "arcs": [[1]]}
    assert shared([geometry, other], arcs) == [arcs[1]]


@given(stars(), st.floats(0.01, 3))
def test_a_thinned_line_keeps_its_ends_and_stays_near(ring: Ring, tolerance: float) -> None:
    few = thinned(ring, tolerance)
    assert few[0] == ring[0]
    assert few[-1] == ring[-1]
    assert set(few) <= set(ring)
    assert len(few) >= min(4, len(ring))
