"""How far to trust segments, as pictures: agreement, origins, and how near the borders are.

Enters: a :class:`Trust` or :class:`Borders`. Leaves: charts. Refuses to judge.
"""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from segmentation.charts.frame import ROW_HEIGHT, rows_chart, segment_axis, segment_color
from segmentation.charts.theme import ink_of, themed
from segmentation.validation import Borders, Step, Trust, drawing_order
from segmentation.validation.verdict import NATURAL, REPRODUCIBLE
from segmentation.wording import Words

_HEIGHT, _GAP = 260, 0.04
_CURVE = np.linspace(0, 1, 13)


def agreement_chart(trust: Trust, k: int, words: Words, *, dark: bool) -> alt.LayerChart:
    """Draw how well every number of segments is found again, beside what chance alone shows.

    Parameters
    ----------
    trust : Trust
    k : int
        The number of segments on show.
    words : Words
    dark : bool

    Returns
    -------
    altair.LayerChart
        Boxes from quartile to quartile with the median, ends at the 5 and 95 % points; a cross
        where the best of the shuffled copies is; lines at the thresholds.
    """
    ink = ink_of(dark=dark)
    title = words("Agreement between samples")
    base = alt.Chart(_agreement_rows(trust, words)).encode(
        x=alt.X("k:O", title=words("Number of segments"), axis=alt.Axis(labelAngle=0)),
        tooltip=[
            alt.Tooltip("k:O", title=words("Number of segments")),
            alt.Tooltip("shown:N", title=words("Median")),
            alt.Tooltip("shown_chance:N", title=words("By chance")),
        ],
    )
    across = alt.Scale(domain=[0, 1])
    whiskers = base.mark_rule(color=ink.quiet).encode(
        y=alt.Y("bottom:Q", title=None, scale=across, axis=alt.Axis(tickCount=5)), y2="top:Q"
    )
    boxes = base.mark_bar(size=18, color=ink.quiet, opacity=0.55).encode(
        y=alt.Y("low:Q", scale=across), y2="high:Q"
    )
    here = boxes.transform_filter(alt.datum.k == k).mark_bar(size=18, color=ink.accent)
    middle = base.mark_tick(thickness=3, size=24, color=ink.text, orient="horizontal").encode(
        y=alt.Y("median:Q", scale=across)
    )
    chance = base.mark_point(shape="cross", size=60, filled=True, color=ink.text).encode(
        y=alt.Y("chance:Q", scale=across)
    )
    lines = (
        alt.Chart(pd.DataFrame({"at": [REPRODUCIBLE, NATURAL]}))
        .mark_rule(strokeDash=[4, 4], color=ink.quiet)
        .encode(y=alt.Y("at:Q", scale=across))
    )
    chart = alt.LayerChart(layer=[lines, whiskers, boxes, here, middle, chance])
    return themed(chart.properties(title=title, height=_HEIGHT), dark=dark)


def origins_chart(steps: Sequence[Step], k: int, words: Words, *, dark: bool) -> alt.LayerChart:
    """Draw where the segments of each larger solution come from.

    Parameters
    ----------
    steps : sequence of Step
        At least one.
    k : int
        The number of segments on show.
    words : Words
    dark : bool

    Returns
    -------
    altair.LayerChart
        A column of dots for every number of segments, joined by flows as wide as they have
        customers; the darker a dot, the more its customers are of one origin.
    """
    ink = ink_of(dark=dark)
    places = _places(steps)
    flows = alt.Chart(_flow_rows(steps, places))
    lines = flows.mark_line(color=ink.quiet, opacity=0.45, strokeCap="butt").encode(
        x=alt.X("x:Q", title=words("Number of segments"), axis=alt.Axis(tickMinStep=1, grid=False)),
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(reverse=True)),
        strokeWidth=alt.StrokeWidth(
            "share:Q", scale=alt.Scale(domain=[0, 1], range=[0.3, 60]), legend=None
        ),
        detail="flow:N",
        order="x:Q",
    )
    dots = (
        alt.Chart(_dot_rows(steps, places, k, words))
        .mark_circle(size=190, stroke=ink.paper, strokeWidth=1, opacity=1)
        .encode(
            x="x:Q",
            y=alt.Y("y:Q", axis=None),
            color=alt.Color(
                "one_origin:Q",
                scale=alt.Scale(domain=[0, 1], range=[ink.grid, ink.accent]),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("x:Q", title=words("Number of segments")),
                alt.Tooltip("customers:N", title=words("Customers")),
                alt.Tooltip("shown:N", title=words("Of one origin (SLSA)")),
            ],
        )
    )
    title = words("Where segments come from")
    chart = alt.LayerChart(layer=[lines, dots])
    return themed(chart.properties(title=title, height=_HEIGHT + 60), dark=dark)


def gorge_chart(
    found: Borders, names: Sequence[str], words: Words, *, dark: bool
) -> alt.LayerChart:
    """Draw how similar customers are to each segment's center: a gorge parts natural segments.

    Parameters
    ----------
    found : Borders
    names : sequence of str
        Of the segments.
    words : Words
    dark : bool

    Returns
    -------
    altair.LayerChart
        A row for each segment; the wider a band, the more customers are that similar to it.
    """
    bars = (
        alt.Chart(_similarity_rows(found, names, words))
        .mark_rect(height=ROW_HEIGHT - 8)
        .encode(
            x=alt.X(
                "from:Q",
                title=words("Similarity to the segment’s center"),
                axis=alt.Axis(tickCount=5),
            ),
            x2="to:Q",
            y=segment_axis(),
            opacity=alt.Opacity("share:Q", scale=alt.Scale(range=[0, 1]), legend=None),
            color=segment_color(names, dark=dark),
            tooltip=[
                alt.Tooltip("segment:N", title=words("Segment")),
                alt.Tooltip("shown:N", title=words("Share of customers")),
            ],
        )
    )
    chart = rows_chart([bars], len(names), dark=dark)
    titled: alt.LayerChart = chart.properties(title=words("Belonging to each segment"))
    return titled


def _agreement_rows(trust: Trust, words: Words) -> pd.DataFrame:
    rows = []
    for k, values in trust.stability.agreement.items():
        bottom, low, median, high, top = np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95])
        chance = max(trust.shuffled.agreement.get(k, ()), default=float("nan"))
        rows.append(
            {
                "k": k,
                "bottom": max(bottom, 0.0),
                "low": max(low, 0.0),
                "median": max(median, 0.0),
                "high": max(high, 0.0),
                "top": max(top, 0.0),
                "chance": max(chance, 0.0),
                "shown": words.number(float(median)),
                "shown_chance": words.number(chance),
            }
        )
    return pd.DataFrame(rows)


def _places(steps: Sequence[Step]) -> dict[tuple[int, int], tuple[float, float]]:
    """Top and height of every segment in its column, as shares of the column's height."""
    sizes = {steps[0].k: steps[0].flows.sum(axis=1)}
    sizes |= {step.next_k: step.flows.sum(axis=0) for step in steps}
    places = {}
    for k, order in drawing_order(tuple(steps)).items():
        room = 1 - _GAP * (max(sizes) - 1)
        top = _GAP * (max(sizes) - k) / 2
        for segment in order:
            height = room * float(sizes[k][segment] / sizes[k].sum())
            places[k, segment] = (top, height)
            top += height + _GAP
    return places


def _flow_rows(
    steps: Sequence[Step], places: dict[tuple[int, int], tuple[float, float]]
) -> pd.DataFrame:
    """Points of one curve for every flow of at least half a percent of the customers."""
    rows = []
    for step in steps:
        total = step.flows.sum()
        for i, j in np.argwhere(step.flows >= 0.005 * total):
            start, end = (
                places[q, int(s)][0] + places[q, int(s)][1] / 2
                for q, s in ((step.k, i), (step.next_k, j))
            )
            bend = _CURVE**2 * (3 - 2 * _CURVE)
            rows += [
                {
                    "flow": f"{step.k}:{i}:{j}",
                    "x": step.k + along,
                    "y": start + (end - start) * share,
                    "share": float(step.flows[i, j] / total),
                }
                for along, share in zip(_CURVE.tolist(), bend.tolist(), strict=True)
            ]
    return pd.DataFrame(rows)


def _dot_rows(
    steps: Sequence[Step],
    places: dict[tuple[int, int], tuple[float, float]],
    k: int,
    words: Words,
) -> pd.DataFrame:
    first = steps[0].flows.sum(axis=1)
    known = {(steps[0].k, j): (float(n), float("nan")) for j, n in enumerate(first)}
    for step in steps:
        for j, n in enumerate(step.flows.sum(axis=0)):
            known[step.next_k, j] = (float(n), float(step.one_origin[j]))
    return pd.DataFrame(
        [
            {
                "x": q,
                "y": places[q, j][0] + places[q, j][1] / 2,
                "customers": words.count(n),
                "one_origin": origin if origin == origin else 1.0,
                "shown": words.number(origin),
                "here": q == k,
            }
            for (q, j), (n, origin) in known.items()
        ]
    )


def _similarity_rows(found: Borders, names: Sequence[str], words: Words) -> pd.DataFrame:
    bins = found.similarities.shape[1]
    # Most customers are unlike most centers: the first step would leave no colour to the others.
    largest = max(float(found.similarities[:, 1:].max()), 1e-12)
    return pd.DataFrame(
        [
            {
                "segment": name,
                "from": i / bins,
                "to": (i + 1) / bins,
                "share": min(share / largest, 1.0),
                "shown": words.percent(share),
            }
            for name, shares in zip(names, found.similarities.tolist(), strict=True)
            for i, share in enumerate(shares)
        ]
    )
