"""A picture of the map, for reports and exports: the same places in the same colours, drawn flat.

Enters: customers as points, hexagons or regions, and how they are painted. Leaves: a chart with
every outline in it, so that it can be drawn without a browser, a server or the internet. Refuses to
project: everything is laid out on the plane of the map before it gets there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd

from segmentation.charts.drawing import Drawing
from segmentation.charts.palette import hex_of
from segmentation.charts.theme import LABEL_SIZE, ink_of, themed
from segmentation.geography import Areas, Bins, Landmark, Level, Points
from segmentation.geography.mercator import height, heights
from segmentation.geography.outlines import outlines
from segmentation.geography.paint import Paint
from segmentation.geography.view import SCREEN_HEIGHT, SCREEN_WIDTH, View, fit, grid
from segmentation.wording import Words

WIDTH = 720
HEIGHT = WIDTH * SCREEN_HEIGHT // SCREEN_WIDTH
_LAND = {False: "#e9edf0", True: "#2a333b"}
_BORDER = {False: "#b2bcc4", True: "#54616b"}
_POINT_SIZE = 14
_POINTS = "points"
# Coordinates of a picture are no finer than a third of a pixel.
_PARTS_OF_A_PIXEL = 3

Ring = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]


def map_chart(
    shown: Points | Bins | Areas,
    paint: Paint,
    labels: Sequence[str],
    words: Words,
    *,
    dark: bool,
    names: Sequence[Landmark] = (),
) -> alt.LayerChart:
    """Draw a map as a picture.

    Parameters
    ----------
    shown : Points, Bins or Areas
    paint : Paint
        The map's; of points, :func:`segmentation.geography.paint.point_paint`.
    labels : sequence of str
        What each class of the paint is called in the legend.
    words : Words
        The reader's language.
    dark : bool
        Whether the page is dark.
    names : sequence of Landmark
        Written where they are.

    Returns
    -------
    altair.LayerChart
    """
    view = fit(shown.extent)
    box = _box(view)
    layers = [_land(view, box, dark=dark)] if view.has_outline else []
    color = alt.Color(
        "label:N",
        scale=alt.Scale(domain=list(labels), range=[hex_of(color) for color in paint.colors]),
        legend=alt.Legend(
            title=None, orient="bottom", columns=5, labelColor=ink_of(dark=dark).text
        ),
    )
    if isinstance(shown, Points):
        mark = alt.Chart({"name": _POINTS}).mark_circle(size=_POINT_SIZE, opacity=0.75)
        layers.append(mark.encode(x=_axis("x", box), y=_axis("y", box), color=color))
    else:
        shapes = _hexagons(shown) if isinstance(shown, Bins) else _regions(shown, box)
        layers.append(_places(shapes, paint, labels, view).encode(color=color))
    layers += _writing(view, box, names, words, dark=dark)
    chart = alt.LayerChart(layer=layers).properties(width=WIDTH, height=HEIGHT)
    if isinstance(shown, Points):
        chart = chart.properties(datasets={_POINTS: _spots(shown, paint, labels, box)})
    return themed(chart, dark=dark)


def map_drawing(
    shown: Points | Bins | Areas,
    painted: Callable[[bool], Paint],
    labels: Sequence[str],
    words: Words,
    names: Sequence[Landmark] = (),
) -> Drawing:
    """Return what draws a map for either page; ``painted`` gives its paint, True for a dark one.

    The other parameters are those of :func:`map_chart`.
    """

    def drawing(*, dark: bool) -> alt.LayerChart:
        return map_chart(shown, painted(dark), labels, words, dark=dark, names=names)

    return drawing


def _box(view: View) -> Box:
    """Return west, bottom, east and top of the picture on the plane of the map."""
    wide, tall = view.degrees / 2, view.degrees * SCREEN_HEIGHT / SCREEN_WIDTH / 2
    middle = height(view.latitude)
    return view.longitude - wide, middle - tall, view.longitude + wide, middle + tall


def _flat(view: View) -> dict[str, Any]:
    """Return a projection that only scales what is flat already."""
    west, _, east, top = _box(view)
    pixels = WIDTH / (east - west)
    shift = [-west * pixels, top * pixels]
    return {"type": "identity", "reflectY": True, "scale": pixels, "translate": shift}


def _land(view: View, box: Box, *, dark: bool) -> alt.Chart:
    countries = outlines(Level.COUNTRY).values()
    features = [
        _feature(parts)
        for country in countries
        if (parts := list(_clipped((part[0] for part in country.parts), box)))
    ]
    land: alt.Chart = (
        alt.Chart({"values": features})
        .mark_geoshape(fill=_LAND[dark], stroke=_BORDER[dark], strokeWidth=0.6)
        .project(**_flat(view))
    )
    return land


def _places(
    shapes: Iterable[list[Ring]], paint: Paint, labels: Sequence[str], view: View
) -> alt.Chart:
    features = []
    for place, parts in enumerate(shapes):
        number = int(paint.classes[place])
        if number >= 0 and parts:
            strength = round(float(paint.strength[place]) / 255, 2)
            features.append({**_feature(parts), "label": labels[number], "strength": strength})
    opacity = alt.Opacity("strength:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None)
    places: alt.Chart = (
        alt.Chart({"values": features})
        .mark_geoshape(stroke=None)
        .encode(opacity=opacity)
        .project(**_flat(view))
    )
    return places


def _spots(
    points: Points, paint: Paint, labels: Sequence[str], box: Box
) -> list[dict[str, object]]:
    """Return the points that lie in the picture; altair refuses so many in a frame."""
    x, y = points.longitude, heights(points.latitude).round(4)
    west, bottom, east, top = box
    seen = np.flatnonzero((x >= west) & (x <= east) & (y >= bottom) & (y <= top))
    return [
        {"x": float(x[i]), "y": float(y[i]), "label": labels[int(paint.classes[i])]} for i in seen
    ]


def _axis(name: str, box: Box) -> alt.X | alt.Y:
    west, bottom, east, top = box
    if name == "x":
        return alt.X("x:Q", axis=None, scale=alt.Scale(domain=[west, east], nice=False, zero=False))
    return alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[bottom, top], nice=False, zero=False))


def _writing(
    view: View, box: Box, names: Sequence[Landmark], words: Words, *, dark: bool
) -> Iterator[alt.Chart]:
    """Write the names that lie in the picture, and the scale with its length."""
    ink, (west, bottom, east, top) = ink_of(dark=dark), box
    edge = 0.04 * (top - bottom)
    rows = [
        {"x": name.longitude, "y": height(name.latitude), "text": name.name}
        for name in names
        # A name is written above its place.
        if west < name.longitude < east and bottom < height(name.latitude) < top - edge
    ]
    lines = grid(view)
    if lines.scale is not None and lines.km is not None:
        (start, level), (end, _) = lines.scale
        low = max(height(level), bottom + edge)
        rows.append({"x": (start + end) / 2, "y": low, "text": f"{words.number(lines.km)} km"})
        ends = pd.DataFrame({"x": [start, end], "y": [low, low]})
        bar = alt.Chart(ends).mark_line(strokeWidth=3, color=ink.text)
        yield bar.encode(x=_axis("x", box), y=_axis("y", box))
    texts = alt.Chart(pd.DataFrame(rows, columns=["x", "y", "text"]))
    written = texts.mark_text(dy=-9, fontSize=LABEL_SIZE, color=ink.text)
    yield written.encode(x=_axis("x", box), y=_axis("y", box), text="text:N")


def _hexagons(bins: Bins) -> Iterator[list[Ring]]:
    """Yield the corners of each hexagon, pointed top, a little inside its borders."""
    turns = np.radians(30 + 60 * np.arange(7))
    corners = 0.95 * bins.degrees / math.sqrt(3) * np.column_stack([np.cos(turns), np.sin(turns)])
    middles = np.column_stack([bins.longitude, heights(bins.latitude)])
    for middle in middles:
        yield [middle + corners]


def _regions(areas: Areas, box: Box) -> Iterator[list[Ring]]:
    for outline in areas.outlines:
        yield list(_clipped((part[0] for part in outline.parts), box))


def _clipped(rings: Iterable[Ring], box: Box) -> Iterator[Ring]:
    """Lay rings on the plane of the map and cut off what lies outside of the picture."""
    west, bottom, east, top = box
    digits = max(0, math.ceil(-math.log10((east - west) / WIDTH / _PARTS_OF_A_PIXEL)))
    for ring in rings:
        flat = np.column_stack([ring[:, 0], heights(ring[:, 1])])
        low, high = flat.min(axis=0), flat.max(axis=0)
        if low[0] > east or high[0] < west or low[1] > top or high[1] < bottom:
            continue
        for axis, edge, side in ((0, west, 1), (0, east, -1), (1, bottom, 1), (1, top, -1)):
            flat = _cut(flat, axis, edge, side)
        rounded = flat.round(digits)
        changes = np.any(np.diff(rounded, axis=0, prepend=np.inf) != 0, axis=1)
        if changes.sum() >= 4:
            yield rounded[changes]


def _cut(ring: Ring, axis: int, edge: float, side: int) -> Ring:
    """Keep what lies on one side of a straight edge (Sutherland & Hodgman 1974)."""
    if not len(ring):
        return ring
    here = side * (ring[:, axis] - edge)
    kept = []
    for i in range(len(ring) - 1):
        a, b = here[i], here[i + 1]
        if a >= 0:
            kept.append(ring[i])
        if (a >= 0) != (b >= 0):
            kept.append(ring[i] + (ring[i + 1] - ring[i]) * (a / (a - b)))
    return np.array([*kept, kept[0]]) if kept else np.empty((0, 2))


def _feature(parts: Sequence[Ring]) -> dict[str, Any]:
    coordinates = [[ring.tolist()] for ring in parts]
    geometry = {"type": "MultiPolygon", "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry}
