"""The cells of basis variables, out of the engine and in canonical order.

Enters: a customer table and variables. Leaves: arrays of numbers or text. Refuses to transform:
what a value becomes is learned in ``transforms``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.intake import CustomerTable, Kind
from segmentation.preparation.transforms import Cells
from segmentation.variables import Scale, Variable
from segmentation.variables.ranks import ranks

MICROSECONDS_A_DAY = 86_400e6


def fetch(table: CustomerTable, variables: Sequence[Variable]) -> pa.Table:
    """Bring columns out of the engine, in canonical order, which shuffled files share.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable

    Returns
    -------
    pyarrow Table
        ``__row`` and the variables' physical columns, one row a customer of the population.
    """
    keys = list(dict.fromkeys(["__key", "__row", *(v.key for v in variables)]))
    cells = table.session.arrow(table.population().select(*keys))
    order = np.lexsort((cells["__row"].to_numpy(), cells["__key"].to_numpy()))
    return cells.take(pa.array(order)).drop_columns(["__key"])


def is_yes_no(variable: Variable) -> bool:
    """Tell whether the values are 0 and 1, however the file says so."""
    column = variable.column
    coded = column.kind is Kind.NUMBER and column.whole and (column.low, column.high) == (0.0, 1.0)
    return variable.scale is Scale.BINARY and (column.kind is Kind.YESNO or coded)


def is_category(variable: Variable) -> bool:
    """Tell whether the values are levels without an order rather than numbers or ranks."""
    text = variable.column.kind is Kind.TEXT and not variable.is_ranked
    return text or variable.scale is Scale.NOMINAL


def n_outside(cells: pa.Table, variable: Variable) -> int:
    """Return how many fetched values of a ranked variable have no place in its order."""
    column = cells[variable.key]
    n_known = int(np.isfinite(ranks(column, variable.column.levels)).sum())
    return int(pc.count(column).as_py()) - n_known


def values_of(cells: pa.Table, variable: Variable) -> Cells:
    """Return the values of a fetched variable.

    Parameters
    ----------
    cells : pyarrow Table
        What :func:`fetch` brought.
    variable : Variable

    Returns
    -------
    ndarray of shape (n_customers,)
        For categories text, None where missing. Else float64, NaN where missing: 0 and 1 for no
        and yes, days for dates, 1 … L for levels in an order (NaN for those that have no place
        in it).
    """
    column = cells[variable.key]
    if variable.is_ranked:
        return ranks(column, variable.column.levels)
    if is_category(variable):
        if variable.column.kind is Kind.YESNO:
            column = pc.if_else(column, "yes", "no")
        texts: Cells = column.cast(pa.string()).to_numpy(zero_copy_only=False).astype(object)
        return texts
    if variable.column.kind is Kind.DATE:
        moments = column.cast(pa.timestamp("us")).cast(pa.int64())
        column = pc.divide(moments.cast(pa.float64()), MICROSECONDS_A_DAY)
    numbers: Cells = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return numbers
