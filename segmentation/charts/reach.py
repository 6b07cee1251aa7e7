"""The reach of a segment as a funnel: members, consent, identifier, valid, by channel."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.charts.theme import drawn_count, ink_of, name_limit, themed
from segmentation.criteria import ChannelReach, Thresholds
from segmentation.criteria.accessibility import matched
from segmentation.wording import Words
from segmentation.wording.terms import CHANNELS

_ROW_HEIGHT, _ROOM_FOR_NUMBERS = 44, 104
# From the widest step to the narrowest: how opaque it is.
_STEPS = {"members": 0.16, "consent": 0.32, "identifier": 0.5, "valid": 1.0}
_THICK = 22


def reach_funnel(
    channels: Sequence[ChannelReach], thresholds: Thresholds, words: Words, *, dark: bool
) -> alt.LayerChart:
    """Draw one segment's funnel for every channel: each step lies on the one before.

    Parameters
    ----------
    channels : sequence of ChannelReach
        Of one segment, one a channel.
    thresholds : Thresholds
        The match rate of advertising platforms among them.
    words : Words
        The reader's language.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.LayerChart
    """
    rows, ink = _rows(channels, thresholds, words), ink_of(dark=dark)
    largest = max((channel.members for channel in channels), default=1)
    across = alt.Scale(
        domain=[0, max(1, largest)],
        range=[0, alt.ExprRef(expr=f"max(40, width - {_ROOM_FOR_NUMBERS})")],
    )
    base = alt.Chart(rows).encode(
        y=alt.Y("channel:N", sort=None, title=None, axis=alt.Axis(labelLimit=name_limit(160, 84))),
        tooltip=[
            alt.Tooltip("channel:N", title=words("Channel")),
            alt.Tooltip("shown_members:N", title=words("Members")),
            alt.Tooltip("shown_consent:N", title=words("May be addressed")),
            alt.Tooltip("shown_identifier:N", title=words("With an address")),
            alt.Tooltip("shown_valid:N", title=words("Valid address")),
            alt.Tooltip("shown_matched:N", title=words("Expected to be matched")),
        ],
    )
    axis = alt.Axis(tickCount=4, format="~s")
    bars = [
        base.mark_bar(height=_THICK, cornerRadiusEnd=2, color=ink.accent, opacity=shown).encode(
            x=alt.X(f"{step}:Q", title=words("Customers"), scale=across, axis=axis)
        )
        for step, shown in _STEPS.items()
    ]
    texts = base.mark_text(align="left", dx=8).encode(
        x=alt.X("members:Q", scale=across), text="shown:N"
    )
    chart = alt.LayerChart(layer=[*bars, texts])
    return themed(chart.properties(height=_ROW_HEIGHT * len(channels) + 46), dark=dark)


def _rows(channels: Sequence[ChannelReach], thresholds: Thresholds, words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "channel": words(CHANNELS[c.channel]),
                "members": c.members,
                "consent": c.consenting,
                "identifier": c.identified,
                "valid": c.reachable,
                "shown": f"{words.percent(c.share)} ({drawn_count(c.reachable, words)})",
                "shown_members": words.count(c.members),
                "shown_consent": words.count(c.consenting),
                "shown_identifier": words.count(c.identified),
                "shown_valid": words.count(c.reachable),
                "shown_matched": words.count(round(matched(c, thresholds))),
            }
            for c in channels
        ]
    )
