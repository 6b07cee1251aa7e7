"""Rings of coordinates: out of TopoJSON, thinned, cut at the 180th meridian, turned for GeoJSON.

Enters: the arcs and rings of an outline. Leaves: rings that a flat map can draw. Refuses to know
what they enclose. Rings that cross the 180th meridian are cut there, because a map that draws them
as they are smears them across the world, and everything south of 60° S is left out: Antarctica
reaches the pole, which is not on the map, and nobody sells there.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

SOUTHERNMOST = -60.0
# Islands under about 15 km by 15 km, in square degrees, are less than a pixel of a country.
SMALLEST_AREA = 0.02

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]


def arcs_of(topo: dict[str, Any], tolerance: float = 0.0) -> list[Ring]:
    """Decode the arcs of TopoJSON: undo their deltas; leave out points that hardly matter.

    Arcs are thinned, not rings: what two neighbours share stays shared.
    """
    (scale_x, scale_y), (left, bottom) = (
        topo["transform"]["scale"],
        topo["transform"]["translate"],
    )
    arcs: list[Ring] = []
    for deltas in topo["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(thinned(arc, tolerance))
    return arcs


def thinned(line: Ring, tolerance: float) -> Ring:
    """Leave out points within a tolerance of the line (Douglas & Peucker 1973).

    Of a closed line, three points stay besides the first, so that it still encloses something.
    """
    if tolerance <= 0 or len(line) < 4:
        return line
    points = np.array(line)
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    open_spans = [(0, len(line) - 1)]
    if line[0] == line[-1]:
        far = int(np.hypot(*(points - points[0]).T).argmax())
        keep[[far, far // 2, (far + len(line) - 1) // 2]] = True
        marks = np.flatnonzero(keep).tolist()
        open_spans = list(pairwise(marks))
    while open_spans:
        first, last = open_spans.pop()
        if last - first < 2:
            continue
        off = _distances(points[first + 1 : last], points[first], points[last])
        worst = int(off.argmax())
        if off[worst] > tolerance:
            keep[first + 1 + worst] = True
            open_spans += [(first, first + 1 + worst), (first + 1 + worst, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def _distances(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return how far points lie from the straight line between two others."""
    along = end - start
    length = float(np.hypot(*along))
    if length == 0:
        return np.hypot(*(points - start).T)
    return np.abs(along[0] * (points[:, 1] - start[1]) - along[1] * (points[:, 0] - start[0])) / (
        length
    )


def polygons(geometry: dict[str, Any], arcs: Sequence[Ring]) -> Iterator[Polygon]:
    """Join arcs into the polygons of one geometry of TopoJSON."""
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in parts:
        yield [_joined(numbers, arcs) for numbers in polygon]


def shared(geometries: Sequence[dict[str, Any]], arcs: Sequence[Ring]) -> list[Ring]:
    """Return the arcs that two different geometries have in common: the borders between them."""
    users: dict[int, set[int]] = {}
    for place, geometry in enumerate(geometries):
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
        for polygon in parts:
            for ring in polygon:
                for number in ring:
                    users.setdefault(number if number >= 0 else ~number, set()).add(place)
    return [arcs[number] for number, places in sorted(users.items()) if len(places) > 1]


def _joined(numbers: list[int], arcs: Sequence[Ring]) -> Ring:
    """Join arcs into a ring; a negative number is the complement of an arc to be walked back."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def unrolled(ring: Ring) -> Ring:
    """Let longitudes run on past 180° where a ring crosses that meridian, so that none jumps."""
    turns = 0
    run = ring[:1]
    for (before, _), (x, y) in pairwise(ring):
        turns -= 360 * round((x - before) / 360)
        run.append((x + turns, y))
    return run


def cut(ring: Ring, edge: float, side: int) -> list[Ring]:
    """Cut a closed ring along a meridian and return the parts on one side of it.

    The ring's walks on the wanted side begin and end on the meridian. Sorted by latitude, these
    ends belong together in pairs, since the inside of a ring begins and ends in turns.

    Parameters
    ----------
    ring : list of (longitude, latitude)
        The last point equals the first.
    edge : float
        The meridian.
    side : int
        1 to keep what lies east of it, -1 for the west.

    Returns
    -------
    list of rings
    """
    walks = _walks(ring, edge, side)
    if walks is None:
        return [ring] if (ring[0][0] - edge) * side >= 0 else []
    ends = sorted(
        (walks[i][position][1], i, position) for i in range(len(walks)) for position in (0, -1)
    )
    partner = {}
    for one, other in zip(ends[::2], ends[1::2], strict=True):
        partner[one[1:]], partner[other[1:]] = other[1:], one[1:]
    parts, left = [], set(range(len(walks)))
    while left:
        start = walk = min(left)
        part: Ring = []
        while walk in left:
            left.discard(walk)
            part.extend(walks[walk])
            walk = partner[walk, -1][0]
        parts.append([*part, walks[start][0]])
    return parts


def _walks(ring: Ring, edge: float, side: int) -> list[Ring] | None:
    """Return the walks of a ring on one side of a meridian, None where it does not cross it."""
    inside = [(x - edge) * side >= 0 for x, _ in ring]
    if all(inside) or not any(inside):
        return None
    first = next(i for i in range(len(ring) - 1) if not inside[i] and inside[i + 1])
    order = [*range(first, len(ring) - 1), *range(first + 1)]
    walks: list[Ring] = []
    for i, j in pairwise(order):
        (x0, y0), (x1, y1) = ring[i], ring[j]
        if inside[i] != inside[j]:
            crossing = (edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0))
            if inside[j]:
                walks.append([crossing])
            else:
                walks[-1].append(crossing)
        if inside[j]:
            walks[-1].append((x1, y1))
    return walks


def within_the_map(polygon: Polygon, smallest: float = SMALLEST_AREA) -> Iterator[Polygon]:
    """Cut a polygon at the 180th meridian and bring the parts back between -180° and 180°."""
    outline, *holes = (unrolled(ring) for ring in polygon)
    if abs(outline[0][0] - outline[-1][0]) > 1 or min(y for _, y in outline) < SOUTHERNMOST:
        return  # around the pole, or in the south that is left out
    for shift in (-360, 0, 360):
        moved = [(x + shift, y) for x, y in outline]
        for eastern in cut(moved, -180.0, 1):
            for part in cut(eastern, 180.0, -1):
                if abs(area(part)) >= smallest:
                    yield [part, *_holes_in(part, holes)]


def _holes_in(part: Ring, holes: list[Ring]) -> Iterator[Ring]:
    """Yield the holes of a part; their turn around the world need not be that of their outline."""
    for shift in (-360, 0, 360):
        for hole in holes:
            moved = [(x + shift, y) for x, y in hole]
            if contains(part, moved[0]):
                yield moved


def area(ring: Ring) -> float:
    """Return the area of a ring in square degrees, positive where it runs counter-clockwise."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2


def contains(ring: Ring, point: Point) -> bool:
    """Tell whether a point is inside a ring: a ray from it crosses an odd number of sides."""
    x, y = point
    crossed = False
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 > y) != (y1 > y) and x < x0 + (x1 - x0) * (y - y0) / (y1 - y0):
            crossed = not crossed
    return crossed


def written(ring: Ring, *, outer: bool, decimals: int = 2) -> list[list[float]]:
    """Round a ring and turn it as RFC 7946 asks: outlines counter-clockwise, holes clockwise."""
    turned = ring if (area(ring) > 0) == outer else ring[::-1]
    rounded = [[round(x, decimals), round(y, decimals)] for x, y in turned]
    return [p for i, p in enumerate(rounded) if i == 0 or p != rounded[i - 1]]
