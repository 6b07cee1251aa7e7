"""The population filter: which customers a study looks at at all.

Enters: conditions the user set. Leaves: an Ibis predicate. Refuses to run anything. A condition on
a cell without a value is not met, unless it asks for missing values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import ibis
import ibis.expr.types as ir


class Operator(StrEnum):
    """How a condition compares."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    KNOWN = "known"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the population filter; all of them must hold.

    Attributes
    ----------
    column : str
        Name in the file.
    operator : Operator
        How to compare.
    values : tuple of str
        As text; ``IS`` and ``IS_NOT`` take any number, ``AT_LEAST`` and ``AT_MOST`` one.
    """

    column: str
    operator: Operator
    values: tuple[str, ...] = ()


def predicate(rows: ir.Table, key: str, condition: Condition) -> ir.BooleanValue:
    """Build the condition on a typed column.

    Parameters
    ----------
    rows : ibis Table
        The typed customers.
    key : str
        Physical column.
    condition : Condition
        What must hold.

    Returns
    -------
    ibis BooleanValue
        True where the condition is met, false where it is not or the cell has no value.
    """
    cell = rows[key]
    if condition.operator is Operator.MISSING:
        return cell.isnull()
    if condition.operator is Operator.KNOWN:
        return cell.notnull()
    if condition.operator in (Operator.IS, Operator.IS_NOT):
        among = _as_text(cell).isin(list(condition.values))
        met = among if condition.operator is Operator.IS else ~among
    else:
        bound = _bound(cell, condition.values[0])
        met = cell >= bound if condition.operator is Operator.AT_LEAST else cell <= bound
    return met.fill_null(False)


def _as_text(cell: ir.Value) -> ir.StringValue:
    """Text of a cell as the interface shows it: whole numbers without a point, yes and no."""
    if cell.type().is_boolean():
        return ibis.ifelse(cell, "yes", "no")
    if cell.type().is_floating():
        whole = cell == cell.floor()
        return ibis.ifelse(whole, cell.cast("int64").cast("string"), cell.cast("string"))
    return cell.cast("string")


def _bound(cell: ir.Value, text: str) -> ir.Value:
    if cell.type().is_temporal():
        return ibis.literal(text).cast(cell.type())
    if cell.type().is_numeric():
        return ibis.literal(float(text))
    return ibis.literal(text)
