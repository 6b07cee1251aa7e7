"""``python -m benchmarks``: run everything and print the tables of ``docs/benchmarks.md``."""

from __future__ import annotations

import os
import platform

from benchmarks import (
    distances,
    elbow,
    exporting,
    extraction,
    growth,
    honesty,
    labelled,
    mixed,
    openings,
    optimum,
    orders,
    pipeline,
    profiles,
    questions,
    reading,
    reporting,
)

if __name__ == "__main__":
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print(pipeline.table(pipeline.run()))
    print()
    print(reading.table(reading.run()))
    print()
    print(orders.table(orders.run()))
    print()
    print(profiles.table(profiles.run()))
    print()
    print(openings.table(openings.run()))
    print()
    print(honesty.table(honesty.run()))
    print()
    print(labelled.table(labelled.run()))
    print()
    print(extraction.table(extraction.run()))
    print()
    print(growth.table(growth.run()))
    print()
    print(elbow.table(elbow.run()))
    print()
    print(mixed.table(mixed.run()))
    print()
    print(mixed.large_table(mixed.run_large()))
    print()
    print(optimum.table(optimum.run()))
    print()
    print(questions.table(questions.run()))
    print()
    print(distances.table(distances.run()))
    print()
    print(exporting.table(exporting.run()))
    print()
    print(reporting.table(reporting.run()))
