"""Markets without segments that are otherwise like the customers at hand.

Enters: prepared rows. Leaves: a way to draw tables of the same size in which everybody comes from
one population with the same dependence between the variables. Numbers are drawn from a normal
distribution with the rows' covariance; yes/no items and categories are cut from a latent normal one
at the shares they have. Refuses to keep the shape of a number's distribution: two humps would be
two segments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Single = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]
Draw = Callable[[np.random.Generator], Single]
# A latent correlation is kept off 1, and a share off 0 and 1, where both would be guesses.
STRONGEST, RAREST = 0.98, 0.002
_NEVER_NEGATIVE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class _Answers:
    """An item or category: its distinct answers, lowest first, and the customers' own.

    Attributes
    ----------
    columns : tuple of int
    codes : ndarray of shape (n,)
        Which answer each customer gave.
    answers : ndarray of shape (n_answers, n_columns)
        How each answer looks in the matrix.
    cuts : ndarray of shape (n_answers - 1,)
        Where the latent normal number is cut.
    """

    columns: tuple[int, ...]
    codes: npt.NDArray[np.int64]
    answers: Single
    cuts: Numbers


def unsegmented(rows: Single, groups: Sequence[tuple[int, ...]]) -> Draw:
    """Return how to draw tables like ``rows`` but from one population.

    Parameters
    ----------
    rows : ndarray of shape (n, n_features)
        Without gaps.
    groups : sequence of tuple of int
        The columns of each variable: several for a category, one for anything else.

    Returns
    -------
    callable
        Takes a generator, returns an array of the shape of ``rows``.

    Notes
    -----
    The correlation behind two yes/no items is estimated from their odds ratio by
    (w - 1) / (w + 1), w = OR^0.75 (Digby 1983, Biometrics 39:753-757); that of other answers
    from their normal scores, stretched by the share of the spread that the scores keep. Answers of
    a category are put in the order of their customers' mean on the first principal axis.
    """
    exact = rows.astype(np.float64)
    center = exact.mean(axis=0)
    axis = np.linalg.svd(exact - center, full_matrices=False)[2][0]
    along = (exact - center) @ axis
    answers = {g: _answers(rows, g, along) for g in groups if _is_discrete(rows, g)}
    scores = np.column_stack([_scores(exact, g, answers.get(g)) for g in groups])
    spread = scores.std(axis=0)
    latent = _correlations(scores, [answers.get(g) for g in groups])
    values, vectors = np.linalg.eigh(latent)
    mixing = vectors * np.sqrt(np.maximum(values, _NEVER_NEGATIVE))
    mixing /= np.sqrt((mixing**2).sum(axis=1, keepdims=True))

    def draw(rng: np.random.Generator) -> Single:
        normal = rng.standard_normal((len(rows), len(groups))) @ mixing.T
        drawn = np.empty_like(rows)
        for position, group in enumerate(groups):
            found = answers.get(group)
            if found is None:
                drawn[:, group[0]] = normal[:, position] * spread[position] + center[group[0]]
            else:
                chosen = np.searchsorted(found.cuts, normal[:, position])
                drawn[:, group] = found.answers[chosen]
        return drawn

    return draw


def _is_discrete(rows: Single, group: tuple[int, ...]) -> bool:
    return len(group) > 1 or len(np.unique(rows[:1000, group[0]])) <= 2


def _answers(rows: Single, group: tuple[int, ...], along: Numbers) -> _Answers:
    answers, codes = np.unique(rows[:, group], axis=0, return_inverse=True)
    codes = codes.ravel()
    n = np.bincount(codes)
    order = np.argsort(np.bincount(codes, along) / n, kind="stable")
    if len(group) == 1:
        order = np.arange(len(answers))  # an item keeps its own order: no is below yes
    shares = np.cumsum(n[order] / n.sum())[:-1]
    cuts = ndtri(np.clip(shares, RAREST, 1 - RAREST))
    return _Answers(group, np.argsort(order)[codes], answers[order], np.asarray(cuts))


def _scores(exact: Numbers, group: tuple[int, ...], found: _Answers | None) -> Numbers:
    """Numbers as they are; answers as the normal score of the middle of their share."""
    if found is None:
        return exact[:, group[0]]
    shares = np.bincount(found.codes, minlength=len(found.answers)) / len(found.codes)
    middles = np.cumsum(shares) - shares / 2
    return np.asarray(ndtri(np.clip(middles, RAREST, 1 - RAREST))[found.codes])


def _correlations(scores: Numbers, found: Sequence[_Answers | None]) -> Numbers:
    """Correlations behind the scores."""
    spread = scores.std(axis=0)
    standard = (scores - scores.mean(axis=0)) / np.maximum(spread, 1e-12)
    latent = standard.T @ standard / len(scores)
    # The scores of answers vary less than the latent numbers, whose spread is 1.
    kept = np.array([1.0 if f is None else max(s, 0.1) for f, s in zip(found, spread, strict=True)])
    latent = np.clip(latent / np.outer(kept, kept), -STRONGEST, STRONGEST)
    for i, j in combinations(range(len(found)), 2):
        one, other = found[i], found[j]
        if one and other and len(one.answers) == len(other.answers) == 2:
            latent[i, j] = latent[j, i] = _behind(one.codes, other.codes)
    np.fill_diagonal(latent, 1.0)
    return np.asarray(latent)


def _behind(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> float:
    """Correlation behind two yes/no items, from their odds ratio."""
    both = np.bincount(2 * one + other, minlength=4) + 0.5
    odds = (both[0] * both[3] / (both[1] * both[2])) ** 0.75
    return float((odds - 1) / (odds + 1))
