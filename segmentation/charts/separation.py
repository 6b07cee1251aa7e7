"""The separation plot: segments in the plane of the first two principal components.

Enters: a :class:`Separation`. Leaves: one chart. Refuses numbers on its axes: they have no unit;
what is said is how much of the differences each axis keeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from segmentation.charts.frame import segment_color
from segmentation.charts.theme import ink_of, name_limit, themed
from segmentation.profiles import Separation
from segmentation.wording import Words

_HEIGHT = 440
# The longest arrow reaches so far from the middle to the edge.
_ARROW_REACH = 0.8
# What a line of text takes of the height, and a name of width and height.
_LINE = 0.04
_NAME_ROOM = np.array([0.22, 0.035])


def separation_plot(
    found: Separation,
    features: Sequence[str],
    names: Sequence[str],
    words: Words,
    *,
    dark: bool,
) -> alt.LayerChart:
    """Draw the segments in the plane that shows most of the differences between customers.

    Parameters
    ----------
    found : Separation
    features : sequence of str
        What the arrows stand for, in the order of ``found.arrows``.
    names : sequence of str
        Segment names.
    words : Words
        The reader's language.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.LayerChart
        Dots are a sample of customers, gray areas all of them where there are more, outlines the
        inner half of each segment, arrows the variables.
    """
    ink = ink_of(dark=dark)
    x, y = _axes(found, words)
    color = segment_color(names, dark=dark)
    points = (
        alt.Chart(_points(found, names))
        .mark_point(filled=True, size=14, opacity=0.55)
        .encode(x=x, y=y, color=color)
    )
    outlines = (
        alt.Chart(_outlines(found, names))
        .mark_line(strokeWidth=2.5, opacity=1)
        .encode(x=x, y=y, color=color, detail="segment:N", order="place:Q")
    )
    arrows = alt.Chart(_arrows(found, features))
    lines = arrows.mark_rule(color=ink.text, strokeWidth=1.2).encode(
        x=x, y=y, x2="to_x:Q", y2="to_y:Q"
    )
    heads = arrows.mark_point(filled=True, size=28, color=ink.text, opacity=1).encode(
        x="to_x:Q", y="to_y:Q"
    )
    tips = _texts(arrows, ink.quiet, ink.paper, bold=False)
    called = _texts(alt.Chart(_middles(found, names)), ink.text, ink.paper, bold=True)
    layers = [*_density(found, x, y, ink.quiet), points, outlines, lines, heads, *tips, *called]
    return themed(alt.LayerChart(layer=layers).properties(height=_HEIGHT), dark=dark)


def _axes(found: Separation, words: Words) -> tuple[alt.X, alt.Y]:
    titles = (
        words("First axis: {share:percent} of the differences", share=found.kept[0]),
        words("Second axis: {share:percent}", share=found.kept[1]),
    )
    plain = alt.Axis(labels=False, grid=False, tickCount=0)
    domains = [[float(edge[0]), float(edge[-1])] for edge in found.edges]
    scales = [alt.Scale(domain=domain, zero=False, nice=False) for domain in domains]
    return (
        alt.X("x:Q", title=titles[0], scale=scales[0], axis=plain),
        alt.Y("y:Q", title=titles[1], scale=scales[1], axis=plain),
    )


def _texts(base: alt.Chart, color: str, paper: str, *, bold: bool) -> list[alt.Chart]:
    """Write names twice: first a seam in the page's colour, so that they can be read anywhere."""
    limit = name_limit(180, 96)
    weight: Literal[400, 700] = 700 if bold else 400
    named = base.encode(x="at_x:Q", y="at_y:Q", text="name:N")
    seam = named.mark_text(stroke=paper, strokeWidth=4, limit=limit, fontWeight=weight)
    return [seam, named.mark_text(color=color, limit=limit, fontWeight=weight)]


def _density(found: Separation, x: alt.X, y: alt.Y, color: str) -> list[alt.Chart]:
    """Draw everybody as areas, where not everybody is a dot."""
    if found.n <= len(found.points):
        return []
    across, along = found.edges
    largest = max(int(found.counts.max()), 1)
    rows = [
        {
            "x": float(across[i]),
            "to_x": float(across[i + 1]),
            "y": float(along[j]),
            "to_y": float(along[j + 1]),
            "share": float(np.sqrt(found.counts[i, j] / largest)),
        }
        for i, j in np.argwhere(found.counts > 0)
    ]
    scale = alt.Scale(domain=[0, 1], range=[0.04, 0.4])
    squares = alt.Chart(pd.DataFrame(rows)).mark_rect(color=color)
    opacity = alt.Opacity("share:Q", scale=scale, legend=None)
    return [squares.encode(x=x, y=y, x2="to_x:Q", y2="to_y:Q", opacity=opacity)]


def _points(found: Separation, names: Sequence[str]) -> pd.DataFrame:
    across, along = found.edges
    x, y = found.points.T.round(4)
    inside = (x >= across[0]) & (x <= across[-1]) & (y >= along[0]) & (y <= along[-1])
    segments = [names[s] for s in found.point_segments[inside]]
    return pd.DataFrame({"x": x[inside], "y": y[inside], "segment": segments})


def _outlines(found: Separation, names: Sequence[str]) -> pd.DataFrame:
    corners = [
        (float(x), float(y), name, place)
        for outline, name in zip(found.outlines, names, strict=True)
        for place, (x, y) in enumerate(outline)
    ]
    return pd.DataFrame(corners, columns=["x", "y", "segment", "place"])


def _middles(found: Separation, names: Sequence[str]) -> pd.DataFrame:
    known = [
        (float(x), float(y), name)
        for (x, y), name in zip(found.middles, names, strict=True)
        if x == x  # a segment without customers is nowhere
    ]
    return pd.DataFrame(known, columns=["at_x", "at_y", "name"])


def _arrows(found: Separation, features: Sequence[str]) -> pd.DataFrame:
    """Where arrows end and their names stand: beyond the tip, and on no other name."""
    chosen = list(found.strongest)
    ends = found.arrows[chosen]
    room = np.array([min(-edge[0], edge[-1]) for edge in found.edges])
    with np.errstate(divide="ignore"):
        fits = np.where(np.abs(ends) > 0, np.maximum(room, 1e-9) / np.abs(ends), np.inf)
    tips = ends * (_ARROW_REACH * float(fits.min()) if len(chosen) else 0.0)
    span = np.array([edge[-1] - edge[0] for edge in found.edges])
    taken = [place / span for place in found.middles if place[0] == place[0]]
    rows = []
    for feature, (x, y) in zip(chosen, tips.tolist(), strict=True):
        place = np.array([x, y]) / span
        step = np.array([0.0, _LINE if y >= 0 else -_LINE])
        place = place + 0.7 * step
        while any(np.all(np.abs(place - other) < _NAME_ROOM) for other in taken):
            place = place + step
        taken.append(place)
        at_x, at_y = (place * span).tolist()
        rows.append((0.0, 0.0, x, y, at_x, at_y, features[feature]))
    return pd.DataFrame(rows, columns=["x", "y", "to_x", "to_y", "at_x", "at_y", "name"])
