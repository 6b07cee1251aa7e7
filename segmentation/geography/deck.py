"""Maps for deck.gl that ask nobody for anything: customers, regions, land, grid and names.

Enters: points, bins or areas, how they are painted, what lies under them. Leaves: a ``pydeck.Deck``
with compact JSON. Refuses a base map of its own accord: there is no tile server, no key and no
address outside the app's own host in it unless a ``StreetMap`` is asked for. The legend is the
page's business.

Names come from users. They travel as data, never as part of a template, and the tooltip shows
text, never HTML, so that a name cannot become an element or an expression.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import numpy as np
import pydeck
from pydeck.bindings.json_tools import default_serialize

from segmentation.geography.areas import Areas
from segmentation.geography.backdrop import (
    Base,
    Rgba,
    StreetMap,
    ground,
    ink_of,
    writing,
)
from segmentation.geography.bins import Bins
from segmentation.geography.located import DECIMALS, Extent
from segmentation.geography.measures import Cells
from segmentation.geography.paint import Paint, Rgb, as_text
from segmentation.geography.points import Points
from segmentation.geography.view import WORLD_PIXELS, fit

# The layers that can be clicked on: customers, and places where they are counted.
CUSTOMERS, CELLS = "customers", "cells"


class CompactDeck(pydeck.Deck):  # type: ignore[misc]  # pydeck ships no types
    """A deck whose JSON has no blanks: a fifth of the bytes of pydeck's own."""

    def to_json(self) -> str:
        """Return the map as JSON without blanks; keys for tile services never get into it."""
        self.carto_key = None
        return json.dumps(
            self,
            default=default_serialize,
            separators=(",", ":"),
            sort_keys=True,
            allow_nan=False,
        )


def point_deck(
    points: Points, colors: Sequence[Rgb], names: Sequence[str], base: Base
) -> pydeck.Deck:
    """Draw customers as points over the outline of the land.

    Points of every second segment are rings and the others discs. Pointing at one tells
    its segment.

    Parameters
    ----------
    points : Points
    colors : sequence of (int, int, int)
        Red, green, blue of each segment, 0 … 255.
    names : sequence of str
        Of the segments, as the reader knows them.
    base : Base

    Returns
    -------
    pydeck.Deck
        For ``st.pydeck_chart``.
    """
    plain = tuple(as_text(name) for name in names)
    return _deck([_points(points, colors, plain)], points.extent, base)


def cell_deck(cells: Cells, paint: Paint, base: Base) -> pydeck.Deck:
    """Draw hexagons, or the outlines of regions, in the colours of their classes.

    Parameters
    ----------
    cells : Bins or Areas
    paint : Paint
    base : Base

    Returns
    -------
    pydeck.Deck
        For ``st.pydeck_chart``; the layer ``CELLS`` holds the places in their order, so that what
        was clicked on stays the same when the colours change.
    """
    highlight = ink_of(base.dark).highlight
    if isinstance(cells, Bins):
        return _deck([_hexagons(cells, paint, highlight)], cells.extent, base)
    return _deck([_regions(cells, paint, highlight)], cells.extent, base)


def _deck(customers: list[pydeck.Layer], extent: Extent | None, base: Base) -> pydeck.Deck:
    ink, view = ink_of(base.dark), fit(extent)
    deck = CompactDeck(
        layers=[*ground(view, ink, base), *customers, *writing(view, ink, base)],
        # North stays up, and nothing tilts.
        views=[pydeck.View(type="MapView", controller={"dragRotate": False, "touchRotate": False})],
        initial_view_state=pydeck.ViewState(
            longitude=round(view.longitude, 4),
            latitude=round(view.latitude, 4),
            zoom=round(view.zoom, 2),
            min_zoom=0,
            max_zoom=16,
        ),
        map_provider=None,
        tooltip={"text": "{text}", "style": ink.tooltip},
    )
    if base.street is not None:
        # A list is what the page's map takes for a style of its own rather than an address of one.
        deck.map_style = [_street_style(base.street)]
    return deck


def _street_style(street: StreetMap) -> dict[str, object]:
    source = {
        "type": "raster",
        "tiles": [street.url],
        "tileSize": 256,
        "maxzoom": 19,
        "attribution": street.attribution,
    }
    layer = {"id": "street", "type": "raster", "source": "street"}
    return {"version": 8, "sources": {"street": source}, "layers": [layer]}


def _points(points: Points, colors: Sequence[Rgb], names: tuple[str, ...]) -> pydeck.Layer:
    """Draw customers in canonical order, which no segment leads, so that none lies on top."""
    spots = np.column_stack([points.longitude, points.latitude]).round(DECIMALS).tolist()
    fills = [[*color, 40 if s % 2 else 190] for s, color in enumerate(colors)]
    return pydeck.Layer(
        "ScatterplotLayer",
        id=CUSTOMERS,
        data=[
            {"p": spot, "s": s, "text": names[s]}
            for spot, s in zip(spots, points.segment.tolist(), strict=True)
        ],
        pickable=True,
        stroked=True,
        get_position="p",
        radius_units="'pixels'",
        get_radius=_radius(points.n_points),
        line_width_units="'pixels'",
        get_line_width=1.2,
        get_fill_color=_by_segment(fills),
        get_line_color=_by_segment([[*color, 255] for color in colors]),
    )


def _by_segment(colors: Sequence[list[int]]) -> str:
    """Write what colour a point of each segment has, as deck.gl's JSON says it."""
    *others, last = colors
    return "".join(f"s == {s} ? {color} : " for s, color in enumerate(others)) + str(last)


def _radius(n_points: int) -> float:
    """Return the radius of a point in pixels: the more there are, the smaller."""
    return 2.2 if n_points > 8_000 else 3.0 if n_points > 2_000 else 4.0


def _fills(paint: Paint) -> list[list[int]]:
    """Return red, green, blue and strength of each place; nothing to see of those not drawn."""
    colors = np.array([*paint.colors, (0, 0, 0)], dtype=np.int64)[paint.classes]
    strength = np.where(paint.classes < 0, 0, paint.strength)
    found: list[list[int]] = np.column_stack([colors, strength]).tolist()
    return found


def _hexagons(bins: Bins, paint: Paint, highlight: Rgba) -> pydeck.Layer:
    places = np.column_stack([bins.longitude, bins.latitude]).round(5).tolist()
    cells = [
        {"p": place, "c": fill, "text": text}
        for place, fill, text in zip(places, _fills(paint), paint.texts, strict=True)
    ]
    return pydeck.Layer(
        "ColumnLayer",
        id=CELLS,
        data=cells,
        pickable=True,
        auto_highlight=True,
        highlight_color=highlight,
        extruded=False,
        disk_resolution=6,
        angle=30,
        coverage=0.95,
        radius_units="'common'",
        radius=round(bins.degrees / math.sqrt(3) * WORLD_PIXELS / 360, 8),
        get_position="p",
        get_fill_color="c",
    )


def _regions(areas: Areas, paint: Paint, highlight: Rgba) -> pydeck.Layer:
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[ring.tolist() for ring in part] for part in outline.parts],
            },
            "properties": {"c": fill, "text": text},
        }
        for outline, fill, text in zip(areas.outlines, _fills(paint), paint.texts, strict=True)
    ]
    return pydeck.Layer(
        "GeoJsonLayer",
        id=CELLS,
        data=features,
        pickable=True,
        auto_highlight=True,
        highlight_color=highlight,
        line_width_units="'pixels'",
        get_line_width=0.8,
        get_line_color=[128, 136, 143, 255],
        get_fill_color="properties.c",
    )
