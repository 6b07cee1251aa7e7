import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.geography import Extent
from segmentation.geography.mercator import height
from segmentation.geography.view import (
    CLOSEST_ZOOM,
    SCREEN_HEIGHT,
    SCREEN_WIDTH,
    WORLD,
    View,
    fit,
    grid,
)

SACRAMENTO = Extent(west=-121.52, south=38.40, east=-121.07, north=38.80)


def pixels(view: View, longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place is on the modest screen, from its middle."""
    up = height(latitude) - height(view.latitude)
    return (longitude - view.longitude) / view.degrees_a_pixel, up / view.degrees_a_pixel


@given(st.floats(-170, 160), st.floats(-70, 70), st.floats(0.001, 100), st.floats(0.001, 60))
def test_the_extent_is_inside_the_screen(
    west: float, south: float, wide: float, tall: float
) -> None:
    extent = Extent(west, south, west + wide, min(south + tall, 84.0))
    view = fit(extent)
    for longitude, latitude in ((extent.west, extent.south), (extent.east, extent.north)):
        x, y = pixels(view, longitude, latitude)
        assert abs(x) <= SCREEN_WIDTH / 2 + 1e-6
        assert abs(y) <= SCREEN_HEIGHT / 2 + 1e-6


def test_the_extent_fills_the_screen_but_for_its_padding() -> None:
    x, y = pixels(fit(SACRAMENTO), SACRAMENTO.east, SACRAMENTO.north)
    assert max(2 * x / SCREEN_WIDTH, 2 * y / SCREEN_HEIGHT) == pytest.approx(0.76, abs=0.01)


def test_customers_in_one_spot_are_not_looked_at_through_a_microscope() -> None:
    assert fit(Extent(7.0, 50.0, 7.0, 50.0)).zoom == CLOSEST_ZOOM


def test_nobody_is_shown_on_the_whole_world() -> None:
    assert fit(None) == WORLD
    assert WORLD.degrees > 360


def test_a_town_has_squares_and_a_scale_instead_of_an_outline() -> None:
    view = fit(SACRAMENTO)
    assert view.is_local
    assert not view.has_outline
    lines = grid(view)
    assert lines.km == 10
    assert lines.scale is not None
    (west, level), (east, _) = lines.scale
    km = math.radians(east - west) * 6371.0 * math.cos(math.radians(view.latitude))
    assert km == pytest.approx(lines.km, rel=0.01)
    x, y = pixels(view, (west + east) / 2, level)
    assert abs(x) < SCREEN_WIDTH / 4
    assert -1.2 * SCREEN_HEIGHT / 2 < y < 0


def test_the_scale_is_one_side_of_a_square() -> None:
    lines = grid(fit(SACRAMENTO))
    assert lines.scale is not None
    (west, level), (east, _) = lines.scale
    meridians = sorted({a[0] for a, b in lines.lines if a[0] == b[0]})
    parallels = sorted({a[1] for a, b in lines.lines if a[1] == b[1]})
    assert meridians.index(east) - meridians.index(west) == 1
    assert level in parallels
    sides = np.diff([height(y) for y in parallels])
    assert np.allclose(sides, east - west, rtol=1e-3)


@pytest.mark.parametrize("zoom", [5.5, 7, 9, 11, 13])
def test_squares_are_neither_crowded_nor_lost(zoom: float) -> None:
    view = View(longitude=10.0, latitude=50.0, zoom=zoom)
    lines = grid(view)
    assert lines.scale is not None
    (west, _), (east, _) = lines.scale
    assert 40 <= (east - west) / view.degrees_a_pixel <= 220


def test_a_continent_has_meridians_and_no_scale() -> None:
    lines = grid(fit(Extent(-120.0, -30.0, 130.0, 55.0)))
    assert lines.scale is None
    assert lines.km is None
    assert all(abs(x) <= 180 and abs(y) <= 90 for line in lines.lines for x, y in line)


def test_the_scale_of_a_country_is_as_long_as_it_says_where_it_lies() -> None:
    lines = grid(fit(Extent(100.0, 25.0, 121.0, 35.0)))
    assert lines.scale is not None
    assert lines.km is not None
    (west, level), (east, same) = lines.scale
    assert level == same
    km = math.radians(east - west) * 6371.0 * math.cos(math.radians(level))
    assert km == pytest.approx(lines.km, rel=0.01)


def test_a_country_has_more_meridians_than_the_world() -> None:
    country = grid(fit(Extent(100.0, 25.0, 121.0, 35.0)))
    assert len(country.lines) > len(grid(WORLD).lines)
