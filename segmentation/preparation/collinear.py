"""Variables that say nearly the same: how much each shall count, or which one stands for them.

Enters: prepared features of the learning customers. Leaves: weights, groups, stand-ins. Refuses to
change a feature: that is done where transforms are made.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import connected_components

from segmentation.audit.redundancy import correlations

Numbers = npt.NDArray[np.float64]
# Above this correlation, |r|, two variables say nearly the same.
ALIKE = 0.8


def shared(values: npt.NDArray[np.float32], groups: Sequence[Sequence[int]]) -> Numbers:
    """Return how much variables say the same: their squared correlation.

    Between categories, and a category and a number, it is the RV coefficient [1]_ of their
    features, which for two numbers is the squared correlation.

    Parameters
    ----------
    values : ndarray of shape (n_learning, n_features)
        NaN where a value is missing; pairs are judged by those who know both.
    groups : sequence of sequence of int
        The columns of each variable.

    Returns
    -------
    ndarray of shape (n_variables, n_variables)
        In [0, 1], 1 on the diagonal; 0 where fewer than 30 customers know both.

    References
    ----------
    .. [1] Robert & Escoufier (1976), A unifying tool for linear multivariate statistical methods:
       the RV-coefficient, Applied Statistics 25:257-265.
    """
    exact = values.astype(np.float64)
    spread = np.nanstd(exact, axis=0)
    together = np.nan_to_num(correlations(exact)) * np.outer(spread, spread)
    member = np.zeros((len(groups), exact.shape[1]))
    for position, columns in enumerate(groups):
        member[position, list(columns)] = 1.0
    blocks = member @ together**2 @ member.T
    length = np.sqrt(np.diag(blocks))
    scale = np.outer(length, length)
    found = np.divide(blocks, scale, out=np.zeros_like(blocks), where=scale > 0)
    np.fill_diagonal(found, 1.0)
    return np.asarray(np.clip(found, 0.0, 1.0))


def weights(same: Numbers) -> Numbers:
    """Return 1 / Σ r² of each variable over those with which it says nearly the same, itself too.

    Six copies of one variable get a sixth each: together they count once.

    Examples
    --------
    >>> weights(np.ones((4, 4))).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    return np.asarray(1 / np.where(same > ALIKE**2, same, 0.0).sum(axis=1))


def groups(same: Numbers) -> list[list[int]]:
    """Return the groups of two and more variables that say nearly the same.

    Examples
    --------
    >>> groups(np.array([[1.0, 0.0, 0.9], [0.0, 1.0, 0.1], [0.9, 0.1, 1.0]]))
    [[0, 2]]
    """
    n, group = connected_components(same > ALIKE**2, directed=False)
    found = [np.flatnonzero(group == i).tolist() for i in range(n)]
    return sorted(members for members in found if len(members) > 1)


def stand_ins(same: Numbers, filled: Sequence[float], *, at_least: int) -> list[int]:
    """Return which variable stands for each one: itself, or one that says nearly the same.

    Parameters
    ----------
    same : ndarray of shape (n_variables, n_variables)
        As :func:`shared` returns it.
    filled : sequence of float
        Share of customers with a value. The best filled one stands for the others, of equals the
        one that says most of what all others say.
    at_least : int
        So many variables stand for themselves, however alike they are.

    Returns
    -------
    list of int
        Position of the stand-in of each variable.

    Examples
    --------
    >>> stand_ins(np.ones((3, 3)), [0.9, 1.0, 1.0], at_least=1)
    [1, 1, 1]
    """
    order = sorted(range(len(same)), key=lambda i: (-filled[i], -round(same[i].sum(), 9), i))
    stands: dict[int, int] = {}
    for place, i in enumerate(order):
        chosen = [j for j in set(stands.values()) if same[i, j] > ALIKE**2]
        needed = at_least - len(set(stands.values()))
        alone = not chosen or len(order) - place <= needed
        stands[i] = i if alone else max(chosen, key=lambda j: (same[i, j], -j))
    return [stands[i] for i in range(len(same))]
