"""The segment evaluation plot: how attractive a segment is against how strong we are in it."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.charts.palette import segment_colors
from segmentation.charts.theme import ink_of, themed
from segmentation.criteria import Place
from segmentation.wording import Words

HEIGHT = 360
_MIDDLE, _TOP = 5.0, 10.0


def evaluation_plot(
    found: Sequence[Place],
    bubbles: Sequence[float],
    names: Sequence[str],
    words: Words,
    *,
    dark: bool,
) -> alt.LayerChart:
    """Draw attractiveness against strength [1]_; the bubble is the segment's size or value.

    Parameters
    ----------
    found : sequence of Place
        One a segment; those without both ratings are not drawn.
    bubbles : sequence of float
        Area of each bubble, relative to the largest, by segment.
    names : sequence of str
        One a segment, all different.
    words : Words
        The reader's language.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.LayerChart

    References
    ----------
    .. [1] McDonald & Dunbar (1995), Market Segmentation; Dolnicar, Grün & Leisch (2018), Market
       Segmentation Analysis, chapter 10.
    """
    drawn = [p for p in found if p.attractiveness is not None and p.strength is not None]
    scale = alt.Scale(domain=[0, _TOP], nice=False)
    base = alt.Chart(_rows(drawn, bubbles, names, words)).encode(
        x=alt.X("strength:Q", scale=scale, title=words("How strong we are in it (0 to 10)")),
        y=alt.Y("attractiveness:Q", scale=scale, title=words("How attractive it is (0 to 10)")),
        tooltip=[
            alt.Tooltip("segment:N", title=words("Segment")),
            alt.Tooltip("shown:N", title=words("Attractiveness")),
            alt.Tooltip("strength:Q", title=words("Strength")),
        ],
    )
    colors = segment_colors(len(names), dark=dark)
    own = alt.Scale(
        domain=[names[p.segment] for p in drawn], range=[colors[p.segment] for p in drawn]
    )
    area = alt.Scale(domain=[0, 1], range=[60, 1800])
    circles = base.mark_circle(opacity=0.85).encode(
        size=alt.Size("bubble:Q", scale=area, legend=None),
        color=alt.Color("segment:N", scale=own, legend=None),
    )
    texts = base.mark_text(dy=-26, limit=130).encode(text="segment:N")
    chart = alt.LayerChart(layer=[*_middle_lines(dark=dark), circles, texts])
    return themed(chart.properties(height=HEIGHT), dark=dark)


def _middle_lines(*, dark: bool) -> list[alt.Chart]:
    middle, quiet = pd.DataFrame({"at": [_MIDDLE]}), ink_of(dark=dark).quiet
    return [
        alt.Chart(middle).mark_rule(strokeDash=[4, 4], color=quiet).encode(**where)
        for where in ({"x": "at:Q"}, {"y": "at:Q"})
    ]


def _rows(
    drawn: Sequence[Place], bubbles: Sequence[float], names: Sequence[str], words: Words
) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "segment": names[p.segment],
                "strength": p.strength,
                "attractiveness": p.attractiveness,
                "bubble": bubbles[p.segment],
                "shown": words.number(p.attractiveness or 0.0),
            }
            for p in drawn
        ]
    )
