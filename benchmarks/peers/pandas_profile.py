"""The straightforward script: a profile of segments with pandas.

``python -m benchmarks.peers.pandas_profile FILE`` prints totals as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd


def main(file: Path) -> None:
    """Describe the segments the plain way."""
    customers = pd.read_parquet(file)
    start = time.process_time()
    by_segment = customers.groupby("cluster")
    numbers = customers.select_dtypes("number").columns.drop("cluster")
    facts = by_segment[list(numbers)].agg(["count", "mean", "std"])
    half = {name: 1.96 * facts[name]["std"] / np.sqrt(facts[name]["count"]) for name in numbers}
    market = customers[numbers].agg(["mean", "std"])
    sizes = by_segment.size()
    shares = {
        name: customers.groupby(["cluster", name]).size().unstack(fill_value=0)
        for name in customers.columns.drop([*numbers, "cluster"])
    }
    shares = {name: counts.div(counts.sum(axis=1), axis=0) for name, counts in shares.items()}
    seconds = time.process_time() - start
    totals = {
        "customers": int(sizes.sum()),
        "mean": round(float(sum(facts[name]["mean"].sum() for name in numbers)), 6),
        "share": round(float(shares["town"]["town 1"].sum()), 6),
        "seconds": seconds,
        "told": len(half) + len(market),
    }
    json.dump(totals, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
