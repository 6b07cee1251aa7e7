"""How a number spreads within each segment, with the whole market beside it.

Enters: a customer table, a variable and the engine table of labels. Leaves: quantiles by segment,
worked out in the engine. Refuses to weigh: a quantile is of customers, each once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import ibis.expr.types as ir

from segmentation.intake import CustomerTable
from segmentation.profiles.labelled import labelled
from segmentation.variables import Variable

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the values of a segment lie.

    Attributes
    ----------
    segment : int or None
        None is the whole market: all customers who are in a segment.
    n : int
        Customers with a value.
    quantiles : tuple of float
        At 5, 25, 50, 75 and 95 %, in the variable's own unit; NaN where nobody has a value.
    """

    segment: int | None
    n: int
    quantiles: tuple[float, ...]


def spreads(
    table: CustomerTable, variables: Sequence[Variable], labels: str, k: int, name: str
) -> tuple[Spread, ...]:
    """Return the spread of a number in the market and in each segment.

    Parameters
    ----------
    table : CustomerTable
        Its population.
    variables : sequence of Variable
    labels : str
        Engine table with ``__row`` and ``segment``.
    k : int
        Number of segments.
    name : str
        Of a variable that holds numbers.

    Returns
    -------
    tuple of Spread
        The market first, then each segment.
    """
    variable = next(v for v in variables if v.name == name)
    rows = labelled(table, variables, labels)
    rows = rows.select("segment", value=rows[variable.key].cast("float64"))
    measures: dict[str, ir.Scalar] = {"n": rows.value.count()}
    measures |= {f"q{i}": rows.value.quantile(at) for i, at in enumerate(QUANTILES)}
    market = table.session.arrow(rows.aggregate(**measures)).to_pylist()[0]
    found = table.session.arrow(rows.group_by("segment").aggregate(**measures)).to_pylist()
    by_segment = {row["segment"]: row for row in found}
    nobody: dict[str, float] = {"n": 0}
    return (
        _spread(None, market),
        *(_spread(segment, by_segment.get(segment, nobody)) for segment in range(k)),
    )


def _spread(segment: int | None, row: dict[str, float]) -> Spread:
    values = [row.get(f"q{i}") for i in range(len(QUANTILES))]
    return Spread(
        segment, int(row["n"]), tuple(math.nan if value is None else value for value in values)
    )
