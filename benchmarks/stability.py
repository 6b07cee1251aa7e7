"""Bootstrap stability: all resamples of one k as matrix products, against a scikit-learn loop.

Both solve the same samples from as many random starts, place all customers and compare pairs of
samples by the adjusted Rand index. Reported beside the processor time: how much larger the mean
squared error of our solutions is, for a faster answer that is a worse one would be no gain.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measure import ROOT, measured
from segmentation.extraction.points import collapse
from segmentation.extraction.resampling import fit_resamples
from segmentation.validation.agreement import adjusted_rand, cross_tables

KS, PAIRS, REPEATS, SEED = range(2, 9), 25, 3, 17
SHARED = ROOT.parent / "shared" / "data"
SURVEYS = {
    "vacmot": ("vacmot_with_descriptors.csv", slice(0, 20)),
    "volunteers": ("volunteers_au.csv", slice(2, 21)),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a survey, the starts, and every repeat's ratio and error."""

    survey: str
    restarts: int
    ratios: tuple[float, ...]
    errors: tuple[float, ...]
    cpu: float


def answers(survey: str) -> np.ndarray:
    """Return the yes/no answers of a survey."""
    name, columns = SURVEYS[survey]
    return pd.read_csv(SHARED / name).iloc[:, columns].to_numpy(np.float32)


def write_samples(path: Path, rows: np.ndarray) -> None:
    """Draw the bootstrap samples that both solve."""
    rng = np.random.default_rng(SEED)
    samples = rng.integers(0, len(rows), (2 * PAIRS, len(rows)))
    np.savez(path, rows=rows, samples=samples, ks=np.array(KS))


def ours(path: Path, restarts: int) -> dict[str, object]:
    """Solve the samples with the library."""
    data = np.load(path)
    start = time.process_time()
    points = collapse(data["rows"])
    weights = np.stack(
        [
            np.bincount(points.inverse[drawn], minlength=points.n_distinct)
            for drawn in data["samples"]
        ]
    ).astype(np.float32)
    mass = points.weights.astype(np.float64)
    objective, agreement = {}, {}
    for k in data["ks"].tolist():
        rng = np.random.default_rng([SEED, k])
        found = fit_resamples(points, weights, k, restarts=restarts, rng=rng)
        one, other = np.split(found.labels, 2)
        agreement[k] = float(np.median(adjusted_rand(cross_tables(one, other, mass, (k, k)))))
        objective[k] = float(found.objective.mean()) * points.unit**2
    cpu = time.process_time() - start
    return {"cpu": cpu, "objective": objective, "agreement": agreement}


def run() -> list[Row]:
    """Measure both surveys at 10 and at 50 starts, ours and the loop in turn."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for survey in SURVEYS:
            path = Path(folder) / f"{survey}.npz"
            write_samples(path, answers(survey))
            for restarts in (10, 50):
                pairs = [_pair(path, restarts) for _ in range(REPEATS)]
                ratios = tuple(peer["cpu"] / own["cpu"] for own, peer in pairs)
                errors = tuple(_error(own, peer) for own, peer in pairs)
                cpu = statistics.median(own["cpu"] for own, _ in pairs)
                found.append(Row(survey, restarts, ratios, errors, cpu))
    return found


def _pair(path: Path, restarts: int) -> tuple[dict, dict]:
    own = measured(["-m", "benchmarks.stability", str(path), str(restarts)], threads=1)
    peer = measured(
        ["-m", "benchmarks.peers.sklearn_bootstrap", str(path), str(restarts)], threads=1
    )
    return json.loads(own.output), json.loads(peer.output)


def _error(own: dict, peer: dict) -> float:
    """By how much our mean error is larger, over all numbers of segments."""
    return statistics.mean(own["objective"][k] / peer["objective"][k] - 1 for k in own["objective"])


def table(rows: list[Row]) -> str:
    """Write the measurements as in ``docs/benchmarks.md``."""
    lines = [
        "| survey | starts | ours: CPU s | scikit-learn loop | error |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.survey} | {row.restarts} | {row.cpu:.1f} | {statistics.median(row.ratios):.1f}× "
        f"({min(row.ratios):.1f} to {max(row.ratios):.1f}) | {statistics.median(row.errors):+.2%} |"
        for row in rows
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        json.dump(ours(Path(sys.argv[1]), int(sys.argv[2])), sys.stdout)
    else:
        print(table(run()))
