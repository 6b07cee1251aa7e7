"""A multinomial logit whose questions come one after the other.

Enters: codes of answers and groups. Leaves: weights that add up to a group's log odds, for the
first question, the first two and so on. Each fit begins where the one before ended.

Böhning (1992), Multinomial logistic regression algorithm, Annals of the Institute of Statistical
Mathematics 44:197-200, bounds the curvature once and for all, so that a step is one product of
matrices; the momentum is Nesterov's (1983).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from segmentation.typing_tool.answers import Codes

# Steps for each further question; four times as many change an accuracy by less than a point.
STEPS = 12
# Pulls weights towards 0, as one customer with that answer would; the constant is left free.
RIDGE, FREE = 1.0, 1e-3
Weights = npt.NDArray[np.float64]


def indicators(codes: Codes, n_answers: Sequence[int]) -> npt.NDArray[np.float64]:
    """Return one column for the constant and one for each answer, 1 where it was given.

    Parameters
    ----------
    codes : ndarray of shape (n, n_questions)
    n_answers : sequence of int
        Of each question.

    Returns
    -------
    ndarray of shape (n, 1 + sum of n_answers)
    """
    blocks = [
        codes[:, [j]] == np.arange(1, n + 1, dtype=codes.dtype) for j, n in enumerate(n_answers)
    ]
    return np.hstack([np.ones((len(codes), 1)), *blocks]).astype(np.float64)


def path(
    codes: Codes, n_answers: Sequence[int], groups: npt.NDArray[np.int64], n_groups: int
) -> list[Weights]:
    """Fit the first question, the first two, and so on.

    Parameters
    ----------
    codes : ndarray of shape (n, n_questions)
        In the order in which they are asked.
    n_answers : sequence of int
    groups : ndarray of shape (n,)
    n_groups : int

    Returns
    -------
    list of ndarray of shape (1 + answers so far, n_groups)
    """
    design = indicators(codes, n_answers)
    member = np.eye(n_groups)[groups]
    squares = design.T @ design
    weights, found = np.zeros((1, n_groups)), []
    for end in 1 + np.cumsum(n_answers):
        weights = np.vstack([weights, np.zeros((end - len(weights), n_groups))])
        weights = _fitted(design[:, :end], squares[:end, :end], member, weights)
        found.append(weights)
    return found


def _fitted(design: Weights, squares: Weights, member: Weights, weights: Weights) -> Weights:
    ridge = np.full((len(weights), 1), RIDGE)
    ridge[0] = FREE
    bound = np.linalg.inv(squares / 2 + np.diag(ridge[:, 0]))
    ahead, speed = weights, 1.0
    for _ in range(STEPS):
        scores = design @ ahead
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        stepped = ahead + bound @ (design.T @ (member - odds) - ridge * ahead)
        faster = (1 + np.sqrt(1 + 4 * speed**2)) / 2
        ahead = stepped + (speed - 1) / faster * (stepped - weights)
        weights, speed = stepped, faster
    return weights
