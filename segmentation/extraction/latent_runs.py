"""The best of many latent class models, for one table and for many samples of it.

Enters: distinct customers, their indicator columns, a number of classes. Leaves: finished runs, the
likeliest first; or the segment of every customer in the best model of each sample. All runs climb a
few steps, and only the better ones go on. Refuses to start from a solution of the whole table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.indicators import Indicators
from segmentation.extraction.latent import Classes, climb, maximised, memberships, sums_of
from segmentation.extraction.lloyd import Labels, distances, nearest_of
from segmentation.extraction.points import Points, Single
from segmentation.extraction.seeding import spread_rows

Double = npt.NDArray[np.float64]
# Steps, and what share of the starts (at least how many) goes on after them.
HEATS = ((10, 0.34, 5), (40, 0.15, 3))
SAMPLE_HEATS = ((5, 0.2, 3), (10, 0.08, 1))
LONG_ITERATIONS, SAMPLE_ITERATIONS = 500, 60
# Log-likelihood per customer that is worth a further step, and within which runs are the same.
GAIN, SAMPLE_GAIN = 1e-9, 1e-6
SAME_OPTIMUM = 0.1
_FIRM = 0.9
_ELEMENTS_AT_ONCE = 500_000


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Distinct customers, ready for a model.

    Attributes
    ----------
    points : Points
    indicators : Indicators
    columns : ndarray of shape (n_distinct, n_columns)
        What the indicators make of the points.
    """

    points: Points
    indicators: Indicators
    columns: Double


def fit_classes(table: Table, k: int, *, restarts: int, rng: np.random.Generator) -> Classes:
    """Find the likeliest of several models of one table.

    Parameters
    ----------
    table : Table
    k : int
        Number of classes.
    restarts : int
        Random starts.
    rng : numpy Generator

    Returns
    -------
    Classes
        The finished runs, the likeliest first.
    """
    weights = table.points.weights.astype(np.float64)[None]
    gain = GAIN * float(weights.sum())
    own = np.broadcast_to(weights, (restarts, table.points.n_distinct))
    runs, left = _started(table, k, own, rng), restarts
    for iterations, share, least in HEATS:
        heat = _climbed(table, runs, iterations, own[: len(runs)], gain)
        left = min(left, max(least, round(share * restarts)))
        runs = heat.loadings[_best_of_each(heat.log_likelihood, len(runs), left)]
    ended = _climbed(table, runs, LONG_ITERATIONS, own[: len(runs)], gain)
    return ended.picked(np.argsort(-ended.log_likelihood, kind="stable"))


def same_optimum(runs: Classes) -> int:
    """How many of the finished runs came to the likeliest model."""
    return int((runs.log_likelihood >= runs.log_likelihood.max() - SAME_OPTIMUM).sum())


def fit_class_resamples(
    table: Table, weights: Single, k: int, *, restarts: int, rng: np.random.Generator
) -> Labels:
    """Solve every sample from several random starts.

    Parameters
    ----------
    table : Table
    weights : ndarray of shape (n_samples, n_distinct)
        How many customers each distinct one stands for in each sample.
    k : int
        Number of classes.
    restarts : int
        Random starts of each sample.
    rng : numpy Generator

    Returns
    -------
    ndarray of shape (n_samples, n_distinct)
        The most probable class of every distinct customer, drawn or not.
    """
    size = max(1, _ELEMENTS_AT_ONCE // max(1, table.points.n_distinct * k * restarts))
    found = []
    for start in range(0, len(weights), size):
        drawn = weights[start : start + size].astype(np.float64)
        best = _best_models(table, drawn, k, restarts, rng)
        found.append(memberships(table.columns, best)[0].argmax(axis=1).astype(np.int16))
    return np.concatenate(found)


def _best_models(
    table: Table, drawn: Double, k: int, restarts: int, rng: np.random.Generator
) -> Double:
    """Loadings of the best model of each of a few samples."""
    own, left = np.repeat(drawn, restarts, axis=0), restarts
    gain = SAMPLE_GAIN * float(drawn[0].sum())
    runs = _started(table, k, own, rng)
    for iterations, share, least in SAMPLE_HEATS:
        heat = _climbed(table, runs, iterations, own, gain)
        n = min(left, max(least, round(share * restarts)))
        kept = _best_of_each(heat.log_likelihood, left, n)
        runs, own, left = heat.loadings[kept], own[kept], n
    ended = _climbed(table, runs, SAMPLE_ITERATIONS, own, gain)
    return ended.loadings[_best_of_each(ended.log_likelihood, left, 1)]


def _started(table: Table, k: int, weights: Double, rng: np.random.Generator) -> Double:
    """Loadings of new runs: every other one from rows far apart, the others from pure chance.

    Rows far apart find classes that differ much, chance those that hardly do.
    """
    loadings = []
    for part in _batches(len(weights), table, k):
        own = weights[part]
        members = rng.standard_exponential((len(own), k, table.points.n_distinct))
        members /= members.sum(axis=1, keepdims=True)
        far = own[::2].astype(np.float32)
        centers = spread_rows(table.points, k, len(far), rng, far).centers
        nearest, _ = nearest_of(distances(table.points, centers))
        firm = nearest[:, None, :] == np.arange(k, dtype=np.int16)[:, None]
        members[::2] = firm * _FIRM + (1 - _FIRM) / k
        members *= own[:, None]
        loadings.append(maximised(table.indicators, sums_of(table.columns, members)))
    return np.concatenate(loadings)


def _climbed(table: Table, runs: Double, iterations: int, weights: Double, gain: float) -> Classes:
    """Let runs climb in batches whose memberships stay near the processor."""
    return Classes.joined(
        [
            climb(
                table.indicators,
                table.columns,
                runs[part],
                iterations,
                weights=weights[part],
                gain=gain,
            )
            for part in _batches(len(runs), table, runs.shape[1])
        ]
    )


def _batches(runs: int, table: Table, k: int) -> Iterator[slice]:
    size = max(1, _ELEMENTS_AT_ONCE // max(1, table.points.n_distinct * k))
    return (slice(start, start + size) for start in range(0, runs, size))


def _best_of_each(log_likelihood: Double, each: int, n: int) -> npt.NDArray[np.intp]:
    """Positions of the ``n`` largest of every ``each`` consecutive numbers."""
    order = np.argsort(-log_likelihood.reshape(-1, each), axis=1, kind="stable")[:, :n]
    return (order + np.arange(len(order))[:, None] * each).ravel()
