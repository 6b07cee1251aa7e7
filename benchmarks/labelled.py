"""Published tables whose groups are known: our segments at their number, beside scikit-learn's.

All three are told the number of groups. Ours go through the library as a file would; scikit-learn
gets standardised columns, k-means with ten starts and a Gaussian mixture with five.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler

from benchmarks.honesty import K_MAX, matrix_of, task_of
from benchmarks.measure import ROOT
from segmentation import workflow

FOLDER, TRUTH, SEED = ROOT.parent / "shared" / "data" / "bench", "true_label", 0
TABLES = [
    "s1",
    "s3",
    "hepta",
    "unbalance",
    "iris",
    "wine",
    "aggregation",
    "flame",
    "glass",
    "spiral",
]


@dataclass(frozen=True, slots=True)
class Row:
    """Agreement with the known groups (adjusted Rand index), and what we recommend and say."""

    name: str
    n_rows: int
    k: int
    ours: float
    kmeans: float
    mixture: float
    recommended: int
    verdict: str


def run() -> list[Row]:
    """Compare on every table."""
    return [_compared(name) for name in TABLES]


def _compared(name: str) -> Row:
    frame = pd.read_csv(FOLDER / f"{name}.csv")
    truth = frame.pop(TRUTH).to_numpy()
    k = len(set(truth))
    matrix = matrix_of(frame)
    task = task_of(matrix, max(K_MAX, k))
    found = workflow.extract(task)
    tested = workflow.validate(task, found)
    scaled = StandardScaler().fit_transform(frame)
    theirs = KMeans(k, n_init=10, random_state=SEED).fit_predict(scaled)
    mixed = GaussianMixture(k, n_init=5, random_state=SEED).fit_predict(scaled)
    return Row(
        name,
        len(frame),
        k,
        adjusted_rand_score(truth[matrix.rows], found.family.solution(k).labels),
        adjusted_rand_score(truth, theirs),
        adjusted_rand_score(truth, mixed),
        found.choice.recommended_k,
        str(tested.verdict.by_k[k]),
    )


def table(rows: list[Row]) -> str:
    """Write the table of ``docs/benchmarks.md``."""
    lines = [
        "| table | rows | groups | ours | KMeans | GaussianMixture | we recommend | verdict |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.name} | {row.n_rows:,} | {row.k} | {row.ours:.3f} | {row.kmeans:.3f} | "
        f"{row.mixture:.3f} | {row.recommended} | {row.verdict} |"
        for row in rows
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(run()))
