"""The population filter: which customers a study looks at at all.

Enters: conditions the user set. Leaves: an Ibis predicate. Refuses to run anything. A condition on
a cell without a value is not met, unless it asks for missing values. Some conditions are about
whole rows: that a row is the first of its kind, that it has answers, that its answers differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
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
    CONTAINS = "contains"
    KNOWN = "known"
    MISSING = "missing"
    ONCE = "once"
    ANSWERED = "answered"
    VARIED = "varied"


WHOLE_ROW = ""
ABOUT_ROWS = frozenset({Operator.ONCE, Operator.ANSWERED, Operator.VARIED})
# How many values an operator takes at least and at most; None for any number.
_TAKES: Mapping[Operator, tuple[int, int | None]] = {
    Operator.IS: (0, None),
    Operator.IS_NOT: (0, None),
    Operator.AT_LEAST: (1, 1),
    Operator.AT_MOST: (1, 1),
    Operator.CONTAINS: (1, None),
    Operator.KNOWN: (0, 0),
    Operator.MISSING: (0, 0),
    Operator.ONCE: (0, 0),
    Operator.ANSWERED: (2, None),
    Operator.VARIED: (2, None),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the population filter; all of them must hold.

    Attributes
    ----------
    column : str
        Name in the file; blank for a condition about whole rows. ``ONCE`` keeps the first row of
        each value of the column, or the first of equal rows.
    operator : Operator
        How to compare.
    values : tuple of str
        As text. ``ANSWERED`` takes a share in [0, 1] and columns, and leaves out the rows that lack
        more than that share of them; ``VARIED`` takes columns, and leaves out the rows with one
        answer in all of them. ``IS`` and ``IS_NOT`` take any number, ``AT_LEAST`` and ``AT_MOST``
        one. ``CONTAINS`` takes parts of a text, upper and lower case alike, of which one must be
        in it; a number or a date contains none. Dates are year first. A text that is no value of
        the column's kind is equal to none of its cells, and none is above or below it; a text that
        is no share is met by no row.
    """

    column: str
    operator: Operator
    values: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the file that it needs.

        Examples
        --------
        >>> Condition(WHOLE_ROW, Operator.ANSWERED, ("0.5", "a", "b")).columns
        ('a', 'b')
        """
        if self.operator is Operator.ANSWERED:
            return self.values[1:]
        if self.operator is Operator.VARIED:
            return self.values
        equal_rows = self.operator is Operator.ONCE and self.column == WHOLE_ROW
        return () if equal_rows else (self.column,)

    @property
    def share(self) -> float | None:
        """The share of ``ANSWERED``, in [0, 1]; None of other operators and where it is none.

        Examples
        --------
        >>> Condition(WHOLE_ROW, Operator.ANSWERED, ("0.5", "a", "b")).share
        0.5
        """
        if self.operator is not Operator.ANSWERED or not self.values:
            return None
        try:
            share = float(self.values[0])
        except ValueError:
            return None
        return share if 0 <= share <= 1 else None

    @property
    def flaw(self) -> str:
        """The field that the operator can make nothing of; blank where both fit.

        Examples
        --------
        >>> Condition(WHOLE_ROW, Operator.ANSWERED, ("much", "a")).flaw
        'values'
        >>> Condition(WHOLE_ROW, Operator.KNOWN).flaw
        'column'
        """
        whole = self.column == WHOLE_ROW
        if whole is not (self.operator in ABOUT_ROWS) and self.operator is not Operator.ONCE:
            return "column"
        least, most = _TAKES[self.operator]
        if len(self.values) < least or (most is not None and len(self.values) > most):
            return "values"
        return "values" if self.operator is Operator.ANSWERED and self.share is None else ""


def predicate(
    rows: ir.Table, condition: Condition, key_of: Callable[[str], str], file: ir.Table
) -> ir.BooleanValue:
    """Build a condition on typed customers.

    Parameters
    ----------
    rows : ibis Table
        The typed customers that passed the conditions before this one.
    condition : Condition
        What must hold.
    key_of : callable
        Returns the physical column of a name in the file.
    file : ibis Table
        The file's rows: ``__row`` and ``__digest``.

    Returns
    -------
    ibis BooleanValue
        True where the condition is met, false where it is not or the cell has no value.
    """
    if condition.operator in ABOUT_ROWS:
        return _about_row(rows, condition, key_of, file)
    cell = rows[key_of(condition.column)]
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
    elif condition.operator is Operator.CONTAINS:
        met = _contains(cell, condition.values)
    elif not values:
        met = ibis.literal(False)
    else:
        met = cell >= values[0] if condition.operator is Operator.AT_LEAST else cell <= values[0]
    return known & met


def _about_row(
    rows: ir.Table, condition: Condition, key_of: Callable[[str], str], file: ir.Table
) -> ir.BooleanValue:
    cells = [rows[key_of(name)] for name in condition.columns]
    if condition.operator is Operator.ANSWERED:
        if condition.share is None:
            return ibis.literal(False)
        gaps = sum((cell.isnull().cast("int32") for cell in cells), ibis.literal(0))
        return gaps <= condition.share * len(cells)
    if condition.operator is Operator.VARIED:
        texts = [cell.cast("string") for cell in cells]
        same = [text == texts[0] for text in texts[1:]]
        return ~ibis.and_(*same).fill_null(False)
    # A row without a value in the column is no repeat of another one without.
    group, among = (cells[0].get_name(), rows) if cells else ("__digest", file)
    firsts = among.group_by(group).aggregate(first=among["__row"].min())
    first = rows["__row"].isin(firsts["first"])
    return first | cells[0].isnull() if cells else first


def _contains(cell: ir.Value, parts: tuple[str, ...]) -> ir.BooleanValue:
    if not cell.type().is_string():
        return ibis.literal(False)
    text = cell.lower()
    # The engine folds both sides, so that they agree about letters outside ASCII; a place rather
    # than "contains", which not every database knows.
    return ibis.or_(*(text.find(ibis.literal(part).lower()) >= 0 for part in parts))


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
