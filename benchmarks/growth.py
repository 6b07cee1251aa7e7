"""How cost grows with customers: the sweep for k = 2 to 10 and its validation, time and memory.

The customers are those of ``extraction``: eight groups that overlap, 12 numbers, prepared. One
thread; every size is a process of its own. Memory is the largest resident memory with all that is
loaded: Python, the libraries, the matrix (Linux only).
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.extraction import task_of, write_customers
from benchmarks.measure import measured
from segmentation.computations import extract, validate

KIND = "eight groups that overlap"
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


@dataclass(frozen=True, slots=True)
class Row:
    """One size: processor seconds, and megabytes before, after the sweep and after all."""

    n: int
    sweep: float
    validation: float
    matrix_mb: float
    loaded_mb: float
    sweep_mb: float
    whole_mb: float


def ours(path: str) -> dict[str, float]:
    """Sweep and validate, and say what it took."""
    values = np.load(path)
    task, loaded = task_of(values), _peak_mb()
    start = time.process_time()
    found = extract(task)
    swept, swept_mb = time.process_time(), _peak_mb()
    validate(task, found)
    return {
        "n": len(values),
        "sweep": swept - start,
        "validation": time.process_time() - swept,
        "matrix_mb": values.nbytes / 2**20,
        "loaded_mb": loaded,
        "sweep_mb": swept_mb,
        "whole_mb": _peak_mb(),
    }


def _peak_mb() -> float:
    """Return the largest resident memory of this program, without that of who started it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def run(sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """Measure every size."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.npy"
        for n in sizes:
            write_customers(path, KIND, n)
            told = measured(["-m", "benchmarks.growth", str(path)], threads=1)
            rows.append(Row(**json.loads(told.output)))
    return rows


def table(rows: list[Row]) -> str:
    """Write the table of ``docs/benchmarks.md``."""
    lines = [
        "| customers × 12 | sweep: CPU s | validation: CPU s | both, to 10,000 customers | matrix, "
        "MB | loaded, MB | peak of the sweep, MB | peak with validation, MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    whole = {row.n: row.sweep + row.validation for row in rows}
    lines += [
        f"| {row.n:,} | {row.sweep:.1f} | {row.validation:.1f} | "
        f"{whole[row.n] / whole[10_000]:.2f}× | {row.matrix_mb:.0f} | {row.loaded_mb:.0f} | "
        f"{row.sweep_mb:.0f} | {row.whole_mb:.0f} |"
        for row in rows
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        json.dump(ours(sys.argv[1]), sys.stdout)
    else:
        print(table(run()))
