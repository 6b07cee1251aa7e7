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
import numpy.typing as npt

from segmentation.intake import CustomerTable, Kind
from segmentation.preparation import weight_of
from segmentation.preparation.cells import is_category
from segmentation.profiles.facts import LevelFact, NumberFact, Profile, SegmentSize
from segmentation.profiles.intervals import effective_size, wilson
from segmentation.profiles.labelled import ZERO, BySegment, by_segment, labelled
from segmentation.variables import Role, Scale, Variable
from segmentation.variables.ranks import rank_of

LEVELS_SHOWN = 12
PROFILED_ROLES = (Role.BASIS, Role.DESCRIPTOR, Role.OUTCOME, Role.GIVEN_SEGMENT, Role.CONSENT)
_NUMBERS_A_QUERY = 15
_TALLIED = ("n", "mass", "square")
_MASS = 1


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
    facts: list[NumberFact] = []
    for start in range(0, len(numbers), _NUMBERS_A_QUERY):
        part = numbers[start : start + _NUMBERS_A_QUERY]
        facts += _number_facts(table, rows, part, k, weighted=weighted)
    level_facts = [f for v in levels for f in _level_facts(table, rows, v, k, weighted=weighted)]
    return Profile(
        k=k,
        sizes=_sizes(table, rows, k),
        numbers=tuple(facts),
        levels=tuple(level_facts),
        basis=tuple(v.name for v in variables if v.role is Role.BASIS),
    )


def _sizes(table: CustomerTable, rows: ir.Table, k: int) -> tuple[SegmentSize, ...]:
    square = (rows.weight * rows.weight).sum()
    measures = {"n": rows.count(), "mass": rows.weight.sum(), "square": square}
    found = by_segment(table, rows, measures, k)
    total, squares = float(found["mass"].sum()), float(found["square"].sum())
    effective = effective_size(total, squares)
    shares = found["mass"] / total if total > 0 else found["mass"]
    return tuple(
        SegmentSize(segment, int(n), float(share), *wilson(float(share), effective))
        for segment, (n, share) in enumerate(zip(found["n"], shares, strict=True))
    )


def _number_facts(
    table: CustomerTable, rows: ir.Table, variables: list[Variable], k: int, *, weighted: bool
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
        squared = inside * inside
        measures |= {f"n{i}": number.count()}
        if weighted:
            weight = ibis.ifelse(number.notnull(), rows.weight, ZERO)
            measures |= {f"w{i}": weight.sum(), f"v{i}": (weight * weight).sum()}
            inside, squared = rows.weight * inside, rows.weight * squared
        measures |= {f"s{i}": inside.sum(), f"q{i}": squared.sum()}
    found = by_segment(table, rows, measures, k)
    if not weighted:  # each counts once
        counts = {f"{letter}{i}": found[f"n{i}"] for letter in "wv" for i in range(len(variables))}
        found |= counts
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


def _level_facts(
    table: CustomerTable, rows: ir.Table, variable: Variable, k: int, *, weighted: bool
) -> list[LevelFact]:
    tally = _tally(table, rows, variable, k, weighted=weighted)
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


def _tally(
    table: CustomerTable, rows: ir.Table, variable: Variable, k: int, *, weighted: bool
) -> dict[str, npt.NDArray[np.float64]]:
    """Customers, their weight and its squares, by level and segment."""
    cells = rows.select("segment", "weight", level=_level(rows[variable.key]))
    known = cells.filter(cells.level.notnull())
    grouped = known.group_by("segment", "level")
    measures = {"n": known.count()}
    if weighted:
        square = (known.weight * known.weight).sum()
        measures |= {"mass": known.weight.sum(), "square": square}
    counted = grouped.aggregate(**measures)
    found: dict[str, npt.NDArray[np.float64]] = {}
    for row in table.session.arrow(counted).to_pylist():
        cell = found.setdefault(row["level"], np.zeros((len(_TALLIED), k)))
        cell[:, row["segment"]] = [row.get(name, row["n"]) for name in _TALLIED]
    return found


def _level(cell: ir.Value) -> ir.StringValue:
    """A level as people write it: yes and no, whole numbers without a point."""
    if cell.type().is_boolean():
        return cell.ifelse("yes", "no")
    text = cell.cast("string")
    return text.re_replace(r"\.0$", "") if cell.type().is_floating() else text
