"""Segments over the quarters of the year."""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt

from segmentation.charts.heat import Cell, heat
from segmentation.geography.seasons import QUARTERS, Seasons
from segmentation.wording import Words

# Colours are full at so many points of the index.
_FULL_INDEX = 75


def season_heat(
    found: Seasons, names: Sequence[str], words: Words, *, dark: bool
) -> alt.LayerChart:
    """Draw the share of each quarter in each segment, coloured against the market.

    Parameters
    ----------
    found : Seasons
    names : sequence of str
        Segment names.
    words : Words
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.LayerChart
    """
    along = [words("Quarter {n:count}", n=quarter) for quarter in QUARTERS]
    cells = [
        _cell(found, quarter, segment, (along[quarter], name), words)
        for quarter in range(len(QUARTERS))
        for segment, name in enumerate(names)
    ]
    return heat(cells, along, list(names), words, dark=dark)


def _cell(found: Seasons, quarter: int, segment: int, place: tuple[str, str], words: Words) -> Cell:
    share, market = float(found.share[quarter, segment]), float(found.market[quarter])
    index = 100 * share / market if market > 0 else math.nan
    strength = 0.0 if math.isnan(index) else (index - 100) / _FULL_INDEX
    return Cell(
        *place,
        strength,
        index,
        words.percent(share),
        words.percent(market),
        # As short as an index: cells are 22 pixels wide on a phone.
        "–" if math.isnan(share) else words.count(round(100 * share)),
    )
