import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.gazetteer import degrees, point


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-74.006", -74.006),
        ("40,7128", 40.7128),
        ("40°26'46\"N", 40.446111),
        ("40° 26′ 46″ S", -40.446111),
        ("W74 0 21", -74.005833),
        ("-33.86 S", -33.86),
        ("北纬30度15分", 30.25),
        ("12° O", -12.0),
    ],
)
def test_one_coordinate_is_read_however_it_is_written(text: str, expected: float) -> None:
    assert degrees(text) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("text", ["", "Berlin", "40°75'N", "N 40 W", "2024-01-05", "1,234,567"])
def test_what_is_no_coordinate_is_not_read_as_one(text: str) -> None:
    assert degrees(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "40.5,-74.25",
        "(40.5; -74.25)",
        "POINT(-74.25 40.5)",
        "SRID=4326;POINT (-74.25 40.5)",
        "40°30'N 74°15'W",
        "74°15'W, 40°30'N",
        "40,5, -74,25",
        "40.5 -74.25",
        "西经74.25 北纬40.5",
    ],
)
def test_both_coordinates_are_read_from_one_cell(text: str) -> None:
    assert point(text) == (40.5, -74.25)


@given(st.floats(-89, 89), st.floats(-179, 179))
def test_what_is_written_with_decimals_comes_back(latitude: float, longitude: float) -> None:
    found = point(f"{latitude:.6f}, {longitude:.6f}")
    assert found == (round(latitude, 6), round(longitude, 6))


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert degrees(text) is None or isinstance(degrees(text), float)
    assert point(text) is None or len(point(text) or ()) == 2
