"""How a variable spreads in each segment: boxes for a number, shares for a category.

Enters: spreads or a profile. Leaves: one chart. Refuses whiskers to the last customer: they end at
5 and 95 %, and say so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.charts.frame import ROW_HEIGHT, rows_chart, segment_axis, segment_color
from segmentation.charts.heat import Cell, heat
from segmentation.charts.theme import ink_of, told_interval
from segmentation.profiles import Profile, Spread
from segmentation.profiles.differences import share_effect
from segmentation.wording import Words

# A share's colour is full at so many standard deviations of the market, as a number's is.
_FULL_EFFECT = 1.5


def spread_boxes(
    spreads: Sequence[Spread], names: Sequence[str], words: Words, *, dark: bool
) -> alt.LayerChart:
    """Draw a box for each segment, and the market's middle half as a band behind all of them.

    Parameters
    ----------
    spreads : sequence of Spread
        The market first, then each segment.
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
    market, *own = spreads
    ink = ink_of(dark=dark)
    base = alt.Chart(_rows(market, own, names, words)).encode(
        y=segment_axis(),
        tooltip=[
            alt.Tooltip("segment:N", title=words("Segment")),
            alt.Tooltip("n:N", title=words("Customers")),
            alt.Tooltip("median_text:N", title=words("Median")),
            alt.Tooltip("half:N", title=words("Middle half")),
            alt.Tooltip("most:N", title=words("From 5 to 95 %")),
        ],
    )
    across = alt.Scale(zero=False, nice=True)
    axis = alt.Axis(tickCount=5)
    band = base.mark_rect(color=ink.grid, opacity=0.7, height=ROW_HEIGHT).encode(
        x=alt.X("market_low:Q", scale=across, title=None, axis=axis), x2="market_high:Q"
    )
    middle = base.mark_tick(color=ink.quiet, thickness=1, height=ROW_HEIGHT).encode(
        x=alt.X("market:Q", scale=across)
    )
    whiskers = base.mark_rule(strokeWidth=1.5).encode(
        x=alt.X("low:Q", scale=across), x2=alt.X2("high:Q")
    )
    boxes = base.mark_bar(height=16, cornerRadius=2).encode(
        x=alt.X("first:Q", scale=across),
        x2="third:Q",
        color=segment_color(names, dark=dark),
    )
    medians = base.mark_tick(color=ink.paper, thickness=2, height=16).encode(
        x=alt.X("median:Q", scale=across)
    )
    return rows_chart([band, middle, whiskers, boxes, medians], len(own), dark=dark)


def share_heat(
    described: Profile, variable: str, names: Sequence[str], words: Words, *, dark: bool
) -> alt.LayerChart:
    """Draw the share of each level of a category in each segment, coloured as numbers are.

    Parameters
    ----------
    described : Profile
    variable : str
        A category.
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
    cells = [
        Cell(
            words("all others") if fact.level is None else fact.level,
            names[fact.segment],
            0.0
            if math.isnan(fact.share)
            else share_effect(fact.share, fact.overall) / _FULL_EFFECT,
            fact.index,
            words.percent(fact.share),
            words.percent(fact.overall),
            words.percent(fact.share),
            told_interval(fact.interval, words.percent),
        )
        for fact in described.levels
        if fact.variable == variable
    ]
    along = list(dict.fromkeys(cell.name for cell in cells))
    return heat(cells, along, list(names), words, dark=dark)


def _rows(
    market: Spread, own: Sequence[Spread], names: Sequence[str], words: Words
) -> pd.DataFrame:
    rows = []
    for spread, name in zip(own, names, strict=True):
        low, first, median, third, high = (
            None if math.isnan(value) else value for value in spread.quantiles
        )
        written = [words.number(value) for value in spread.quantiles]
        rows.append(
            {
                "segment": name,
                "n": words.count(spread.n),
                "low": low,
                "first": first,
                "median": median,
                "third": third,
                "high": high,
                "market": market.quantiles[2],
                "market_low": market.quantiles[1],
                "market_high": market.quantiles[3],
                "median_text": written[2],
                "half": f"{written[1]} – {written[3]}",
                "most": f"{written[0]} – {written[4]}",
            }
        )
    return pd.DataFrame(rows)
