"""What one change of the preparation does to the segments: a quick look before and after.

Enters: the same customers prepared in several ways. Leaves: how well ``k`` segments are found again
in each, and how far two ways put the same customers together. Refuses to say which is better: a
more stable cut need not be the more useful one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from segmentation.errors import DegenerateSolution
from segmentation.extraction.points import collapse
from segmentation.extraction.resampling import drawn_weights, fit_resamples
from segmentation.notes import Note
from segmentation.validation.agreement import adjusted_rand, cross_tables
from segmentation.validation.stability import (
    FEW_DISTINCT,
    MANY_RESTARTS,
    RESTARTS,
    STABILITY_ROWS,
)

# Bootstrap samples of each way; all pairs of them are compared.
SAMPLES = 16
Progress = Callable[[float, Note | None], None]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Customers prepared in one way, the first of them in canonical order.

    Attributes
    ----------
    values : ndarray of shape (n_customers, n_features)
    weights : ndarray of shape (n_customers,) or None
    """

    values: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float64] | None

    @classmethod
    def of(
        cls, values: npt.NDArray[np.float32], weights: npt.NDArray[np.float64] | None
    ) -> Prepared:
        """Keep as many customers as are looked at."""
        kept = None if weights is None else weights[:STABILITY_ROWS]
        return cls(values[:STABILITY_ROWS], kept)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """How ``k`` segments stand in one way to prepare the customers.

    Attributes
    ----------
    labels : ndarray of shape (n_rows,)
        The solution; at most 2,000 customers.
    agreement : float
        Median adjusted Rand index between the solutions of two bootstrap samples.
    """

    labels: npt.NDArray[np.int16]
    agreement: float


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does.

    Attributes
    ----------
    before, after : float
        Median agreement of bootstrap samples.
    same : float
        Adjusted Rand index between the segments before and after; 1 where they are the same.
    """

    before: float
    after: float
    same: float


def standings(
    ways: Sequence[Prepared], k: int, *, seed: int, progress: Progress
) -> tuple[Standing, ...]:
    """Judge ``k`` segments in several ways to prepare the same customers.

    Parameters
    ----------
    ways : sequence of Prepared
    k : int
    seed : int
    progress : callable
        Called with the share done in [0, 1] and a note.

    Returns
    -------
    tuple of Standing
        Quick k-means solutions of at most 2,000 customers, whatever method the study uses.

    Raises
    ------
    DegenerateSolution
        When a way leaves fewer different customers than segments.
    """
    found = []
    for position, way in enumerate(ways):
        progress(position / len(ways), Note.of("trying", n=position + 1, n_all=len(ways)))
        found.append(_standing(way, k, np.random.default_rng([seed, 8])))
    progress(1.0, None)
    return tuple(found)


def effect(before: Standing, after: Standing) -> Effect:
    """Compare two standings of the same customers."""
    k = int(max(before.labels.max(), after.labels.max())) + 1
    mass = np.ones(len(before.labels))
    tables = cross_tables(before.labels[None], after.labels[None], mass, (k, k))
    return Effect(before.agreement, after.agreement, float(adjusted_rand(tables)[0]))


def _standing(way: Prepared, k: int, rng: np.random.Generator) -> Standing:
    points = collapse(way.values, way.weights)
    if points.n_counting < k:
        raise DegenerateSolution(k=k, n_distinct=points.n_counting)
    restarts = MANY_RESTARTS if points.n_distinct <= FEW_DISTINCT else RESTARTS
    weights = np.concatenate([points.weights[None], drawn_weights(points, SAMPLES, rng)])
    labels = fit_resamples(points, weights, k, restarts=restarts, rng=rng).labels
    one, other = np.array(list(combinations(range(1, SAMPLES + 1), 2))).T
    mass = points.weights.astype(np.float64)
    pairs = adjusted_rand(cross_tables(labels[one], labels[other], mass, (k, k)))
    return Standing(labels[0][points.inverse], float(np.median(pairs)))
