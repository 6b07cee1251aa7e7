"""How many customers meet a filter as one of its thresholds moves.

Enters: a ground, a filter and one of its conditions on a number. Leaves: a curve, from one query.
Refuses conditions without a threshold.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from segmentation.intake import Condition, CustomerTable, Kind, Operator
from segmentation.sizing.filters import Group, met
from segmentation.sizing.ground import Ground

STEPS = 41
Sums = npt.NDArray[np.float64]
MOVABLE = frozenset({Operator.AT_LEAST, Operator.AT_MOST})


@dataclass(frozen=True, slots=True)
class Curve:
    """Customers by threshold.

    Attributes
    ----------
    condition : Condition
        The one that moves, as it stands.
    thresholds : tuple of float
        In rising order.
    customers : tuple of float
        Who would meet the filter; projected where a sample was asked.
    is_exact : bool
    """

    condition: Condition
    thresholds: tuple[float, ...]
    customers: tuple[float, ...]
    is_exact: bool


def movable(table: CustomerTable, group: Group) -> tuple[Condition, ...]:
    """Return the conditions of a filter that have a number as threshold, each once."""
    found = (leaf for leaf in group.leaves if isinstance(leaf, Condition))
    numbers = {column.name for column in table.columns if column.kind is Kind.NUMBER}
    fitting = (c for c in found if c.operator in MOVABLE and c.column in numbers)
    return tuple(dict.fromkeys(c for c in fitting if _threshold(c) is not None))


def moved(condition: Condition, threshold: float) -> Condition:
    """Return a condition with another threshold."""
    return replace(condition, values=(f"{threshold:.12g}",))


def threshold_of(condition: Condition) -> float:
    """Return a movable condition's threshold."""
    return float(condition.values[0])


def _threshold(condition: Condition) -> float | None:
    try:
        number = float(condition.values[0])
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def grid(table: CustomerTable, condition: Condition) -> tuple[float, ...]:
    """Return the thresholds to look at: even steps over the column's range, and the present one.

    Whole numbers where the column has nothing else.
    """
    column = table.column(condition.column)
    now = threshold_of(condition)
    low = now if column.low is None else min(column.low, now)
    high = now if column.high is None else max(column.high, now)
    steps = np.linspace(low, high, STEPS)
    if column.whole:
        steps = np.unique(np.round(steps))
    return tuple(float(x) for x in sorted({*steps.tolist(), now}))


def curve(ground: Ground, group: Group, condition: Condition) -> Curve:
    """Count who meets a filter for every threshold of one of its conditions.

    The customers are sorted into the gaps between thresholds once: those who meet the filter if
    they meet the condition, and those who meet it if they do not. Sums over the gaps make the
    curve, so it takes one query however many thresholds there are.

    Parameters
    ----------
    ground : Ground
    group : Group
    condition : Condition
        One of ``movable``.

    Returns
    -------
    Curve
    """
    thresholds = grid(ground.table, condition)
    rows = ground.rows(group)
    cell = rows[ground.table.column(condition.column).key]
    rising = condition.operator is Operator.AT_LEAST
    gaps = rows.select(
        gap=_gap(cell, thresholds, rising=rising),
        inside=met(rows, group, ground.table.key_of, (condition, True)).cast("int64"),
        outside=met(rows, group, ground.table.key_of, (condition, False)).cast("int64"),
    )
    summed = gaps.group_by("gap").aggregate(
        inside=gaps["inside"].sum(), outside=gaps["outside"].sum()
    )
    found = ground.table.session.arrow(summed).to_pydict()
    inside, outside = np.zeros(len(thresholds) + 2), np.zeros(len(thresholds) + 2)
    at = np.array(found["gap"], dtype=np.int64) + 1  # the first place is for those without a value
    inside[at], outside[at] = found["inside"], found["outside"]
    customers = _summed(inside, outside, rising=rising) * ground.everyone.n / max(1, ground.n)
    return Curve(condition, thresholds, tuple(customers.tolist()), ground.sample is None)


def _gap(cell: ir.Value, thresholds: Sequence[float], *, rising: bool) -> ir.Value:
    """How many thresholds a value passes; -1 for no value.

    Of rising ones those up to the value; else those below it, which it does not meet.
    """
    branches = [(cell < t if rising else cell <= t, i) for i, t in enumerate(thresholds)]
    return ibis.cases((cell.isnull(), -1), *branches, else_=len(thresholds)).cast("int64")


def _summed(inside: Sums, outside: Sums, *, rising: bool) -> Sums:
    """Sum over the gaps on either side of each threshold; those without a value are outside."""
    left_in, left_out = np.cumsum(inside[1:]), np.cumsum(outside[1:])
    n = len(inside) - 2
    # A rising threshold i is met by the gaps above it, which are i + 1 and more.
    if rising:
        total: Sums = left_in[-1] - left_in[:n] + left_out[:n] + outside[0]
    else:
        total = left_in[:n] + left_out[-1] - left_out[:n] + outside[0]
    return total
