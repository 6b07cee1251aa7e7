"""The snake plot: the means of all segments in one picture, a line for each.

Enters: the marks of a profile. Leaves: one chart, variables in the order of the profile plot.
Refuses a legend: every line carries its name where it is far from the market.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.charts.frame import rows_chart, segment_color
from segmentation.charts.profile_plot import called, told_value
from segmentation.charts.theme import name_limit
from segmentation.profiles import Mark
from segmentation.wording import Words

_ROW_HEIGHT = 26
# A line ends at the frame: one huge difference must not flatten all others.
_LEAST_REACH, _FARTHEST = 1.0, 3.0
_SAME_PLACE = 0.35
_NAME_LIMIT = name_limit(160, 84)


def snake_plot(
    marks: Sequence[Mark], names: Sequence[str], words: Words, *, dark: bool
) -> alt.LayerChart:
    """Draw how far each segment's means lie from the market, in its standard deviations.

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
    altair.LayerChart
    """
    order = list(dict.fromkeys(called(mark) for mark in marks))
    reach = _reach(marks)
    base = alt.Chart(_rows(marks, order, names, reach, words)).encode(
        x=alt.X(
            "effect:Q",
            title=words("In standard deviations"),
            scale=alt.Scale(domain=[-reach, reach]),
            axis=alt.Axis(tickCount=5, format="+.1f"),
        ),
        y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=name_limit(200, 120))),
        color=segment_color(names, dark=dark),
        tooltip=[
            alt.Tooltip("name:N", title=" "),
            alt.Tooltip("segment:N", title=words("Segment")),
            alt.Tooltip("value:N", title=words("Here")),
            alt.Tooltip("overall:N", title=words("Overall")),
        ],
    )
    lines = base.mark_line(strokeWidth=2, opacity=0.85).encode(
        order="place:Q", strokeDash=alt.StrokeDash("dashed:N", legend=None)
    )
    dots = base.mark_point(filled=True, size=45, opacity=1)
    middle = alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(strokeWidth=1).encode(x="at:Q")
    names_at = base.encode(text="segment:N")
    labels = [
        names_at.transform_filter(alt.datum.label == "left").mark_text(
            align="right", dx=-4, dy=-9, limit=_NAME_LIMIT, fontWeight="bold"
        ),
        names_at.transform_filter(alt.datum.label == "right").mark_text(
            align="left", dx=4, dy=-9, limit=_NAME_LIMIT, fontWeight="bold"
        ),
    ]
    layers = [middle, lines, dots, *labels]
    return rows_chart(layers, len(order), dark=dark, row_height=_ROW_HEIGHT)


def _reach(marks: Sequence[Mark]) -> float:
    effects = [abs(mark.effect) for mark in marks if not math.isnan(mark.effect)]
    return min(max([_LEAST_REACH, *effects]) * 1.05, _FARTHEST)


def _rows(
    marks: Sequence[Mark], order: list[str], names: Sequence[str], reach: float, words: Words
) -> pd.DataFrame:
    known = [mark for mark in marks if not math.isnan(mark.effect)]
    labelled = _labelled(known, order, len(names))
    columns = ["name", "place", "effect", "segment", "dashed", "label", "value", "overall"]
    rows = [
        (
            called(mark),
            order.index(called(mark)),
            max(-reach, min(reach, mark.effect)),
            names[mark.segment],
            mark.segment % 2,
            _side(mark.effect, reach) if labelled.get(mark.segment) is mark else "",
            told_value(mark.value, mark, words),
            told_value(mark.overall, mark, words),
        )
        for mark in known
    ]
    return pd.DataFrame(rows, columns=columns)


def _side(effect: float, reach: float) -> str:
    """Where a name stands: away from the middle, but inside the frame."""
    outwards = "right" if effect > 0 else "left"
    inwards = "left" if effect > 0 else "right"
    return outwards if abs(effect) < 0.55 * reach else inwards


def _labelled(marks: Sequence[Mark], order: list[str], k: int) -> dict[int, Mark]:
    """Where each segment's name stands: far from the market, and on no other name."""
    taken: list[Mark] = []
    chosen: dict[int, Mark] = {}
    for segment in range(k):
        own = sorted((m for m in marks if m.segment == segment), key=lambda m: -abs(m.effect))
        free = [m for m in own if not any(_touches(m, other, order) for other in taken)]
        if own:
            chosen[segment] = (free or own)[0]
            taken.append(chosen[segment])
    return chosen


def _touches(one: Mark, other: Mark, order: list[str]) -> bool:
    rows = abs(order.index(called(one)) - order.index(called(other)))
    return rows == 0 or (rows == 1 and abs(one.effect - other.effect) < _SAME_PLACE)
