"""Maps for deck.gl that ask nobody for anything: customers, bins, land, grid and names.

Enters: points or bins, colours and names of the segments, where the land outline is served.
Leaves: a ``pydeck.Deck`` with compact JSON. Refuses a base map: there is no tile server, no key
and no address outside the app's own host in it. The legend is the page's business.

Names come from users. They travel as data, never as part of a template, and the tooltip shows
text, never HTML, so that a name cannot become an element or an expression.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pydeck
from pydeck.bindings.json_tools import default_serialize

from segmentation.geography.backdrop import Rgba, as_text, ground, ink_of, writing
from segmentation.geography.bins import Bins
from segmentation.geography.landmarks import Landmark
from segmentation.geography.points import Points
from segmentation.geography.view import WORLD_PIXELS, fit

Rgb = tuple[int, int, int]

# Points of the segments take turns in so many rounds, each begun by another segment, so that no
# segment lies on top of all others.
ROUNDS = 64


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


def map_deck(
    shown: Points | Bins,
    colors: Sequence[Rgb],
    names: tuple[str, ...],
    dark: bool,
    land_url: str,
    landmarks: Sequence[Landmark] = (),
) -> pydeck.Deck:
    """Draw customers, as points or counted in hexagons, over the outline of the land.

    Points of every second segment are rings and the others discs; hexagons have the colour of
    the segment that leads there and are the stronger the more customers they hold. Pointing at
    one tells the segment by name, for a hexagon with its share and the number of customers.

    Parameters
    ----------
    shown : Points or Bins
    colors : sequence of (int, int, int)
        Red, green, blue of each segment, 0 … 255.
    names : tuple of str
        Of the segments, as the reader knows them.
    dark : bool
        Whether the page is dark.
    land_url : str
        Where ``static/land-110m.geojson`` is served, relative to the page.
    landmarks : sequence of Landmark, optional
        Names to write on the map, as many as fit.

    Returns
    -------
    pydeck.Deck
        For ``st.pydeck_chart``.
    """
    ink = ink_of(dark)
    view = fit(shown.located.extent)
    plain = tuple(as_text(name) for name in names)
    if isinstance(shown, Points):
        customers = [_points(shown, colors, plain)]
    else:
        customers = _hexagons(shown, colors, plain, ink.highlight)
    return CompactDeck(
        layers=[*ground(view, ink, land_url), *customers, *writing(view, ink, landmarks)],
        views=[pydeck.View(type="MapView", controller=True)],
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


def _points(points: Points, colors: Sequence[Rgb], names: tuple[str, ...]) -> pydeck.Layer:
    """Draw customers in rounds; one feature a round and segment carries colour and name once."""
    positions = np.column_stack([points.longitude, points.latitude])
    turn = np.arange(points.n_points) * ROUNDS // max(points.n_points, 1)
    features = []
    for current in range(ROUNDS):
        for place in range(len(names)):
            segment = (place + current) % len(names)
            own = positions[(turn == current) & (points.segment == segment)]
            if len(own):
                features.append(_feature(own, names[segment], colors[segment], segment % 2 == 1))
    return pydeck.Layer(
        "GeoJsonLayer",
        id="customers",
        data={"type": "FeatureCollection", "features": features},
        pickable=True,
        point_radius_units="'pixels'",
        get_point_radius=_radius(points.n_points),
        line_width_units="'pixels'",
        get_line_width=1.2,
        get_fill_color="properties.fill",
        get_line_color="properties.line",
    )


def _feature(
    positions: npt.NDArray[np.float64], name: str, color: Rgb, ring: bool
) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPoint", "coordinates": positions.tolist()},
        "properties": {
            "text": name,
            "fill": [*color, 40 if ring else 190],
            "line": [*color, 255],
        },
    }


def _radius(n_points: int) -> float:
    """Return the radius of a point in pixels: the more there are, the smaller."""
    return 2.2 if n_points > 8_000 else 3.0 if n_points > 2_000 else 4.0


def _hexagons(
    bins: Bins, colors: Sequence[Rgb], names: tuple[str, ...], highlight: Rgba
) -> list[pydeck.Layer]:
    """Draw one layer of hexagons a segment: those in which it leads."""
    n_customers = bins.n_customers
    usual = float(np.quantile(n_customers, 0.95)) if len(n_customers) else 1.0
    strength = np.rint(80 + 165 * np.sqrt(np.minimum(1.0, n_customers / usual))).astype(int)
    share = np.rint(100 * bins.leading_share).astype(int)
    radius = bins.degrees / math.sqrt(3) * WORLD_PIXELS / 360
    layers = []
    for segment, (color, name) in enumerate(zip(colors, names, strict=True)):
        own = np.flatnonzero(bins.leading == segment)
        cells = [
            {
                "p": [round(float(bins.longitude[i]), 5), round(float(bins.latitude[i]), 5)],
                "a": int(strength[i]),
                "text": f"{name} · {share[i]} %\nn = {n_customers[i]}",
            }
            for i in own
        ]
        layers.append(
            pydeck.Layer(
                "ColumnLayer",
                id=f"bins-{segment}",
                data=cells,
                pickable=True,
                auto_highlight=True,
                highlight_color=highlight,
                extruded=False,
                disk_resolution=6,
                angle=30,
                coverage=0.95,
                radius_units="'common'",
                radius=round(radius, 8),
                get_position="p",
                get_fill_color=f"[{color[0]},{color[1]},{color[2]},a]",
            )
        )
    return layers
