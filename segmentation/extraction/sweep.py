"""The sweep: the best solution for every number of segments, computed once.

Enters: a basis matrix's values and a spec. Leaves: a :class:`SolutionFamily`. Refuses to prefer
any number of segments. Solutions of different k share no random state, so each is the same
whether it is computed alone or in a sweep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from segmentation.errors import DegenerateSolution, TooFewCustomers
from segmentation.extraction.kmeans import Fit, default_restarts, fit_kmeans
from segmentation.extraction.placing import BLOCK_ROWS, settle
from segmentation.extraction.points import Points, collapse
from segmentation.extraction.solution import ExtractionSpec, Solution, SolutionFamily
from segmentation.notes import Note

Progress = Callable[[float, Note | None], None]
K_MIN, MIN_CUSTOMERS = 2, 10


def quiet(done: float, note: Note | None) -> None:
    """Report progress to nobody."""


def sweep(
    values: npt.NDArray[np.float32],
    weights: npt.NDArray[np.float64] | None,
    spec: ExtractionSpec,
    *,
    n_learning: int,
    fingerprint: str = "",
    progress: Progress = quiet,
) -> SolutionFamily:
    """Find the best solution for 2 … ``spec.k_max`` segments.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, canonical order, NaN in gaps.
    weights : ndarray of shape (n_customers,) or None
    spec : ExtractionSpec
    n_learning : int
        The first so many customers learn; all customers settle the centers afterwards.
    fingerprint : str
        Of the matrix, carried by the result.
    progress : callable
        Called with the share done in [0, 1] and a note.

    Returns
    -------
    SolutionFamily
        With as many numbers of segments as there are distinct customers for.

    Raises
    ------
    TooFewCustomers
        When there are fewer than ten customers.
    DegenerateSolution
        When all customers are the same.
    """
    if len(values) < MIN_CUSTOMERS:
        raise TooFewCustomers(n_customers=len(values), needed=MIN_CUSTOMERS)
    points = collapse(values[:n_learning], None if weights is None else weights[:n_learning])
    restarts = spec.restarts or default_restarts(points)
    k_max = min(spec.k_max, points.n_counting)
    solutions: dict[int, Solution] = {}
    for k in range(K_MIN, k_max + 1):
        progress((k - K_MIN) / (k_max - 1), Note.of("sweeping", k=k, k_max=k_max))
        rng = np.random.default_rng([spec.seed, k])
        try:
            fit = fit_kmeans(points, k, restarts=restarts, rng=rng)
        except DegenerateSolution:
            break  # customers who differ only in gaps: more segments cannot be told apart
        solutions[k] = _solution(k, fit, points, values, weights)
    if not solutions:
        raise DegenerateSolution(k=K_MIN, n_distinct=points.n_counting)
    progress(1.0, None)
    return SolutionFamily(spec, fingerprint, solutions, _total(values, weights), points.n_distinct)


def _solution(
    k: int,
    fit: Fit,
    points: Points,
    values: npt.NDArray[np.float32],
    weights: npt.NDArray[np.float64] | None,
) -> Solution:
    labels = fit.labels[points.inverse]
    if len(labels) == len(values):
        return Solution(
            k, fit.centers, labels, fit.inertia, fit.restarts, fit.best_found, fit.converged
        )
    centers, labels, inertia = settle(values, weights, fit.centers)
    return Solution(k, centers, labels, inertia, fit.restarts, fit.best_found, fit.converged)


def _total(values: npt.NDArray[np.float32], weights: npt.NDArray[np.float64] | None) -> float:
    """Inertia of one segment: squared distances to the common mean over known cells."""
    mass, sums, squares = (np.zeros(values.shape[1]) for _ in range(3))
    for cells, weight in _blocks(values, weights):
        mass += weight @ ~np.isnan(cells)
        sums += weight @ np.nan_to_num(cells)
    means = sums / np.maximum(mass, np.finfo(np.float64).tiny)
    for cells, weight in _blocks(values, weights):
        squares += weight @ np.nan_to_num(cells - means) ** 2
    return float(squares.sum())


def _blocks(
    values: npt.NDArray[np.float32], weights: npt.NDArray[np.float64] | None
) -> Iterator[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]]:
    """Cut customers into blocks: cells in double precision, and weights."""
    for start in range(0, len(values), BLOCK_ROWS):
        part = slice(start, start + BLOCK_ROWS)
        cells = values[part].astype(np.float64)
        yield cells, np.ones(len(cells)) if weights is None else weights[part]
