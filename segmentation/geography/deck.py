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
from dataclasses import dataclass

import numpy as np
import pydeck
from pydeck.bindings.json_tools import default_serialize

from segmentation.geography.bins import Bins
from segmentation.geography.landmarks import Landmark
from segmentation.geography.mercator import height
from segmentation.geography.points import Points
from segmentation.geography.view import WORLD_PIXELS, View, fit, grid

Rgb = tuple[int, int, int]
Rgba = list[int]

# Points of the segments take turns in so many rounds, so that no segment lies on top of all others.
ROUNDS = 16
FONT = "'Source Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
LABEL_PIXELS = 13
CHARACTER_PIXELS = 7.2
WIDE_CHARACTER_PIXELS = 13.0
LABEL_GAP_PIXELS = 6.0
# Expressions and constants of deck.gl's JSON begin like this.
_RESERVED = "@@"


@dataclass(frozen=True, slots=True)
class Ink:
    """The quiet colours of a map, for a light or a dark page."""

    land: Rgba
    coast: Rgba
    grid: Rgba
    label: Rgba
    halo: Rgba
    tooltip: dict[str, str]


def _ink(dark: bool) -> Ink:
    """Return colours near the theme's own (``.streamlit/config.toml``)."""
    paper, text = ("#212930", "#e8ecef") if dark else ("#ffffff", "#1b2126")
    tooltip = {
        "backgroundColor": paper,
        "color": text,
        "border": f"1px solid {'#4d5963' if dark else '#cfd7dd'}",
        "borderRadius": "6px",
        "fontSize": "14px",
        "padding": "6px 10px",
        "maxWidth": "280px",
        "zIndex": "10",
    }
    if dark:
        return Ink(
            land=[38, 46, 53, 255],
            coast=[84, 97, 107, 255],
            grid=[255, 255, 255, 26],
            label=[232, 236, 239, 255],
            halo=[20, 25, 30, 230],
            tooltip=tooltip,
        )
    return Ink(
        land=[236, 239, 241, 255],
        coast=[178, 188, 196, 255],
        grid=[27, 33, 38, 26],
        label=[27, 33, 38, 255],
        halo=[255, 255, 255, 230],
        tooltip=tooltip,
    )


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
    their largest segment and are the stronger the more customers they hold. Pointing at one tells
    the segment by name, for a hexagon with its share and the number of customers.

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
    ink = _ink(dark)
    view = fit(shown.located.extent)
    plain = tuple(as_text(name) for name in names)
    if isinstance(shown, Points):
        customers = [_points(shown, colors, plain)]
    else:
        customers = _hexagons(shown, colors, plain)
    return CompactDeck(
        layers=[*_ground(view, ink, land_url), *customers, *_writing(view, ink, landmarks)],
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


def as_text(name: str) -> str:
    """Return a name that deck.gl's JSON takes for text, whatever it begins with.

    Examples
    --------
    >>> as_text("@@=alert(1)")
    ' @@=alert(1)'
    >>> as_text("Loyal households")
    'Loyal households'
    """
    return f" {name}" if name.startswith(_RESERVED) else name


def _points(points: Points, colors: Sequence[Rgb], names: tuple[str, ...]) -> pydeck.Layer:
    """Draw customers in rounds; one feature a round and segment carries colour and name once."""
    positions = np.column_stack([points.longitude, points.latitude])
    turn = np.arange(points.n_points) * ROUNDS // max(points.n_points, 1)
    features = []
    for current in range(ROUNDS):
        for segment, (color, name) in enumerate(zip(colors, names, strict=True)):
            own = positions[(turn == current) & (points.segment == segment)]
            if len(own):
                fill = 40 if segment % 2 else 190
                features.append(
                    {
                        "type": "Feature",
                        "geometry": {"type": "MultiPoint", "coordinates": own.tolist()},
                        "properties": {"text": name, "fill": [*color, fill], "line": [*color, 255]},
                    }
                )
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


def _radius(n_points: int) -> float:
    """Return the radius of a point in pixels: the more there are, the smaller."""
    return 2.2 if n_points > 8_000 else 3.0 if n_points > 1_000 else 4.5


def _hexagons(bins: Bins, colors: Sequence[Rgb], names: tuple[str, ...]) -> list[pydeck.Layer]:
    """Draw one layer of hexagons a segment: those in which it is the largest."""
    n_customers = bins.n_customers
    usual = float(np.quantile(n_customers, 0.95)) if len(n_customers) else 1.0
    strength = np.rint(80 + 165 * np.sqrt(np.minimum(1.0, n_customers / usual))).astype(int)
    share = np.rint(100 * bins.dominant_share).astype(int)
    radius = bins.degrees / math.sqrt(3) * WORLD_PIXELS / 360
    layers = []
    for segment, (color, name) in enumerate(zip(colors, names, strict=True)):
        own = np.flatnonzero(bins.dominant == segment)
        cells = [
            {
                "p": [round(float(bins.longitude[i]), 4), round(float(bins.latitude[i]), 4)],
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


def _ground(view: View, ink: Ink, land_url: str) -> list[pydeck.Layer]:
    """Draw what lies under the customers: the land where its outline is fine enough, the grid."""
    layers = []
    if view.has_outline:
        layers.append(
            pydeck.Layer(
                "GeoJsonLayer",
                id="land",
                data=land_url,
                get_fill_color=ink.land,
                get_line_color=ink.coast,
                line_width_units="'pixels'",
                get_line_width=0.7,
            )
        )
    lines = grid(view)
    layers.append(_paths("grid", [list(line) for line in lines.lines], ink.grid, 1.0))
    return layers


def _paths(
    name: str, paths: list[list[tuple[float, float]]], color: Rgba, width: float
) -> pydeck.Layer:
    return pydeck.Layer(
        "PathLayer",
        id=name,
        data=paths,
        get_path="-",
        get_color=color,
        width_units="'pixels'",
        get_width=width,
    )


def _writing(view: View, ink: Ink, landmarks: Sequence[Landmark]) -> list[pydeck.Layer]:
    """Write over the customers: the names of places that fit, the length of the scale."""
    words = [
        {"p": [m.longitude, m.latitude], "t": as_text(m.name)} for m in fitting(view, landmarks)
    ]
    layers = []
    lines = grid(view)
    if lines.scale is not None:
        (west, level), (east, _) = lines.scale
        layers.append(_paths("scale", [list(lines.scale)], ink.label, 3.0))
        words.append({"p": [round((west + east) / 2, 6), level], "t": f"{lines.km:g} km"})
    if words:
        layers.append(
            pydeck.Layer(
                "TextLayer",
                id="names",
                data=words,
                get_position="p",
                get_text="t",
                get_size=LABEL_PIXELS,
                get_color=ink.label,
                get_pixel_offset=[0, -LABEL_PIXELS],
                character_set="'auto'",
                font_family=f'"{FONT}"',
                font_settings={"sdf": True},
                outline_width=2.5,
                outline_color=ink.halo,
            )
        )
    return layers


def fitting(view: View, landmarks: Sequence[Landmark]) -> list[Landmark]:
    """Return the landmarks whose names do not cover one another, largest first.

    Parameters
    ----------
    view : View
    landmarks : sequence of Landmark
        Largest first.

    Returns
    -------
    list of Landmark
    """
    taken: list[tuple[float, float, float]] = []
    kept = []
    for landmark in landmarks:
        x = landmark.longitude / view.degrees_a_pixel
        y = height(landmark.latitude) / view.degrees_a_pixel
        half = _width(landmark.name) / 2 + LABEL_GAP_PIXELS
        if all(
            abs(x - other_x) > half + other_half
            or abs(y - other_y) > LABEL_PIXELS + LABEL_GAP_PIXELS
            for other_x, other_y, other_half in taken
        ):
            taken.append((x, y, half))
            kept.append(landmark)
    return kept


def _width(name: str) -> float:
    """Estimate the width of a name in pixels; Chinese characters are square."""
    return sum(CHARACTER_PIXELS if c < "\u1100" else WIDE_CHARACTER_PIXELS for c in name)
