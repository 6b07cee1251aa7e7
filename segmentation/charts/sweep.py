"""The sweep as two small pictures: how well k separates, and how much error is left."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd

from segmentation.charts.theme import ink_of, themed
from segmentation.wording import Words
from segmentation.workflow import Extraction

_HEIGHT = 220


def separation_curve(extraction: Extraction, k: int, words: Words, *, dark: bool) -> alt.LayerChart:
    """Draw how well segments are separated, by their number.

    Parameters
    ----------
    extraction : Extraction
    k : int
        The number of segments on show, which is filled; the recommended one is ringed.
    words : Words
    dark : bool

    Returns
    -------
    altair.LayerChart
    """
    rows = _rows({q: extraction.silhouettes[q] for q in extraction.family.solutions}, words.number)
    labels = (words("Separation (silhouette)"), words("Number of segments"), ".2f")
    return _line(rows, labels, (k, extraction.choice.recommended_k), dark=dark)


def left_curve(extraction: Extraction, k: int, words: Words, *, dark: bool) -> alt.LayerChart:
    """Draw how much of the differences is left within segments, by their number.

    Parameters and returns as :func:`separation_curve`; it begins with the undivided market.
    """
    rows = _rows(left_within(extraction), words.percent)
    labels = (words("Differences left within segments"), words("Number of segments"), ".0%")
    return _line(rows, labels, (k, extraction.choice.recommended_k), dark=dark)


def left_within(extraction: Extraction) -> dict[int, float]:
    """Return the share of the differences left within segments, by their number from one on."""
    family = extraction.family
    return {1: 1.0} | {q: s.inertia / family.total for q, s in family.solutions.items()}


def _rows(values: dict[int, float], write: Callable[[float], str]) -> pd.DataFrame:
    return pd.DataFrame(
        [{"k": q, "value": value, "shown": write(value)} for q, value in values.items()]
    )


def _line(
    rows: pd.DataFrame, labels: tuple[str, str, str], marks: tuple[int, int], *, dark: bool
) -> alt.LayerChart:
    title, across, number = labels
    shown, recommended = marks
    ink = ink_of(dark=dark)
    base = alt.Chart(rows).encode(
        x=alt.X("k:O", title=across, axis=alt.Axis(labelAngle=0)),
        y=alt.Y(
            "value:Q",
            title=None,
            axis=alt.Axis(format=number, tickCount=4),
            scale=alt.Scale(zero=False),
        ),
        tooltip=[alt.Tooltip("k:O", title=across), alt.Tooltip("shown:N", title=title)],
    )
    line = base.mark_line(strokeWidth=2)
    dots = base.mark_point(filled=True, size=50, color=ink.quiet, opacity=1)
    here = base.transform_filter(alt.datum.k == shown).mark_point(
        filled=True, size=190, color=ink.accent, opacity=1
    )
    advised = base.transform_filter(alt.datum.k == recommended).mark_point(
        filled=False, size=320, color=ink.text, strokeWidth=1.6, opacity=1
    )
    chart = alt.LayerChart(layer=[line, dots, here, advised])
    return themed(chart.properties(title=title, height=_HEIGHT), dark=dark)
