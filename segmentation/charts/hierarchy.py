"""Segments and their parts: beside each segment, as high as it is large, its micro-segments.

Enters: a partition of two levels, the sizes and the names. Leaves: a chart. Refuses to hide a small
part: each has its row in the table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.charts.palette import ink_on, segment_colors
from segmentation.charts.theme import drawn_count, name_limit, themed
from segmentation.profiles import SegmentSize
from segmentation.structure import Partition
from segmentation.wording import Words

_HEIGHT_A_LEAF, _GAP, _MIDDLE = 44, 0.004, 0.45


def hierarchy_chart(
    partition: Partition,
    sizes: Sequence[SegmentSize],
    names: tuple[Sequence[str], Sequence[str]],
    words: Words,
    *,
    dark: bool,
) -> alt.LayerChart:
    """Draw an icicle: segments at the left, their parts at the right.

    Parameters
    ----------
    partition : Partition
        Of two levels.
    sizes : sequence of SegmentSize
        Of its micro-segments.
    names : (sequence of str, sequence of str)
        Of the segments, and of the micro-segments.
    words : Words
        The reader's language.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.LayerChart
    """
    rows = _rows(partition, sizes, names, words, dark=dark)
    across = alt.Scale(domain=[0, 1])
    base = alt.Chart(rows).encode(
        y=alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[1, 0])),
        y2="bottom:Q",
        tooltip=[
            alt.Tooltip("name:N", title=words("Segment")),
            alt.Tooltip("customers:N", title=words("Customers")),
            alt.Tooltip("shown_share:N", title=words("Share")),
        ],
    )
    boxes = base.mark_rect(cornerRadius=2).encode(
        x=alt.X("left:Q", axis=None, scale=across),
        x2="right:Q",
        color=alt.Color("fill:N", scale=None),
    )
    texts = (
        alt.Chart(rows)
        .mark_text(align="left", dx=8, limit=name_limit(320, 130))
        .encode(
            x=alt.X("left:Q", scale=across),
            y=alt.Y("middle:Q", scale=alt.Scale(domain=[1, 0])),
            text="shown:N",
            color=alt.Color("ink:N", scale=None),
        )
    )
    chart = alt.LayerChart(layer=[boxes, texts])
    return themed(chart.properties(height=_HEIGHT_A_LEAF * partition.k), dark=dark)


def _rows(
    partition: Partition,
    sizes: Sequence[SegmentSize],
    names: tuple[Sequence[str], Sequence[str]],
    words: Words,
    *,
    dark: bool,
) -> pd.DataFrame:
    colors = segment_colors(partition.macro.k, dark=dark)
    rows, top = [], 0.0
    spans: dict[int, list[float]] = {}
    for segment, size, name in zip(partition.segments, sizes, names[1], strict=True):
        span = (top, top + size.share)
        top = span[1]
        whole = spans.setdefault(segment.macro, [span[0], span[1], 0.0, 0])
        whole[1:] = [span[1], whole[2] + size.share, whole[3] + size.n]
        if segment.part is not None:
            rows.append((name, (_MIDDLE, 1.0), span, size.share, size.n, segment.macro))
    for macro, (start, end, share, n) in spans.items():
        split = any(s.macro == macro and s.part is not None for s in partition.segments)
        width = (0.0, _MIDDLE - _GAP if split else 1.0)
        rows.append((names[0][macro], width, (start, end), share, int(n), macro))
    return pd.DataFrame(
        [
            {
                "name": name,
                "left": left,
                "right": right,
                "top": start + _GAP,
                "bottom": max(end - _GAP, start + _GAP),
                "middle": (start + end) / 2,
                "shown": f"{name} · {words.percent(share)} ({drawn_count(n, words)})",
                "customers": words.count(n),
                "shown_share": words.percent(share),
                "fill": colors[macro],
                "ink": ink_on(colors[macro]),
            }
            for name, (left, right), (start, end), share, n, macro in rows
        ]
    )
