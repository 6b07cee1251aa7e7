"""How every chart looks: one type scale, one grid, two sets of colours, numbers by language.

Enters: a chart and the reader's theme. Leaves: the same chart, carrying its whole configuration, so
that the page, an exported picture and a report draw it alike. Refuses to know what a chart shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import altair as alt

from segmentation.wording import Words

# Source Sans comes with the page; the next three hold Chinese on Linux, macOS and Windows.
FONT = "'Source Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
TITLE_SIZE, LABEL_SIZE = 14, 12
# Below this width a chart stands on a phone, and its names get less room (pixels).
NARROW = 420
# From here on a drawn count is written short; its tooltip and table keep every digit.
COMPACT_FROM = 10_000


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a chart that are no segment's, as ``#rrggbb``.

    Attributes
    ----------
    paper : str
        The page behind the chart.
    text : str
        Titles, names and numbers.
    quiet : str
        Axis labels, and lines that only lead the eye.
    grid : str
        Grid lines.
    accent : str
        What is on show now; no segment has it.
    """

    paper: str
    text: str
    quiet: str
    grid: str
    accent: str


_LIGHT = Ink(paper="#ffffff", text="#12161a", quiet="#4a545c", grid="#e1e6ea", accent="#1f5f8b")
_DARK = Ink(paper="#14191e", text="#e8ecef", quiet="#b4bec6", grid="#2c353d", accent="#8cc4ea")


def ink_of(*, dark: bool) -> Ink:
    """Return the colours of a chart on a light or a dark page (``.streamlit/config.toml``)."""
    return _DARK if dark else _LIGHT


Chart = TypeVar("Chart", alt.LayerChart, alt.FacetChart)


def themed(chart: Chart, *, dark: bool) -> Chart:
    """Give a chart its look; it then needs no theme of whoever shows it.

    Parameters
    ----------
    chart : altair.LayerChart or altair.FacetChart
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.LayerChart or altair.FacetChart
        A new chart with the configuration in it.
    """
    styled: Chart = chart.properties(
        config=alt.Config(**_config(ink_of(dark=dark))),
        padding={"left": 4, "top": 4, "right": 4, "bottom": 8},
    )
    return styled


def _config(ink: Ink) -> Mapping[str, Any]:
    axis = {
        "labelColor": ink.quiet,
        "titleColor": ink.quiet,
        "labelFontSize": LABEL_SIZE,
        "titleFontSize": LABEL_SIZE,
        "titleFontWeight": "normal",
        "titlePadding": 10,
        "labelPadding": 6,
        "gridColor": ink.grid,
        "domain": False,
        "ticks": False,
    }
    return {
        "font": FONT,
        "background": ink.paper,
        "autosize": {"type": "fit", "contains": "padding"},
        "view": {"stroke": None},
        "axis": axis,
        # Every segment and variable keeps its name, however narrow the page.
        "axisDiscrete": {"grid": False, "labelOverlap": False},
        "title": {
            "anchor": "start",
            "color": ink.text,
            "fontSize": TITLE_SIZE,
            "fontWeight": "bold",
            "offset": 12,
        },
        "text": {"color": ink.text, "fontSize": LABEL_SIZE},
        "rule": {"color": ink.text},
        "line": {"color": ink.quiet},
    }


def name_limit(wide: int, narrow: int) -> alt.ExprRef:
    """Return how many pixels a name on the left may take, on a wide chart and on a phone."""
    return alt.ExprRef(expr=f"width < {NARROW} ? {narrow} : {wide}")


def drawn_count(n: int, words: Words) -> str:
    """Write a count where room is scarce: 9,999 as it is, from there on 12.3K or 1.2万.

    Examples
    --------
    >>> from segmentation.wording import words_in
    >>> drawn_count(1993, words_in("en")), drawn_count(12_345, words_in("en"))
    ('1,993', '12.3K')
    >>> drawn_count(12_345, words_in("zh_CN"))
    '1.2万'
    """
    return words.compact(n) if n >= COMPACT_FROM else words.count(n)


def told_interval(bounds: tuple[float, float], written: Callable[[float], str]) -> str:
    """Write an interval with a dash between its ends; a dash alone where there is none.

    Examples
    --------
    >>> told_interval((0.25, 0.5), str), told_interval((math.nan, math.nan), str)
    ('0.25 – 0.5', '–')
    """
    low, high = bounds
    return "–" if math.isnan(low) else f"{written(low)} – {written(high)}"
