"""The straightforward script: pandas and scikit-learn, k = 2 … 10, all rows, profile, labels.

``python -m benchmarks.peers.pandas_sklearn FILE DIR`` prints the inertia of each k as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score


def main(file: Path, out: Path) -> None:
    """Segment a file the plain way."""
    customers = pd.read_csv(file)
    numbers = customers.select_dtypes("number")
    prepared = numbers.copy()
    for name in prepared:
        column = prepared[name]
        if column.min() >= 0 and column.skew() > 1.5:
            column = np.log1p(column)
        first, third = column.quantile([0.25, 0.75])
        column = column.clip(first - 3 * (third - first), third + 3 * (third - first))
        prepared[name] = (column - column.mean()) / column.std()
    values = prepared.fillna(0).to_numpy()
    inertia, width, labels = {}, {}, {}
    for k in range(2, 11):
        fit = KMeans(k, n_init=10, random_state=7).fit(values)
        inertia[k], labels[k] = float(fit.inertia_), fit.labels_
        width[k] = float(silhouette_score(values, fit.labels_, sample_size=2000, random_state=7))
    best = max(width, key=lambda k: width[k])
    customers["segment"] = labels[best]
    profile = customers.groupby("segment")[list(numbers)].agg(["mean", "std", "count"])
    out.mkdir(parents=True, exist_ok=True)
    profile.to_csv(out / "profile.csv")
    customers.to_csv(out / "customers.csv", index=False)
    json.dump({"k": best, "inertia": inertia}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
