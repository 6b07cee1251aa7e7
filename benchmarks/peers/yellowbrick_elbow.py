"""yellowbrick's elbow picture by silhouette: ``python -m benchmarks.peers.yellowbrick_elbow FILE``.

Prints, as JSON, its processor seconds and the number of segments that it marks. It does not
recognise today's scikit-learn estimators as such without ``force_model``.
"""

from __future__ import annotations

import json
import sys
import time

import matplotlib as mpl
import numpy as np

mpl.use("Agg")

from sklearn.cluster import KMeans
from yellowbrick.cluster import KElbowVisualizer

if __name__ == "__main__":
    rows = np.load(sys.argv[1])
    start = time.process_time()
    picture = KElbowVisualizer(
        KMeans(n_init=10, random_state=0),
        k=(2, 11),
        metric="silhouette",
        force_model=True,
        timings=False,
    )
    picture.fit(rows)
    cpu = time.process_time() - start
    best = int(picture.k_values_[int(np.argmax(picture.k_scores_))])
    json.dump({"cpu": cpu, "elbow": picture.elbow_value_, "best": best}, sys.stdout, default=int)
