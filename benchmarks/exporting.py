"""Labelled customers as files: ours against the engine's own COPY of the same columns.

The customers of ``benchmarks/reading.py`` are opened as a visit opens them and given four segments.
Ours writes what the Export page offers, every cell byte for byte as the file had it. The engine
copies a table in which the same cells and the segments stand already: no look-up, no text to take
apart, no promise about order. One process, one session, in turn; the median of the ratios.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.reading import write_customers
from segmentation.engine import DuckSession
from segmentation.engine.duck import literal, quoted
from segmentation.export import write_csv, write_excel_csv, write_parquet
from segmentation.intake import CustomerTable, open_customers, read_file

ROWS, REPEATS, SEGMENTS = 1_000_000, 3, 4
LABELS, BESIDE = "benchmark_labels", "benchmark_beside"
NAMES = ("City folk", "Regulars", "Newcomers", "Bargain hunters")


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of file: seconds of every repeat, ours and the engine's in turn."""

    kind: str
    n_rows: int
    ours: tuple[float, ...]
    engine: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median over the repeats of our time as a multiple of the engine's."""
        return statistics.median(a / b for a, b in zip(self.ours, self.engine, strict=True))


def run(n_rows: int = ROWS) -> list[Row]:
    """Open the customers once and write every kind of file several times."""
    with tempfile.TemporaryDirectory() as name:
        session = DuckSession(Path(name) / "visit")
        file = session.folder / "customers.csv"
        write_customers(file, n_rows)
        table = open_customers(read_file(session, file, file.name), id_name="customer_id")
        segments = np.arange(n_rows) % SEGMENTS
        columns = {"__row": pa.array(np.arange(n_rows)), "segment": pa.array(segments, pa.int16())}
        session.put(LABELS, pa.table(columns))
        rows = [_compared(table, kind, n_rows) for kind in ("CSV", "CSV for Excel", "Parquet")]
        session.close()
    return rows


def _compared(table: CustomerTable, kind: str, n_rows: int) -> Row:
    target = table.session.folder / "out"
    write = {"CSV": write_csv, "CSV for Excel": write_excel_csv, "Parquet": write_parquet}[kind]
    _put_beside(table, typed=kind == "Parquet")
    form = "(FORMAT parquet)" if kind == "Parquet" else "(FORMAT csv, HEADER)"
    copy = f"COPY {quoted(BESIDE)} TO {literal(str(target))} {form}"
    ours, engine = [], []
    for _ in range(REPEATS):
        ours.append(_seconds(lambda: write(table, LABELS, NAMES, target)))
        engine.append(_seconds(lambda: table.session.execute(copy)))
    target.unlink()
    return Row(kind, n_rows, tuple(ours), tuple(engine))


def _put_beside(table: CustomerTable, *, typed: bool) -> None:
    """Store what is written, so that the engine has nothing to do but to write it."""
    places = range(len(table.raw.names))
    source = table.name if typed else table.raw.table
    cells = ", ".join(f"t.{'c' if typed else 'r'}{i}" for i in places)
    names = " ".join(f"WHEN {s} THEN {literal(name)}" for s, name in enumerate(NAMES))
    table.session.create(
        BESIDE,
        f"SELECT {cells}, l.segment + 1 AS segment_id, CASE l.segment {names} END AS segment "
        f"FROM {quoted(source)} t JOIN {quoted(LABELS)} l ON t.__row = l.__row ORDER BY t.__row",
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def table(rows: list[Row]) -> str:
    """Write the table of ``docs/benchmarks.md``."""
    lines = [
        "| file | customers | ours, s | the engine's COPY, s | ratio |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.kind} | {row.n_rows:,} | {statistics.median(row.ours):.2f} | "
        f"{statistics.median(row.engine):.2f} | {row.ratio:.2f}× |"
        for row in rows
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(run()))
