"""How many cells of a column can be read in each of several ways.

Enters: a raw table and readings by column. Leaves: counts. Refuses to choose among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segmentation.engine.duck import quoted
from segmentation.intake.cells import Reading, value_sql
from segmentation.intake.shapes import sample_of
from segmentation.intake.table import RawTable

Trials = Mapping[int, Sequence[Reading]]


def readable(raw: RawTable, trials: Trials, *, sample: bool) -> dict[int, list[int]]:
    """Count the cells that each reading can read.

    Parameters
    ----------
    raw : RawTable
    trials : mapping of int to sequence of Reading
        The readings to try, by position of the column.
    sample : bool
        Whether the sample is enough; else every row is looked at.

    Returns
    -------
    dict of int to list of int
        Counts by position, in the order of the readings.
    """
    counts = [
        f"count({value_sql(reading, f'r{i}')}) AS n{i}_{j}"
        for i, readings in trials.items()
        for j, reading in enumerate(readings)
    ]
    if not counts:
        return {}
    rows = sample_of(raw) if sample else quoted(raw.table)
    row = raw.session.rows(f"SELECT {', '.join(counts)} FROM {rows}")[0]
    return {i: [row[f"n{i}_{j}"] for j in range(len(r))] for i, r in trials.items()}


def bounds(raw: RawTable, readings: Mapping[int, Reading]) -> dict[int, tuple[float, float]]:
    """Return the smallest and the largest number of columns; none for a column without numbers."""
    if not readings:
        return {}
    parts = [
        f"min({value_sql(reading, f'r{i}')}) AS low{i}, max({value_sql(reading, f'r{i}')}) "
        f"AS high{i}"
        for i, reading in readings.items()
    ]
    row = raw.session.rows(f"SELECT {', '.join(parts)} FROM {quoted(raw.table)}")[0]
    return {i: (row[f"low{i}"], row[f"high{i}"]) for i in readings if row[f"low{i}"] is not None}
