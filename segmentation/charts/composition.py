"""One descriptor against the segments: shares laid end to end, or means with their intervals.

Enters: a cross-table, or the facts of a number. Leaves: one chart. Refuses to colour what chance
alone would show: only cells beyond 1.96 have a colour.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from segmentation.charts.frame import rows_chart, segment_axis, segment_color
from segmentation.charts.palette import heat_color, ink_on
from segmentation.charts.theme import ink_of, told_interval
from segmentation.profiles import CrossTable, NumberFact
from segmentation.profiles.crosstable import STANDS_OUT
from segmentation.wording import Words

# A cell's colour is full at so many standard errors.
_FULL_RESIDUAL = 6.0
# Narrower tiles hold no name (pixels).
_LEAST_TILE = 30
_ROOM_FOR_NUMBERS = 64


def composition_bars(
    found: CrossTable, names: Sequence[str], words: Words, *, dark: bool
) -> alt.LayerChart:
    """Draw the shares of a category within each segment, and in the whole market, end to end.

    Parameters
    ----------
    found : CrossTable
    names : sequence of str
        Segment names.
    words : Words
        The reader's language.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.LayerChart
        Blue: more than chance would give, orange: less, by the adjusted residual.
    """
    rows = _tiles(found, names, words, dark=dark)
    base = alt.Chart(rows).encode(
        x=alt.X(
            "start:Q",
            title=words("Share of customers with an answer"),
            axis=alt.Axis(format=".0%", tickCount=5, grid=False),
            scale=alt.Scale(domain=[0, 1]),
        ),
        y=segment_axis(),
        tooltip=[
            alt.Tooltip("segment:N", title=words("Segment")),
            alt.Tooltip("level:N", title=words("Category")),
            alt.Tooltip("share:N", title=words("Share")),
            alt.Tooltip("residual:N", title=words("Adjusted residual")),
        ],
    )
    paper = ink_of(dark=dark).paper
    tiles = base.mark_rect(stroke=paper, strokeWidth=1.5, height=26, cornerRadius=2).encode(
        x2="end:Q", color=alt.Color("fill:N", scale=None)
    )
    room = "width * (datum.end - datum.start)"
    texts = base.mark_text(
        limit=alt.ExprRef(expr=f"max(1, {room} - 6)"),
        opacity=alt.ExprRef(expr=f"{room} < {_LEAST_TILE} ? 0 : 1"),
    ).encode(x=alt.X("middle:Q"), text="shown:N", color=alt.Color("ink:N", scale=None))
    return rows_chart([tiles, texts], len(names) + 1, dark=dark)


def mean_dots(
    facts: Sequence[NumberFact], names: Sequence[str], words: Words, *, dark: bool
) -> alt.LayerChart:
    """Draw the mean of a number in each segment with its 95 % interval; a line at the market's.

    Parameters
    ----------
    facts : sequence of NumberFact
        Of one variable, a segment each.
    names : sequence of str
        Segment names.
    words : Words
        The reader's language.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.LayerChart
    """
    ink = ink_of(dark=dark)
    rows = _means(facts, names, words)
    across = alt.Scale(
        zero=False, range=[0, alt.ExprRef(expr=f"max(40, width - {_ROOM_FOR_NUMBERS})")]
    )
    base = alt.Chart(rows).encode(
        y=segment_axis(),
        color=segment_color(names, dark=dark),
        tooltip=[
            alt.Tooltip("segment:N", title=words("Segment")),
            alt.Tooltip("shown:N", title=words("Mean")),
            alt.Tooltip("interval:N", title=words("95 % interval")),
            alt.Tooltip("overall_text:N", title=words("Overall")),
        ],
    )
    x = alt.X("mean:Q", title=words("Mean"), scale=across, axis=alt.Axis(tickCount=5))
    market = alt.Chart(rows.head(1)).mark_rule(strokeDash=[4, 4], color=ink.quiet)
    lines = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", scale=across), x2="high:Q")
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(x=x)
    texts = base.mark_text(align="left", dx=8).encode(
        x=alt.X("high:Q", scale=across), text="shown:N", color=alt.value(ink.text)
    )
    layers = [market.encode(x=alt.X("overall:Q", scale=across)), lines, dots, texts]
    return rows_chart(layers, len(facts), dark=dark)


def _tiles(found: CrossTable, names: Sequence[str], words: Words, *, dark: bool) -> pd.DataFrame:
    market = found.observed.sum(axis=1, keepdims=True)
    counts = np.hstack([found.observed, market])
    totals = counts.sum(axis=0)
    shares = np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)
    ends = np.cumsum(shares, axis=0)
    residuals = np.hstack([found.residuals, np.full_like(market, math.nan)])
    rows = []
    for column, name in enumerate((*names, words("All customers"))):
        for row, level in enumerate(found.levels):
            share, end = float(shares[row, column]), float(ends[row, column])
            residual = float(residuals[row, column])
            fill = heat_color(_strength(residual), dark=dark)
            called = words("all others") if level is None else level
            rows.append(
                {
                    "segment": name,
                    "level": called,
                    "start": end - share,
                    "end": end,
                    "middle": end - share / 2,
                    "share": words.percent(share),
                    "shown": f"{called} {words.percent(share)}",
                    "residual": "–" if math.isnan(residual) else words.number(residual),
                    "fill": fill,
                    "ink": ink_on(fill),
                }
            )
    return pd.DataFrame(rows)


def _strength(residual: float) -> float:
    """How strong a colour is; none below what chance would show."""
    return residual / _FULL_RESIDUAL if abs(residual) > STANDS_OUT else 0.0


def _means(facts: Sequence[NumberFact], names: Sequence[str], words: Words) -> pd.DataFrame:
    rows = []
    for fact in facts:
        written = words.percent if fact.is_share else words.number
        mean = None if math.isnan(fact.mean) else fact.mean
        low, high = (mean if math.isnan(bound) else bound for bound in fact.interval)
        rows.append(
            {
                "segment": names[fact.segment],
                "mean": mean,
                "low": low,
                "high": high,
                "shown": "–" if mean is None else written(fact.mean),
                "interval": told_interval(fact.interval, written),
                "overall": None if math.isnan(fact.overall) else fact.overall,
                "overall_text": written(fact.overall),
            }
        )
    return pd.DataFrame(rows)
