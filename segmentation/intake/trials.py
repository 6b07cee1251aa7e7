"""How many cells of a column can be read in each of several ways.

Enters: a raw table and readings by column. Leaves: counts. Refuses to choose among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from segmentation.engine.duck import quoted
from segmentation.intake.cells import Reading, value_sql
from segmentation.intake.shapes import sample_of
from segmentation.intake.table import RawTable

_COLUMNS_AT_ONCE = 100
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
    rows = sample_of(raw) if sample else quoted(raw.table)
    counted: dict[int, list[int]] = {}
    for part in _parts(trials):
        counts = [
            f"count({value_sql(reading, f'r{i}')}) AS n{i}_{j}"
            for i in part
            for j, reading in enumerate(trials[i])
        ]
        row = raw.session.rows(f"SELECT {', '.join(counts)} FROM {rows}")[0]
        counted |= {i: [row[f"n{i}_{j}"] for j in range(len(trials[i]))] for i in part}
    return counted


def bounds(raw: RawTable, readings: Mapping[int, Reading]) -> dict[int, tuple[float, float]]:
    """Return the smallest and the largest number of columns; none for a column without numbers."""
    found: dict[int, tuple[float, float]] = {}
    for part in _parts(readings):
        values = {i: value_sql(readings[i], f"r{i}") for i in part}
        asked = [f"min({value}) AS low{i}, max({value}) AS high{i}" for i, value in values.items()]
        row = raw.session.rows(f"SELECT {', '.join(asked)} FROM {quoted(raw.table)}")[0]
        found |= {i: (row[f"low{i}"], row[f"high{i}"]) for i in part}
    return {i: pair for i, pair in found.items() if pair[0] is not None}


def _parts(columns: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Cut columns into parts whose readings fit into memory together."""
    waiting = iter(columns)
    while part := tuple(islice(waiting, _COLUMNS_AT_ONCE)):
        yield part
