"""Stability as it is written by hand: scikit-learn and joblib, one fit after the other."""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from joblib import Parallel, delayed
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score


def solved(
    rows: np.ndarray, drawn: np.ndarray, k: int, restarts: int, seed: int
) -> tuple[np.ndarray, float]:
    """Fit one bootstrap sample and place everybody."""
    fit = KMeans(k, n_init=restarts, random_state=seed).fit(rows[drawn])
    return fit.predict(rows), float(fit.inertia_)


if __name__ == "__main__":
    data = np.load(sys.argv[1])
    restarts = int(sys.argv[2])
    rows, samples = data["rows"].astype(np.float64), data["samples"]
    start = time.process_time()
    objective, agreement = {}, {}
    for k in data["ks"].tolist():
        found = Parallel(n_jobs=1)(
            delayed(solved)(rows, drawn, k, restarts, b) for b, drawn in enumerate(samples)
        )
        labels = [labels for labels, _ in found]
        objective[k] = float(np.mean([inertia for _, inertia in found]))
        half = len(labels) // 2
        pairs = zip(labels[:half], labels[half:], strict=True)
        agreement[k] = float(np.median([adjusted_rand_score(one, other) for one, other in pairs]))
    cpu = time.process_time() - start
    json.dump({"cpu": cpu, "objective": objective, "agreement": agreement}, sys.stdout)
