"""The data of a map of ten million customers beside the engine's own query for it.

Ours: from labelled customers in the engine to the JSON that a page sends, first for a new solution
(who can be on the map, how far they spread, hexagons), then in another size of hexagons, then in
other colours. Beside it: hexagons counted by segment, by hand, in the engine's SQL on the same rows
and labels. The customers are made, around a thousand towns.

    python -m benchmarks.maps [customers]
"""

from __future__ import annotations

import math
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

from segmentation.charts import segment_rgb
from segmentation.engine import DuckSession, Limits
from segmentation.geography import (
    Bins,
    Located,
    Measure,
    Places,
    bin_customers,
    bin_size,
    finer,
    large_cities,
    locate,
    places_of,
    shade,
)
from segmentation.geography.backdrop import Base
from segmentation.geography.deck import cell_deck
from segmentation.geography.paint import leading_paint
from segmentation.intake import CustomerTable, open_customers, read_file
from segmentation.variables import Role, VariableChoice, resolve, suggest

ROWS, TOWNS, SEGMENTS, RUNS, SEED = 10_000_000, 1000, 6, 3, 7
LABELS, MEMORY_MB = "labels", 500
NAMES = tuple(f"Segment {number}" for number in range(1, SEGMENTS + 1))
BASE = Base(dark=False, land_url="app/static/world-50m.geojson", cities=large_cities())


@dataclass(frozen=True, slots=True)
class Row:
    """What the map cost: processor seconds of each way, megabytes of memory, bytes sent."""

    customers: int
    by_hand: float
    first: float
    resized: float
    recolored: float
    payload: int
    grown_mb: float
    load: float

    @property
    def ratio(self) -> float:
        """Another size of hexagons over the query by hand."""
        return self.resized / self.by_hand


def run(customers: int = ROWS) -> Row:
    """Open made customers and map them, three times each way in turn."""
    with tempfile.TemporaryDirectory() as folder:
        session = DuckSession(Path(folder) / "visit", Limits(memory_mb=MEMORY_MB))
        table, places = _opened(session, Path(folder) / "made.csv", customers)
        row = _measured(table, places, customers)
        session.close()
        return row


def _opened(session: DuckSession, path: Path, customers: int) -> tuple[CustomerTable, Places]:
    rng = np.random.default_rng(SEED)
    towns = np.column_stack([rng.uniform(36, 60, TOWNS), rng.uniform(-10, 40, TOWNS)])
    town = rng.choice(TOWNS, customers, p=rng.dirichlet(np.full(TOWNS, 0.5)))
    spots = (towns[town] + rng.normal(0, 0.2, (customers, 2))).round(4)
    csv.write_csv(pa.table({"latitude": spots[:, 0], "longitude": spots[:, 1]}), path)
    labels = ((town % SEGMENTS + rng.integers(0, 3, customers)) % SEGMENTS).astype(np.int16)
    table = open_customers(read_file(session, path, path.name))
    session.put(LABELS, pa.table({"__row": np.arange(customers), "segment": labels}))
    said = {n: VariableChoice(role=Role.LOCATION, detail=n) for n in ("latitude", "longitude")}
    return table, places_of(resolve(suggest(table), said))


def _measured(table: CustomerTable, places: Places, customers: int) -> Row:
    located = locate(table, places, LABELS)
    degrees = bin_size(located)
    ours: dict[str, list[float]] = {"hand": [], "first": [], "resized": [], "recolored": []}
    payload = 0
    bins = bin_customers(table, places, LABELS, degrees, located=located)
    with _grown() as grown:
        for steps in range(1, RUNS + 1):
            size = finer(degrees, steps % 3 - 1)
            ours["hand"].append(_seconds(lambda size=size: _by_hand(table, places, size)))
            ours["first"].append(_seconds(lambda size=size: _map(table, places, size, None)))
            ours["resized"].append(_seconds(lambda size=size: _map(table, places, size, located)))
            ours["recolored"].append(_seconds(lambda: _drawn(bins)))
        payload = len(_drawn(bins))
    middle = {name: statistics.median(seconds) for name, seconds in ours.items()}
    return Row(
        customers,
        middle["hand"],
        middle["first"],
        middle["resized"],
        middle["recolored"],
        payload,
        grown[0],
        os.getloadavg()[0],
    )


def _map(table: CustomerTable, places: Places, size: float, located: Located | None) -> str:
    return _drawn(bin_customers(table, places, LABELS, size, located=located))


def _drawn(bins: Bins) -> str:
    colors = segment_rgb(SEGMENTS, dark=False)
    paint = leading_paint(bins, shade(bins, Measure.TYPICAL), colors, NAMES)
    return str(cell_deck(bins, paint, BASE).to_json())


def _by_hand(table: CustomerTable, places: Places, size: float) -> int:
    """Count hexagons by segment in SQL, with the columns as the engine has them."""
    lat, lon = places.coordinate_keys
    root = math.sqrt(3)
    # Tables and columns are our own names.
    sql = f"""
    with plane as (
        select l.segment, p."{lon}" as lon,
            degrees(ln(tan(radians(p."{lat}") / 2 + pi() / 4))) as tall
        from "{table.name}" p join "{LABELS}" l using (__row)
        where abs(p."{lat}") <= 85 and abs(p."{lon}") <= 180
            and not (p."{lat}" = 0 and p."{lon}" = 0)
    ), axial as (
        select segment, lon / {size} - tall / ({size} * {root}) as q,
            tall * {2 / root} / {size} as r from plane
    ), rounded as (
        select segment, q, r, round(q) as a, round(r) as b, round(-q - r) as c from axial
    ), cells as (
        select segment,
            case when abs(a - q) > abs(b - r) and abs(a - q) > abs(c + q + r)
                then -b - c else a end as across,
            case when not (abs(a - q) > abs(b - r) and abs(a - q) > abs(c + q + r))
                and abs(b - r) > abs(c + q + r) then -a - c else b end as along
        from rounded
    )
    select across, along, segment, count(*) as n from cells group by all
    """
    return len(table.session.rows(sql))


def _seconds(work: Callable[[], object]) -> float:
    """Return processor seconds of all threads: others on the machine do not change them much."""
    start = time.process_time()
    work()
    return time.process_time() - start


@contextmanager
def _grown() -> Iterator[list[float]]:
    """Watch how far resident memory grows (Linux), in megabytes."""
    page = os.sysconf("SC_PAGE_SIZE") / 1e6

    def now() -> float:
        return int(Path("/proc/self/statm").read_text().split()[1]) * page

    start, grown, ended = now(), [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.02):
            grown[0] = max(grown[0], now() - start)

    thread = threading.Thread(target=watch)
    thread.start()
    yield grown
    ended.set()
    thread.join()


def table(row: Row) -> str:
    """Write the result as a Markdown table."""
    head = (
        "| customers | by hand, CPU s | first map | another size | other colours | sent, kB "
        "| memory, MB | first map, another size over by hand |\n|---|---|---|---|---|---|---|---|\n"
    )
    return head + (
        f"| {row.customers:,} | {row.by_hand:.2f} | {row.first:.2f} | {row.resized:.2f} | "
        f"{row.recolored:.2f} | {row.payload / 1e3:,.0f} | {row.grown_mb:.0f} | "
        f"{row.first / row.by_hand:.2f}×, {row.ratio:.2f}× |"
        f"\n\nLoad at the end: {row.load:.1f}"
    )


if __name__ == "__main__":
    print(table(run(*map(int, sys.argv[1:2]))))
