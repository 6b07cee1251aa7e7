"""A million customers: one solution, the whole sweep and its validation, against plain k-means.

Three made tables of 1,000,000 customers × 12 numbers, for easy data end a plain fit early: eight
groups far apart, eight groups that overlap, and three factors without groups. Each repeat runs our
k = 8, our sweep with its validation, scikit-learn's k = 8 from ten starts and its k = 2 to 10 from
one, in turn, each a process of its own on one thread. Both get the same float32 matrix.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.measure import measured
from segmentation.computations import ExtractionTask, extract, validate
from segmentation.extraction import ExtractionSpec
from segmentation.extraction.kmeans import default_restarts, fit_kmeans
from segmentation.extraction.placing import settle
from segmentation.extraction.points import collapse
from segmentation.preparation.matrix import SAMPLE_ROWS

CUSTOMERS, NUMBERS, GROUPS, K, REPEATS, SEED = 1_000_000, 12, 8, 8, 3, 31
KS = range(2, 11)


@dataclass(frozen=True, slots=True)
class Repeat:
    """Processor seconds of one repeat.

    Attributes
    ----------
    one : float
        Our k = 8.
    sweep : float
        Ours until the slider can be used: k = 2 to 10 with the recommendation.
    whole : float
        The same with its validation.
    plain : float
        scikit-learn's k = 8 from ten starts.
    quick : float
        scikit-learn's k = 2 to 10 from one start each.
    inertia : float
        Ours at k = 8 over scikit-learn's best of ten.
    """

    one: float
    sweep: float
    whole: float
    plain: float
    quick: float
    inertia: float


def _groups(rng: np.random.Generator, n: int, apart: float) -> np.ndarray:
    centers = rng.normal(size=(GROUPS, NUMBERS)) * apart
    return centers[rng.integers(0, GROUPS, n)] + rng.normal(size=(n, NUMBERS))


def _far(rng: np.random.Generator, n: int) -> np.ndarray:
    return _groups(rng, n, 1.5)


def _overlapping(rng: np.random.Generator, n: int) -> np.ndarray:
    return _groups(rng, n, 0.5)


def _factors(rng: np.random.Generator, n: int) -> np.ndarray:
    loadings = rng.normal(size=(3, NUMBERS))
    return rng.normal(size=(n, 3)) @ loadings + rng.normal(size=(n, NUMBERS))


KINDS: dict[str, Callable[[np.random.Generator, int], np.ndarray]] = {
    "eight groups far apart": _far,
    "eight groups that overlap": _overlapping,
    "three factors, no groups": _factors,
}


def write_customers(path: Path, kind: str, n: int) -> None:
    """Write standardised numbers of ``n`` customers, the same each time."""
    rows = KINDS[kind](np.random.default_rng([SEED, list(KINDS).index(kind)]), n)
    np.save(path, ((rows - rows.mean(axis=0)) / rows.std(axis=0)).astype(np.float32))


def task_of(values: np.ndarray) -> ExtractionTask:
    """Return what a visit would let a worker do with these numbers."""
    groups = tuple((column,) for column in range(values.shape[1]))
    return ExtractionTask(values, None, ExtractionSpec(), SAMPLE_ROWS, False, groups, "")


def one(values: np.ndarray) -> dict[str, float]:
    """Find the sweep's solution of 8 segments alone."""
    start = time.process_time()
    points = collapse(values[:SAMPLE_ROWS])
    rng = np.random.default_rng([ExtractionSpec().seed, K])
    fit = fit_kmeans(points, K, restarts=default_restarts(points), rng=rng)
    inertia = settle(values, None, fit.centers)[2]
    return {"cpu": time.process_time() - start, "inertia": inertia}


def swept(values: np.ndarray) -> dict[str, float]:
    """Sweep, and say what is recommended."""
    start = time.process_time()
    found = extract(task_of(values))
    return {"sweep": time.process_time() - start, "k": found.choice.recommended_k}


def whole(values: np.ndarray) -> dict[str, float]:
    """Sweep and validate."""
    task, start = task_of(values), time.process_time()
    found = extract(task)
    ready = time.process_time()
    validate(task, found)
    return {"sweep": ready - start, "whole": time.process_time() - start}


def run() -> dict[str, list[Repeat]]:
    """Measure all kinds of customers."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.npy"
        found = {}
        for kind in KINDS:
            write_customers(path, kind, CUSTOMERS)
            found[kind] = [_repeat(str(path)) for _ in range(REPEATS)]
    return found


def _repeat(path: str) -> Repeat:
    ours, peer = "benchmarks.extraction", "benchmarks.peers.sklearn_kmeans"
    alone = _told("-m", ours, path, "one")
    plain = _told("-m", peer, path, "10", str(K))
    both = _told("-m", ours, path, "whole")
    quick = _told("-m", peer, path, "1", *map(str, KS))
    inertia = alone["inertia"] / plain["inertia"][str(K)]
    return Repeat(alone["cpu"], both["sweep"], both["whole"], plain["cpu"], quick["cpu"], inertia)


def _told(*arguments: str) -> dict:
    return json.loads(measured(list(arguments), threads=1).output)


def table(found: dict[str, list[Repeat]]) -> str:
    """Write the measurements as in ``docs/benchmarks.md``."""
    lines = [
        "| 1,000,000 × 12 | KMeans, k = 8, ten starts: CPU s | our k = 8 | inertia | "
        "our sweep to KMeans k = 2 to 10, one start | our validated sweep to KMeans k = 8 |",
        "|---|---|---|---|---|---|",
    ]
    for kind, repeats in found.items():
        faster = _spread([each.plain / each.one for each in repeats])
        slider = _spread([each.sweep / each.quick for each in repeats])
        validated = _spread([each.whole / each.plain for each in repeats])
        plain = statistics.median(each.plain for each in repeats)
        inertia = max(each.inertia for each in repeats)
        lines.append(
            f"| {kind} | {plain:.1f} | {faster} faster | {inertia:.5f} | {slider} | {validated} |"
        )
    return "\n".join(lines)


def _spread(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.2f}× ({min(ratios):.2f} to {max(ratios):.2f})"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        program = {"one": one, "sweep": swept, "whole": whole}[sys.argv[2]]
        json.dump(program(np.load(sys.argv[1])), sys.stdout)
    else:
        print(table(run()))
