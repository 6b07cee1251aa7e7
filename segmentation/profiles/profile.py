"""The profile of a solution, aggregated in the engine.

Enters: a customer table, its variables and the engine table of labels. Leaves: a
:class:`Profile`. Refuses to fetch customers: every number is an aggregate made in the engine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import nullcontext

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from segmentation.engine.compiling import compiled
from segmentation.engine.quoting import quoted
from segmentation.intake import CustomerTable, Kind
from segmentation.preparation import weight_of
from segmentation.preparation.cells import is_category
from segmentation.profiles.facts import LevelFact, NumberFact, Profile, SegmentSize
from segmentation.profiles.intervals import effective_size, wilson
from segmentation.profiles.labelled import ZERO, BySegment, are_side_by_side, by_segment, labelled
from segmentation.variables import Role, Scale, Variable
from segmentation.variables.ranks import rank_of

LEVELS_SHOWN = 12
PROFILED_ROLES = (Role.BASIS, Role.DESCRIPTOR, Role.OUTCOME, Role.GIVEN_SEGMENT, Role.CONSENT)
_NUMBERS_A_QUERY = 15
_CATEGORIES_A_QUERY = 6
_TALLIED = ("n", "mass", "square")
_MASS = 1
_Tally = dict[str, npt.NDArray[np.float64]]


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
    weighted = weight_of(variables) is not None
    with table.session.in_order() if are_side_by_side(table, labels) else nullcontext():
        found = _aggregates(table, rows, numbers, k, weighted=weighted)
        tallies = _tallies(table, rows, levels, k, weighted=weighted)
    return Profile(
        k=k,
        sizes=_sizes(found),
        numbers=tuple(fact for i, v in enumerate(numbers) for fact in _facts_of(v, found, i)),
        levels=tuple(f for v in levels for f in _level_facts(v, tallies[v.key], k)),
        basis=tuple(v.name for v in variables if v.role is Role.BASIS),
    )


def _aggregates(
    table: CustomerTable, rows: ir.Table, variables: Sequence[Variable], k: int, *, weighted: bool
) -> BySegment:
    """Sums of the customers and of every number, the customers in the same pass as the first."""
    found: BySegment = {}
    square = (rows.weight * rows.weight).sum()
    measures = {"n": rows.count(), "mass": rows.weight.sum(), "square": square}
    for start in range(0, max(len(variables), 1), _NUMBERS_A_QUERY):
        for i, variable in enumerate(variables[start : start + _NUMBERS_A_QUERY], start):
            measures |= _measures(rows, variable, i, weighted=weighted)
        found |= by_segment(table, rows, measures, k)
        measures = {}
    if not weighted:  # each counts once
        for i in range(len(variables)):
            found |= {f"{letter}{i}": found[f"n{i}"] for letter in "wv"}
    return found


def _sizes(found: BySegment) -> tuple[SegmentSize, ...]:
    total, squares = float(found["mass"].sum()), float(found["square"].sum())
    effective = effective_size(total, squares)
    shares = found["mass"] / total if total > 0 else found["mass"]
    return tuple(
        SegmentSize(segment, int(n), float(share), *wilson(float(share), effective))
        for segment, (n, share) in enumerate(zip(found["n"], shares, strict=True))
    )


def _measures(
    rows: ir.Table, variable: Variable, i: int, *, weighted: bool
) -> dict[str, ir.Scalar]:
    """Count, weights, their squares, sum and sum of squares of the ``i``-th number."""
    value = rows[variable.key]
    if variable.is_ranked:
        value = rank_of(value, variable.column.levels)
    # Boolean to int first: a CASE of decimals would be slow decimal arithmetic.
    number = (value.cast("int8") if value.type().is_boolean() else value).cast("float64")
    low, span = _range(variable)
    inside = (number - ibis.literal(low)) / ibis.literal(span)
    squared = inside * inside
    measures = {f"n{i}": number.count()}
    if weighted:
        weight = ibis.ifelse(number.notnull(), rows.weight, ZERO)
        measures |= {f"w{i}": weight.sum(), f"v{i}": (weight * weight).sum()}
        inside, squared = rows.weight * inside, rows.weight * squared
    return measures | {f"s{i}": _exact_sum(inside), f"q{i}": _exact_sum(squared)}


def _summed(values: float) -> float:
    """Sum without the rounding that ten million additions in a row gather."""
    raise NotImplementedError  # only the name and the types are used: the engine adds


_exact_sum = ibis.udf.agg.builtin(_summed, name="kahan_sum")


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
    mass, sums, squares, weights = (found[f"{letter}{i}"] for letter in "wsqv")
    overall, spread = _moments(float(mass.sum()), float(sums.sum()), float(squares.sum()))
    market = low + span * overall
    has_zero = not variable.is_ranked  # a rank is no amount, so no rank is twice another
    is_share = variable.scale is Scale.BINARY and (low, low + span) == (0.0, 1.0)
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
                effective=effective_size(float(mass[segment]), float(weights[segment])),
                is_share=is_share,
            )
        )
    return facts


def _moments(mass: float, total: float, square: float) -> tuple[float, float]:
    """Mean and standard deviation from sums; NaN where nobody has a value."""
    if mass <= 0:
        return math.nan, math.nan
    mean = total / mass
    return mean, math.sqrt(max(square / mass - mean * mean, 0.0))


def _level_facts(variable: Variable, tally: _Tally, k: int) -> list[LevelFact]:
    by_mass = sorted(tally, key=lambda level: (-tally[level][_MASS].sum(), level))
    kept, rest = by_mass[:LEVELS_SHOWN], by_mass[LEVELS_SHOWN:]
    if variable.is_ranked:
        places = {level: place for place, level in enumerate(variable.column.levels)}
        kept = sorted(kept, key=lambda level: places.get(level, len(places)))
    nothing = np.zeros((len(_TALLIED), k))
    everybody = sum(tally.values(), nothing)
    total = float(everybody[_MASS].sum())
    facts = []
    for level in [*kept, *([None] if rest else [])]:
        gathered = sum((tally[name] for name in (rest if level is None else [level])), nothing)
        market = float(gathered[_MASS].sum()) / total if total > 0 else math.nan
        for segment in range(k):
            n, mass, _ = gathered[:, segment].tolist()
            _, own, squares = everybody[:, segment].tolist()
            share = mass / own if own > 0 else math.nan
            index = 100 * share / market if market > 0 else math.nan
            effective = effective_size(own, squares)
            told = (int(n), share, market, index, mass, effective)
            facts.append(LevelFact(segment, variable.name, level, *told))
    return facts


def _tallies(
    table: CustomerTable,
    rows: ir.Table,
    variables: Sequence[Variable],
    k: int,
    *,
    weighted: bool,
) -> dict[str, _Tally]:
    """Customers, their weight and its squares, by level and segment, of every category."""
    found: dict[str, _Tally] = {v.key: {} for v in variables}
    for start in range(0, len(variables), _CATEGORIES_A_QUERY):
        part = [v.key for v in variables[start : start + _CATEGORIES_A_QUERY]]
        for row in table.session.rows(_counting(rows, part, weighted=weighted)):
            # The other categories are NULL here; all are where this one is not known.
            for key in part:
                if row[key] is not None:
                    cell = found[key].setdefault(row[key], np.zeros((len(_TALLIED), k)))
                    cell[:, row["segment"]] = [row.get(name, row["n"]) for name in _TALLIED]
    return found


def _counting(rows: ir.Table, keys: list[str], *, weighted: bool) -> str:
    """Count the levels of several categories in one pass, which Ibis cannot express."""
    cells = rows.select("segment", "weight", **{key: _level(rows[key]) for key in keys})
    sums = ", sum(weight) AS mass, sum(weight * weight) AS square" if weighted else ""
    levels = [quoted(key) for key in keys]
    sets = ", ".join(f"(segment, {level})" for level in levels)
    return (
        f"SELECT segment, {', '.join(levels)}, count(*) AS n{sums} "  # noqa: S608 - our own names
        f"FROM ({compiled(cells)}) GROUP BY GROUPING SETS ({sets})"
    )


def _level(cell: ir.Value) -> ir.StringValue:
    """A level as people write it: yes and no, whole numbers without a point."""
    if cell.type().is_boolean():
        return cell.ifelse("yes", "no")
    text = cell.cast("string")
    return text.re_replace(r"\.0$", "") if cell.type().is_floating() else text
