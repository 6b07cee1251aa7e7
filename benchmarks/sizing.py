"""What-ifs on many customers: the first answer from the sample, then the exact number.

``python -m benchmarks.sizing [ROWS …]`` fills the engine with customers × 12 columns, stacks random
filters of five conditions and asks each three times in turn: of the sample, of everyone, and of
everyone as plain SQL written by hand. Wall milliseconds of one process, the compiling of the
question included in ours.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from segmentation.engine import DuckSession
from segmentation.intake import (
    Column,
    Condition,
    CustomerTable,
    Kind,
    Operator,
    RawTable,
)
from segmentation.intake.table import Source
from segmentation.sizing import Ground, Group, Joined, Leaf, Question, ask, ground_of, sampled
from segmentation.variables import resolve, suggest

ROWS = (1_000_000, 10_000_000)
FILTERS, FILTERS_OF_MANY, TIMED = 1000, 200, 60
_NUMBERS, _TOWNS = 8, 40
_TABLE = "customers"


@dataclass(frozen=True, slots=True)
class Seen:
    """One size.

    Attributes
    ----------
    n : int
    sample_ms, exact_ms, bare_ms : list of float
        Of each timed filter.
    drawing_ms : float
        To draw the sample, once.
    covered : float
        Share of all filters whose interval holds the exact number.
    """

    n: int
    sample_ms: list[float]
    exact_ms: list[float]
    bare_ms: list[float]
    drawing_ms: float
    covered: float


def customers(session: DuckSession, n: int) -> CustomerTable:
    """Make typed customers in the engine: numbers, a whole number, a town, gaps."""
    numbers = ", ".join(
        f"CASE WHEN hash(i, {j}, 'gap') % 20 = 0 THEN NULL ELSE "
        f"(hash(i, {j}) % 1000000)::DOUBLE / 1000 END AS c{j}"
        for j in range(_NUMBERS)
    )
    whole = "(18 + hash(i, 'age') % 62)::DOUBLE AS c8"
    key = "md5_number_lower(i::VARCHAR)::UBIGINT AS __key"
    town = f"'town ' || (hash(i, 'town') % {_TOWNS})::VARCHAR AS c9"
    session.create(
        _TABLE,
        f"SELECT i AS __row, {key}, {numbers}, {whole}, {town} FROM range({n}) AS t(i)",
    )
    columns = [
        Column(f"x{j}", f"c{j}", Kind.NUMBER, n // 20, 0, 1000, low=0.0, high=1000.0)
        for j in range(_NUMBERS)
    ]
    columns.append(Column("age", "c8", Kind.NUMBER, 0, 0, 62, whole=True, low=18.0, high=79.0))
    columns.append(Column("town", "c9", Kind.TEXT, 0, 0, _TOWNS))
    names = tuple(column.name for column in columns)
    raw = RawTable(session, Source("made", "csv", n), names, n, "made", 0)
    return CustomerTable(raw, _TABLE, tuple(columns), None, (), n)


def filters(n: int, seed: int = 1) -> list[Group]:
    """Make random filters of five conditions, one of two groups among them."""
    rng = np.random.default_rng(seed)
    return [_filter(rng) for _ in range(n)]


def _filter(rng: np.random.Generator) -> Group:
    numbers = [
        Condition(
            f"x{rng.integers(_NUMBERS)}",
            Operator.AT_LEAST if rng.random() < 0.5 else Operator.AT_MOST,
            (str(int(rng.integers(50, 950))),),
        )
        for _ in range(3)
    ]
    towns = tuple(f"town {t}" for t in rng.choice(_TOWNS, 10, replace=False))
    age = Condition("age", Operator.AT_LEAST, (str(int(rng.integers(20, 70))),))
    inner = Group(Joined.ANY, (numbers[0], numbers[1]))
    return Group(Joined.ALL, (inner, numbers[2], age, Condition("town", Operator.IS, towns)))


def by_hand(group: Group) -> str:
    """Write the question as one would who knows the table."""
    return f"SELECT count(*), sum(c0) FROM {_TABLE} WHERE {_where(group)}"


def _where(part: Leaf | Group) -> str:
    if isinstance(part, Condition):
        return _compared(part)
    if not isinstance(part, Group):
        raise TypeError(part)
    parts = (_where(member) for member in part.members)
    return f"({(' OR ' if part.joined is Joined.ANY else ' AND ').join(parts)})"


def _compared(condition: Condition) -> str:
    if condition.operator is Operator.IS:
        return f"c9 IN ({', '.join(map(repr, condition.values))})"
    key = "c8" if condition.column == "age" else f"c{condition.column[1:]}"
    sign = ">=" if condition.operator is Operator.AT_LEAST else "<="
    return f"{key} {sign} {condition.values[0]}"


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def run(n: int) -> Seen:
    """Measure one size."""
    with tempfile.TemporaryDirectory(prefix="sizing-") as folder:
        session = DuckSession(Path(folder))
        table = customers(session, n)
        variables = resolve(suggest(table), {})
        everyone = ground_of(table, variables, Question(outcome="x0"))
        made = filters(FILTERS)
        drawing = _timed(lambda: sampled(everyone, made[0]))
        sample = sampled(everyone, made[0])
        ours, exact, bare = [], [], []
        for group in made[:TIMED]:
            ours.append(_timed(partial(ask, sample, group)))
            exact.append(_timed(partial(ask, everyone, group)))
            bare.append(_timed(partial(session.rows, by_hand(group))))
        covered = statistics.mean(
            _covers(sample, everyone, group)
            for group in made[: FILTERS if n <= ROWS[0] else FILTERS_OF_MANY]
        )
        session.close()
    return Seen(n, ours, exact, bare, drawing, covered)


def _covers(sample: Ground, everyone: Ground, group: Group) -> bool:
    seen, exact = ask(sample, group).customers, ask(everyone, group).customers.likely
    return seen.low <= exact <= seen.high


def table(found: list[Seen]) -> str:
    """Write the measurements as in ``docs/benchmarks.md``."""
    lines = [
        "| customers | first answer: p50, p95 ms | exact: p50, p95 ms | plain SQL: p50 ms | exact "
        "over plain SQL | sample drawn, ms | interval holds |",
        "|---|---|---|---|---|---|---|",
    ]
    for seen in found:
        ratio = statistics.median(a / b for a, b in zip(seen.exact_ms, seen.bare_ms, strict=True))
        first, exact, bare = (
            [float(np.percentile(each, percent)) for percent in (50, 95)]
            for each in (seen.sample_ms, seen.exact_ms, seen.bare_ms)
        )
        lines.append(
            f"| {seen.n:,} | {first[0]:.0f}, {first[1]:.0f} | {exact[0]:.0f}, {exact[1]:.0f} | "
            f"{bare[0]:.0f} | {ratio:.2f}× | {seen.drawing_ms:.0f} | "
            f"{seen.covered:.1%} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sizes = [int(text) for text in sys.argv[1:]] or list(ROWS)
    print(table([run(n) for n in sizes]))
