"""Segment sizes as bars with their 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.charts.palette import segment_colors
from segmentation.profiles import SegmentSize
from segmentation.wording import Words


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
    rows = pd.DataFrame(
        {
            "segment": names,
            "share": [size.share for size in sizes],
            "low": [size.low for size in sizes],
            "high": [size.high for size in sizes],
            "n": [size.n for size in sizes],
            "shown": [f"{words.percent(size.share)} ({words.count(size.n)})" for size in sizes],
        }
    )
    colors = alt.Scale(domain=list(names), range=segment_colors(len(sizes), dark=dark))
    base = alt.Chart(rows).encode(
        y=alt.Y("segment:N", sort=None, title=None, axis=alt.Axis(labelLimit=180)),
        tooltip=[
            alt.Tooltip("segment:N", title=words("Segment")),
            alt.Tooltip("n:Q", title=words("Customers"), format=","),
            alt.Tooltip("share:Q", title=words("Share"), format=".1%"),
            alt.Tooltip("low:Q", title=words("From (95 %)"), format=".1%"),
            alt.Tooltip("high:Q", title=words("To (95 %)"), format=".1%"),
        ],
    )
    ink = "#e8ecef" if dark else "#12161a"
    bars = base.mark_bar(cornerRadiusEnd=3, height=20).encode(
        x=alt.X(
            "share:Q",
            title=words("Share of customers"),
            axis=alt.Axis(format=".0%", tickCount=5),
            scale=alt.Scale(domain=[0, min(1.0, 1.35 * max(rows["high"]))]),
        ),
        color=alt.Color("segment:N", scale=colors, legend=None),
    )
    ends = base.mark_rule(color=ink, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    texts = base.mark_text(align="left", dx=8, color=ink).encode(x="high:Q", text="shown:N")
    return alt.LayerChart(layer=[bars, ends, texts]).properties(height=34 * len(sizes) + 40)
