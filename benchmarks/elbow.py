"""Our sweep beside yellowbrick's elbow picture by silhouette, k = 2 to 10 from ten starts.

The customers are those of ``extraction``. Ours adds the gap, two more criteria and a recommendation
that can be "none". At 100,000 customers yellowbrick compares all pairs nine times, which takes
about ten minutes: ``run(sizes=(100_000,))`` does it, the tables of every run leave it out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.extraction import GROUPS, KINDS, write_customers
from benchmarks.measure import measured

SIZES = (2_000, 10_000)


@dataclass(frozen=True, slots=True)
class Row:
    """One table: processor seconds of both, and the number of segments that both prefer."""

    kind: str
    n: int
    ours: float
    theirs: float
    k: int
    theirs_k: int


def run(sizes: Sequence[int] = SIZES) -> list[Row]:
    """Measure every kind and size."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.npy"
        for kind in KINDS:
            for n in sizes:
                write_customers(path, kind, n)
                own = _told("benchmarks.extraction", str(path), "sweep")
                peer = _told("benchmarks.peers.yellowbrick_elbow", str(path))
                rows.append(Row(kind, n, own["sweep"], peer["cpu"], own["k"], peer["best"]))
    return rows


def _told(*arguments: str) -> dict:
    return json.loads(measured(["-m", *arguments], threads=1).output)


def table(rows: list[Row]) -> str:
    """Write the table of ``docs/benchmarks.md``."""
    lines = [
        f"| customers × 12 ({GROUPS} groups, or none) | rows | ours: CPU s | yellowbrick: CPU s | "
        "ratio | we recommend | its largest silhouette |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.kind} | {row.n:,} | {row.ours:.1f} | {row.theirs:.1f} | "
        f"{row.theirs / row.ours:.1f}× | {row.k} | {row.theirs_k} |"
        for row in rows
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(run()))
