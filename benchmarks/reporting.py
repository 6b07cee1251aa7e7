"""Reports of few and of many customers: does the time grow with the market?

``python -m benchmarks.reporting [ROWS …]`` makes customers around five centers, with coordinates,
a region and consent, profiles them, and then makes the report: what it asks of the engine, the
description, and each of the three forms. Seconds of processor time of one process, the best of
three; the profile is passed in, as the app has it already.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from segmentation import workflow
from segmentation.arranging import put_partition
from segmentation.audit import audit
from segmentation.engine import DuckSession
from segmentation.intake import read_file
from segmentation.report import (
    WRITERS,
    Found,
    Results,
    ask_engine,
    report_of,
)
from segmentation.sizing import SizingPlan
from segmentation.structure import found
from segmentation.study import Study
from segmentation.wording import words_in

ROWS = (10_000, 1_000_000)
REPEATS, SEGMENTS = 3, 5
_NAMES = tuple(f"Segment {n + 1}" for n in range(SEGMENTS))
_WORDS = words_in("en")
_TODAY = dt.date(2026, 1, 1)
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Seen:
    """One size: seconds by step."""

    n: int
    engine: float
    described: float
    written: dict[str, float]

    @property
    def report(self) -> float:
        """Seconds of description and all forms, from results that exist."""
        return self.described + sum(self.written.values())


def customers(n: int) -> pd.DataFrame:
    """Customers around five centers."""
    rng = np.random.default_rng(11)
    group = rng.integers(0, SEGMENTS, n)
    frame = {f"x{i}": np.round(rng.normal(3 * ((group + i) % SEGMENTS), 1.0), 2) for i in range(6)}
    return pd.DataFrame(
        {
            "id": np.arange(n),
            **frame,
            "revenue": np.round(rng.gamma(2.0, 40.0 * (1 + group)), 2),
            "region": np.array(["North", "East", "South", "West"])[rng.integers(0, 4, n)],
            "latitude": np.round(48 + group + rng.normal(size=n) / 4, 4),
            "longitude": np.round(9 + group + rng.normal(size=n) / 4, 4),
            "email_consent": np.where(rng.random(n) < 0.6, "yes", "no"),
            "email": [f"c{i}@example.org" for i in range(n)],
        }
    )


def timed(make: Callable[[], Made]) -> tuple[Made, float]:
    """Return what is made, and the fewest seconds of processor time that it took."""
    seconds = []
    for _ in range(REPEATS):
        start = time.process_time()
        made = make()
        seconds.append(time.process_time() - start)
    return made, min(seconds)


def seen(n: int, folder: Path) -> Seen:
    """Make the reports of so many customers."""
    session = DuckSession(folder)
    path = session.folder / "customers.csv"
    customers(n).to_csv(path, index=False)
    raw = read_file(session, path, path.name)
    study = Study.of(raw)
    table = workflow.customers_of(raw, study)
    variables = workflow.variables_of(table, study)
    matrix = workflow.matrix_of(table, variables, study)
    study = workflow.named(study, "kmeans")
    extraction = workflow.extract(workflow.task_of(matrix, study))
    partition = found(extraction.family.solution(SEGMENTS), matrix.rows, "benchmark")
    labels = put_partition(table, partition)
    judged = workflow.judge(table, variables, labels, SEGMENTS)
    known = workflow.Found(
        judged,
        workflow.reach_of(table, variables, labels, SEGMENTS, study),
        (),
        workflow.tested_of(extraction, None, SEGMENTS),
        partition.key,
    )
    plan = (SizingPlan(), partition.key)
    engine, engine_seconds = timed(
        lambda: ask_engine(table, variables, labels, _NAMES, plan, _WORDS)
    )
    results = Results(
        table=table,
        study=study,
        variables=variables,
        judged=judged,
        worth=workflow.worth_of(table, variables, known, study, _TODAY),
        partition=partition,
        names=_NAMES,
        audit=audit(table, variables, as_of=_TODAY),
        found=Found(extraction, SEGMENTS, None, matrix.notes),
        engine=engine,
        today=_TODAY,
    )
    session.close()
    return _reported(n, engine_seconds, results)


def _reported(n: int, engine: float, results: Results) -> Seen:
    """Describe the report and write it in every form; the engine is closed by now."""
    report, described = timed(lambda: report_of(results, _WORDS))
    written = {ending: timed(lambda w=w: w(report))[1] for ending, w in WRITERS.items()}
    return Seen(n, engine, described, written)


def run(rows: Sequence[int] = ROWS) -> list[Seen]:
    """Measure every size."""
    found_all = []
    for n in rows:
        with tempfile.TemporaryDirectory(prefix="segment-studio-") as folder:
            found_all.append(seen(n, Path(folder)))
    return found_all


def table(measured: Sequence[Seen]) -> str:
    """Return the table for ``docs/benchmarks.md``."""
    lines = [
        "| customers | asked of the engine | described | HTML | PPTX | PDF | report |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in measured:
        forms = " | ".join(f"{seconds:.2f} s" for seconds in each.written.values())
        lines.append(
            f"| {each.n:,} | {each.engine:.2f} s | {each.described:.2f} s | {forms} | "
            f"{each.report:.2f} s ({each.report / measured[0].report:.2f} ×) |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(run([int(n) for n in sys.argv[1:]] or ROWS)))
