"""Customers with their segment, and what the engine counted by segment.

Enters: a customer table, variables and the engine table of labels. Leaves: an Ibis table, or plain
arrays by segment. Refuses to fetch customers.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from segmentation.intake import CustomerTable
from segmentation.preparation import weight_of
from segmentation.variables import Variable

# Literals like 1.0 would be decimals in the engine, and their sums slow decimal arithmetic.
ONE, ZERO = ibis.literal(1).cast("float64"), ibis.literal(0).cast("float64")
BySegment = dict[str, npt.NDArray[np.float64]]


def labelled(table: CustomerTable, variables: Sequence[Variable], labels: str) -> ir.Table:
    """Return the population with its ``segment`` and a positive ``weight`` column.

    Where everybody has a label, in the order of the rows, the two tables are laid side by side:
    looking up each customer's label would cost more than most of what is asked of them.

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
    segments = table.session.table(labels)
    if are_side_by_side(table, labels):
        rows = table.everyone().join(segments, how="positional").drop("__row_right")
    else:
        rows = table.population().join(segments, "__row")
    weight = weight_of(variables)
    if weight is None:
        return rows.mutate(weight=ONE)
    cleaned = ibis.greatest(rows[weight.key].fill_null(ZERO), ZERO)
    return rows.mutate(weight=cleaned)


def are_side_by_side(table: CustomerTable, labels: str) -> bool:
    """Tell whether the n-th label is the n-th customer's, from the first to the last.

    Parameters
    ----------
    table : CustomerTable
    labels : str
        As for :func:`labelled`, which then gives rows that one thread alone can read.
    """
    if table.conditions or table.session.is_view(table.name) or table.session.is_view(labels):
        return False  # a filter leaves rows out, and a file is read in several places at once
    customers, segments = table.everyone(), table.session.table(labels)
    pairs = customers.join(segments, how="positional")
    # A table that ends before the other one goes on with NULLs.
    found = pairs.aggregate(
        n=pairs.count(), same=(pairs["__row"] == pairs["__row_right"]).sum().fill_null(0)
    )
    counted = table.session.arrow(found).to_pylist()[0]
    return bool(counted["n"] == counted["same"])


def by_segment(
    table: CustomerTable, rows: ir.Table, measures: dict[str, ir.Scalar], k: int
) -> BySegment:
    """Aggregate labelled customers in the engine.

    Parameters
    ----------
    table : CustomerTable
        Whose engine computes.
    rows : ibis Table
        What :func:`labelled` returned.
    measures : dict of str to ibis Scalar
        By name.
    k : int
        Number of segments.

    Returns
    -------
    dict of str to ndarray of shape (k,)
        Every measure by segment; 0 for a segment without customers.
    """
    found = table.session.arrow(rows.group_by("segment").aggregate(**measures))
    segments = found["segment"].to_numpy()
    counted: BySegment = {}
    for name in measures:
        counted[name] = np.zeros(k)
        counted[name][segments] = np.nan_to_num(found[name].cast("float64").to_numpy())
    return counted
