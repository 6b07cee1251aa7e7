"""File to labelled customers: this project against a plain pandas and scikit-learn script.

Both read the same CSV of n customers × 12 columns, prepare it, find the best of ten starts for
k = 2 … 10, choose one k, profile it and write the labelled file. Ours also compares with data
without segments, which the plain script does not.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.measure import Cost, measured

PLANTED, FEATURES, SEED = 4, 11, 5
ROWS = (100_000, 1_000_000)
BLOCK = 50_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    n_rows: int
    ours: Cost
    plain: Cost
    error_ratio: float


def write_customers(path: Path, n_rows: int) -> None:
    """Write the same customers each time: four groups of equal size, 11 numbers and an id."""
    rng = np.random.default_rng(SEED)
    centers = rng.normal(size=(PLANTED, FEATURES)) * 2.5
    with path.open("w", encoding="utf-8") as file:
        file.write("customer_id," + ",".join(f"behaviour_{j}" for j in range(FEATURES)) + "\n")
        for start in range(0, n_rows, BLOCK):
            group = rng.integers(0, PLANTED, BLOCK)
            block = (centers[group] + rng.normal(size=(BLOCK, FEATURES))).round(4)
            lines = (
                f"M{start + i:07d}," + ",".join(map(str, row))
                for i, row in enumerate(block.tolist())
            )
            file.write("\n".join(lines) + "\n")


def run() -> list[Row]:
    """Measure all sizes, ours and the plain script in turn."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n_rows in ROWS:
            file = folder / f"customers-{n_rows}.csv"
            write_customers(file, n_rows)
            ours = measured(
                ["-m", "segmentation", "segment", str(file), "--out", str(folder / "ours")]
            )
            plain = measured(
                ["-m", "benchmarks.peers.pandas_sklearn", str(file), str(folder / "plain")]
            )
            found = json.loads(ours.output)
            theirs = json.loads(plain.output)["inertia"][str(found["k"])]
            rows.append(Row(n_rows, ours, plain, found["inertia"] / theirs))
            file.unlink()
    return rows


def table(rows: list[Row]) -> str:
    """Return the Markdown table of a run."""
    lines = [
        "| customers | ours: wall / CPU s, peak MB | plain script: wall / CPU s, peak MB "
        "| wall | CPU | memory | error at our k |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        ours, plain = row.ours, row.plain
        lines.append(
            f"| {row.n_rows:,} | {ours} | {plain} | {ours.wall / plain.wall:.2f}× "
            f"| {ours.cpu / plain.cpu:.2f}× | {ours.peak_mb / plain.peak_mb:.2f}× "
            f"| {row.error_ratio:.4f}× |"
        )
    return "\n".join(lines)
