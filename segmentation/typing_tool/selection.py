"""Which questions first: forward selection by naive Bayes, each customer judged by the others.

Enters: codes of answers and groups. Leaves: the order of questions. Counts are all it needs, so
that leaving one customer out costs a subtraction.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from segmentation.typing_tool.answers import Codes

# Added to every count (Jeffreys), so that an answer nobody gave is unlikely, not impossible.
PRIOR = 0.5
# So many variables that say most about the segments are tried; the others are left out at once.
CANDIDATES = 40


def forward(codes: Codes, groups: npt.NDArray[np.int64], n_groups: int, n_most: int) -> list[int]:
    """Choose questions one by one, each the one that puts most customers in their group.

    Parameters
    ----------
    codes : ndarray of shape (n_customers, n_questions)
    groups : ndarray of shape (n_customers,)
        0 … ``n_groups`` − 1.
    n_groups : int
    n_most : int
        How many questions at most.

    Returns
    -------
    list of int
        Positions of the questions, the first asked first.
    """
    sizes = np.bincount(groups, minlength=n_groups).astype(np.float64)
    everybody = np.arange(len(groups))
    total = np.tile(np.log(sizes + PRIOR), (len(groups), 1))
    total[everybody, groups] = np.log(sizes[groups] - 1 + PRIOR)
    left = _telling(codes, groups, n_groups)
    gains = {j: _log_odds(codes[:, j], groups, sizes) for j in left}
    chosen: list[int] = []
    while left and len(chosen) < n_most:
        right = [int(((total + gains[j]).argmax(axis=1) == groups).sum()) for j in left]
        best = left.pop(int(np.argmax(right)))
        total += gains.pop(best)
        chosen.append(best)
    return chosen


def _telling(codes: Codes, groups: npt.NDArray[np.int64], n_groups: int) -> list[int]:
    """Return the questions whose answers say most about the group, in their own order."""
    told = [-_information(codes[:, j], groups, n_groups) for j in range(codes.shape[1])]
    return sorted(int(j) for j in np.argsort(told, kind="stable")[:CANDIDATES])


def _counts(
    answers: Codes, groups: npt.NDArray[np.int64], n_groups: int
) -> npt.NDArray[np.float64]:
    n_codes = int(answers.max()) + 1
    flat = np.bincount(answers * n_groups + groups, minlength=n_codes * n_groups)
    return flat.reshape(n_codes, n_groups).astype(np.float64)


def _information(answers: Codes, groups: npt.NDArray[np.int64], n_groups: int) -> float:
    """Return the mutual information of answer and group."""
    joint = _counts(answers, groups, n_groups) / len(answers)
    apart = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    held = joint > 0
    return float((joint[held] * np.log(joint[held] / apart[held])).sum())


def _log_odds(
    answers: Codes, groups: npt.NDArray[np.int64], sizes: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return what each customer's answer says for each group, the own answer left out.

    No answer says nothing.
    """
    counts = _counts(answers, groups, len(sizes))
    counts[0] = 0
    answered, n_answers = counts.sum(axis=0), max(len(counts) - 1, 1)
    odds: npt.NDArray[np.float64] = np.log((counts + PRIOR) / (answered + PRIOR * n_answers))
    found = odds[answers]
    own, known = counts[answers, groups] - 1, answered[groups] - 1
    everybody = np.arange(len(groups))
    given = answers > 0
    left_out = np.log((np.maximum(own, 0) + PRIOR) / (np.maximum(known, 0) + PRIOR * n_answers))
    found[everybody[given], groups[given]] = left_out[given]
    found[~given] = 0
    return found
