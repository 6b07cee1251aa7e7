"""Which variables the segments are made of, and which add nothing but noise.

Enters: prepared values and a solution. Leaves: a :class:`Contribution` for each variable.
Refuses to leave a variable out: it may matter for reasons that no number knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.errors import DegenerateSolution
from segmentation.extraction.points import collapse
from segmentation.extraction.resampling import fit_resamples
from segmentation.notes import Note
from segmentation.validation.agreement import adjusted_rand, cross_tables
from segmentation.validation.stability import STABILITY_ROWS

# Noise put in place of each variable so often, fewer where the variables are many.
DRAWS, MOST_FITS, STARTS = 6, 400, 20
# Shuffled copies of a variable, among segments that it has not formed.
SHUFFLES = 19
# What a variable must be explained better than the best of its noise.
MARGIN = 0.01
Single = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int16]
Progress = Callable[[float, Note | None], None]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one variable has to do with the segments.

    Attributes
    ----------
    explained : float
        Share of its variance that lies between the segments, in [0, 1].
    noise : float
        The largest such share of noise in its place, segments found anew.
    without : float
        Adjusted Rand index between the segments with it and without it.
    by_others : float
        Share of its variance that lies between the segments found without it.
    by_chance : float
        The largest such share of shuffled copies of it.
    """

    explained: float
    noise: float
    without: float
    by_others: float
    by_chance: float

    @property
    def adds_nothing(self) -> bool:
        """Whether noise in its place is explained as well and the others know nothing of it.

        Neither is enough alone: a search can hold on to noise more than to an answer that matters,
        and a question of its own can divide the customers whatever the others say.
        """
        like_noise = self.explained <= max(self.noise, self.by_chance) + MARGIN
        return like_noise and self.by_others <= self.by_chance + MARGIN


def contributions(
    values: Single, groups: Sequence[tuple[int, ...]], k: int, *, seed: int, progress: Progress
) -> tuple[Contribution, ...]:
    """Compare every variable with noise in its place.

    Noise is independent of everything: normal with the mean and the spread of a number, a shuffled
    copy of yes/no items and categories. It enters the search for segments like any variable, so
    what a search explains of it is what a search finds in nothing (random probes [1]_).

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, canonical order, NaN in gaps. At most 2,000 customers are looked at.
    groups : sequence of tuple of int
        The columns of each variable.
    k : int
        Number of segments.
    seed : int
    progress : callable
        Called with the share done in [0, 1] and a note.

    Returns
    -------
    tuple of Contribution
        One a variable.

    Raises
    ------
    DegenerateSolution
        When there are fewer different customers than segments.

    References
    ----------
    .. [1] Stoppiglia, Dreyfus, Dubois & Oussar (2003), Ranking a random feature for variable and
       feature selection, Journal of Machine Learning Research 3:1399-1414.
    """
    rows = values[:STABILITY_ROWS]
    rng = np.random.default_rng([seed, 9])
    own = _solution(rows, k, rng)
    draws = max(1, min(DRAWS, MOST_FITS // len(groups) - 1))
    found = []
    for position, columns in enumerate(groups):
        told = Note.of("noise-looking", n=position + 1, n_all=len(groups))
        progress(position / len(groups), told)
        replaced = [_replaced(rows, columns, rng) for _ in range(draws)]
        noise = [explained(copy, _solution(copy, k, rng), columns) for copy in replaced]
        rest = _solution(np.delete(rows, columns, axis=1), k, rng)
        orders = (rng.permutation(len(rest)) for _ in range(SHUFFLES))
        found.append(
            Contribution(
                explained=explained(rows, own, columns),
                noise=max(noise),
                without=_same(own, rest, k),
                by_others=explained(rows, rest, columns),
                by_chance=max(explained(rows, rest[order], columns) for order in orders),
            )
        )
    progress(1.0, None)
    return tuple(found)


def explained(rows: Single, labels: Labels, columns: Sequence[int]) -> float:
    """Return the share of a variable's variance between segments (eta squared), over known cells.

    Examples
    --------
    >>> rows = np.array([[1.0], [1.0], [3.0], [3.0]], dtype=np.float32)
    >>> explained(rows, np.array([0, 0, 1, 1], dtype=np.int16), [0])
    1.0
    """
    total = within = 0.0
    for column in columns:
        known = ~np.isnan(rows[:, column])
        numbers, own = rows[known, column].astype(np.float64), labels[known]
        n = np.maximum(np.bincount(own), 1)
        means = np.bincount(own, numbers) / n
        total += float(((numbers - numbers.mean()) ** 2).sum()) if len(numbers) else 0.0
        within += float(((numbers - means[own]) ** 2).sum())
    return 1 - within / total if total > 0 else 0.0


def _replaced(rows: Single, columns: Sequence[int], rng: np.random.Generator) -> Single:
    """The rows with noise in place of one variable; its gaps stay where they are."""
    copy = rows.copy()
    known = np.flatnonzero(~np.isnan(rows[:, columns[0]]))
    cells = np.ix_(known, np.array(columns, dtype=np.int64))
    block = rows[cells]
    if len(columns) > 1 or len(np.unique(block[:1000])) <= 2:
        copy[cells] = block[rng.permutation(len(block))]
    else:
        copy[known, columns[0]] = rng.normal(block.mean(), block.std(), len(known))
    return copy


def _solution(rows: Single, k: int, rng: np.random.Generator) -> Labels:
    points = collapse(rows)
    if points.n_counting < k:
        raise DegenerateSolution(k=k, n_distinct=points.n_counting)
    found = fit_resamples(points, points.weights[None], k, restarts=STARTS, rng=rng)
    labels: Labels = found.labels[0][points.inverse]
    return labels


def _same(one: Labels, other: Labels, k: int) -> float:
    tables = cross_tables(one[None], other[None], np.ones(len(one)), (k, k))
    return float(adjusted_rand(tables)[0])
