"""Density: segments are where customers crowd, of any shape; who stands between belongs to none.

Enters and leaves: as every method. HDBSCAN finds the number of segments itself, so only those
numbers have a solution that it found with some least size of a segment. Refuses a solution that
leaves more than half of the customers outside, and to know weights: equal customers count once.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from sklearn.cluster import HDBSCAN  # type: ignore[attr-defined]  # newer than the stubs
from sklearn.neighbors import NearestNeighbors

from segmentation.errors import NoDenseGroups
from segmentation.extraction import ExtractionSpec, SolutionFamily
from segmentation.extraction.points import Single
from segmentation.extraction.sweep import K_MIN, Progress, quiet
from segmentation.methods.contract import SPARING, UNASSIGNED, Labels, Resamples, Rows
from segmentation.methods.describing import Search, described, total_of
from segmentation.methods.learners import Learners, learners
from segmentation.notes import Note

name = "density"
effort = SPARING
LEARNING_ROWS, BLOCK_ROWS = 10_000, 50_000
# So many least sizes of a segment are tried, between these shares of the customers.
SIZES, SMALLEST, LARGEST, LEAST = 8, 0.01, 0.15, 15
# How many near customers tell the density at a place.
NEIGHBOURS = 5
MOST_OUTSIDE = 0.5
Indices = npt.NDArray[np.int64]


def solve(rows: Rows, spec: ExtractionSpec, progress: Progress) -> SolutionFamily:
    """Try least sizes of a segment, as :class:`segmentation.methods.contract.Method` says.

    Raises
    ------
    NoDenseGroups
        When none of them gives 2 to ``spec.k_max`` segments that most customers belong to.
    """
    learning = learners(rows, LEARNING_ROWS)
    counting = learning.points.weights > 0
    groups = dense_groups(learning.points.values[counting], progress)
    found = {k: groups[k] for k in sorted(groups) if k <= spec.k_max}
    if not found:
        raise NoDenseGroups(k_max=spec.k_max)
    nearest = _nearest_learner(learning, counting)
    solutions = {k: described(rows, own[nearest], Search()) for k, own in found.items()}
    progress(1.0, None)
    return SolutionFamily(
        spec,
        rows.fingerprint,
        solutions,
        total_of(rows),
        learning.points.n_distinct,
        notes=(*learning.notes, *_said(rows, learning)),
    )


def again(samples: Resamples, k: int, *, restarts: int, rng: np.random.Generator) -> Labels:
    """Look for dense groups in each sample, as :class:`segmentation.methods.contract.Method` says.

    Of the numbers of segments found in a sample that nearest to ``k`` counts, the smaller of two;
    where there are no dense groups nobody belongs to any.
    """
    found = np.full(samples.drawn.shape, UNASSIGNED, dtype=np.int16)
    for labels, groups in zip(found, _groups_of(samples), strict=True):
        if groups:
            labels[:] = groups[min(groups, key=lambda q: (abs(q - k), q))]
    return found


def dense_groups(values: Single, progress: Progress = quiet) -> dict[int, Labels]:
    """Find dense groups [1]_ [2]_ of several least sizes.

    Parameters
    ----------
    values : ndarray of shape (n, n_features)
        Distinct, without gaps: a row repeated as often as a segment has customers would be one,
        infinitely dense.
    progress : callable
        Called with the share done in [0, 0.9] and a note.

    Returns
    -------
    dict of int to ndarray of shape (n,)
        Groups by their number, -1 for rows in none: of each number from two on the solution that
        leaves the fewest rows outside, if these are no more than half.

    References
    ----------
    .. [1] Campello, Moulavi & Sander (2013), Density-based clustering based on hierarchical density
       estimates, Advances in Knowledge Discovery and Data Mining, LNCS 7819:160-172.
    .. [2] McInnes, Healy & Astels (2017), hdbscan: hierarchical density based clustering, Journal
       of Open Source Software 2(11):205.
    """
    least = max(LEAST, round(SMALLEST * len(values)))
    if len(values) < K_MIN * least:
        return {}
    sizes = np.geomspace(least, max(least, LARGEST * len(values)), SIZES).round().astype(int)
    found: dict[int, Labels] = {}
    outside: dict[int, int] = {}
    for position, size in enumerate(np.unique(sizes).tolist()):
        progress(0.9 * position / SIZES, Note.of("condensing", n=size))
        model = HDBSCAN(min_cluster_size=size, min_samples=NEIGHBOURS, copy=True)
        labels = model.fit(values.astype(np.float64)).labels_.astype(np.int16)
        k, n_outside = int(labels.max()) + 1, int((labels < 0).sum())
        if k < K_MIN:
            break  # nowhere two groups of that size part, so none of a larger size do
        fewer = n_outside < outside.get(k, len(labels))
        if fewer and n_outside <= MOST_OUTSIDE * len(labels):
            found[k], outside[k] = labels, n_outside
    return found


# Every number of segments is asked for in turn: the groups of the samples last looked at are kept.
@lru_cache(maxsize=1)
def _groups_of(samples: Resamples) -> tuple[dict[int, Labels], ...]:
    """Find the dense groups of each sample; a row not drawn goes with the nearest that was."""
    rows, found = samples.points.filled, []
    for drawn in samples.drawn > 0:
        nearest = np.empty(len(rows), dtype=np.int64)
        nearest[drawn] = np.arange(drawn.sum())
        nearest[~drawn] = _nearest(rows[drawn], rows[~drawn])
        found.append({k: own[nearest] for k, own in dense_groups(rows[drawn]).items()})
    return tuple(found)


def _nearest_learner(learning: Learners, counting: npt.NDArray[np.bool_]) -> Indices:
    """Which of the distinct customers who count each customer is, or is nearest to."""
    points = learning.points
    position = np.full(points.n_distinct, -1)
    position[counting] = np.arange(counting.sum())
    nearest = np.full(len(learning.filled), -1)
    nearest[: learning.n] = position[points.inverse]
    others = nearest < 0
    away = learning.filled[others] / np.float32(points.unit)
    nearest[others] = _nearest(points.values[counting], away)
    return nearest


def _nearest(learned: Single, others: Single) -> Indices:
    """Which learned row is nearest to each of the others."""
    index = NearestNeighbors(n_neighbors=1).fit(learned)
    nearest = np.empty(len(others), dtype=np.int64)
    for start in range(0, len(others), BLOCK_ROWS):
        part = slice(start, start + BLOCK_ROWS)
        nearest[part] = np.asarray(index.kneighbors(others[part], return_distance=False))[:, 0]
    return nearest


def _said(rows: Rows, learning: Learners) -> list[Note]:
    """Weights that are not used, and equal customers who count once."""
    said = [] if rows.weights is None else [Note.of("method-without-weights")]
    n_equal = learning.n - learning.points.n_distinct
    return [*said, Note.of("equal-once", n=n_equal)] if n_equal else said
