"""Enough customers for the variables, and answers that were thought about?

Enters: a look at the table. Leaves: the sample-size rule and findings. Refuses to call equal
answers careless where the questions alone would make them so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from functools import reduce
from operator import and_

import ibis
import ibis.expr.types as ir
import numpy as np

from segmentation.audit.findings import (
    Action,
    Finding,
    Repair,
    SampleSize,
    Severity,
    named,
)
from segmentation.audit.limits import limit
from segmentation.audit.look import Look
from segmentation.variables import Role, Scale, Variable
from segmentation.variables.ranks import rank_of

ITEMS = 6
_MORE_THAN_CHANCE = 2.0
_LARGEST_POWER = 40
_LEAST_BASIS = 2


def sample_size(look: Look) -> SampleSize:
    """Return how many customers the number of basis variables asks for."""
    m = len(look.basis)
    return SampleSize(
        n_customers=look.n,
        n_basis=m,
        wanted=int(limit("sample-wanted")) * m,
        least=int(limit("sample-least")) * m,
        binary_rule=5 * 2 ** min(m, _LARGEST_POWER),
    )


def too_few_customers(look: Look) -> Iterator[Finding]:
    """Yield a sample that is small for its number of basis variables."""
    size = sample_size(look)
    if size.n_basis < _LEAST_BASIS or size.n_customers >= size.wanted:
        return
    code = "sample-small" if size.n_customers >= size.least else "sample-too-small"
    yield Finding(
        code,
        (),
        Severity.INFORMS if code == "sample-small" else Severity.WEAKENS,
        size.n_customers,
        size.n_customers / size.wanted,
        named(n_basis=size.n_basis, wanted=size.wanted, least=size.least),
        "sample-wanted" if code == "sample-small" else "sample-least",
    )


def straight_lining(look: Look) -> Iterator[Finding]:
    """Yield batteries that a notable share of respondents answer alike throughout."""
    batteries = {str(at): items for at, items in enumerate(_batteries(look))}
    asked: dict[str, ir.BooleanValue] = {}
    for name, items in batteries.items():
        answered = reduce(and_, [look.rows[v.key].notnull() for v in items])
        asked[f"all {name}"] = answered
        asked[f"same {name}"] = answered & _same(look, items)
    counted = look.count(asked)
    for name, items in batteries.items():
        n, answered_n = counted[f"same {name}"], counted[f"all {name}"]
        share = n / answered_n if answered_n else 0.0
        expected = _by_chance(look, items)
        if share < limit("straight-lining") or share < _MORE_THAN_CHANCE * expected:
            continue
        columns = tuple(v.name for v in items)
        # Of yes/no items only "yes to all" is doubtful: leaving out whoever gives one answer
        # throughout would lose those as well who rightly say no to all.
        yes_no = items[0].scale is Scale.BINARY
        yield Finding(
            "straight-lining",
            columns,
            Severity.WEAKENS,
            n,
            share,
            named(items=len(items), expected=round(expected, 4)),
            "straight-lining",
            None if yes_no else Repair(Action.LEAVE_OUT_ROWS, columns),
        )


def _batteries(look: Look) -> Iterator[Sequence[Variable]]:
    """Yield groups of six items and more on one scale; of yes/no items only recognised ones."""
    groups: defaultdict[Hashable, list[Variable]] = defaultdict(list)
    for variable in look.properties:
        column = variable.column
        item = any(reason.code == "battery-item" for reason in variable.reasons)
        if variable.role is Role.OUTCOME or not look.has_sample(variable):
            continue
        rated = variable.is_ranked or column.low is not None
        if (variable.scale is Scale.ORDINAL and rated) or (variable.scale is Scale.BINARY and item):
            groups[variable.scale, variable.answers].append(variable)
    yield from (group for group in groups.values() if len(group) >= ITEMS)


def _same(look: Look, items: Sequence[Variable]) -> ir.BooleanValue:
    """Return who gives one answer throughout; of yes/no items, who says yes to all of them."""
    cells = [
        rank_of(look.rows[v.key], v.column.levels)
        if v.is_ranked
        else look.rows[v.key].cast("float64")
        for v in items
    ]
    same = ibis.greatest(*cells) == ibis.least(*cells)
    return same & (cells[0] == 1) if items[0].scale is Scale.BINARY else same


def _by_chance(look: Look, items: Sequence[Variable]) -> float:
    """Return the share of equal answers if every item were answered independently."""
    answers = [look.known_numbers(v) for v in items]
    levels = np.unique(np.concatenate(answers))
    if items[0].scale is Scale.BINARY:
        levels = levels[levels == 1]
    shares = [[float((own == level).mean()) for level in levels] for own in answers if len(own)]
    return float(np.prod(shares, axis=0).sum()) if shares else 0.0
