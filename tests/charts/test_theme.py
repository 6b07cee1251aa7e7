"""One look for all charts."""

import math
import tomllib
from pathlib import Path

import altair as alt
import pandas as pd
import pytest

from segmentation.charts.theme import FONT, drawn_count, ink_of, themed
from segmentation.wording import words_in
from tests.charts.vision import contrast

ROOT = Path(__file__).parents[2]
THEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


def bare() -> alt.LayerChart:
    return alt.LayerChart(layer=[alt.Chart(pd.DataFrame({"a": [1]})).mark_point().encode(x="a:Q")])


@THEMES
def test_a_chart_carries_its_whole_look(dark: bool) -> None:
    config = themed(bare(), dark=dark).to_dict()["config"]
    assert config["background"] == ink_of(dark=dark).paper
    assert config["font"] == FONT
    assert {"axis", "title", "view", "autosize"} <= set(config)


def test_the_chart_that_was_given_stays_as_it_was() -> None:
    chart = bare()
    themed(chart, dark=True)
    assert chart.to_dict()["config"] != themed(chart, dark=True).to_dict()["config"]


@THEMES
def test_a_charts_paper_text_and_font_are_those_of_the_page(dark: bool) -> None:
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        theme = tomllib.load(file)["theme"]
    page = theme["dark" if dark else "light"]
    ink = ink_of(dark=dark)
    assert theme["font"] == FONT
    assert (ink.paper, ink.text) == (page["backgroundColor"], page["textColor"])
    assert (ink.quiet, ink.accent) == (page["grayTextColor"], page["linkColor"])


@THEMES
def test_every_word_of_a_chart_can_be_read_and_every_mark_seen(dark: bool) -> None:
    ink = ink_of(dark=dark)
    assert contrast(ink.text, ink.paper) >= 7
    assert contrast(ink.quiet, ink.paper) >= 4.5
    assert contrast(ink.accent, ink.paper) >= 3


def test_the_font_has_chinese_before_it_falls_back_to_anything() -> None:
    families = [family.strip(" '") for family in FONT.split(",")]
    assert families[0] == "Source Sans"
    assert families[-1] == "sans-serif"
    assert {"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei"} <= set(families[1:-1])


@pytest.mark.parametrize(
    ("n", "english", "chinese"),
    [
        (0, "0", "0"),
        (9_999, "9,999", "9,999"),
        (10_000, "10K", "1万"),
        (1_234_567, "1.2M", "123.5万"),
        (250_000_000, "250M", "2.5亿"),
    ],
)
def test_counts_are_short_where_room_is_scarce_in_each_language(
    n: int, english: str, chinese: str
) -> None:
    assert drawn_count(n, words_in("en")) == english
    assert drawn_count(n, words_in("zh_CN")) == chinese


def test_shares_are_the_same_in_both_languages() -> None:
    for share in (0.0, 0.004, 0.31, 1.0, math.nan):
        assert words_in("en").percent(share) == words_in("zh_CN").percent(share)
