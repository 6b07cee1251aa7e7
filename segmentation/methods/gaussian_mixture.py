"""Gaussian mixture: segments that are long, wide or slanted clouds of numbers.

Enters and leaves: as every method. Each segment has a mean and a covariance matrix of its own, as
scikit-learn fits them. Refuses categories, and counts what it cannot use otherwise: gaps, which the
mean fills, and survey weights.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from segmentation.errors import DegenerateSolution, NumbersOnly
from segmentation.extraction import ExtractionSpec, Likelihood, Solution, SolutionFamily
from segmentation.extraction.points import Single, collapse
from segmentation.extraction.rules import Mixture, numbers_of
from segmentation.extraction.sweep import K_MIN, Progress
from segmentation.gaps import filled_with_mean, means_of_known
from segmentation.methods.contract import SPARING, Groups, Labels, Resamples, Rows
from segmentation.methods.describing import Search, cells_of, described, refuse_too_few, total_of
from segmentation.notes import Note

name = "gaussian_mixture"
effort = SPARING
LEARNING_ROWS = 20_000
STARTS, SAMPLE_STARTS = 10, 4
# Added to every variance, as a share of the variable's own: no segment is thinner.
LEAST_VARIANCE = 1e-3
TOLERANCE, SHORT_ITERATIONS, LONG_ITERATIONS = 1e-4, 25, 200
KEPT_SHARE = 0.34
# Runs whose log-likelihood differs by less, per customer, found the same.
SAME_OPTIMUM = 1e-2
_BLOCK_ROWS = 20_000
Double = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Numbers:
    """The customers as numbers without gaps, each with mean 0 and variance 1 while learning."""

    filled: Single
    columns: npt.NDArray[np.int64]
    centers: Double
    scales: Double

    @classmethod
    def of(cls, values: Single, n_learning: int) -> _Numbers:
        filled = filled_with_mean(values, n_learning)
        learning = filled[:n_learning].astype(np.float64)
        # In units of the largest, squares stay within what a float can hold.
        units = np.maximum(np.abs(learning).max(axis=0), np.finfo(np.float64).tiny)
        scales = (learning / units).std(axis=0) * units
        varying = np.flatnonzero(learning.max(axis=0) > learning.min(axis=0))
        return cls(filled, varying, learning.mean(axis=0)[varying], scales[varying])

    def rows(self, part: slice) -> Double:
        """Standardised customers."""
        own = self.filled[part][:, self.columns].astype(np.float64)
        return np.asarray((own - self.centers) / self.scales)


def solve(rows: Rows, spec: ExtractionSpec, progress: Progress) -> SolutionFamily:
    """Sweep as :class:`segmentation.methods.contract.Method` says, up to 20,000 learning."""
    _refuse_categories(rows.groups)
    refuse_too_few(rows)
    n_learning = min(rows.n_learning, LEARNING_ROWS)
    numbers = _Numbers.of(rows.values, n_learning)
    n_distinct = collapse(numbers.filled[:n_learning]).n_distinct
    learning = numbers.rows(slice(0, n_learning))
    starts = spec.restarts or STARTS
    k_max = min(spec.k_max, n_distinct)
    solutions: dict[int, Solution] = {}
    for k in range(K_MIN, k_max + 1):
        progress((k - K_MIN) / (k_max - 1), Note.of("sweeping", k=k, k_max=k_max))
        rng = np.random.default_rng([spec.seed, k])
        found = _first_complete(rows, numbers, _fits(learning, k, starts, rng), starts)
        if found is None:
            break
        solutions[k] = found
    if not solutions:
        raise DegenerateSolution(k=K_MIN, n_distinct=n_distinct)
    progress(1.0, None)
    notes = tuple(_notes(rows, n_learning))
    return SolutionFamily(
        spec, rows.fingerprint, solutions, total_of(rows), n_distinct, notes=notes
    )


def again(samples: Resamples, k: int, *, restarts: int, rng: np.random.Generator) -> Labels:
    """Solve every sample anew, as :class:`segmentation.methods.contract.Method` says."""
    cells = cells_of(samples.points)
    everybody = _Numbers.of(cells, len(cells)).rows(slice(None))
    found = np.empty(samples.drawn.shape, dtype=np.int16)
    for sample, drawn in enumerate(samples.drawn):
        # A customer who was drawn counts at least once; survey weights count no further.
        times = np.where(drawn > 0, np.maximum(np.rint(drawn), 1), 0).astype(np.int64)
        own = np.repeat(everybody, times, axis=0)
        best = _fits(own, min(k, len(own)), min(restarts, SAMPLE_STARTS), rng)[0]
        found[sample] = best.predict(everybody)
    return found


def _refuse_categories(groups: Groups) -> None:
    categories = sum(len(group) > 1 for group in groups)
    if categories:
        raise NumbersOnly(n=categories, n_all=len(groups))


def _fits(learning: Double, k: int, starts: int, rng: np.random.Generator) -> list[GaussianMixture]:
    """Fit mixtures from several starts, the better ones to the end; the likeliest first."""
    models = [
        GaussianMixture(
            k,
            tol=TOLERANCE,
            max_iter=SHORT_ITERATIONS,
            reg_covar=LEAST_VARIANCE,
            init_params="k-means++",
            random_state=int(seed),
            warm_start=True,
        )
        for seed in rng.integers(0, 2**31, starts)
    ]
    with warnings.catch_warnings():
        # A run that has not settled says so in its solution.
        warnings.simplefilter("ignore", ConvergenceWarning)
        started = sorted((m.fit(learning) for m in models), key=lambda fit: -fit.lower_bound_)
        kept = started[: max(1, round(KEPT_SHARE * starts))]
        for fit in kept:
            if not fit.converged_:
                fit.set_params(max_iter=LONG_ITERATIONS).fit(learning)
    return sorted(kept, key=lambda fit: -fit.lower_bound_)


def _first_complete(
    rows: Rows, numbers: _Numbers, fits: list[GaussianMixture], starts: int
) -> Solution | None:
    """The likeliest of the mixtures in which every segment has somebody."""
    for position, fit in enumerate(fits):
        labels, membership = _placed(numbers, fit)
        if len(np.unique(labels)) == np.size(fit.weights_):
            least = fit.lower_bound_ - SAME_OPTIMUM
            hits = sum(bool(other.lower_bound_ >= least) for other in fits[position:])
            likelihood = Likelihood(*_judged(rows, numbers, fit), membership)
            search = Search(starts, hits, bool(fit.converged_))
            found = described(rows, labels, search, likelihood)
            return replace(found, rule=_rule(rows, numbers, fit, numbers_of(labels, found.labels)))
    return None


def _rule(
    rows: Rows, numbers: _Numbers, fit: GaussianMixture, segments: npt.NDArray[np.int64]
) -> Mixture:
    """What the mixture knows, for customers who come later."""
    n_learning = min(rows.n_learning, LEARNING_ROWS)
    return Mixture(
        segments,
        numbers.columns,
        numbers.centers,
        numbers.scales,
        means_of_known(rows.values, n_learning),
        np.asarray(fit.weights_, dtype=np.float64),
        np.asarray(fit.means_, dtype=np.float64),
        np.asarray(fit.precisions_cholesky_, dtype=np.float64),
    )


def _placed(numbers: _Numbers, fit: GaussianMixture) -> tuple[Labels, npt.NDArray[np.float32]]:
    """Most probable segment of everybody, and how probable it is."""
    n = len(numbers.filled)
    labels, membership = np.empty(n, dtype=np.int16), np.empty(n, dtype=np.float32)
    for part in _parts(n):
        probable = fit.predict_proba(numbers.rows(part))
        labels[part], membership[part] = probable.argmax(axis=1), probable.max(axis=1)
    return labels, membership


def _judged(rows: Rows, numbers: _Numbers, fit: GaussianMixture) -> tuple[float, float]:
    """BIC and ICL on the learning customers, in the units of the prepared numbers."""
    learning = numbers.rows(slice(0, min(rows.n_learning, LEARNING_ROWS)))
    bic = float(fit.bic(learning)) + 2 * len(learning) * float(np.log(numbers.scales).sum())
    probable = fit.predict_proba(learning)
    logs = np.log(np.maximum(probable, np.finfo(np.float64).tiny))
    return bic, bic - 2 * float((probable * logs).sum())


def _notes(rows: Rows, n_learning: int) -> Iterator[Note]:
    """What this method could not use as it is."""
    gaps = int(np.isnan(rows.values).sum())
    if gaps:
        yield Note.of("method-gaps-filled", n=gaps)
    if rows.weights is not None:
        yield Note.of("method-without-weights")
    if n_learning < len(rows.values):
        yield Note.of("method-sampled", n=n_learning)


def _parts(n: int) -> Iterator[slice]:
    return (slice(start, start + _BLOCK_ROWS) for start in range(0, n, _BLOCK_ROWS))
