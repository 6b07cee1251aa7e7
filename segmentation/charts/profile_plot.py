"""The profile plot: how far every basis variable of a segment lies from the market.

Enters: the marks of a profile. Leaves: a chart a segment, all on one scale. Refuses to fill what
does not mark a segment: those bars stay hollow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.charts.frame import rows_chart
from segmentation.charts.palette import segment_colors
from segmentation.charts.theme import ink_of, name_limit, themed
from segmentation.profiles import Mark
from segmentation.wording import Words

_ROW_HEIGHT = 22
# Bars reach to the largest effect, but a single huge one must not flatten all others.
_LEAST_REACH, _FARTHEST = 1.0, 3.0
PANELS_A_ROW, _PANEL_WIDTH = 3, 200


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
    reach = _reach(marks)
    colors = segment_colors(k, dark=dark)
    return [
        _panel([m for m in marks if m.segment == segment], color, reach, words, dark=dark)
        for segment, color in enumerate(colors)
    ]


def profile_sheet(
    marks: Sequence[Mark], names: Sequence[str], words: Words, *, dark: bool
) -> alt.FacetChart:
    """Draw the panels of all segments as one picture, to be taken away.

    Parameters
    ----------
    marks : sequence of Mark
        In the order to draw them.
    names : sequence of str
        Segment names.
    words : Words
        The reader's language.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.FacetChart
        Three panels a row.
    """
    ink, reach = ink_of(dark=dark), _reach(marks)
    parts = []
    for segment, color in enumerate(segment_colors(len(names), dark=dark)):
        own = [mark for mark in marks if mark.segment == segment]
        rows = _rows(own, color, ink.paper, reach, words)
        parts.append(rows.assign(segment=names[segment]))
    every = pd.concat(parts)
    panel = alt.layer(
        *_layers(alt.Chart(every), reach, words, alt.Axis(labelLimit=150), dark=dark), data=every
    )
    facet = alt.Facet(
        "segment:N",
        sort=list(names),
        title=None,
        header=alt.Header(labelFontWeight="bold", labelLimit=_PANEL_WIDTH, labelColor=ink.text),
    )
    height = _ROW_HEIGHT * max(1, _n_rows(marks))
    sheet = panel.properties(width=_PANEL_WIDTH, height=height).facet(facet, columns=PANELS_A_ROW)
    return themed(sheet, dark=dark)


def _reach(marks: Sequence[Mark]) -> float:
    effects = [abs(mark.effect) for mark in marks if not math.isnan(mark.effect)]
    return min(max([_LEAST_REACH, *effects]), _FARTHEST)


def _n_rows(marks: Sequence[Mark]) -> int:
    return len({(mark.variable, mark.level) for mark in marks})


def _panel(
    marks: Sequence[Mark], color: str, reach: float, words: Words, *, dark: bool
) -> alt.LayerChart:
    chart = alt.Chart(_rows(marks, color, ink_of(dark=dark).paper, reach, words))
    layers = _layers(chart, reach, words, alt.Axis(labelLimit=name_limit(150, 130)), dark=dark)
    return rows_chart(layers, _n_rows(marks), dark=dark, row_height=_ROW_HEIGHT)


def _layers(
    chart: alt.Chart, reach: float, words: Words, names: alt.Axis, *, dark: bool
) -> list[alt.Chart]:
    base = chart.encode(
        y=alt.Y("name:N", sort=None, title=None, axis=names),
        tooltip=[
            alt.Tooltip("name:N", title=" "),
            alt.Tooltip("value:N", title=words("Here")),
            alt.Tooltip("overall:N", title=words("Overall")),
        ],
    )
    bars = base.mark_bar(height=12, stroke=ink_of(dark=dark).quiet, strokeWidth=0.5).encode(
        x=alt.X(
            "effect:Q",
            title=words("In standard deviations"),
            scale=alt.Scale(domain=[-reach, reach]),
            axis=alt.Axis(tickCount=4, format="+.1f"),
        ),
        color=alt.Color("fill:N", scale=None),
    )
    return [bars, base.mark_rule(strokeWidth=1).encode(x=alt.datum(0))]


def _rows(
    marks: Sequence[Mark], color: str, paper: str, reach: float, words: Words
) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "name": called(mark),
                "effect": max(-reach, min(reach, 0.0 if math.isnan(mark.effect) else mark.effect)),
                "fill": color if mark.is_marker else paper,
                "value": told_value(mark.value, mark, words),
                "overall": told_value(mark.overall, mark, words),
            }
            for mark in marks
        ]
    )


def called(mark: Mark) -> str:
    """Return the name of a variable, or of a level with its variable."""
    return mark.variable if mark.level is None else f"{mark.level} ({mark.variable})"


def told_value(value: float, mark: Mark, words: Words) -> str:
    """Write a segment's or the market's value of a variable: a share in per cent, or a number."""
    return words.percent(value) if mark.is_share else words.number(value)
