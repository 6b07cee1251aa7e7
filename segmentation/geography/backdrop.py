"""What a map shows besides customers: land, grid, scale and names of places.

Enters: a view, names from the data, where the land is served. Leaves: layers for deck.gl. Refuses
to know about segments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pydeck

from segmentation.geography.landmarks import Landmark
from segmentation.geography.mercator import height
from segmentation.geography.view import View, grid

Rgba = list[int]

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
    highlight: Rgba
    tooltip: dict[str, str]


def ink_of(page_is_dark: bool) -> Ink:
    """Return colours near the theme's own (``.streamlit/config.toml``)."""
    paper, text = ("#212930", "#e8ecef") if page_is_dark else ("#ffffff", "#1b2126")
    tooltip = {
        "backgroundColor": paper,
        "color": text,
        "border": f"1px solid {'#4d5963' if page_is_dark else '#cfd7dd'}",
        "borderRadius": "6px",
        "fontSize": "14px",
        "padding": "6px 10px",
        "maxWidth": "280px",
        "zIndex": "10",
    }
    if page_is_dark:
        return Ink(
            land=[38, 46, 53, 255],
            coast=[84, 97, 107, 255],
            grid=[255, 255, 255, 26],
            label=[232, 236, 239, 255],
            halo=[20, 25, 30, 205],
            highlight=[255, 255, 255, 110],
            tooltip=tooltip,
        )
    return Ink(
        land=[236, 239, 241, 255],
        coast=[178, 188, 196, 255],
        grid=[27, 33, 38, 26],
        label=[27, 33, 38, 255],
        halo=[255, 255, 255, 205],
        highlight=[27, 33, 38, 110],
        tooltip=tooltip,
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


def ground(view: View, ink: Ink, land_url: str) -> list[pydeck.Layer]:
    """Draw what lies under the customers: the land where its outline is fine enough, the grid.

    Parameters
    ----------
    view : View
    ink : Ink
    land_url : str
        Where the outline of the land is served.

    Returns
    -------
    list of pydeck.Layer
    """
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


def writing(view: View, ink: Ink, landmarks: Sequence[Landmark]) -> list[pydeck.Layer]:
    """Write over the customers: the names of places that fit, the scale and its length.

    Parameters
    ----------
    view : View
    ink : Ink
    landmarks : sequence of Landmark
        Largest first.

    Returns
    -------
    list of pydeck.Layer
    """
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
                background=True,
                get_background_color=ink.halo,
                background_padding=[4, 1],
                background_border_radius=3,
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
