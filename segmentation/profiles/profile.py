"""The profile of a solution, aggregated in the engine.

Enters: a customer table, its variables and the engine table of labels. Leaves: a
:class:`Profile`. Refuses to fetch customers: every number is an aggregate made in the engine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import numpy as np

from segmentation.intake import CustomerTable, Kind
from segmentation.preparation.cells import is_category
from segmentation.profiles.facts import LevelFact, NumberFact, Profile, SegmentSize
from segmentation.profiles.labelled import ZERO, BySegment, by_segment, labelled
from segmentation.variables import Role, Scale, Variable
from segmentation.variables.ranks import rank_of

LEVELS_SHOWN = 12
PROFILED_ROLES = (Role.BASIS, Role.DESCRIPTOR, Role.OUTCOME, Role.GIVEN_SEGMENT, Role.CONSENT)
_NUMBERS_A_QUERY = 15
_Z95 = 1.959963984540054


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
    counted = [v for v in shown if v.column.kind in (Kind.NUMBER, Kind.YESNO)]
    numbers = [v for v in shown if v.is_ranked or (v in counted and v.scale is not Scale.NOMINAL)]
    levels = [v for v in shown if v.is_ranked or (is_category(v) and v.scale is not Scale.TEXT)]
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


def _sizes(table: CustomerTable, rows: ir.Table, k: int) -> tuple[SegmentSize, ...]:
    square = (rows.weight * rows.weight).sum()
    measures = {"n": rows.count(), "mass": rows.weight.sum(), "square": square}
    found = by_segment(table, rows, measures, k)
    total, squares = float(found["mass"].sum()), float(found["square"].sum())
    effective = total**2 / squares if squares > 0 else 0.0
    shares = found["mass"] / total if total > 0 else found["mass"]
    return tuple(
        SegmentSize(segment, int(n), float(share), *wilson(float(share), effective))
        for segment, (n, share) in enumerate(zip(found["n"], shares, strict=True))
    )


def _number_facts(
    table: CustomerTable, rows: ir.Table, variables: list[Variable], k: int
) -> list[NumberFact]:
    measures: dict[str, ir.Scalar] = {}
    for i, variable in enumerate(variables):
        value = rows[variable.key]
        if variable.is_ranked:
            value = rank_of(value, variable.column.levels)
        # Boolean to int first: a CASE of decimals would be slow decimal arithmetic.
        number = (value.cast("int8") if value.type().is_boolean() else value).cast("float64")
        low, span = _range(variable)
        inside = (number - ibis.literal(low)) / ibis.literal(span)
        measures |= {
            f"n{i}": number.count(),
            f"w{i}": ibis.ifelse(number.notnull(), rows.weight, ZERO).sum(),
            f"s{i}": (rows.weight * inside).sum(),
            f"q{i}": (rows.weight * inside * inside).sum(),
        }
    found = by_segment(table, rows, measures, k)
    return [fact for i, v in enumerate(variables) for fact in _facts_of(v, found, i)]


def _range(variable: Variable) -> tuple[float, float]:
    """Where a number's values begin and how far they reach: sums of squares stay exact there."""
    low, high = variable.column.low, variable.column.high
    if variable.is_ranked:
        low, high = 1.0, float(len(variable.column.levels))
    if low is None or high is None or not high > low:
        return low or 0.0, 1.0
    return low, high - low


def _facts_of(variable: Variable, found: BySegment, i: int) -> list[NumberFact]:
    low, span = _range(variable)
    mass, sums, squares = (found[f"{letter}{i}"] for letter in "wsq")
    overall, spread = _moments(float(mass.sum()), float(sums.sum()), float(squares.sum()))
    market = low + span * overall
    has_zero = not variable.is_ranked  # a rank is no amount, so no rank is twice another
    facts = []
    for segment, n in enumerate(found[f"n{i}"]):
        mean, sd = _moments(float(mass[segment]), float(sums[segment]), float(squares[segment]))
        value = low + span * mean
        facts.append(
            NumberFact(
                segment=segment,
                variable=variable.name,
                n=int(n),
                mass=float(mass[segment]),
                mean=value,
                sd=span * sd,
                overall=market,
                index=100 * value / market if market > 0 and has_zero else math.nan,
                z=(mean - overall) / spread if spread > 0 else 0.0,
            )
        )
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
    counts, masses = _tally(table, rows, variable, k)
    by_mass = sorted(masses, key=lambda level: (-masses[level].sum(), level))
    kept, rest = by_mass[:LEVELS_SHOWN], by_mass[LEVELS_SHOWN:]
    if variable.is_ranked:
        places = {level: place for place, level in enumerate(variable.column.levels)}
        kept = sorted(kept, key=lambda level: places.get(level, len(places)))
    members = sum(masses.values(), np.zeros(k))
    everybody = float(members.sum())
    facts = []
    for level in [*kept, *([None] if rest else [])]:
        gathered = rest if level is None else [level]
        count = sum((counts[name] for name in gathered), np.zeros(k))
        mass = sum((masses[name] for name in gathered), np.zeros(k))
        market = float(mass.sum()) / everybody if everybody > 0 else math.nan
        for segment in range(k):
            own = float(members[segment])
            share = float(mass[segment]) / own if own > 0 else math.nan
            index = 100 * share / market if market > 0 else math.nan
            n = int(count[segment])
            facts.append(LevelFact(segment, variable.name, level, n, share, market, index))
    return facts


def _tally(
    table: CustomerTable, rows: ir.Table, variable: Variable, k: int
) -> tuple[BySegment, BySegment]:
    """Customers and their weight, by level and segment."""
    cells = rows.select("segment", "weight", level=_level(rows[variable.key]))
    known = cells.filter(cells.level.notnull())
    grouped = known.group_by("segment", "level")
    found = table.session.arrow(grouped.aggregate(n=known.count(), mass=known.weight.sum()))
    counts: BySegment = {}
    masses: BySegment = {}
    for row in found.to_pylist():
        level, segment = row["level"], row["segment"]
        counts.setdefault(level, np.zeros(k))[segment] = row["n"]
        masses.setdefault(level, np.zeros(k))[segment] = row["mass"]
    return counts, masses


def _level(cell: ir.Value) -> ir.StringValue:
    """A level as people write it: yes and no, whole numbers without a point."""
    if cell.type().is_boolean():
        return cell.ifelse("yes", "no")
    text = cell.cast("string")
    return text.re_replace(r"\.0$", "") if cell.type().is_floating() else text
