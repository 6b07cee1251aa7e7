"""Measurability: do we know, for enough members, the variables that define their segment?

Enters: a customer table, its variables and the engine table of labels. Leaves: a share by segment,
and a check. Refuses to count a level without a place in its order as known.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_

import ibis
import ibis.expr.types as ir
import numpy as np

from segmentation.criteria.checks import Check, Verdict, graded
from segmentation.criteria.thresholds import THRESHOLDS, Thresholds
from segmentation.intake import CustomerTable
from segmentation.notes import Note
from segmentation.profiles import by_segment, labelled
from segmentation.profiles.labelled import ZERO
from segmentation.variables import Role, Variable
from segmentation.variables.ranks import rank_of

TINY = 1e-12


def filled_shares(
    table: CustomerTable, variables: Sequence[Variable], labels: str, k: int
) -> tuple[float, ...]:
    """Share of each segment's members whose basis variables are all filled.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
    labels : str
        Engine table with ``__row`` and ``segment``.
    k : int
        Number of segments.

    Returns
    -------
    tuple of float
        In [0, 1], weighted; 0 for a segment without members.
    """
    rows = labelled(table, variables, labels)
    basis = [v for v in variables if v.role is Role.BASIS]
    # Segments that are given need no basis: what defines them is known of every member.
    filled = reduce(and_, [_is_known(rows[v.key], v) for v in basis], ibis.literal(True))
    mass = ibis.ifelse(filled, rows.weight, ZERO).sum()
    found = by_segment(table, rows, {"all": rows.weight.sum(), "filled": mass}, k)
    everybody = np.maximum(found["all"], TINY)
    return tuple(float(share) for share in found["filled"] / everybody)


def _is_known(cell: ir.Value, variable: Variable) -> ir.BooleanValue:
    """Tell whether a cell has a value; a level without a place in the order has none."""
    return rank_of(cell, variable.column.levels).notnull() if variable.is_ranked else cell.notnull()


def measurability_check(segment: int, filled: float, thresholds: Thresholds) -> Check:
    """Judge the share of members whose defining variables are all filled.

    Parameters
    ----------
    segment : int
    filled : float
        In [0, 1].
    thresholds : Thresholds

    Returns
    -------
    Check
    """
    enough = thresholds.value("measurable-share")
    verdict = graded(filled, enough, thresholds.value("measurable-share-caution"))
    why = Note.of(f"measurability-{verdict.value}", share=round(filled, 4), threshold=enough)
    remedy = None if verdict is Verdict.PASS else Note.of("remedy-measurability")
    source = THRESHOLDS["measurable-share"].source
    return Check(segment, "measurability", verdict, filled, enough, source, why, remedy)
