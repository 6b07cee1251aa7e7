"""The profile of a solution: this project against a plain pandas groupby.

n customers × 15 columns (twelve numbers, three categories) in eight segments. Both begin with the
same Parquet file of typed columns and their segment, and end with count, mean, spread and 95 %
interval of every number and with the share of every level in every segment. Ours holds the table in
the engine, with the limits of a visit.

``python -m benchmarks.profiles FILE`` runs ours alone and prints totals as JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.measure import Cost, measured
from segmentation.engine import DuckSession, Limits
from segmentation.engine.duck import preload
from segmentation.intake import open_customers, read_file
from segmentation.profiles import profile
from segmentation.variables import Role, VariableChoice, resolve, suggest

CUSTOMERS = (1_000_000, 10_000_000)
SEED, BLOCK, NUMBERS, SEGMENTS = 17, 500_000, 12, 8
LEVELS = {"town": 12, "channel": 5, "status": 3}
MEMORY_MB = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``seconds`` are those of the processor for the profile alone."""

    n_customers: int
    ours: Cost
    plain: Cost
    seconds: tuple[float, float]


def write_customers(path: Path, n: int) -> None:
    """Write the same customers each time, their segment in the last column."""
    rng = np.random.default_rng(SEED)
    with pq.ParquetWriter(path, _block(rng, 1).schema) as file:
        for start in range(0, n, BLOCK):
            file.write_table(_block(rng, min(BLOCK, n - start)))


def _block(rng: np.random.Generator, n: int) -> pa.Table:
    segment = rng.integers(0, SEGMENTS, n).astype(np.int16)
    columns = {f"x{i:02d}": rng.normal(10 + segment * (i % 3), 3, n) for i in range(NUMBERS)}
    columns |= {
        name: np.array([f"{name} {level}" for level in range(n_levels)])[
            (rng.integers(0, n_levels, n) + segment) % n_levels
        ]
        for name, n_levels in LEVELS.items()
    }
    return pa.table({**columns, "cluster": segment})


def describe(file: Path) -> dict[str, float]:
    """Run ours: open the customers, describe the segments."""
    with tempfile.TemporaryDirectory(dir=file.parent) as name:
        session = DuckSession(Path(name), Limits(memory_mb=MEMORY_MB))
        inside = session.folder / "customers.parquet"
        inside.hardlink_to(file)
        table = open_customers(read_file(session, inside, file.name, into="customers"))
        choices = {name: VariableChoice(role=Role.DESCRIPTOR) for name in table.raw.names[:-1]}
        choices["cluster"] = VariableChoice(role=Role.IGNORE)
        variables = resolve(suggest(table), choices)
        key = next(v.key for v in variables if v.name == "cluster")
        cells = f'"__row", CAST("{key}" AS SMALLINT) AS segment'
        session.create("labels", f'SELECT {cells} FROM "{table.name}"')
        preload()  # as the app does when it starts
        start = time.process_time()
        found = profile(table, variables, "labels", SEGMENTS)
        seconds = time.process_time() - start
        session.close()
    return {
        "customers": sum(size.n for size in found.sizes),
        "mean": round(sum(fact.mean for fact in found.numbers), 6),
        "share": round(sum(f.share for f in found.levels if f.level == "town 1"), 6),
        "seconds": seconds,
    }


def run(sizes: tuple[int, ...] = CUSTOMERS) -> list[Row]:
    """Measure all sizes, ours and the plain script in turn.

    Raises
    ------
    RuntimeError
        When the two disagree about customers, means or shares.
    """
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for n in sizes:
            file = Path(name) / f"customers-{n}.parquet"
            write_customers(file, n)
            ours, plain = (
                measured(["-m", module, str(file)])
                for module in ("benchmarks.profiles", "benchmarks.peers.pandas_profile")
            )
            found, theirs = json.loads(ours.output), json.loads(plain.output)
            if any(abs(found[key] - theirs[key]) > 1e-3 for key in ("customers", "mean", "share")):
                raise RuntimeError(f"{found} v. {theirs}")
            rows.append(Row(n, ours, plain, (found["seconds"], theirs["seconds"])))
            file.unlink()
    return rows


def table(rows: list[Row]) -> str:
    """Return the Markdown table of a run."""
    lines = [
        "| customers × 15 | ours: profile, CPU s | pandas | CPU | ours with reading: wall / CPU s, "
        "peak MB | pandas | memory |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        mine, theirs = row.seconds
        lines.append(
            f"| {row.n_customers:,} | {mine:.1f} | {theirs:.1f} | {mine / theirs:.2f}× "
            f"| {row.ours} | {row.plain} | {row.ours.peak_mb / row.plain.peak_mb:.2f}× |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    json.dump(describe(Path(sys.argv[1])), sys.stdout)
