"""What a map shows besides customers: land, borders, grid, scale and names of places.

Enters: a view, names of places, where the outlines are served. Leaves: layers for deck.gl. Refuses
to know about segments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pydeck

from segmentation.geography.landmarks import Landmark
from segmentation.geography.mercator import height
from segmentation.geography.paint import as_text
from segmentation.geography.view import View, grid

Rgba = list[int]

FONT = "'Source Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
LABEL_PIXELS = 13
CHARACTER_PIXELS = 7.2
WIDE_CHARACTER_PIXELS = 13.0
LABEL_GAP_PIXELS = 12.0
# Cities are there to find the way by; many of them would cover what is shown.
CITY_GAP_PIXELS = 60.0


@dataclass(frozen=True, slots=True)
class StreetMap:
    """Tiles of a street map, for readers with internet who ask for them.

    Attributes
    ----------
    url : str
        Address of a tile with ``{z}``, ``{x}`` and ``{y}`` in it.
    attribution : str
        Whose map it is, to be shown on it.
    """

    url: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Base:
    """What lies under and over the customers.

    Attributes
    ----------
    dark : bool
        Whether the page is dark.
    land_url : str
        Where ``static/world-50m.geojson`` is served, relative to the page.
    landmarks : tuple of Landmark
        Names from the data, largest first.
    cities : tuple of Landmark
        Names of large cities, largest first; they give way to those from the data.
    street : StreetMap or None
        Drawn in place of our own land where there is one.
    """

    dark: bool
    land_url: str
    landmarks: tuple[Landmark, ...] = ()
    cities: tuple[Landmark, ...] = ()
    street: StreetMap | None = None


@dataclass(frozen=True, slots=True)
class Ink:
    """The quiet colours of a map, for a light or a dark page."""

    land: Rgba
    coast: Rgba
    border: Rgba
    region: Rgba
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
            border=[120, 134, 145, 255],
            region=[84, 97, 107, 150],
            grid=[255, 255, 255, 26],
            label=[232, 236, 239, 255],
            halo=[20, 25, 30, 205],
            highlight=[255, 255, 255, 110],
            tooltip=tooltip,
        )
    return Ink(
        land=[236, 239, 241, 255],
        coast=[178, 188, 196, 255],
        border=[150, 161, 170, 255],
        region=[178, 188, 196, 160],
        grid=[27, 33, 38, 26],
        label=[27, 33, 38, 255],
        halo=[255, 255, 255, 205],
        highlight=[27, 33, 38, 110],
        tooltip=tooltip,
    )


def ground(view: View, ink: Ink, base: Base) -> list[pydeck.Layer]:
    """Draw what lies under the customers: land and borders where they are fine enough, the grid.

    Parameters
    ----------
    view : View
    ink : Ink
    base : Base

    Returns
    -------
    list of pydeck.Layer
    """
    layers = []
    if base.street is None and view.has_outline:
        # Kinds of features: 0 land, 1 borders of countries, 2 borders inside countries.
        lines = f"properties.kind == 1 ? {ink.border} : properties.kind == 2 ? {ink.region}"
        layers.append(
            pydeck.Layer(
                "GeoJsonLayer",
                id="land",
                data=base.land_url,
                get_fill_color=ink.land,
                get_line_color=f"{lines} : {ink.coast}",
                line_width_units="'pixels'",
                get_line_width="properties.kind == 1 ? 1.1 : 0.7",
            )
        )
    if base.street is None:
        lines_of = [list(line) for line in grid(view).lines]
        layers.append(_paths("grid", lines_of, ink.grid, 1.0))
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


def writing(view: View, ink: Ink, base: Base) -> list[pydeck.Layer]:
    """Write over the customers: the names of places that fit, the scale and its length.

    Parameters
    ----------
    view : View
    ink : Ink
    base : Base

    Returns
    -------
    list of pydeck.Layer
    """
    layers = []
    lines = grid(view)
    if lines.scale is not None:
        (west, level), (east, _) = lines.scale
        layers.append(_paths("scale", [list(lines.scale)], ink.label, 3.0))
        middle = [round((west + east) / 2, 6), level]
        layers.append(_texts("km", [{"p": middle, "t": f"{lines.km:,g} km"}], ink))
    names = [{"p": [m.longitude, m.latitude], "t": as_text(m.name)} for m in written(view, base)]
    if names:
        layers.append(_texts("names", names, ink))
    return layers


def _texts(name: str, words: Sequence[Mapping[str, object]], ink: Ink) -> pydeck.Layer:
    return pydeck.Layer(
        "TextLayer",
        id=name,
        data=list(words),
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


def written(view: View, base: Base) -> list[Landmark]:
    """Return the names to write: those from the data, and large cities where there is much room.

    Parameters
    ----------
    view : View
    base : Base

    Returns
    -------
    list of Landmark
        Those from the data first.
    """
    own = fitting(view, base.landmarks, LABEL_GAP_PIXELS)
    known = {_spelled(landmark.name) for landmark in base.landmarks}
    cities = [city for city in base.cities if _spelled(city.name) not in known]
    return fitting(view, [*own, *cities], CITY_GAP_PIXELS, keep=len(own))


def _spelled(name: str) -> str:
    """Return a name as files and gazetteers alike would spell it."""
    return name.casefold().replace("_", " ").removesuffix("市")


def fitting(
    view: View, landmarks: Sequence[Landmark], gap: float = LABEL_GAP_PIXELS, keep: int = 0
) -> list[Landmark]:
    """Return the landmarks whose names do not cover one another, largest first.

    Parameters
    ----------
    view : View
    landmarks : sequence of Landmark
        Largest first.
    gap : float
        Pixels that stay free around a name.
    keep : int
        So many stay, however close they are.

    Returns
    -------
    list of Landmark
    """
    taken: list[tuple[float, float, float]] = []
    kept: list[Landmark] = []
    for landmark in landmarks:
        x = landmark.longitude / view.degrees_a_pixel
        y = height(landmark.latitude) / view.degrees_a_pixel
        half = _width(landmark.name) / 2 + gap / 2
        if len(kept) < keep or all(
            abs(x - other_x) > half + other_half or abs(y - other_y) > LABEL_PIXELS + gap
            for other_x, other_y, other_half in taken
        ):
            taken.append((x, y, half))
            kept.append(landmark)
    return kept


def _width(name: str) -> float:
    """Estimate the width of a name in pixels; Chinese characters are square."""
    return sum(CHARACTER_PIXELS if c < "\u1100" else WIDE_CHARACTER_PIXELS for c in name)
