"""What every chart promises, and what each one shows."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import altair as alt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.charts import (
    accuracy_chart,
    agreement_chart,
    border_heat,
    composition_bars,
    difference_heat,
    gorge_chart,
    hierarchy_chart,
    left_curve,
    mean_dots,
    origins_chart,
    profile_plots,
    profile_sheet,
    region_heat,
    season_heat,
    segment_colors,
    separation_curve,
    separation_plot,
    share_heat,
    size_bars,
    snake_plot,
    spread_boxes,
)
from segmentation.charts.heat import folded
from segmentation.charts.profile_plot import called
from segmentation.charts.theme import FONT, ink_of
from segmentation.geography.seasons import Seasons, SeasonSource
from segmentation.profiles import CrossTable, cross_table, marks
from segmentation.structure import Partition, Segment
from segmentation.wording import Language, words_in
from tests.charts.conftest import Results

NAMES = ("Loyal households", "Bargain hunters", "“Späte” 顾客 | *all*")
BASIS = ("visits", "days_since_the_last_purchase")
Spec = Mapping[str, Any]
Draw = Callable[[Results, Language, bool], alt.LayerChart]

SEASONS = Seasons(
    SeasonSource("joined", ("c0",)),
    np.array([[0.4, 0.25, np.nan], [0.2, 0.25, 0.3], [0.2, 0.25, 0.3], [0.2, 0.25, np.nan]]),
    np.array([0.3, 0.25, 0.25, 0.2]),
    90,
)


def split_in_two(segment: int) -> Partition:
    """Three micro-segments, two of them parts of one segment."""
    nobody = np.empty(0, np.int64)
    macro = Partition("m", nobody, nobody.astype(np.int16), (Segment(0), Segment(1)))
    parts = (Segment(segment, 0), Segment(segment, 1))
    leaves = (*parts, Segment(1)) if segment == 0 else (Segment(0), *parts)
    return Partition("l", nobody, nobody.astype(np.int16), leaves, macro)


CHARTS: dict[str, Draw] = {
    "sizes": lambda r, lang, dark: size_bars(r.profile.sizes, NAMES, words_in(lang), dark=dark),
    "differences": lambda r, lang, dark: difference_heat(
        r.profile, NAMES, BASIS, words_in(lang), dark=dark
    ),
    "profile": lambda r, lang, dark: profile_plots(
        marks(r.profile, r.variables), 3, words_in(lang), dark=dark
    )[0],
    "boxes": lambda r, lang, dark: spread_boxes(r.spreads, NAMES, words_in(lang), dark=dark),
    "shares": lambda r, lang, dark: share_heat(r.profile, "club", NAMES, words_in(lang), dark=dark),
    "regions": lambda r, lang, dark: region_heat(r.regions, NAMES, words_in(lang), dark=dark),
    "separation": lambda r, lang, dark: separation_curve(
        r.extraction, 3, words_in(lang), dark=dark
    ),
    "left": lambda r, lang, dark: left_curve(r.extraction, 3, words_in(lang), dark=dark),
    "agreement": lambda r, lang, dark: agreement_chart(r.trust, 3, words_in(lang), dark=dark),
    "origins": lambda r, lang, dark: origins_chart(r.trust.steps, 3, words_in(lang), dark=dark),
    "questions": lambda r, lang, dark: accuracy_chart(r.golden, 1, words_in(lang), dark=dark),
    "snake": lambda r, lang, dark: snake_plot(
        marks(r.profile, r.variables), NAMES, words_in(lang), dark=dark
    ),
    "plane": lambda r, lang, dark: separation_plot(
        r.plane, r.features, NAMES, words_in(lang), dark=dark
    ),
    "composition": lambda r, lang, dark: composition_bars(
        cross_table(r.profile, "club"), NAMES, words_in(lang), dark=dark
    ),
    "means": lambda r, lang, dark: mean_dots(
        [f for f in r.profile.numbers if f.variable == "visits"], NAMES, words_in(lang), dark=dark
    ),
    "borders": lambda r, lang, dark: border_heat(r.near, NAMES, words_in(lang), dark=dark),
    "seasons": lambda r, lang, dark: season_heat(SEASONS, NAMES, words_in(lang), dark=dark),
    "hierarchy": lambda r, lang, dark: hierarchy_chart(
        split_in_two(1), r.profile.sizes, (NAMES[:2], NAMES), words_in(lang), dark=dark
    ),
    "gorge": lambda r, lang, dark: gorge_chart(r.borders, NAMES, words_in(lang), dark=dark),
}
EVERY = pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
THEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh_CN"])


def rows_of(chart: alt.LayerChart) -> list[dict[str, Any]]:
    """The rows that a chart is drawn from."""
    (rows,) = chart.to_dict()["datasets"].values()
    return list(rows)


def parts(spec: object) -> Iterator[Mapping[str, Any]]:
    """Every object of a specification, at any depth."""
    if isinstance(spec, dict):
        yield spec
        for value in spec.values():
            yield from parts(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from parts(value)


def titles(spec: Spec) -> set[str]:
    """Every title that a reader may see."""
    without_data = {key: value for key, value in spec.items() if key not in ("datasets", "config")}
    found = {part.get("title") for part in parts(without_data)}
    return {title for title in found if isinstance(title, str) and title.strip()}


def spoken(results: Results, draw: Draw, language: Language) -> set[str]:
    return titles(draw(results, language, False).to_dict())


@EVERY
@THEMES
@LANGUAGES
def test_a_chart_is_valid_and_brings_its_look(
    results: Results, draw: Draw, language: Language, dark: bool
) -> None:
    spec = draw(results, language, dark).to_dict()
    assert spec["config"]["font"] == FONT
    assert spec["config"]["background"] == ink_of(dark=dark).paper
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


@EVERY
def test_a_chart_takes_the_width_it_is_given(results: Results, draw: Draw) -> None:
    spec = draw(results, "en", False).to_dict()
    assert "width" not in spec
    assert not [layer for layer in spec["layer"] if "width" in layer]
    assert spec["config"]["autosize"] == {"type": "fit", "contains": "padding"}


@EVERY
def test_no_name_on_an_axis_is_left_out_for_want_of_room(results: Results, draw: Draw) -> None:
    spec = draw(results, "en", False).to_dict()
    assert spec["config"]["axisDiscrete"]["labelOverlap"] is False


@EVERY
def test_nothing_is_told_in_a_legend_of_colours(results: Results, draw: Draw) -> None:
    for part in parts(draw(results, "en", False).to_dict()["layer"]):
        if "color" in part and "scale" in part["color"] and part["color"]["scale"] is not None:
            assert part["color"]["legend"] is None


@EVERY
def test_a_chart_loads_nothing_from_elsewhere(results: Results, draw: Draw) -> None:
    spec = draw(results, "en", False).to_dict()
    assert not [part for part in parts(spec) if "url" in part or "href" in part]


@EVERY
def test_every_title_is_in_the_readers_language(results: Results, draw: Draw) -> None:
    english, chinese = (spoken(results, draw, language) for language in ("en", "zh_CN"))
    assert len(english) == len(chinese)
    assert not english & chinese
    assert all(any(letter >= "\u4e00" for letter in title) for title in chinese)


@THEMES
def test_a_bar_has_its_segments_colour(results: Results, dark: bool) -> None:
    spec = CHARTS["sizes"](results, "en", dark).to_dict()
    (scale,) = [
        part["color"]["scale"] for part in parts(spec["layer"]) if "scale" in part.get("color", ())
    ]
    assert scale["domain"] == list(NAMES)
    assert scale["range"] == segment_colors(3, dark=dark)


@THEMES
@pytest.mark.parametrize("chart", ["separation", "left"])
def test_a_mark_that_is_no_segment_has_no_segments_colour(
    results: Results, chart: str, dark: bool
) -> None:
    spec = CHARTS[chart](results, "en", dark).to_dict()
    used = {part["color"] for part in parts(spec["layer"]) if isinstance(part.get("color"), str)}
    assert used
    assert not used & set(segment_colors(10, dark=dark))


@LANGUAGES
def test_a_bar_says_its_name_share_and_size(results: Results, language: Language) -> None:
    words = words_in(language)
    rows = rows_of(CHARTS["sizes"](results, language, False))
    for row, size, name in zip(rows, results.profile.sizes, NAMES, strict=True):
        assert row["segment"] == name
        assert row["shown"] == f"{words.percent(size.share)} ({words.count(size.n)})"
        assert (row["from"], row["to"]) == (words.percent(size.low), words.percent(size.high))


def test_a_large_segment_is_written_short_and_its_tooltip_in_full(results: Results) -> None:
    sizes = [replace(size, n=123_456) for size in results.profile.sizes]
    short = {"en": "(123.5K)", "zh_CN": "(12.3万)"}
    for language in ("en", "zh_CN"):
        row = rows_of(size_bars(sizes, NAMES, words_in(language), dark=False))[0]
        assert row["shown"].endswith(short[language])
        assert row["customers"] == "123,456"


def test_the_longest_bar_leaves_room_for_its_numbers(results: Results) -> None:
    spec = CHARTS["sizes"](results, "en", False).to_dict()
    scales = [part["x"]["scale"] for part in parts(spec["layer"]) if "scale" in part.get("x", ())]
    assert len(scales) == 3
    for scale in scales:
        assert scale["domain"] == [0, max(size.high for size in results.profile.sizes)]
        assert "width - 100" in scale["range"][1]["expr"]


def test_a_cell_says_the_index_and_its_tooltip_the_values(results: Results) -> None:
    words = words_in("en")
    rows = rows_of(CHARTS["differences"](results, "en", False))
    assert len(rows) == len(BASIS) * 3
    facts = {(fact.variable, NAMES[fact.segment]): fact for fact in results.profile.numbers}
    for row in rows:
        fact = facts[row["name"], row["segment"]]
        assert row["shown"] == words.count(round(fact.index))
        assert (row["value"], row["overall"]) == (
            words.number(fact.mean),
            words.number(fact.overall),
        )


def test_a_cell_without_an_index_says_so_and_has_no_colour(results: Results) -> None:
    nothing = tuple(replace(f, index=math.nan, z=math.nan) for f in results.profile.numbers)
    described = replace(results.profile, numbers=nothing)
    rows = rows_of(difference_heat(described, NAMES, BASIS, words_in("en"), dark=False))
    assert {row["shown"] for row in rows} == {"–"}
    assert len({row["fill"] for row in rows}) == 1


def test_an_index_above_999_fits_its_cell(results: Results) -> None:
    large = tuple(replace(fact, index=12_345.0) for fact in results.profile.numbers)
    described = replace(results.profile, numbers=large)
    row = rows_of(difference_heat(described, NAMES, BASIS, words_in("en"), dark=False))[0]
    assert row["shown"] == "12.3K"
    assert row["index"] == "12,345"


def test_a_region_is_compared_with_the_segments_share_of_the_market(results: Results) -> None:
    words = words_in("en")
    rows = rows_of(CHARTS["regions"](results, "en", False))
    assert [row["name"] for row in rows] == [r for r in results.regions.regions for _ in NAMES]
    market = [words.percent(float(share)) for share in results.regions.market]
    assert [row["overall"] for row in rows] == market * len(results.regions.regions)


def test_a_hidden_group_stays_hidden_in_the_chart(results: Results) -> None:
    nothing = np.full_like(results.regions.index, np.nan)
    hidden = replace(results.regions, index=nothing, share=nothing)
    rows = rows_of(region_heat(hidden, NAMES, words_in("en"), dark=False))
    assert {(row["shown"], row["index"], row["value"]) for row in rows} == {("–", "–", "–")}


def test_only_the_largest_regions_are_drawn(results: Results) -> None:
    rows = rows_of(region_heat(results.regions, NAMES, words_in("en"), dark=False, most=2))
    assert {row["name"] for row in rows} == set(results.regions.regions[:2])


def test_names_of_segments_lean_where_the_page_is_too_narrow_for_them(results: Results) -> None:
    spec = CHARTS["differences"](results, "en", False).to_dict()
    axes = [part["x"]["axis"] for part in parts(spec["layer"]) if "axis" in part.get("x", ())]
    assert axes
    for axis in axes:
        # Three names of at most twelve letters a line need 86 pixels each.
        assert axis["labelAngle"]["expr"] == "width / 3 < 86 ? -45 : 0"
        assert axis["labelExpr"].startswith("width / 3 < 86 ? replace(")


def test_what_is_left_begins_with_the_undivided_market(
    results: Results,
) -> None:
    separation = separation_curve(results.extraction, 3, words_in("en"), dark=False)
    left = left_curve(results.extraction, 3, words_in("en"), dark=False)
    ks = list(results.extraction.family.solutions)
    assert [row["k"] for row in rows_of(separation)] == ks
    assert [row["k"] for row in rows_of(left)] == [1, *ks]
    assert rows_of(left)[0]["shown"] == "100%"


def test_the_number_on_show_is_filled_and_the_suggested_one_ringed(results: Results) -> None:
    spec = separation_curve(results.extraction, 5, words_in("en"), dark=False).to_dict()
    here, advised = spec["layer"][2:]
    suggested = results.extraction.choice.recommended_k
    assert (here["mark"]["filled"], advised["mark"]["filled"]) == (True, False)
    assert "=== 5" in str(here["transform"])
    assert f"=== {suggested}" in str(advised["transform"])


@given(st.text(min_size=1, max_size=60), st.integers(min_value=4, max_value=30))
def test_a_folded_name_keeps_every_letter(name: str, columns: int) -> None:
    lines = folded(name, columns)
    assert lines.replace("\n", "") == name.replace("\n", "")
    assert lines.count("\n") <= name.count("\n") + 1


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Segment 1", ["Segment 1"]),
        ("Loyal households", ["Loyal ", "households"]),
        ("忠诚的大家庭客户", ["忠诚的大", "家庭客户"]),
        ("abcdefghijklmnop", ["abcdefgh", "ijklmnop"]),
    ],
)
def test_a_long_name_takes_two_lines(name: str, lines: list[str]) -> None:
    assert folded(name, 12).split("\n") == lines


def test_the_box_of_the_shown_number_is_marked_and_every_number_has_one(results: Results) -> None:
    spec = agreement_chart(results.trust, 4, words_in("en"), dark=False).to_dict()
    boxes = next(rows for rows in spec["datasets"].values() if "median" in rows[0])
    assert [row["k"] for row in boxes] == sorted(results.trust.stability.agreement)
    assert all(0 <= row["low"] <= row["median"] <= row["high"] <= 1 for row in boxes)
    marked = [layer for layer in spec["layer"] if "transform" in layer]
    assert [layer["transform"][0]["filter"] for layer in marked] == ["(datum.k === 4)"]


def test_flows_lose_hardly_anybody_and_stay_inside_the_picture(results: Results) -> None:
    spec = origins_chart(results.trust.steps, 3, words_in("en"), dark=False).to_dict()
    flows, dots = sorted(spec["datasets"].values(), key=len, reverse=True)
    assert all(-0.01 <= row["y"] <= 1.01 for row in (*flows, *dots))
    for step in results.trust.steps:
        starts = {row["flow"]: row["share"] for row in flows if row["x"] == step.k}
        own = sum(share for flow, share in starts.items() if flow.startswith(f"{step.k}:"))
        assert 0.9 < own <= 1.0001
    assert len(dots) == sum(range(2, max(results.trust.stability.agreement) + 1))


def layer_rows(chart: alt.LayerChart | alt.FacetChart, field: str) -> list[dict[str, Any]]:
    """The rows of the layer that has a field."""
    found = chart.to_dict()["datasets"].values()
    return next(list(rows) for rows in found if rows and field in rows[0])


def test_a_line_passes_all_variables_in_the_order_of_the_bars(results: Results) -> None:
    found = marks(results.profile, results.variables)
    rows = layer_rows(snake_plot(found, NAMES, words_in("en"), dark=False), "effect")
    order = list(dict.fromkeys(called(mark) for mark in found))
    for name in NAMES:
        own = [row for row in rows if row["segment"] == name]
        assert [row["name"] for row in own] == order
        assert [row["place"] for row in own] == list(range(len(order)))
        assert len([row for row in own if row["label"]]) == 1


def test_names_at_lines_do_not_stand_on_each_other(results: Results) -> None:
    found = [
        replace(mark, effect=2.0 if mark.variable == "visits" else 0.5 * mark.segment)
        for mark in marks(results.profile, results.variables)
    ]
    rows = layer_rows(snake_plot(found, NAMES, words_in("en"), dark=False), "effect")
    labels = [(row["place"], row["effect"]) for row in rows if row["label"]]
    assert len(set(labels)) == 3


def test_gray_areas_stand_for_everybody_only_where_dots_do_not(results: Results) -> None:
    few = separation_plot(
        results.plane, results.features, NAMES, words_in("en"), dark=False
    ).to_dict()
    many = separation_plot(
        replace(results.plane, n=5_000), results.features, NAMES, words_in("en"), dark=False
    ).to_dict()
    assert len(many["layer"]) == len(few["layer"]) + 1


def test_every_tile_is_a_share_and_only_what_stands_out_has_a_colour() -> None:
    table = CrossTable("club", ("gold", "none"), np.array([[60.0, 10.0, 22], [40.0, 90.0, 45]]))
    rows = layer_rows(composition_bars(table, NAMES, words_in("en"), dark=False), "start")
    assert [row["share"] for row in rows if row["level"] == "gold"] == ["60%", "10%", "33%", "34%"]
    for name in NAMES:
        own = [row for row in rows if row["segment"] == name]
        assert [own[0]["start"], own[-1]["end"]] == pytest.approx([0, 1])
    gray = {row["fill"] for row in rows if row["segment"] in (NAMES[2], "All customers")}
    assert len(gray) == 1
    coloured = {row["fill"] for row in rows if row["segment"] in NAMES[:2]}
    assert not gray & coloured


def test_all_panels_can_be_taken_away_as_one_picture(results: Results) -> None:
    found = marks(results.profile, results.variables)
    rows = layer_rows(profile_sheet(found, NAMES, words_in("en"), dark=False), "fill")
    assert {row["segment"] for row in rows} == set(NAMES)
    assert len(rows) == len(found)


def test_the_parts_of_a_segment_stand_beside_it_and_are_as_high_together(results: Results) -> None:
    sizes, words = results.profile.sizes, words_in("en")
    chart = hierarchy_chart(split_in_two(1), sizes, (NAMES[:2], NAMES), words, dark=False)
    rows = {(row["name"], row["left"] == 0): row for row in rows_of(chart)}
    whole = rows[NAMES[1], True]
    first, second = rows[NAMES[1], False], rows[NAMES[2], False]
    assert (first["top"], second["bottom"]) == (whole["top"], whole["bottom"])
    assert whole["right"] < first["left"]
    assert rows[NAMES[0], True]["right"] == 1
    assert whole["customers"] == str(sizes[1].n + sizes[2].n)
    assert first["fill"] == second["fill"] == whole["fill"] != rows[NAMES[0], True]["fill"]
