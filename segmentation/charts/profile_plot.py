"""The profile plot: how far every basis variable of a segment lies from the market.

Enters: the marks of a profile. Leaves: a chart a segment, all on one scale. Refuses to fill what
does not mark a segment: those bars stay hollow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.charts.palette import segment_colors
from segmentation.charts.theme import ink_of, name_limit, themed
from segmentation.profiles import Mark
from segmentation.wording import Words

_ROW_HEIGHT = 22
# Bars reach to the largest effect, but a single huge one must not flatten all others.
_LEAST_REACH, _FARTHEST = 1.0, 3.0


def profile_plots(
    marks: Sequence[Mark], k: int, words: Words, *, dark: bool
) -> list[alt.LayerChart]:
    """Draw one panel a segment: bars to the right are above the market, to the left below.

    Full bars are marker variables, hollow ones are not.

    Parameters
    ----------
    marks : sequence of Mark
        In the order to draw them.
    k : int
        Number of segments.
    words : Words
        The reader's language.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    list of altair.LayerChart
        One a segment.
    """
    effects = [abs(mark.effect) for mark in marks if not math.isnan(mark.effect)]
    reach = min(max([_LEAST_REACH, *effects]), _FARTHEST)
    colors = segment_colors(k, dark=dark)
    return [
        _panel([m for m in marks if m.segment == segment], color, reach, words, dark=dark)
        for segment, color in enumerate(colors)
    ]


def _panel(
    marks: Sequence[Mark],
    color: str,
    reach: float,
    words: Words,
    *,
    dark: bool,
) -> alt.LayerChart:
    ink = ink_of(dark=dark)
    base = alt.Chart(_rows(marks, color, ink.paper, reach, words)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=name_limit(150, 130))),
        tooltip=[
            alt.Tooltip("name:N", title=" "),
            alt.Tooltip("value:N", title=words("Here")),
            alt.Tooltip("overall:N", title=words("Overall")),
        ],
    )
    bars = base.mark_bar(height=12, stroke=ink.quiet, strokeWidth=0.5).encode(
        x=alt.X(
            "effect:Q",
            title=words("In standard deviations"),
            scale=alt.Scale(domain=[-reach, reach]),
            axis=alt.Axis(tickCount=4, format="+.1f"),
        ),
        color=alt.Color("fill:N", scale=None),
    )
    middle = base.mark_rule(strokeWidth=1).encode(x=alt.datum(0))
    chart = alt.LayerChart(layer=[bars, middle])
    rows = len({(mark.variable, mark.level) for mark in marks})
    return themed(chart.properties(height=_ROW_HEIGHT * max(1, rows) + 40), dark=dark)


def _rows(
    marks: Sequence[Mark], color: str, paper: str, reach: float, words: Words
) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "name": _called(mark),
                "effect": max(-reach, min(reach, 0.0 if math.isnan(mark.effect) else mark.effect)),
                "fill": color if mark.is_marker else paper,
                "value": _text(mark.value, mark, words),
                "overall": _text(mark.overall, mark, words),
            }
            for mark in marks
        ]
    )


def _called(mark: Mark) -> str:
    return mark.variable if mark.level is None else f"{mark.level} ({mark.variable})"


def _text(value: float, mark: Mark, words: Words) -> str:
    return words.percent(value) if mark.is_share else words.number(value)
