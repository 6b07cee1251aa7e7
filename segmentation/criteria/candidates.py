"""Candidates: can a variable be measured well enough to be worth forming segments with?

Enters: variables and their cells, before any segment is sought. Leaves: fill rate, reliability and
cost of asking of each. Refuses to choose: it tells what speaks against a variable.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import ibis.expr.types as ir

from segmentation.audit import Audit
from segmentation.criteria.checks import Verdict, graded
from segmentation.criteria.thresholds import Thresholds
from segmentation.intake import CustomerTable
from segmentation.preparation.batteries import batteries_of
from segmentation.variables import FORMING_SCALES, Role, Variable
from segmentation.variables.ranks import rank_of

# Nunnally (1978): enough for early research.
RELIABLE, DOUBTFUL = 0.7, 0.6
_CANDIDATES = (Role.BASIS, Role.DESCRIPTOR)


@dataclass(frozen=True, slots=True)
class Battery:
    """Items on one scale, and how far they measure one thing.

    Attributes
    ----------
    items : tuple of str
    alpha : float
        Cronbach's alpha; NaN where it cannot be worked out.
    n : int
        Customers who answered all items.
    """

    items: tuple[str, ...]
    alpha: float
    n: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of how well a variable can be measured.

    Attributes
    ----------
    name : str
    forms : bool
        Whether it forms the segments now.
    filled : float
        Share of customers with a value, in [0, 1].
    verdict : Verdict
        On the fill rate; the thresholds are those of measurable segments.
    codes : int
        Values that seem to stand for no answer.
    rounded : float or None
        Index of rounding (Whipple's, 100 for none) where values heap on round numbers.
    battery : int or None
        Which battery it is an item of.
    asked : bool
        Whether customers have to be asked for it; else it is in the data.
    """

    name: str
    forms: bool
    filled: float
    verdict: Verdict
    codes: int
    rounded: float | None
    battery: int | None
    asked: bool


def cronbach_alpha(item_variances: Sequence[float], total_variance: float) -> float:
    """Cronbach's alpha: how far items measure one thing, from their variances [1]_.

    alpha = p / (p - 1) * (1 - sum of the items' variances / variance of their sum)

    Parameters
    ----------
    item_variances : sequence of float
        One an item.
    total_variance : float
        Of the customers' sums over all items.

    Returns
    -------
    float
        At most 1; NaN with fewer than two items, or where nobody differs.

    References
    ----------
    .. [1] Cronbach (1951), Coefficient alpha and the internal structure of tests, Psychometrika
       16:297-334.

    Examples
    --------
    >>> cronbach_alpha([1.0, 1.0], 4.0)
    1.0
    """
    p = len(item_variances)
    if p < 2 or not total_variance > 0:
        return math.nan
    return p / (p - 1) * (1 - sum(item_variances) / total_variance)


def batteries(table: CustomerTable, variables: Sequence[Variable]) -> tuple[Battery, ...]:
    """Work out the reliability of every battery among the variables that form segments.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable

    Returns
    -------
    tuple of Battery
    """
    basis = {v.name: v for v in variables if v.role is Role.BASIS}
    rows = table.population()
    found = []
    for names in batteries_of(tuple(basis.values())):
        cells = {f"i{i}": _number(rows, basis[name]) for i, name in enumerate(names)}
        items = rows.select(**cells)
        complete = items.filter([items[key].notnull() for key in cells])
        total = reduce(add, [complete[key] for key in cells])
        variances = {key: complete[key].var(how="sample") for key in cells}
        asked = complete.aggregate(n=complete.count(), total=total.var(how="sample"), **variances)
        counted = table.session.arrow(asked).to_pylist()[0]
        alpha = cronbach_alpha([counted[key] or 0.0 for key in cells], counted["total"] or 0.0)
        found.append(Battery(names, alpha, int(counted["n"])))
    return tuple(found)


def _number(rows: ir.Table, item: Variable) -> ir.Value:
    """An answer as a number: its rank, 0 and 1 for no and yes, or as it is."""
    cell = rows[item.key]
    if item.is_ranked:
        return rank_of(cell, item.column.levels)
    return (cell.cast("int8") if cell.type().is_boolean() else cell).cast("float64")


def candidates(
    variables: Sequence[Variable],
    audit: Audit,
    known: Sequence[Battery],
    asked: Sequence[str],
    thresholds: Thresholds,
) -> tuple[Candidate, ...]:
    """Judge every variable that forms, or could form, segments.

    Parameters
    ----------
    variables : sequence of Variable
    audit : Audit
        Its findings about gaps, codes and rounding are used.
    known : sequence of Battery
    asked : sequence of str
        Variables that customers have to be asked for.
    thresholds : Thresholds

    Returns
    -------
    tuple of Candidate
        Those that form segments first, then the order of the file.
    """
    battery = {name: i for i, each in enumerate(known) for name in each.items}
    enough = thresholds.value("measurable-share")
    doubtful = thresholds.value("measurable-share-caution")
    found = []
    for v in variables:
        if v.role not in _CANDIDATES or v.scale not in FORMING_SCALES or v.private:
            continue
        gaps = v.column.n_missing + v.column.n_failed
        filled = 1 - gaps / max(1, audit.n_rows)
        rounded = [f for f in audit.findings if f.code == "heaping" and v.name in f.columns]
        codes = sum(f.n for f in audit.findings if f.code == "sentinel" and v.name in f.columns)
        found.append(
            Candidate(
                name=v.name,
                forms=v.role is Role.BASIS,
                filled=filled,
                verdict=graded(filled, enough, doubtful),
                codes=codes,
                rounded=_index(rounded[0].get("index")) if rounded else None,
                battery=battery.get(v.name),
                asked=v.name in asked,
            )
        )
    return tuple(sorted(found, key=lambda candidate: not candidate.forms))


def _index(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan
