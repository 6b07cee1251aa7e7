"""scikit-learn's KMeans on all rows: ``python -m benchmarks.peers.sklearn_kmeans FILE STARTS K …``.

Prints, as JSON, processor and wall seconds of all fits together and the inertia of each.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from sklearn.cluster import KMeans

if __name__ == "__main__":
    rows, starts = np.load(sys.argv[1]), int(sys.argv[2])
    start, begun = time.process_time(), time.perf_counter()
    fits = {k: KMeans(int(k), n_init=starts, random_state=0).fit(rows) for k in sys.argv[3:]}
    cpu, wall = time.process_time() - start, time.perf_counter() - begun
    inertia = {k: float(fit.inertia_) for k, fit in fits.items()}
    json.dump({"cpu": cpu, "wall": wall, "inertia": inertia}, sys.stdout)
