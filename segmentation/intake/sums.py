"""Are the numbers of a row the sums, means or counts of those in the rows above it?

Enters: the cells of a row and of those above. Leaves: yes or no. Refuses to take one number that
happens to fit for proof: at least half of them must, and a column in which nothing varies says
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from segmentation.intake.kinds import Style
from segmentation.intake.numbers import value

_EXACT = 1e-9
Rows = Sequence[Sequence[str]]


class Statistic(StrEnum):
    """What a row below a table can say about it."""

    SUM = "sum"
    MEAN = "mean"
    COUNT = "count"


def is_statistic(
    cells: Mapping[int, str], above: Rows, numeric: Sequence[int], statistic: Statistic
) -> bool:
    """Tell whether at least half of a row's numbers are a statistic of their columns.

    Parameters
    ----------
    cells : mapping of int to str
        The row's numbers, by column.
    above : sequence of sequence of str
        The rows above it.
    numeric : sequence of int
        Columns of numbers.
    statistic : Statistic

    Examples
    --------
    >>> rows = [["Ann", "3"], ["Bob", "5"]]
    >>> is_statistic({1: "4.0"}, rows, [1], Statistic.MEAN)
    True
    >>> is_statistic({1: "5"}, rows, [1], Statistic.SUM)
    False
    """
    judged = [i for i in numeric if i in cells]
    if not judged or len(above) < 2:
        return False
    return any(
        2 * sum(_fits(cells[i], _values(above, i, style), statistic, style) for i in judged)
        >= len(judged)
        for style in (Style.POINT, Style.COMMA)
    )


def could_be_sums(cells: Mapping[int, str], above: Rows, numeric: Sequence[int]) -> bool:
    """Tell whether a number of a row could be the sum of at least the numbers seen above it.

    The rows seen may be the last ones of many. Where no row is above, nothing speaks against it.

    Examples
    --------
    >>> rows = [["Ann", "3"], ["Bob", "5"]]
    >>> could_be_sums({1: "8"}, rows, [1]), could_be_sums({1: "5"}, rows, [1])
    (True, False)
    """
    if not above:
        return True
    for style in (Style.POINT, Style.COMMA):
        for i in numeric:
            total = value(cells.get(i, "").strip(), style)
            values = _values(above, i, style)
            if total is not None and any(values) and _at_least(total, sum(values)):
                return True
    return False


def _at_least(total: float, seen: float) -> bool:
    return abs(total) >= abs(seen) * (1 - _EXACT)


def _values(above: Rows, i: int, style: Style) -> list[float]:
    found = (value(row[i].strip(), style) for row in above if i < len(row))
    return [each for each in found if each is not None]


def _fits(text: str, values: Sequence[float], statistic: Statistic, style: Style) -> bool:
    said = value(text.strip(), style)
    if said is None or len(set(values)) < 2:
        return False
    total, n = sum(values), len(values)
    wanted = {Statistic.SUM: total, Statistic.MEAN: total / n, Statistic.COUNT: n}[statistic]
    return abs(said - wanted) <= _rounding(text, style) + _EXACT * abs(wanted)


def _rounding(text: str, style: Style) -> float:
    """Return by how much a number can be off through rounding to its last digit."""
    digits = text.rpartition("." if style is Style.POINT else ",")
    n_decimals = sum(sign.isdigit() for sign in digits[2]) if digits[1] else 0
    return float(0.5 * 10.0**-n_decimals)
