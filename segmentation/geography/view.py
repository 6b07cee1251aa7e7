"""Where a map looks, and what it measures distances by: frame, grid and scale.

Enters: an extent, or the middle and zoom of a view. Leaves: a ``View`` and lines to draw on it.
Refuses to know what is shown.

Screens differ and a map is fitted before it knows its own, so it is fitted to a modest one; a
larger screen shows more around it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from segmentation.geography.located import Extent
from segmentation.geography.mercator import LAST_LATITUDE, height, latitude_at

SCREEN_WIDTH, SCREEN_HEIGHT = 600, 420
# Share of the screen left free on each side of the extent.
PADDING = 0.12
# deck.gl draws the world 512 pixels wide at zoom 0.
WORLD_PIXELS = 512
CLOSEST_ZOOM = 13.0
# Narrower views than this, in degrees, get a grid in kilometres and a scale; on wider ones a
# kilometre is not the same length at the top and at the bottom.
LOCAL_DEGREES = 12.0
# Narrower than this, the outline of the land is coarser than the view: its points are up to some
# five kilometres off, which would put customers on the coast into the sea.
OUTLINE_DEGREES = 2.0
KM_A_DEGREE = 111.32
SCALES_KM = (0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
# The grid has about this many squares across the screen …
SQUARES_ACROSS = 6
# … and goes on for so many on each side of the middle, for those who drag the map.
SQUARES_BEYOND = 24
# Meridians and parallels of a world, and of a country.
GRATICULE_DEGREES, FINER_GRATICULE_DEGREES = 30, 10
FINER_BELOW_DEGREES = 120.0
# On wider views a length at one latitude misleads at the others.
WORLD_DEGREES = 150.0

Position = tuple[float, float]
Line = tuple[Position, Position]


@dataclass(frozen=True, slots=True)
class View:
    """What a map shows at first.

    Attributes
    ----------
    longitude, latitude : float
        Its middle, degrees.
    zoom : float
        deck.gl's; one more doubles every length.
    """

    longitude: float
    latitude: float
    zoom: float

    @property
    def degrees(self) -> float:
        """Width of the modest screen in degrees of longitude."""
        return SCREEN_WIDTH * self.degrees_a_pixel

    @property
    def degrees_a_pixel(self) -> float:
        """Degrees of longitude in one pixel; on the plane the same in height."""
        return 360 / (WORLD_PIXELS * 2**self.zoom)

    @property
    def is_local(self) -> bool:
        """Whether the view is small enough for distances in kilometres."""
        return self.degrees <= LOCAL_DEGREES

    @property
    def has_outline(self) -> bool:
        """Whether the outline of the land is fine enough for the view."""
        return self.degrees >= OUTLINE_DEGREES


WORLD = View(longitude=10.0, latitude=25.0, zoom=0.2)


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines to draw under customers.

    Attributes
    ----------
    lines : tuple of Line
        Meridians and parallels, each from (longitude, latitude) to (longitude, latitude).
    scale : Line or None
        A line low in the view, to be drawn strongly: one side of a square, or of as many
        kilometres at its own latitude; None where the view is the world.
    km : float or None
        Length of that line.
    """

    lines: tuple[Line, ...]
    scale: Line | None = None
    km: float | None = None


def fit(extent: Extent | None) -> View:
    """Choose the view that shows an extent with some room around it, the world for None.

    Examples
    --------
    >>> fit(Extent(west=-122.0, south=38.0, east=-121.0, north=39.0)).is_local
    True
    """
    if extent is None:
        return WORLD
    south, north = height(extent.south), height(extent.north)
    free = 1 - 2 * PADDING
    needed = max((extent.east - extent.west) / SCREEN_WIDTH, (north - south) / SCREEN_HEIGHT) / free
    closest = 360 / (WORLD_PIXELS * 2**CLOSEST_ZOOM)
    zoom = math.log2(360 / (WORLD_PIXELS * max(needed, closest)))
    middle = float(latitude_at(np.array([(south + north) / 2]))[0])
    return View((extent.west + extent.east) / 2, middle, max(0.0, zoom))


def grid(view: View) -> Grid:
    """Return squares of a round number of kilometres for a local view, else meridians.

    Parameters
    ----------
    view : View

    Returns
    -------
    Grid
    """
    return _squares(view) if view.is_local else _graticule(view)


def _graticule(view: View) -> Grid:
    fine = view.degrees < FINER_BELOW_DEGREES
    step = FINER_GRATICULE_DEGREES if fine else GRATICULE_DEGREES
    top = LAST_LATITUDE
    meridians = [((float(x), -top), (float(x), top)) for x in range(-180, 181, step)]
    parallels = [((-180.0, float(y)), (180.0, float(y))) for y in range(-60, 81, step)]
    scale, km = _scale(view)
    return Grid((*meridians, *parallels), scale, km)


def _scale(view: View) -> tuple[Line | None, float | None]:
    """Draw a round length low in a wide view; it holds at that latitude only."""
    if view.degrees > WORLD_DEGREES:
        return None, None
    low = height(view.latitude) - 0.42 * SCREEN_HEIGHT * view.degrees_a_pixel
    level = float(latitude_at(np.array([low]))[0])
    km_a_degree = KM_A_DEGREE * math.cos(math.radians(level))
    wanted = view.degrees * km_a_degree / SQUARES_ACROSS
    km = min(SCALES_KM, key=lambda size: abs(math.log(size / wanted)))
    half = km / km_a_degree / 2
    west, east = round(view.longitude - half, 4), round(view.longitude + half, 4)
    return ((west, round(level, 4)), (east, round(level, 4))), km


def _squares(view: View) -> Grid:
    """Draw squares around the middle; the scale is the bottom of one low in the view."""
    km_a_degree = KM_A_DEGREE * math.cos(math.radians(view.latitude))
    wanted = view.degrees * km_a_degree / SQUARES_ACROSS
    km = min(SCALES_KM, key=lambda size: abs(math.log(size / wanted)))
    side = km / km_a_degree
    steps = np.arange(-SQUARES_BEYOND, SQUARES_BEYOND + 1, dtype=np.float64) * side
    lons = [round(view.longitude + float(step) - side / 2, 6) for step in steps]
    lats = [round(float(y), 6) for y in latitude_at(steps + height(view.latitude))]
    meridians = [((lon, lats[0]), (lon, lats[-1])) for lon in lons]
    parallels = [((lons[0], lat), (lons[-1], lat)) for lat in lats]
    low = round(0.45 * SCREEN_HEIGHT * view.degrees_a_pixel / side)
    level = lats[SQUARES_BEYOND - low]
    scale = ((lons[SQUARES_BEYOND], level), (lons[SQUARES_BEYOND + 1], level))
    return Grid((*meridians, *parallels), scale, km)
