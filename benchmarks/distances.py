"""Distances to the nearest of many places: ours in the engine, and a ball tree called by hand.

A million customers around 200 towns of the world and 5,000 places, half of them in the towns and
half anywhere on land or sea. Ours reads coordinates from the visit's engine, searches, and writes
two variables back; by hand, scikit-learn's BallTree with the haversine metric is built and asked on
arrays that are in memory already. One thread of search each; processor and wall seconds.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sklearn.neighbors import BallTree

from benchmarks.measure import measured
from segmentation.engine import DuckSession
from segmentation.geography.distances import with_distances
from segmentation.geography.nearby import NearbyPlan, SpotColumns
from segmentation.geography.nearest import EARTH_KM
from segmentation.geography.spots import Spots, put_spots
from segmentation.intake import Column, CustomerTable, Kind, RawTable
from segmentation.intake.table import Source

N, PLACES, TOWNS, SEED = 1_000_000, 5_000, 200, 3
REPEATS = 3

Degrees = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One run: seconds of both, wall and processor, and how their answers compare."""

    wall: float
    cpu: float
    hand_wall: float
    hand_cpu: float
    same_place: float
    largest_km: float


def scattered(n: int, rng: np.random.Generator, towns: Degrees) -> Degrees:
    """Draw points around towns, of shape (n, 2): latitude and longitude."""
    at = towns[rng.integers(0, len(towns), n)]
    return np.clip(at + rng.normal(0, 0.3, (n, 2)), (-89, -180), (89, 180))


def drawn() -> tuple[Degrees, Degrees]:
    """Draw customers and places."""
    rng = np.random.default_rng(SEED)
    towns = np.column_stack((rng.uniform(-60, 70, TOWNS), rng.uniform(-180, 180, TOWNS)))
    anywhere = np.column_stack(
        (
            np.degrees(np.arcsin(rng.uniform(-1, 1, PLACES // 2))),
            rng.uniform(-180, 180, PLACES // 2),
        )
    )
    places = np.vstack((scattered(PLACES - PLACES // 2, rng, towns), anywhere))
    return scattered(N, rng, towns), places


def customers(session: DuckSession, where: Degrees) -> CustomerTable:
    """Put typed customers into an engine, as reading a file leaves them."""
    rows = {"__row": np.arange(len(where)), "__key": np.arange(len(where), dtype=np.uint64)}
    session.put("customers_a", pa.table({**rows, "c0": where[:, 0], "c1": where[:, 1]}))
    raw = RawTable(session, Source("a.csv", "csv", 0), ("lat", "lon"), len(where), "f", 0)
    columns = tuple(
        Column(name, f"c{i}", Kind.NUMBER, 0, 0, len(where)) for i, name in enumerate(raw.names)
    )
    return CustomerTable(raw, "customers_a", columns, None, (), len(where))


def once() -> dict[str, float]:
    """Measure both in this process."""
    where, places = drawn()
    with tempfile.TemporaryDirectory() as folder:
        session = DuckSession(Path(folder))
        table = customers(session, where)
        plan = NearbyPlan("places", ("lat", "lon"), "p.csv", "p", SpotColumns("lat", "lon"))
        names = tuple(str(i) for i in range(len(places)))
        put_spots(session, plan, Spots(names, places[:, 0], places[:, 1]))
        start, used = time.perf_counter(), time.process_time()
        made = with_distances(table, [plan])
        ours = time.perf_counter() - start, time.process_time() - used
        km, place = (column.key for column in made.columns[-2:])
        found = session.arrow(session.table(made.name).order_by("__row").select(km, place))
        session.close()
    start, used = time.perf_counter(), time.process_time()
    tree = BallTree(np.radians(places), metric="haversine")
    radians, nearest = tree.query(np.radians(where))
    by_hand = time.perf_counter() - start, time.process_time() - used
    ours_at = found[place].to_numpy(zero_copy_only=False).astype(np.int64)
    apart = np.abs(found[km].to_numpy() - EARTH_KM * radians[:, 0])
    return {
        "wall": ours[0],
        "cpu": ours[1],
        "hand_wall": by_hand[0],
        "hand_cpu": by_hand[1],
        "same_place": float((ours_at == nearest[:, 0]).mean()),
        "largest_km": float(apart.max()),
    }


def run() -> Row:
    """Measure a few times and keep the median of the times."""
    runs = [
        Row(**json.loads(measured(["-m", "benchmarks.distances"], threads=1).output))
        for _ in range(REPEATS)
    ]
    middle = sorted(runs, key=lambda row: row.cpu / row.hand_cpu)[REPEATS // 2]
    worst = min(row.same_place for row in runs)
    return replace(middle, same_place=worst, largest_km=max(row.largest_km for row in runs))


def table(row: Row) -> str:
    """Write the table of ``docs/benchmarks.md``."""
    head = ("customers × places", "ours: wall / CPU s", "BallTree by hand: wall / CPU s")
    cells = (
        f"{N:,} × {PLACES:,}",
        f"{row.wall:.1f} / {row.cpu:.1f}",
        f"{row.hand_wall:.1f} / {row.hand_cpu:.1f}",
        f"{row.wall / row.hand_wall:.2f}×",
        f"{row.cpu / row.hand_cpu:.2f}×",
        f"{row.same_place:.4%}",
        f"{row.largest_km * 1e6:.4f} mm",
    )
    heads = (*head, "wall", "CPU", "same place", "largest difference")
    lines = (heads, ("---",) * len(heads), cells)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    json.dump(once(), sys.stdout)
