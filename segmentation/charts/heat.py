"""Differences as a heat map: variables × segments, and regions × segments."""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.geography import RegionTable
from segmentation.profiles import Profile
from segmentation.wording import Words

_ROW_HEIGHT = 26


def difference_heat(
    described: Profile,
    names: Sequence[str],
    variables: Sequence[str],
    words: Words,
    *,
    dark: bool,
) -> alt.LayerChart:
    """Draw how far each segment lies from the market, in standard deviations of the market.

    The cell says the index (100 = average) where there is one and the value otherwise; pointing at
    it shows the segment's and the market's value in the customer's units.

    Parameters
    ----------
    described : Profile
    names : sequence of str
        Segment names.
    variables : sequence of str
        Which numbers to show, in this order.
    words : Words
    dark : bool

    Returns
    -------
    altair.LayerChart
    """
    wanted = set(variables)
    rows = pd.DataFrame(
        [
            {
                "variable": fact.variable,
                "segment": names[fact.segment],
                "z": 0.0 if math.isnan(fact.z) else fact.z,
                "shown": "–" if math.isnan(fact.index) else words.count(round(fact.index)),
                "value": words.number(fact.mean),
                "overall": words.number(fact.overall),
            }
            for fact in described.numbers
            if fact.variable in wanted
        ]
    )
    return _heat(rows, "variable", (list(variables), list(names)), words, dark=dark)


def region_heat(
    regions: RegionTable, names: Sequence[str], words: Words, *, dark: bool, most: int = 20
) -> alt.LayerChart:
    """Draw the index of each segment in the largest regions (100 = as in the whole market).

    Parameters
    ----------
    regions : RegionTable
    names : sequence of str
    words : Words
    dark : bool
    most : int
        How many regions to draw.

    Returns
    -------
    altair.LayerChart
    """
    rows = []
    for position, region in enumerate(regions.regions[:most]):
        for segment, name in enumerate(names):
            index = float(regions.index[position, segment])
            hidden = math.isnan(index)
            rows.append(
                {
                    "variable": region,
                    "segment": name,
                    "z": 0.0 if hidden else (index - 100) / 50,
                    "shown": "–" if hidden else words.count(round(index)),
                    "value": "–" if hidden else words.percent(regions.share[position, segment]),
                    "overall": words.count(int(regions.n_customers[position])),
                }
            )
    order = (list(regions.regions[:most]), list(names))
    return _heat(pd.DataFrame(rows), "variable", order, words, dark=dark)


def _heat(
    rows: pd.DataFrame, field: str, order: tuple[list[str], list[str]], words: Words, *, dark: bool
) -> alt.LayerChart:
    across, along = order[1], order[0]
    base = alt.Chart(rows).encode(
        x=alt.X(
            "segment:N",
            sort=across,
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0 if len(across) <= 6 else -35, labelLimit=110),
        ),
        y=alt.Y(f"{field}:N", sort=along, title=None, axis=alt.Axis(labelLimit=170)),
        tooltip=[
            alt.Tooltip(f"{field}:N", title=" "),
            alt.Tooltip("segment:N", title=words("Segment")),
            alt.Tooltip("value:N", title=words("Here")),
            alt.Tooltip("overall:N", title=words("Overall")),
            alt.Tooltip("shown:N", title=words("Index")),
        ],
    )
    middle, low, high = (
        ("#2a333b", "#cc6620", "#5f9fd6") if dark else ("#f4f4f2", "#b4540a", "#1b5e8c")
    )
    cells = base.mark_rect(cornerRadius=2, stroke="#00000000").encode(
        color=alt.Color(
            "z:Q",
            scale=alt.Scale(
                domain=[-1.5, 0, 1.5], range=[low, middle, high], clamp=True, interpolate="rgb"
            ),
            legend=None,
        )
    )
    strong = "#ffffff"
    weak = "#e8ecef" if dark else "#12161a"
    texts = base.mark_text(fontSize=12).encode(
        text="shown:N",
        color=alt.condition("abs(datum.z) > 0.8", alt.value(strong), alt.value(weak)),
    )
    return alt.LayerChart(layer=[cells, texts]).properties(
        height=_ROW_HEIGHT * max(1, len(along)) + 30
    )
