"""Batteries: items answered on one common scale, and the habits of those who answer them.

Enters: basis variables and their values. Leaves: which of them are a battery, and the same answers
as differences from each customer's own mean. Refuses to mix scales: a mean over ratings from 1 to 5
and from 0 to 100 would say nothing about a habit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from segmentation.intake import Kind
from segmentation.preparation.cells import is_yes_no
from segmentation.preparation.transforms import Cells, Floats
from segmentation.variables import Scale, Variable

# A mean over fewer answers is more about the items than about the habit.
MIN_ITEMS = 3


def is_battery(basis: Sequence[Variable]) -> bool:
    """Tell whether all basis variables are answers on one common scale.

    Such items are comparable as they are; the field uses them unscaled.
    """
    if all(is_yes_no(v) for v in basis):
        return True
    if not all(_is_rating(v) for v in basis):
        return False
    return len({v.answers for v in basis}) == 1


def batteries_of(basis: Sequence[Variable]) -> tuple[tuple[str, ...], ...]:
    """Return the names of the items of each battery among the basis variables.

    Parameters
    ----------
    basis : sequence of Variable

    Returns
    -------
    tuple of tuple of str
        Ratings with the same answers, three and more; yes/no items only where nothing else forms
        the segments, because a yes here and a yes there need not be answers to one question.
    """
    if all(is_yes_no(v) for v in basis):
        return (tuple(v.name for v in basis),) if len(basis) >= MIN_ITEMS else ()
    alike: dict[object, list[str]] = {}
    for variable in basis:
        if _is_rating(variable):
            alike.setdefault(variable.answers, []).append(variable.name)
    return tuple(tuple(names) for names in alike.values() if len(names) >= MIN_ITEMS)


def centred(
    columns: Mapping[str, Cells], battery: Sequence[str]
) -> tuple[dict[str, Cells], npt.NDArray[np.bool_]]:
    """Subtract from each answer the mean of all answers that the same customer gave [1]_.

    Some people say yes to everything, or like everything; what is left is what they prefer.
    A customer who gives the same answer throughout prefers nothing: 0 for each item.

    Parameters
    ----------
    columns : mapping of str to ndarray of shape (n_customers,)
        Numbers, NaN where missing.
    battery : sequence of str
        The items.

    Returns
    -------
    columns : dict of str to ndarray of shape (n_customers,)
        The items' differences; NaN stays NaN.
    flat : ndarray of shape (n_customers,)
        Who gave the same answer throughout.

    References
    ----------
    .. [1] Fischer (2004), Standardization to account for cross-cultural response bias, Journal of
       Cross-Cultural Psychology 35:263-282 (within-subject centring).
    """
    answers: Floats = np.column_stack([columns[name] for name in battery]).astype(np.float64)
    known = ~np.isnan(answers)
    n = known.sum(axis=1)
    means = np.where(known, answers, 0.0).sum(axis=1) / np.maximum(n, 1)
    differences = answers - means[:, None]
    flat = (n > 0) & ~(known & (answers != means[:, None])).any(axis=1)
    return {name: differences[:, i] for i, name in enumerate(battery)}, flat


def _is_rating(variable: Variable) -> bool:
    number = variable.column.kind is Kind.NUMBER
    return variable.scale is Scale.ORDINAL and (variable.is_ranked or number)
