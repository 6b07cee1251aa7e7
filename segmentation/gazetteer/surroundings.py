"""What lies around a point: the nearest large city, how densely people live, the climate.

Enters: coordinates in degrees. Leaves: one value a point. Refuses to know streets or terrain: all
is told by the cities of at least 15,000 inhabitants and a grid of climates. Formulas:
``docs/methods.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from segmentation.gazetteer.globe import EARTH_KM, Floats, great_circle_km, unit_vectors
from segmentation.gazetteer.tables import columns_of, table_of

LARGE = 100_000
AROUND_KM = 25.0
# Inhabitants a square kilometre, from the Degree of Urbanisation (Eurostat 2021): an urban cluster
# begins at 300, thinly settled countryside lies under 50.
URBAN, SUBURBAN = 300.0, 50.0
SETTLEMENTS = ("rural", "suburban", "urban")
ZONES = (
    *("Af", "Am", "As", "Aw", "BSh", "BSk", "BWh", "BWk", "Cfa", "Cfb", "Cfc", "Csa", "Csb"),
    *("Csc", "Cwa", "Cwb", "Cwc", "Dfa", "Dfb", "Dfc", "Dfd", "Dsa", "Dsb", "Dsc", "Dsd"),
    *("Dwa", "Dwb", "Dwc", "Dwd", "EF", "ET", ""),
)
_CELLS = 4  # a degree
_AT_ONCE = 20_000
# A point off the coast has the climate of the nearest land within so many cells, about 80 km.
_SEARCHED = 3
_SOUTHERNMOST = -60.0


@dataclass(frozen=True, slots=True, eq=False)
class _Towns:
    """Cities as a tree of points on the unit sphere."""

    tree: cKDTree
    population: Floats
    names: tuple[str, ...]


def nearest_large(latitude: Floats, longitude: Floats) -> tuple[list[str], Floats]:
    """Return the nearest city of at least 100,000 inhabitants, and the way there.

    Parameters
    ----------
    latitude, longitude : ndarray of shape (n,)
        Degrees.

    Returns
    -------
    list of str
    ndarray of shape (n,)
        Kilometres on the great circle, on a sphere of 6,371.0088 km.

    Examples
    --------
    >>> names, km = nearest_large(np.array([48.80]), np.array([2.13]))
    >>> names, bool(km[0] < 20)
    (['Saint-Quentin-en-Yvelines'], True)
    """
    towns = _towns(LARGE)
    chord, which = towns.tree.query(unit_vectors(latitude, longitude))
    return [towns.names[i] for i in which], great_circle_km(np.asarray(chord, dtype=np.float64))


def people_nearby(latitude: Floats, longitude: Floats) -> Floats:
    """Return how many people live around each point, the nearer ones counting more.

    Each city within 25 km counts with its inhabitants times (1 − d/25)².

    Parameters
    ----------
    latitude, longitude : ndarray of shape (n,)
        Degrees.

    Returns
    -------
    ndarray of shape (n,)

    Examples
    --------
    >>> around = people_nearby(np.array([35.68, 0.0]), np.array([139.69, -30.0]))
    >>> bool(around[0] > 1_000_000), float(around[1])
    (True, 0.0)
    """
    towns, points = _towns(0), unit_vectors(latitude, longitude)
    reach = 2 * np.sin(AROUND_KM / EARTH_KM / 2)
    found = np.zeros(len(points))
    for start in range(0, len(points), _AT_ONCE):
        part = cKDTree(points[start : start + _AT_ONCE])
        near = part.sparse_distance_matrix(towns.tree, reach, output_type="ndarray")
        weight = np.clip(1 - great_circle_km(near["v"]) / AROUND_KM, 0, 1) ** 2
        people = weight * towns.population[near["j"]]
        found[start : start + _AT_ONCE] = np.bincount(near["i"], people, part.n)
    return found


def settlement(people: Floats) -> list[str]:
    """Return ``urban``, ``suburban`` or ``rural`` by the people nearby.

    Their number is divided by what an even inhabitant a square kilometre would give under the same
    weight, π·25²/6, and compared with 300 and 50 inhabitants a square kilometre.

    Examples
    --------
    >>> settlement(np.array([300_000.0, 40_000.0, 900.0]))
    ['urban', 'suburban', 'rural']
    """
    inhabitants = people / (np.pi * AROUND_KM**2 / 6)
    steps = (inhabitants >= SUBURBAN).astype(int) + (inhabitants >= URBAN)
    return [SETTLEMENTS[step] for step in steps]


def climate(latitude: Floats, longitude: Floats) -> list[str]:
    """Return the Köppen-Geiger class of each point, blank far out at sea.

    Parameters
    ----------
    latitude, longitude : ndarray of shape (n,)
        Degrees.

    Returns
    -------
    list of str

    Examples
    --------
    >>> climate(np.array([52.52, 1.35, 30.05]), np.array([13.4, 103.8, 31.25]))
    ['Cfb', 'Af', 'BWh']
    """
    return [ZONES[zone - 1] for zone in _zones(latitude, longitude)]


def on_land(latitude: Floats, longitude: Floats) -> float:
    """Return the share of points on land or within about 80 km of it, Antarctica left out."""
    inhabited = _zones(latitude, longitude) != len(ZONES)
    inhabited &= latitude > _SOUTHERNMOST
    return float(np.mean(inhabited)) if len(latitude) else 0.0


def _zones(latitude: Floats, longitude: Floats) -> npt.NDArray[np.int64]:
    grid = _grid()
    rows = np.clip(np.floor((90 - latitude) * _CELLS).astype(int), 0, grid.shape[0] - 1)
    columns = np.floor((longitude + 180) * _CELLS).astype(int) % grid.shape[1]
    zones: npt.NDArray[np.int64] = grid[rows, columns].astype(np.int64)
    for i in np.flatnonzero(zones == len(ZONES)):
        zones[i] = _nearest_land(grid, int(rows[i]), int(columns[i]))
    return zones


def _nearest_land(grid: npt.NDArray[np.uint8], row: int, column: int) -> int:
    """Return the zone of the nearest cell that is land."""
    steps = range(-_SEARCHED, _SEARCHED + 1)
    around = sorted(((y, x) for y in steps for x in steps), key=lambda s: s[0] ** 2 + s[1] ** 2)
    for y, x in around:
        if 0 <= row + y < grid.shape[0]:
            zone = int(grid[row + y, (column + x) % grid.shape[1]])
            if zone != len(ZONES):
                return zone
    return len(ZONES)


@cache
def _grid() -> npt.NDArray[np.uint8]:
    zones: npt.NDArray[np.uint8] = table_of("climate")["zone"].to_numpy()
    return zones.reshape(180 * _CELLS, 360 * _CELLS)


@cache
def _towns(least: int) -> _Towns:
    table = columns_of("cities")
    population = np.array(table["population"], dtype=np.float64)
    names = table["name"]
    whole = np.array([not _is_part(name) for name in names])
    kept = np.flatnonzero((population >= least) & whole)
    lat, lon = (np.array(table[c], dtype=np.float64)[kept] for c in ("latitude", "longitude"))
    points = cKDTree(unit_vectors(lat, lon))
    return _Towns(points, population[kept], tuple(names[i] for i in kept))


def _is_part(name: str) -> bool:
    """Tell whether a name is that of a part of a city, whose people the city counts already."""
    return "Arrondissement" in name
