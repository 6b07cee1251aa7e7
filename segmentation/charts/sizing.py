"""A what-if whose threshold moves, and what a profit hangs on.

Enters: a curve, swings or a range. Leaves: charts. Refuses to compute.
"""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.charts.frame import ROW_HEIGHT, rows_chart
from segmentation.charts.theme import ink_of, name_limit, themed
from segmentation.sizing import Curve, Range, Swing, threshold_of
from segmentation.wording import Words
from segmentation.wording.terms import FIGURE_NAMES

_HEIGHT = 220


def threshold_curve(found: Curve, words: Words, *, dark: bool) -> alt.LayerChart:
    """Draw how many customers meet a filter as one of its thresholds moves.

    Parameters
    ----------
    found : Curve
        The threshold as it stands is marked.
    words : Words
    dark : bool

    Returns
    -------
    altair.LayerChart
    """
    now = threshold_of(found.condition)
    rows = pd.DataFrame(
        {
            "threshold": found.thresholds,
            "customers": found.customers,
            "at": [words.number(t) for t in found.thresholds],
            "shown": [words.count(n) for n in found.customers],
            "here": [t == now for t in found.thresholds],
        }
    )
    ink, title = ink_of(dark=dark), words("Customers")
    base = alt.Chart(rows).encode(
        x=alt.X(
            "threshold:Q",
            title=found.condition.column,
            scale=alt.Scale(zero=False, nice=False),
            axis=alt.Axis(tickCount=8),
        ),
        y=alt.Y("customers:Q", title=None, axis=alt.Axis(tickCount=4, format="~s")),
        tooltip=[
            alt.Tooltip("at:N", title=found.condition.column),
            alt.Tooltip("shown:N", title=title),
        ],
    )
    here = base.transform_filter(alt.datum.here)
    layers = [
        base.mark_area(opacity=0.18, color=ink.accent, line=False),
        base.mark_line(strokeWidth=2, color=ink.accent),
        here.mark_point(filled=True, size=190, color=ink.accent, opacity=1),
        here.mark_text(dy=-16, fontWeight=600, color=ink.text).encode(text="shown:N"),
    ]
    chart = alt.LayerChart(layer=layers)
    return themed(chart.properties(title=title, height=_HEIGHT), dark=dark)


def tornado_chart(
    swings: Sequence[Swing], likely: float, currency: str, words: Words, *, dark: bool
) -> alt.LayerChart:
    """Draw how far the profit moves with each figure, the widest swing on top.

    Parameters
    ----------
    swings : sequence of Swing
    likely : float
        Profit with all figures as likely, where the bars part.
    currency : str
    words : Words
    dark : bool

    Returns
    -------
    altair.LayerChart
    """
    rows = pd.DataFrame(
        [
            {
                "figure": words(FIGURE_NAMES[s.figure]),
                "low": min(s.low, s.high),
                "high": max(s.low, s.high),
                "from": words.money(min(s.low, s.high), currency),
                "to": words.money(max(s.low, s.high), currency),
                "likely": likely,
            }
            for s in swings
        ]
    )
    ink = ink_of(dark=dark)
    axis = alt.Axis(tickCount=4, format="~s")
    scale = alt.Scale(zero=False, padding=62)  # room for the numbers beside the bars
    base = alt.Chart(rows).encode(
        y=alt.Y("figure:N", sort=None, title=None, axis=alt.Axis(labelLimit=name_limit(180, 110))),
        tooltip=[
            alt.Tooltip("figure:N", title=words("Figure")),
            alt.Tooltip("from:N", title=words("Lowest profit")),
            alt.Tooltip("to:N", title=words("Highest profit")),
        ],
    )
    title = words("Profit ({currency})", currency=currency)
    bars = base.mark_bar(cornerRadius=3, height=20, color=ink.accent, opacity=0.75).encode(
        x=alt.X("low:Q", title=title, axis=axis, scale=scale), x2="high:Q"
    )
    middle = base.mark_tick(thickness=2, size=26, color=ink.text).encode(x="likely:Q")
    lows = base.mark_text(align="right", dx=-6, color=ink.text).encode(x="low:Q", text="from:N")
    highs = base.mark_text(align="left", dx=6, color=ink.text).encode(x="high:Q", text="to:N")
    return rows_chart([bars, middle, lows, highs], len(swings), dark=dark, row_height=ROW_HEIGHT)


def profit_histogram(found: Range, currency: str, words: Words, *, dark: bool) -> alt.LayerChart:
    """Draw how the profit spreads over the draws; losses lighter than gains.

    Parameters and returns as :func:`tornado_chart`.
    """
    rows = pd.DataFrame(
        {
            "from": found.edges[:-1],
            "to": found.edges[1:],
            "share": [n / found.draws for n in found.counts],
            "foot": 0.0,
            "told": [words.percent(n / found.draws) for n in found.counts],
            "low": [words.money(x, currency) for x in found.edges[:-1]],
            "high": [words.money(x, currency) for x in found.edges[1:]],
            "loss": [x < 0 for x in found.edges[:-1]],
        }
    )
    ink = ink_of(dark=dark)
    title = words("Profit ({currency})", currency=currency)
    bars = (
        alt.Chart(rows)
        .mark_bar(color=ink.accent, binSpacing=1)
        .encode(
            x=alt.X("from:Q", title=title, axis=alt.Axis(tickCount=5, format="~s")),
            x2="to:Q",
            y=alt.Y("share:Q", title=None, axis=alt.Axis(tickCount=3, format=".0%")),
            y2="foot:Q",
            opacity=alt.condition(alt.datum.loss, alt.value(0.35), alt.value(0.9)),
            tooltip=[
                alt.Tooltip("low:N", title=words("From")),
                alt.Tooltip("high:N", title=words("To")),
                alt.Tooltip("told:N", title=words("Share of the draws")),
            ],
        )
    )
    zero = alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(color=ink.text).encode(x="at:Q")
    chart = alt.LayerChart(layer=[bars, zero])
    return themed(chart.properties(title=words("Share of the draws"), height=_HEIGHT), dark=dark)
