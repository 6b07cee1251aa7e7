"""Probability model: in a segment answers are independent, and every customer has a membership.

Enters and leaves: as every method. Categories and yes/no items have probabilities, numbers a mean
and a variance in each segment; a gap says nothing (full information maximum likelihood). Refuses
fewer segments than asked for: where none of the best models has somebody in every one, the sweep
ends.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from segmentation.errors import DegenerateSolution
from segmentation.extraction import ExtractionSpec, Likelihood, Solution, SolutionFamily
from segmentation.extraction.indicators import Indicators, learn_indicators
from segmentation.extraction.latent import Classes, memberships
from segmentation.extraction.latent_runs import (
    Table,
    fit_class_resamples,
    fit_classes,
    same_optimum,
)
from segmentation.extraction.points import Points, collapse
from segmentation.extraction.rules import LatentClasses, numbers_of
from segmentation.extraction.sweep import K_MIN, Progress
from segmentation.methods.contract import Effort, Labels, Resamples, Rows
from segmentation.methods.describing import Search, cells_of, described, refuse_too_few, total_of
from segmentation.notes import Note

name = "latent_class"
effort = Effort(pairs=20, copies=3, copy_pairs=3, splits=10)
LEARNING_ROWS = 20_000
MANY_RESTARTS, FEW_RESTARTS, FEW_DISTINCT = 50, 10, 5_000
SAMPLE_RESTARTS = 20
_BLOCK_ROWS = 20_000
Double = npt.NDArray[np.float64]


def solve(rows: Rows, spec: ExtractionSpec, progress: Progress) -> SolutionFamily:
    """Sweep as :class:`segmentation.methods.contract.Method` says, up to 20,000 learning."""
    refuse_too_few(rows)
    learning = slice(0, min(rows.n_learning, LEARNING_ROWS))
    weights = None if rows.weights is None else rows.weights[learning]
    table = _table(collapse(rows.values[learning], weights), rows.groups)
    few = table.points.n_distinct < FEW_DISTINCT
    restarts = spec.restarts or (MANY_RESTARTS if few else FEW_RESTARTS)
    k_max = min(spec.k_max, table.points.n_counting)
    solutions: dict[int, Solution] = {}
    for k in range(K_MIN, k_max + 1):
        progress((k - K_MIN) / (k_max - 1), Note.of("sweeping", k=k, k_max=k_max))
        rng = np.random.default_rng([spec.seed, k])
        runs = fit_classes(table, k, restarts=restarts, rng=rng)
        found = _first_complete(rows, table, runs, restarts)
        if found is None:
            break
        solutions[k] = found
    if not solutions:
        raise DegenerateSolution(k=K_MIN, n_distinct=table.points.n_counting)
    progress(1.0, None)
    n_learning = len(table.points.inverse)
    notes = (Note.of("method-sampled", n=n_learning),) if n_learning < len(rows.values) else ()
    return SolutionFamily(
        spec, rows.fingerprint, solutions, total_of(rows), table.points.n_distinct, notes=notes
    )


def again(samples: Resamples, k: int, *, restarts: int, rng: np.random.Generator) -> Labels:
    """Solve all samples together, as :class:`segmentation.methods.contract.Method` says."""
    table = _table(samples.points, samples.groups)
    starts = min(restarts, SAMPLE_RESTARTS)
    return fit_class_resamples(table, samples.drawn, k, restarts=starts, rng=rng)


def judged(table: Table, loadings: Double) -> tuple[float, float]:
    """Return BIC and ICL of one model on the customers it learned from.

    Parameters
    ----------
    table : Table
    loadings : ndarray of shape (k, n_columns)

    Returns
    -------
    bic, icl : float
        As in :class:`segmentation.extraction.Likelihood`, with n the sum of the weights.
    """
    weights = table.points.weights.astype(np.float64)
    probable, each = memberships(table.columns, loadings[None])
    likelihood = float(weights @ each[0]) - table.indicators.log_units(table.columns, weights)
    n_free = len(loadings) - 1 + len(loadings) * table.indicators.n_free
    bic = -2 * likelihood + n_free * float(np.log(weights.sum()))
    logs = np.log(np.maximum(probable[0], np.finfo(np.float64).tiny))
    return bic, bic - 2 * float((probable[0] * logs).sum(axis=0) @ weights)


def _table(points: Points, groups: tuple[tuple[int, ...], ...]) -> Table:
    cells = cells_of(points)
    indicators = learn_indicators(cells, points.weights, groups)
    return Table(points, indicators, indicators.of(cells))


def _first_complete(rows: Rows, table: Table, runs: Classes, restarts: int) -> Solution | None:
    """The likeliest of the finished models in which every segment has somebody."""
    for run, loadings in enumerate(runs.loadings):
        labels, membership = _placed(rows, table.indicators, loadings)
        if len(np.unique(labels)) == len(loadings):
            hits = same_optimum(runs.picked(np.arange(run, len(runs.loadings))))
            search = Search(restarts, hits, bool(runs.settled[run]))
            likelihood = Likelihood(*judged(table, loadings), membership)
            solution = described(rows, labels, search, likelihood)
            segments = numbers_of(labels, solution.labels)
            return replace(solution, rule=LatentClasses(segments, table.indicators, loadings))
    return None


def _placed(
    rows: Rows, indicators: Indicators, loadings: Double
) -> tuple[Labels, npt.NDArray[np.float32]]:
    """Most probable segment of everybody, and how probable it is."""
    labels = np.empty(len(rows.values), dtype=np.int16)
    membership = np.empty(len(rows.values), dtype=np.float32)
    for start in range(0, len(rows.values), _BLOCK_ROWS):
        part = slice(start, start + _BLOCK_ROWS)
        probable = memberships(indicators.of(rows.values[part]), loadings[None])[0][0]
        labels[part] = probable.argmax(axis=0)
        membership[part] = probable.max(axis=0)
    return labels, membership
