"""Ten colours that stay apart for every reader, on either page."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from segmentation.charts import segment_colors, segment_rgb
from segmentation.charts.palette import heat_color, ink_on
from tests.charts.vision import SIGHTS, ciede2000, contrast, distances, lab, linear

ROOT = Path(__file__).parents[2]
THEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])

# The smallest CIEDE2000 distance of any two of the first n colours, for the reader who sees them
# least apart. docs/design.md says what is achieved; a new colour must not fall below it.
FLOORS = {5: 18.0, 8: 13.2, 10: 12.7}
FROM_THE_PRIMARY_BUTTON = 10.0

# Sharma, Wu & Dalal (2005), The CIEDE2000 color-difference formula, Color Research & Application
# 30:21-30, table 1: among them the pairs whose hues lie on either side of 0 or 180 degrees, and one
# without chroma.
SHARMA = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
    ((50.0, -0.0010, 2.4900), (50.0, 0.0009, -2.4900), 4.8045),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


def theme() -> dict[str, dict[str, list[str]]]:
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        loaded: dict[str, dict[str, list[str]]] = tomllib.load(file)["theme"]
    return loaded


@pytest.mark.parametrize(("one", "other", "published"), SHARMA)
def test_the_distance_is_the_published_one(
    one: tuple[float, float, float], other: tuple[float, float, float], published: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(published, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize("sight", SIGHTS)
def test_every_reader_sees_white_as_white(sight: str) -> None:
    assert lab("#ffffff", sight) == pytest.approx([100, 0, 0], abs=0.02)


def test_red_and_green_come_closer_without_red_or_green_cones() -> None:
    red, green = "#b04030", "#5f7a30"
    apart = {sight: ciede2000(lab(red, sight), lab(green, sight)) for sight in SIGHTS}
    assert apart["deuteranopia"] < apart["normal"] / 2
    assert apart["protanopia"] < apart["normal"] / 2
    assert apart["tritanopia"] > apart["normal"] / 2


@THEMES
@pytest.mark.parametrize("n", FLOORS)
def test_no_reader_takes_one_segment_for_another(n: int, dark: bool) -> None:
    near = min(distances(segment_colors(n, dark=dark)), key=lambda found: found[-1])
    assert near[-1] >= FLOORS[n], near


@THEMES
def test_every_segment_stands_out_from_the_page(dark: bool) -> None:
    page = str(theme()["dark" if dark else "light"]["backgroundColor"])
    assert min(contrast(color, page) for color in segment_colors(10, dark=dark)) >= 3


@THEMES
def test_no_segment_looks_like_the_primary_button(dark: bool) -> None:
    button = lab(str(theme()["dark" if dark else "light"]["primaryColor"]))
    nearest = min(ciede2000(lab(color), button) for color in segment_colors(10, dark=dark))
    assert nearest >= FROM_THE_PRIMARY_BUTTON


def test_a_segment_keeps_its_colour_when_the_page_turns_dark() -> None:
    assert segment_colors(10, dark=True) == segment_colors(10, dark=False)


@THEMES
def test_charts_of_streamlit_itself_take_the_same_colours(dark: bool) -> None:
    given = theme()["dark" if dark else "light"]["chartCategoricalColors"]
    assert given == segment_colors(10, dark=dark)


def test_ten_segments_have_ten_colours_and_the_eleventh_begins_anew() -> None:
    eleven = segment_colors(11, dark=False)
    assert len(set(eleven[:10])) == 10
    assert eleven[10] == eleven[0]


def test_more_segments_never_recolour_those_that_were_there() -> None:
    for fewer, more in pairwise(segment_colors(k, dark=False) for k in range(1, 11)):
        assert more[: len(fewer)] == fewer


def test_maps_take_the_same_colours_as_charts() -> None:
    for color, (red, green, blue) in zip(
        segment_colors(10, dark=True), segment_rgb(10, dark=True), strict=True
    ):
        assert f"#{red:02x}{green:02x}{blue:02x}" == color


@THEMES
@pytest.mark.parametrize("step", range(-10, 11))
def test_the_number_in_a_cell_can_be_read_whatever_its_colour(step: int, dark: bool) -> None:
    fill = heat_color(step / 10, dark=dark)
    assert contrast(fill, ink_on(fill)) >= 4.5


@THEMES
def test_a_cells_colour_ends_where_the_scale_ends(dark: bool) -> None:
    assert heat_color(7, dark=dark) == heat_color(1, dark=dark)
    assert heat_color(-7, dark=dark) == heat_color(-1, dark=dark)


@THEMES
def test_the_further_from_the_average_the_stronger_the_cell(dark: bool) -> None:
    page = str(theme()["dark" if dark else "light"]["backgroundColor"])
    for side in (-1, 1):
        strengths = [contrast(heat_color(side * step / 4, dark=dark), page) for step in range(5)]
        assert strengths == sorted(strengths)


@THEMES
def test_above_and_below_the_average_differ_for_every_reader(dark: bool) -> None:
    ends = [heat_color(-1, dark=dark), heat_color(1, dark=dark)]
    assert min(found[-1] for found in distances(ends)) >= 25


def test_luminance_runs_from_black_to_white() -> None:
    assert linear("#000000") == pytest.approx([0, 0, 0])
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
