"""k-means on distinct weighted rows: many starts, then swaps, then rest in double precision.

Enters: points, a number of segments, restarts and a generator. Leaves: the best of the restarts.
Refuses to judge it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from segmentation.errors import DegenerateSolution
from segmentation.extraction.exact import bring_to_rest
from segmentation.extraction.lloyd import Runs, iterate
from segmentation.extraction.points import Points, Single
from segmentation.extraction.seeding import spread_rows, swapped

TINY_DISTINCT, SMALL_DISTINCT, MEDIUM_DISTINCT, FEW_DISTINCT = 100, 1_500, 5_000, 20_000
MANY_RESTARTS, FEW_RESTARTS = 50, 10
SHORT_ITERATIONS, LONG_ITERATIONS = 6, 100
KEPT_SHARE, MIN_KEPT = 0.34, 5
STILL_SHARE, NEARLY_STILL_SHARE = 1e-3, 5e-3
IMPROVEMENT = 1e-5
SAME_OPTIMUM = 1e-4
POOL, BEST_SHARE = 15, 0.2
_ELEMENTS_AT_ONCE = 500_000


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


def fit_kmeans(points: Points, k: int, *, restarts: int, rng: np.random.Generator) -> Fit:
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

    Returns
    -------
    Fit

    Raises
    ------
    DegenerateSolution
        When there are fewer distinct rows than segments.
    """
    _refuse_too_few(points, k)
    found = _carried(
        points, [spread_rows(points, k, n, rng).centers for n in _batches(restarts, points, k)]
    )
    effort = _effort(points)
    tried, fruitless = restarts, 0
    for _ in range(effort.rounds):
        best = found.objective.min()
        starts = swapped(points, _good(found, effort.swaps, rng), rng)
        found = Runs.joined([found, _carried(points, _split(starts, points))])
        tried += effort.swaps
        fruitless = 0 if found.objective.min() < best * (1 - IMPROVEMENT) else fruitless + 1
        if fruitless == effort.patience:
            break
    rest = bring_to_rest(points, found.centers[found.best].astype(np.float64))
    inertia = rest.inertia * points.unit**2
    centers = rest.centers * points.unit
    return Fit(centers, rest.labels, inertia, _hits(found), tried, rest.converged)


def quick_inertia(points: Points, k: int, *, starts: int, rng: np.random.Generator) -> float:
    """Inertia of the best of a few runs, each stopped when nearly still.

    For reference data that are fitted by the dozen and thrown away.

    Parameters
    ----------
    points : Points
    k : int
        Number of segments.
    starts : int
    rng : numpy Generator

    Returns
    -------
    float
        Within about 0.2 % of where the same runs would end.

    Raises
    ------
    DegenerateSolution
        When there are fewer distinct rows than segments.
    """
    _refuse_too_few(points, k)
    still = NEARLY_STILL_SHARE * points.n_distinct
    drawn = spread_rows(points, k, starts, rng).centers
    runs = iterate(points, drawn, LONG_ITERATIONS, still=still, share_ties=True)
    return float(runs.objective.min()) * points.unit**2


def _refuse_too_few(points: Points, k: int) -> None:
    if points.n_counting < k:
        raise DegenerateSolution(k=k, n_distinct=points.n_counting)


class _Effort(NamedTuple):
    """How hard the best is improved: rounds of swaps, runs in each, fruitless rounds to stop."""

    rounds: int
    swaps: int
    patience: int


def _effort(points: Points) -> _Effort:
    """The smaller the table, the more rugged its optima and the cheaper the search.

    Of 80 tables of 30 rows without structure, 20 rounds of 50 swaps missed the best solution of 7
    segments in six, 40 of 100 in none, at twice the time (15 ms more).
    """
    if points.n_distinct <= TINY_DISTINCT:
        return _Effort(rounds=40, swaps=100, patience=12)
    if points.n_distinct <= SMALL_DISTINCT:
        return _Effort(rounds=20, swaps=50, patience=6)
    if points.n_distinct <= MEDIUM_DISTINCT:
        return _Effort(rounds=10, swaps=30, patience=3)
    return _Effort(rounds=4 if points.n_distinct < FEW_DISTINCT else 0, swaps=20, patience=1)


def _good(found: Runs, swaps: int, rng: np.random.Generator) -> Single:
    """Draw solutions to improve: a fifth the best one, the others any of the 15 best optima.

    Swaps around the best alone can all fail where a better optimum lies two moves away; from
    another optimum it may be one (benchmark: 4 of 390 rugged tables missed, then 0 of 981).
    """
    order = np.argsort(found.objective, kind="stable")
    ranked = found.objective[order]
    new = np.append(True, np.diff(ranked) > SAME_OPTIMUM * ranked[1:])
    pool = order[new][:POOL]
    picked = np.where(rng.random(swaps) < BEST_SHARE, 0, rng.integers(0, len(pool), swaps))
    chosen: Single = found.centers[pool[picked]]
    return chosen


def _hits(found: Runs) -> int:
    """How many of the finished runs reached the best objective."""
    return int((found.objective <= found.objective.min() * (1 + SAME_OPTIMUM)).sum())


def _carried(points: Points, starts: list[Single]) -> Runs:
    """Run all starts a few iterations, and the best third of them to the end."""
    still = 0 if points.n_distinct <= SMALL_DISTINCT else STILL_SHARE * points.n_distinct
    started = Runs.joined(
        [iterate(points, part, SHORT_ITERATIONS, still=still, share_ties=True) for part in starts]
    )
    runs = len(started.objective)
    n_kept = max(min(runs, MIN_KEPT), round(KEPT_SHARE * runs))
    kept = np.sort(np.argsort(started.objective, kind="stable")[:n_kept])
    return Runs.joined(
        [
            iterate(points, part, LONG_ITERATIONS, still=still)
            for part in _split(started.centers[kept], points)
        ]
    )


def _split(starts: Single, points: Points) -> list[Single]:
    """Split starts so that one batch's distances stay near the processor."""
    ends = np.cumsum(_batches(len(starts), points, starts.shape[1]))[:-1]
    return np.split(starts, ends)


def _batches(runs: int, points: Points, k: int) -> list[int]:
    """Sizes of the batches that so many runs are solved in."""
    size = max(1, _ELEMENTS_AT_ONCE // max(1, points.n_distinct * k))
    return [min(size, runs - start) for start in range(0, runs, size)]
