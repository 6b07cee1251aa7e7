"""``python -m benchmarks``: run everything and print the tables of ``docs/benchmarks.md``."""

from __future__ import annotations

import os
import platform

from benchmarks import honesty, labelled, openings, orders, pipeline, reading

if __name__ == "__main__":
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print(pipeline.table(pipeline.run()))
    print()
    print(reading.table(reading.run()))
    print()
    print(orders.table(orders.run()))
    print()
    print(openings.table(openings.run()))
    print()
    print(honesty.table(honesty.run()))
    print()
    print(labelled.table(labelled.run()))
