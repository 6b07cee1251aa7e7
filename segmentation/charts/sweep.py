"""The sweep as two small pictures: how well k separates, and how much error is left."""

from __future__ import annotations

import altair as alt
import pandas as pd

from segmentation.wording import Words
from segmentation.workflow import Extraction


def sweep_charts(
    extraction: Extraction, k: int, words: Words, *, dark: bool
) -> tuple[alt.LayerChart, alt.LayerChart]:
    """Draw silhouette and remaining error by number of segments.

    The shown k is filled, the recommended one ringed.

    Parameters
    ----------
    extraction : Extraction
    k : int
        The number of segments on show.
    words : Words
    dark : bool

    Returns
    -------
    tuple of altair.LayerChart
        Separation, and the differences left within segments.
    """
    family = extraction.family
    rows = pd.DataFrame(
        {
            "k": list(family.solutions),
            "silhouette": [extraction.silhouettes[q] for q in family.solutions],
            "left": [s.inertia / family.total for s in family.solutions.values()],
        }
    )
    left = pd.concat([pd.DataFrame({"k": [1], "left": [1.0]}), rows[["k", "left"]]])
    recommended = extraction.choice.recommended_k
    separation = _line(
        rows, "silhouette", (words("Separation (silhouette)"), ".2f"), (k, recommended), dark=dark
    )
    elbow = _line(
        left,
        "left",
        (words("Differences left within segments"), ".0%"),
        (k, recommended),
        dark=dark,
    )
    return separation, elbow


def _line(
    rows: pd.DataFrame, field: str, labels: tuple[str, str], marks: tuple[int, int], *, dark: bool
) -> alt.LayerChart:
    title, number = labels
    shown, recommended = marks
    ink, quiet = ("#e8ecef", "#8fa3b3") if dark else ("#12161a", "#5b6b78")
    base = alt.Chart(rows).encode(
        x=alt.X("k:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y(
            f"{field}:Q",
            title=None,
            axis=alt.Axis(format=number, tickCount=4),
            scale=alt.Scale(zero=False),
        ),
        tooltip=["k:O", alt.Tooltip(f"{field}:Q", title=title, format=number)],
    )
    line = base.mark_line(color=quiet, strokeWidth=2)
    dots = base.mark_point(filled=True, size=50, color=quiet, opacity=1)
    here = base.transform_filter(alt.datum.k == shown).mark_point(
        filled=True, size=190, color="#e57118", opacity=1
    )
    advised = base.transform_filter(alt.datum.k == recommended).mark_point(
        filled=False, size=320, color=ink, strokeWidth=1.6, opacity=1
    )
    return alt.LayerChart(layer=[line, dots, here, advised]).properties(
        title=alt.TitleParams(title, anchor="start", fontSize=13, color=ink),
        height=170,
    )
