"""Segment sizes as bars with their 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.charts.frame import rows_chart, segment_axis, segment_color
from segmentation.charts.theme import drawn_count
from segmentation.profiles import SegmentSize
from segmentation.wording import Words

# Kept free at the right for "33% (123.4K)", however narrow the page (pixels).
_ROOM_FOR_NUMBERS = 100


def size_bars(
    sizes: Sequence[SegmentSize], names: Sequence[str], words: Words, *, dark: bool
) -> alt.LayerChart:
    """Draw the share of each segment, largest first, with its interval.

    Parameters
    ----------
    sizes : sequence of SegmentSize
    names : sequence of str
        One a segment, all different.
    words : Words
        The reader's language.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.LayerChart
    """
    base = alt.Chart(_rows(sizes, names, words)).encode(
        y=segment_axis(),
        tooltip=[
            alt.Tooltip("segment:N", title=words("Segment")),
            alt.Tooltip("customers:N", title=words("Customers")),
            alt.Tooltip("shown_share:N", title=words("Share")),
            alt.Tooltip("from:N", title=words("From (95 %)")),
            alt.Tooltip("to:N", title=words("To (95 %)")),
        ],
    )
    across = alt.Scale(
        domain=[0, max(size.high for size in sizes)],
        range=[0, alt.ExprRef(expr=f"max(40, width - {_ROOM_FOR_NUMBERS})")],
    )
    axis = alt.Axis(format=".0%", tickCount=4)
    bars = base.mark_bar(cornerRadiusEnd=3, height=20).encode(
        x=alt.X("share:Q", title=words("Share of customers"), axis=axis, scale=across),
        color=segment_color(names, dark=dark),
    )
    ends = base.mark_rule(strokeWidth=1.5).encode(x=alt.X("low:Q", scale=across), x2="high:Q")
    texts = base.mark_text(align="left", dx=8).encode(
        x=alt.X("high:Q", scale=across), text="shown:N"
    )
    return rows_chart([bars, ends, texts], len(sizes), dark=dark)


def _rows(sizes: Sequence[SegmentSize], names: Sequence[str], words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "segment": name,
                "share": size.share,
                "low": size.low,
                "high": size.high,
                "shown": f"{words.percent(size.share)} ({drawn_count(size.n, words)})",
                "customers": words.count(size.n),
                "shown_share": words.percent(size.share),
                "from": words.percent(size.low),
                "to": words.percent(size.high),
            }
            for size, name in zip(sizes, names, strict=True)
        ]
    )
