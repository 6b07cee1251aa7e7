"""The profile: sizes, means and shares of every segment beside the whole market.

Enters: a customer table, its variables and the engine table of labels. Leaves: a
:class:`Profile`. Refuses to hold customers: every number is an aggregate made in the engine.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from segmentation.intake import CustomerTable, Kind
from segmentation.variables import Role, Scale, Variable

LEVELS_SHOWN = 12
_NUMBERS_A_QUERY = 15
_Z95 = 1.959963984540054
# Literals like 1.0 would be decimals in the engine, and their sums slow decimal arithmetic.
_ONE, _ZERO = ibis.literal(1).cast("float64"), ibis.literal(0).cast("float64")
PROFILED_ROLES = (Role.BASIS, Role.DESCRIPTOR, Role.OUTCOME, Role.GIVEN_SEGMENT, Role.CONSENT)


@dataclass(frozen=True, slots=True)
class SegmentSize:
    """How large a segment is.

    Attributes
    ----------
    segment : int
        0 … k - 1.
    n : int
        Customers, unweighted.
    share : float
        Of the population, weighted, in [0, 1].
    low, high : float
        95 % Wilson interval of the share, on the effective sample size.
    """

    segment: int
    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class NumberFact:
    """Mean of a number (or share of yes) in one segment beside the market.

    Attributes
    ----------
    n : int
        Customers with a value.
    mean, sd, overall : float
        In the variable's own unit; NaN where nobody has a value.
    index : float
        100 * mean / overall; NaN where the market's mean is not positive.
    z : float
        (mean - overall) / standard deviation in the market.
    """

    segment: int
    variable: str
    n: int
    mean: float
    sd: float
    overall: float
    index: float
    z: float


@dataclass(frozen=True, slots=True)
class LevelFact:
    """Share of one level of a category in one segment beside the market.

    Attributes
    ----------
    level : str or None
        None gathers the levels beyond the twelve most frequent.
    n : int
        Customers.
    share, overall : float
        Among those with a value, in [0, 1].
    index : float
        100 * share / overall.
    """

    segment: int
    variable: str
    level: str | None
    n: int
    share: float
    overall: float
    index: float


@dataclass(frozen=True, slots=True)
class Profile:
    """A solution described.

    Attributes
    ----------
    k : int
        Number of segments.
    sizes : tuple of SegmentSize
        One a segment.
    numbers : tuple of NumberFact
        Variables × segments.
    levels : tuple of LevelFact
        Variables × levels × segments.
    basis : tuple of str
        Which variables formed the segments.
    """

    k: int
    sizes: tuple[SegmentSize, ...]
    numbers: tuple[NumberFact, ...]
    levels: tuple[LevelFact, ...]
    basis: tuple[str, ...]


def profile(table: CustomerTable, variables: Sequence[Variable], labels: str, k: int) -> Profile:
    """Describe the segments of a solution.

    Parameters
    ----------
    table : CustomerTable
        Its population.
    variables : sequence of Variable
        Basis, descriptors, outcomes, given segments and consents are described; personal data
        never are.
    labels : str
        Engine table with ``__row`` and ``segment``.
    k : int
        Number of segments.

    Returns
    -------
    Profile
    """
    rows = labelled(table, variables, labels)
    shown = [v for v in variables if v.role in PROFILED_ROLES and not v.private]
    numbers = [v for v in shown if v.column.kind in (Kind.NUMBER, Kind.YESNO) and not _coded(v)]
    levels = [v for v in shown if v.scale is Scale.NOMINAL]
    facts: list[NumberFact] = []
    for start in range(0, len(numbers), _NUMBERS_A_QUERY):
        facts += _number_facts(table, rows, numbers[start : start + _NUMBERS_A_QUERY], k)
    level_facts = [fact for v in levels for fact in _level_facts(table, rows, v, k)]
    return Profile(
        k=k,
        sizes=_sizes(table, rows, k),
        numbers=tuple(facts),
        levels=tuple(level_facts),
        basis=tuple(v.name for v in variables if v.role is Role.BASIS),
    )


def labelled(table: CustomerTable, variables: Sequence[Variable], labels: str) -> ir.Table:
    """Return the population with its ``segment`` and a positive ``weight`` column.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
        One with the role ``WEIGHT`` gives the weight, else each customer counts 1.
    labels : str
        Engine table with ``__row`` and ``segment``.

    Returns
    -------
    ibis Table
    """
    rows = table.population().join(table.session.table(labels), "__row")
    weight = next((v for v in variables if v.role is Role.WEIGHT), None)
    if weight is None:
        return rows.mutate(weight=_ONE)
    cleaned = ibis.greatest(rows[weight.key].fill_null(_ZERO), _ZERO)
    return rows.mutate(weight=cleaned)


def wilson(share: float, n: float) -> tuple[float, float]:
    """95 % score interval of a share (Wilson 1927).

    Parameters
    ----------
    share : float
        Observed, in [0, 1].
    n : float
        Effective sample size.

    Returns
    -------
    tuple of float
        Lower and upper bound in [0, 1].

    Examples
    --------
    >>> [round(bound, 3) for bound in wilson(0.5, 100)]
    [0.404, 0.596]
    """
    if n <= 0:
        return 0.0, 1.0
    spread = _Z95**2 / n
    middle = (share + spread / 2) / (1 + spread)
    half = _Z95 * math.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def _coded(variable: Variable) -> bool:
    return variable.scale is Scale.NOMINAL


def _sizes(table: CustomerTable, rows: ir.Table, k: int) -> tuple[SegmentSize, ...]:
    found = table.session.frame(
        rows.group_by("segment").aggregate(
            n=rows.count(), mass=rows.weight.sum(), square=(rows.weight * rows.weight).sum()
        )
    ).set_index("segment")
    total = float(found["mass"].sum())
    square = float(found["square"].sum())
    effective = total**2 / square if square > 0 else 0.0
    sizes = []
    for segment in range(k):
        here = segment in found.index
        n = int(found.at[segment, "n"]) if here else 0
        share = float(found.at[segment, "mass"]) / total if here and total > 0 else 0.0
        sizes.append(SegmentSize(segment, n, share, *wilson(share, effective)))
    return tuple(sizes)


def _number_facts(
    table: CustomerTable, rows: ir.Table, variables: list[Variable], k: int
) -> list[NumberFact]:
    measures: dict[str, ir.Scalar] = {}
    for i, variable in enumerate(variables):
        # Boolean to int first: a CASE of decimals would be slow decimal arithmetic.
        value = rows[variable.key]
        number = (value.cast("int8") if value.type().is_boolean() else value).cast("float64")
        mass = ibis.ifelse(number.notnull(), rows.weight, _ZERO)
        measures |= {
            f"n{i}": number.count(),
            f"w{i}": mass.sum(),
            f"s{i}": (rows.weight * number).sum(),
            f"q{i}": (rows.weight * number * number).sum(),
        }
    found = table.session.frame(rows.group_by("segment").aggregate(**measures))
    found = found.set_index("segment").reindex(range(k)).fillna(0.0)
    return [fact for i, v in enumerate(variables) for fact in _facts_of(v.name, found, i)]


def _facts_of(name: str, found: pd.DataFrame, i: int) -> list[NumberFact]:
    mass, sums, squares = (found[f"{letter}{i}"] for letter in "wsq")
    overall, spread = _moments(float(mass.sum()), float(sums.sum()), float(squares.sum()))
    facts = []
    for segment in range(len(found)):
        mean, sd = _moments(float(mass[segment]), float(sums[segment]), float(squares[segment]))
        index = 100 * mean / overall if overall > 0 else math.nan
        z = (mean - overall) / spread if spread > 0 else 0.0
        n = int(found[f"n{i}"][segment])
        facts.append(NumberFact(segment, name, n, mean, sd, overall, index, z))
    return facts


def _moments(mass: float, total: float, square: float) -> tuple[float, float]:
    """Mean and standard deviation from sums; NaN where nobody has a value."""
    if mass <= 0:
        return math.nan, math.nan
    mean = total / mass
    return mean, math.sqrt(max(square / mass - mean * mean, 0.0))


def _level_facts(
    table: CustomerTable, rows: ir.Table, variable: Variable, k: int
) -> list[LevelFact]:
    cells = rows.select("segment", "weight", level=rows[variable.key].cast("string"))
    known = cells.filter(cells.level.notnull())
    counted = known.group_by("segment", "level")
    found = table.session.frame(counted.aggregate(n=known.count(), mass=known.weight.sum()))
    overall = found.groupby("level")["mass"].sum().sort_values(ascending=False, kind="stable")
    kept = sorted(overall.index, key=lambda name: (-overall[name], name))[:LEVELS_SHOWN]
    mass: dict[tuple[int, str | None], float] = defaultdict(float)
    count: dict[tuple[int, str | None], int] = defaultdict(int)
    market: dict[str | None, float] = defaultdict(float)
    for row in found.itertuples():
        name = row.level if row.level in kept else None
        mass[row.segment, name] += row.mass
        count[row.segment, name] += row.n
        market[name] += row.mass
    totals = [sum(mass[s, name] for name in market) for s in range(k)]
    everybody = sum(market.values())
    facts = []
    for name in [*kept, *([None] if None in market else [])]:
        common = market[name] / everybody if everybody > 0 else math.nan
        for segment in range(k):
            share = mass[segment, name] / totals[segment] if totals[segment] > 0 else math.nan
            index = 100 * share / common if common > 0 else math.nan
            facts.append(
                LevelFact(segment, variable.name, name, count[segment, name], share, common, index)
            )
    return facts
