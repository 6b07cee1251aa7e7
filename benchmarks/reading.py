"""From a CSV to a typed customer table: ours against the engine's own reader, and peak memory.

Both read the same file. Ours chooses the kinds, counts what cannot be read and gives each customer
a key, and can read the text again; the engine alone guesses types on a sample and writes Parquet.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.measure import Cost, measured
from segmentation.engine import DuckSession
from segmentation.intake import open_customers, read_file

ROWS = (1_000_000, 3_000_000)
REPEATS = 3
SEED, BLOCK = 23, 100_000
HEADER = (
    "customer_id,first_name,city,gender,newsletter,signup_date,age,orders,revenue,last_basket,"
    "channel,score"
)
NAMES = tuple(
    first + last for first in ("An", "Be", "Ca", "Do", "El") for last in ("na", "ra", "do")
)
CITIES = tuple(
    f"{a}{b}" for a in ("North", "South", "East", "West") for b in ("field", "ton", "ham")
)
CHANNELS = ("web", "store", "app", "phone", "partner")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the costs of every repeat, ours and the engine's in turn."""

    n_rows: int
    ours: tuple[Cost, ...]
    engine: tuple[Cost, ...]

    @property
    def ratio(self) -> float:
        """The median over the repeats of our processor time as a multiple of the engine's."""
        return statistics.median(
            ours.cpu / engine.cpu for ours, engine in zip(self.ours, self.engine, strict=True)
        )


def write_customers(path: Path, n_rows: int) -> None:
    """Write the same customers each time: texts, words for yes and no, a date and five numbers."""
    rng = np.random.default_rng(SEED)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        for start in range(0, n_rows, BLOCK):
            n = min(BLOCK, n_rows - start)
            day = np.datetime64("2019-01-01") + rng.integers(0, 2000, n)
            columns = (
                rng.integers(0, len(NAMES), n),
                rng.integers(0, len(CITIES), n),
                rng.integers(0, 2, n),
                rng.integers(0, 2, n),
                day,
                rng.integers(18, 90, n),
                rng.poisson(6, n),
                rng.lognormal(5, 1, n).round(2),
                rng.lognormal(3, 1, n).round(2),
                rng.integers(0, len(CHANNELS), n),
                rng.normal(size=n).round(6),
            )
            file.writelines(
                f"M{start + i:08d},{NAMES[a]},{CITIES[c]},{'fm'[g]},{('no', 'yes')[y]},{d},{age},"
                f"{o or ''},{r:.2f},{b:.2f},{CHANNELS[k]},{s}\n"
                for i, (a, c, g, y, d, age, o, r, b, k, s) in enumerate(
                    zip(*(part.tolist() for part in columns), strict=True)
                )
            )


def type_file(file: Path) -> dict[str, int]:
    """Read and type a file as a visit does."""
    with tempfile.TemporaryDirectory(dir=file.parent) as name:
        session = DuckSession(Path(name))
        inside = session.folder / file.name
        inside.hardlink_to(file)
        table = open_customers(read_file(session, inside, file.name))
        session.close()
    return {"rows": table.n_customers, "columns": len(table.columns)}


def run() -> list[Row]:
    """Measure all sizes, ours and the engine's reader in turn, several times.

    Raises
    ------
    RuntimeError
        When the two disagree about rows or columns.
    """
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n_rows in ROWS:
            file = folder / f"customers-{n_rows}.csv"
            write_customers(file, n_rows)
            rows.append(compared(file, n_rows))
            file.unlink()
    return rows


def compared(file: Path, n_rows: int) -> Row:
    """Measure one file."""
    costs: dict[str, list[Cost]] = {"benchmarks.reading": [], "benchmarks.peers.duckdb_parquet": []}
    for _ in range(REPEATS):
        for module, listed in costs.items():
            listed.append(measured(["-m", module, str(file)]))
    found = {json.dumps(json.loads(cost.output)) for listed in costs.values() for cost in listed}
    if len(found) > 1:
        raise RuntimeError(" v. ".join(sorted(found)))
    ours, engine = (tuple(listed) for listed in costs.values())
    return Row(n_rows, ours, engine)


def table(rows: list[Row]) -> str:
    """Return the Markdown table of a run."""
    lines = [
        "| customers × 12 | ours: wall / CPU s, peak MB | read_csv to Parquet | CPU |",
        "|---|---|---|---|",
    ]
    for row in rows:
        ours, engine = (
            sorted(c, key=lambda c: c.cpu)[REPEATS // 2] for c in (row.ours, row.engine)
        )
        lines.append(f"| {row.n_rows:,} | {ours} | {engine} | {row.ratio:.2f}× |")
    return "\n".join(lines)


if __name__ == "__main__":
    json.dump(type_file(Path(sys.argv[1])), sys.stdout)
