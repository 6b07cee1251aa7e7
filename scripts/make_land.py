"""Make ``static/land-110m.geojson``, the outline of the land under every map.

Enters: the npm package world-atlas 2.0.2, fetched with ``npm pack`` or given as a file. Leaves: one
GeoJSON file; the same package gives the same bytes. Refuses another version of the data: its
digest is compared before anything is written.

What is changed: rings that cross the 180th meridian are cut there, because a map that draws them
as they are smears them across the world, and everything south of 60° S is left out: Antarctica
reaches the pole, which is not on the map, and nobody sells there.

    python scripts/make_land.py [world-atlas-2.0.2.tgz]
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

PACKAGE = "world-atlas@2.0.2"
MEMBER = "package/land-110m.json"
DIGEST = "ead5f68119c49a9250902e7da303bcb209341bbb8fefe7369a439b48b704658a"
OUT = Path(__file__).parents[1] / "static" / "land-110m.geojson"
SOUTHERNMOST = -60.0
DECIMALS = 2
# Islands under about 15 km by 15 km, in square degrees, are less than a pixel.
SMALLEST_AREA = 0.02

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]


def fetch(folder: Path) -> Path:
    """Download the package into a folder with npm and return the archive."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit(f"npm is missing. Fetch {PACKAGE} elsewhere and name the file.")
    subprocess.run(  # noqa: S603 - a fixed package by npm's own command
        [npm, "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL
    )
    return next(folder.glob("*.tgz"))


def topology(archive: Path) -> dict[str, Any]:
    """Read the outline out of the archive, if it is the one that this script was written for."""
    with tarfile.open(archive) as package:
        member = package.extractfile(MEMBER)
        content = member.read() if member else b""
    if hashlib.sha256(content).hexdigest() != DIGEST:
        sys.exit(f"{archive.name} does not hold the {MEMBER} of {PACKAGE}.")
    found: dict[str, Any] = json.loads(content)
    return found


def polygons(topo: dict[str, Any]) -> Iterator[Polygon]:
    """Decode TopoJSON: undo the deltas of its arcs and join them into rings."""
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
        arcs.append(arc)
    for geometry in topo["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            yield [_joined(numbers, arcs) for numbers in polygon]


def _joined(numbers: list[int], arcs: list[Ring]) -> Ring:
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


def within_the_map(polygon: Polygon) -> Iterator[Polygon]:
    """Cut a polygon at the 180th meridian and bring the parts back between -180° and 180°."""
    outline, *holes = (unrolled(ring) for ring in polygon)
    if abs(outline[0][0] - outline[-1][0]) > 1 or min(y for _, y in outline) < SOUTHERNMOST:
        return  # around the pole, or in the south that is left out
    for shift in (-360, 0, 360):
        moved = [(x + shift, y) for x, y in outline]
        for eastern in cut(moved, -180.0, 1):
            for part in cut(eastern, 180.0, -1):
                if abs(area(part)) >= SMALLEST_AREA:
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


def written(ring: Ring, *, outer: bool) -> list[list[float]]:
    """Round a ring and turn it as RFC 7946 asks: outlines counter-clockwise, holes clockwise."""
    turned = ring if (area(ring) > 0) == outer else ring[::-1]
    rounded = [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in turned]
    return [p for i, p in enumerate(rounded) if i == 0 or p != rounded[i - 1]]


def geojson(topo: dict[str, Any]) -> dict[str, Any]:
    """Turn the topology into a collection of one feature, the land."""
    coordinates = [
        [written(ring, outer=position == 0) for position, ring in enumerate(part)]
        for polygon in polygons(topo)
        for part in within_the_map(polygon)
    ]
    land = {"type": "MultiPolygon", "coordinates": coordinates}
    feature = {"type": "Feature", "properties": {}, "geometry": land}
    return {"type": "FeatureCollection", "features": [feature]}


def main(archive: Path | None = None) -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        topo = topology(archive or fetch(Path(folder)))
    text = json.dumps(geojson(topo), separators=(",", ":")) + "\n"
    OUT.write_text(text, encoding="utf-8")
    print(f"{OUT.name}: {len(text):,} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
