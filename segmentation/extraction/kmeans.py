"""k-means on distinct weighted rows, all restarts solved together as matrix products.

Enters: points, a number of segments, restarts and a generator. Leaves: the best of the restarts.
Missing cells carry no information: a customer is placed by the distance over the known cells and
a center is the mean of its customers' known cells (k-POD, Chi, Chi & Baraniuk 2016). Exact ties,
frequent on yes/no surveys where starts are data rows, are shared equally in the first iteration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from segmentation.errors import DegenerateSolution
from segmentation.extraction.points import Points, Single

SMALL_DISTINCT, FEW_DISTINCT = 1_500, 20_000
IMPROVEMENT = 1e-5
STILL_SHARE = 1e-3
MANY_RESTARTS, FEW_RESTARTS = 50, 10
SHORT_ITERATIONS, LONG_ITERATIONS, FINAL_ITERATIONS = 6, 100, 300
KEPT_SHARE, MIN_KEPT = 0.34, 5
SAME_OPTIMUM = 1e-4
_TIE = np.float32(1e-5)
_ELEMENTS_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The best of the restarts.

    Attributes
    ----------
    centers : ndarray of shape (k, n_features)
    labels : ndarray of shape (n_distinct,)
    inertia : float
    best_found : int
        Runs that ended within 0.01 % of it, counted among those not given up early.
    restarts : int
        Runs tried: random starts and swaps.
    converged : bool
    """

    centers: npt.NDArray[np.float64]
    labels: npt.NDArray[np.int16]
    inertia: float
    best_found: int
    restarts: int
    converged: bool


def default_restarts(points: Points) -> int:
    """Return how many random starts the data call for: many where local optima abound."""
    return MANY_RESTARTS if points.n_distinct < FEW_DISTINCT else FEW_RESTARTS


def fit_kmeans(
    points: Points, k: int, *, restarts: int, rng: np.random.Generator, improve: bool = True
) -> Fit:
    """Find the best of several k-means solutions.

    All starts run a few iterations and the best third runs to the end. Then the best is improved
    by rounds of swaps, until they bring nothing more, and finished in double precision.

    Parameters
    ----------
    points : Points
        Distinct rows with weights.
    k : int
        Number of segments.
    restarts : int
        Random starts (k-means++, greedy).
    rng : numpy Generator
        Every random choice is drawn from it.
    improve : bool
        Whether swaps follow the starts.

    Returns
    -------
    Fit

    Raises
    ------
    DegenerateSolution
        When there are fewer distinct rows than segments.
    """
    if points.n_distinct < k:
        raise DegenerateSolution(k=k, n_distinct=points.n_distinct)
    found = _carried(points, [_seeds(points, k, n, rng) for n in _batches(restarts, points)])
    effort = _effort(points) if improve else _Effort(0, 0, 0)
    tried, standing = restarts, 0
    for _ in range(effort.rounds):
        best = found.objective.min()
        swapped = _carried(points, [_swapped(points, found, effort.swaps, rng)])
        tried += effort.swaps
        found = _concatenated([found, swapped])
        standing = 0 if found.objective.min() < best * (1 - IMPROVEMENT) else standing + 1
        if standing == effort.patience:
            break
    best_run = int(np.argmin(found.objective))
    start = found.centers[best_run].astype(np.float64)
    centers, labels, inertia, converged = _finish(points, start)
    return Fit(centers, labels, inertia, _hits(found), tried, converged)


class _Effort(NamedTuple):
    """How hard the best is improved: rounds of swaps, runs in each, fruitless rounds to stop."""

    rounds: int
    swaps: int
    patience: int


def _effort(points: Points) -> _Effort:
    if points.n_distinct <= SMALL_DISTINCT:
        return _Effort(rounds=12, swaps=50, patience=3)
    return _Effort(rounds=4 if points.n_distinct < FEW_DISTINCT else 0, swaps=20, patience=1)


def _swapped(points: Points, found: _Runs, runs: int, rng: np.random.Generator) -> Single:
    """Move one center of the best solution to a row that fits badly: starts of a local search.

    On rugged survey data a round of swaps finds better optima than many rounds of new starts
    (random swap, Fränti 2018).
    """
    best = found.centers[int(np.argmin(found.objective))]
    starts = np.repeat(best[None], runs, axis=0)
    _, distance = _nearest(points, best[None])
    misfit = np.maximum(distance[:, 0] + points.norms, 0) * points.weights
    cumulated = np.cumsum(misfit, dtype=np.float64)
    rows = np.searchsorted(cumulated, rng.random(runs) * cumulated[-1])
    target = points.filled[np.minimum(rows, points.n_distinct - 1)]
    starts[np.arange(runs), rng.integers(0, len(best), runs)] = target
    return starts


def _hits(found: _Runs) -> int:
    """How many of the finished runs reached the best objective."""
    return int((found.objective <= found.objective.min() * (1 + SAME_OPTIMUM)).sum())


def _carried(points: Points, starts: list[Single]) -> _Runs:
    """Run all starts a few iterations, and the best third of them to the end."""
    started = _concatenated(
        [_lloyd(points, part, SHORT_ITERATIONS, share_ties=True) for part in starts]
    )
    runs = len(started.objective)
    n_kept = max(min(runs, MIN_KEPT), round(KEPT_SHARE * runs))
    kept = np.sort(np.argsort(started.objective, kind="stable")[:n_kept])
    return _concatenated(
        [
            _lloyd(points, started.centers[kept[part]], LONG_ITERATIONS, share_ties=False)
            for part in _parts(len(kept), points.n_distinct)
        ]
    )


def _batches(restarts: int, points: Points) -> Iterator[int]:
    """Split the starts so that one batch's arrays stay small."""
    for part in _parts(restarts, points.n_distinct):
        yield part.stop - part.start


def _parts(n: int, n_distinct: int) -> list[slice]:
    size = max(1, min(n, _ELEMENTS_AT_ONCE // max(1, n_distinct)))
    return [slice(start, min(start + size, n)) for start in range(0, n, size)]


def _to_center(points: Points, centers: Single) -> Single:
    """Squared distance to one center of each run, less the row's own norm: (n_distinct, runs)."""
    products: Single = points.values @ (centers.T * np.float32(-2))
    if points.observed is None:
        products += np.einsum("ij,ij->i", centers, centers)
    else:
        products += points.observed @ (centers * centers).T
    return products


def _seeds(points: Points, k: int, runs: int, rng: np.random.Generator) -> Single:
    """Draw starts by greedy k-means++ for all runs at once: shape (runs, k, n_features)."""
    rows, weights = points.filled, points.weights.astype(np.float64)
    norms = np.einsum("ij,ij->i", rows, rows)
    centers = np.empty((runs, k, rows.shape[1]), dtype=np.float32)
    cumulated = np.cumsum(weights)
    first = np.searchsorted(cumulated, rng.random(runs) * cumulated[-1])
    centers[:, 0] = rows[np.minimum(first, len(rows) - 1)]
    nearest = _apart(rows, norms, centers[:, 0])
    trials = 2 + int(np.log(k))
    for j in range(1, k):
        cumulated_by_run = np.cumsum(nearest * weights[:, None], axis=0)
        best_potential = np.full(runs, np.inf)
        best_nearest = nearest
        for _ in range(trials):
            aims = rng.random(runs) * cumulated_by_run[-1]
            picked = np.minimum((cumulated_by_run < aims).sum(axis=0), len(rows) - 1)
            apart = np.minimum(nearest, _apart(rows, norms, rows[picked]))
            potential = weights @ apart
            better = potential < best_potential
            best_potential = np.where(better, potential, best_potential)
            centers[better, j] = rows[picked[better]]
            best_nearest = np.where(better, apart, best_nearest)
        nearest = best_nearest
    return centers


def _apart(rows: Single, norms: Single, picked: Single) -> Single:
    """Squared distances of all rows to one picked row a run: (n_distinct, runs)."""
    own = np.einsum("ij,ij->i", picked, picked)
    return np.maximum(norms[:, None] - 2 * (rows @ picked.T) + own, 0)


@dataclass(slots=True, eq=False)
class _Runs:
    centers: Single
    objective: npt.NDArray[np.float64]


def _concatenated(parts: list[_Runs]) -> _Runs:
    return _Runs(
        np.concatenate([part.centers for part in parts]),
        np.concatenate([part.objective for part in parts]),
    )


def _lloyd(points: Points, starts: Single, iterations: int, *, share_ties: bool) -> _Runs:
    """Run Lloyd's iterations for all starts together; a run that stands still drops out."""
    runs, k, _ = starts.shape
    result = _Runs(starts.copy(), np.zeros(runs))
    active, centers = np.arange(runs), starts.copy()
    before = np.full((points.n_distinct, runs), -1, dtype=np.int16)
    still = 0 if points.n_distinct <= SMALL_DISTINCT else STILL_SHARE * points.n_distinct
    constant = float(points.weights @ points.norms)
    for iteration in range(iterations + 1):
        labels, distance = _nearest(points, centers)
        result.objective[active] = points.weights @ distance + constant
        result.centers[active] = centers
        moving = (labels != before).sum(axis=0) > still
        if not moving.any() or iteration == iterations:
            break
        if not moving.all():
            active, centers = active[moving], centers[moving]
            labels, distance = labels[:, moving], distance[:, moving]
        ties = share_ties and iteration == 0
        centers = _moved(points, centers, labels, distance, share_ties=ties)
        before = labels
    return result


def _nearest(points: Points, centers: Single) -> tuple[npt.NDArray[np.int16], Single]:
    """Find each row's nearest center in every run, one pass a center."""
    k = centers.shape[1]
    nearest = _to_center(points, centers[:, 0])
    labels = np.zeros(nearest.shape, dtype=np.int16)
    for j in range(1, k):
        distance = _to_center(points, centers[:, j])
        closer = distance < nearest
        np.copyto(labels, np.int16(j), where=closer)
        np.minimum(nearest, distance, out=nearest)
    return labels, nearest


def _moved(
    points: Points,
    centers: Single,
    labels: npt.NDArray[np.int16],
    distance: Single,
    *,
    share_ties: bool,
) -> Single:
    """Move every center to the mean of its rows' known cells."""
    moved = np.empty_like(centers)
    weights = points.weights[:, None]
    within: list[npt.NDArray[np.bool_]] = []
    if share_ties:
        near = distance + _TIE * (1 + points.norms[:, None])
        within = [_to_center(points, centers[:, j]) <= near for j in range(centers.shape[1])]
        weights = weights / np.sum(within, axis=0, dtype=np.float32)
    for j in range(centers.shape[1]):
        members = (within[j] if share_ties else labels == j) * weights
        sums = members.T @ points.values
        if points.observed is None:
            mass = members.sum(axis=0)[:, None]
        else:
            mass = members.T @ points.observed
        moved[:, j] = np.where(mass > 0, sums / np.maximum(mass, 1e-12), centers[:, j])
        for run in np.flatnonzero(members.sum(axis=0) <= 0):
            moved[run, j] = points.filled[_farthest(points, distance[:, run])]
    return moved


def _farthest(points: Points, distance: Single) -> int:
    """The row that fits its center worst: where an empty segment starts anew."""
    return int(np.argmax((distance + points.norms) * (points.weights > 0)))


def _finish(
    points: Points, centers: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int16], float, bool]:
    """Bring the winner to rest in double precision and number its segments, largest first."""
    values = points.values.astype(np.float64)
    observed = None if points.observed is None else points.observed.astype(np.float64)
    weights = points.weights.astype(np.float64)
    labels = np.full(len(values), -1)
    for _ in range(FINAL_ITERATIONS):
        distances = exact_distances(values, observed, centers)
        moved = distances.argmin(axis=1)
        if (moved == labels).all():
            break
        labels = moved
        centers = means_of(values, observed, weights, labels, centers)
    else:
        distances = exact_distances(values, observed, centers)
    inertia = float(weights @ distances.min(axis=1))
    converged = bool((distances.argmin(axis=1) == labels).all())
    order = _largest_first(weights, labels, centers)
    position = np.empty(len(order), dtype=np.int16)
    position[order] = np.arange(len(order), dtype=np.int16)
    return centers[order], position[labels], inertia, converged


def exact_distances(
    values: npt.NDArray[np.float64],
    observed: npt.NDArray[np.float64] | None,
    centers: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Squared distances over known cells.

    Parameters
    ----------
    values : ndarray of shape (n, n_features)
        Gaps filled with 0.
    observed : ndarray of shape (n, n_features) or None
        1 where known; None where nothing is missing.
    centers : ndarray of shape (k, n_features)

    Returns
    -------
    ndarray of shape (n, k)
    """
    lengths = (values * values).sum(axis=1)[:, None]
    own = (centers * centers).sum(axis=1) if observed is None else observed @ (centers**2).T
    return np.maximum(lengths - 2 * values @ centers.T + own, 0.0)


def means_of(
    values: npt.NDArray[np.float64],
    observed: npt.NDArray[np.float64] | None,
    weights: npt.NDArray[np.float64],
    labels: npt.NDArray[np.int64],
    centers: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Weighted means of each segment's known cells; a center without any stays where it is.

    Parameters
    ----------
    values, observed : ndarray of shape (n, n_features)
        As in :func:`exact_distances`.
    weights : ndarray of shape (n,)
    labels : ndarray of shape (n,)
    centers : ndarray of shape (k, n_features)
        The present centers.

    Returns
    -------
    ndarray of shape (k, n_features)
    """
    moved = centers.copy()
    for j in range(len(centers)):
        own = labels == j
        mass = weights[own]
        sums = mass @ values[own]
        known = mass.sum() if observed is None else mass @ observed[own]
        moved[j] = np.where(known > 0, sums / np.maximum(known, 1e-12), centers[j])
    return moved


def _largest_first(
    weights: npt.NDArray[np.float64],
    labels: npt.NDArray[np.int64],
    centers: npt.NDArray[np.float64],
) -> npt.NDArray[np.int64]:
    """Order segments by size; equal ones by their centers, so that numbering is repeatable."""
    sizes = np.bincount(labels, weights=weights, minlength=len(centers))
    keys = [centers[:, i].round(9) for i in range(centers.shape[1] - 1, -1, -1)]
    return np.lexsort((*keys, -sizes.round(6)))
