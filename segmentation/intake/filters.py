"""The population filter: which customers a study looks at at all.

Enters: conditions the user set. Leaves: an Ibis predicate. Refuses to run anything. A condition on
a cell without a value is not met, unless it asks for missing values.
"""

from __future__ import annotations

import datetime as dt
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
        As text; ``IS`` and ``IS_NOT`` take any number, ``AT_LEAST`` and ``AT_MOST`` one. Dates are
        year first. A text that is no value of the column's kind is equal to none of its cells, and
        none is above or below it.
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
    values = [value for text in condition.values if (value := _value(cell, text)) is not None]
    known = cell.notnull()
    cell = ibis.ifelse(cell, "yes", "no") if cell.type().is_boolean() else cell
    if condition.operator is Operator.IS:
        met = cell.isin(values)
    elif condition.operator is Operator.IS_NOT:
        met = cell.notin(values)
    elif not values:
        met = ibis.literal(False)
    else:
        met = cell >= values[0] if condition.operator is Operator.AT_LEAST else cell <= values[0]
    return known & met


def _value(cell: ir.Value, text: str) -> float | dt.datetime | str | None:
    """Read a condition's text as what the column holds; None where it cannot be that.

    Yes/no is compared as the words ``yes`` and ``no``.
    """
    try:
        if cell.type().is_floating():
            return float(text)
        if cell.type().is_temporal():
            return dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return text
