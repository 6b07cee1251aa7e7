"""A solution from labels, whoever found them: numbered, with means and sums of squares.

Enters: prepared customers and a segment for each. Leaves: a ``Solution``, largest segment first.
Refuses to move anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.errors import DegenerateSolution, TooFewCustomers
from segmentation.extraction import Likelihood, Solution
from segmentation.extraction.points import Points, Single
from segmentation.extraction.sweep import MIN_CUSTOMERS
from segmentation.methods.contract import UNASSIGNED, Labels, Rows

_BLOCK_ROWS = 50_000
Double = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Search:
    """How a solution was found.

    Attributes
    ----------
    restarts : int
        Runs tried.
    best_found : int
        How many of them ended at the best.
    converged : bool
    """

    restarts: int = 1
    best_found: int = 1
    converged: bool = True


def described(
    rows: Rows, labels: Labels, search: Search, likelihood: Likelihood | None = None
) -> Solution:
    """Number segments by size and describe them.

    Parameters
    ----------
    rows : Rows
    labels : ndarray of shape (n_customers,)
        Any whole numbers; negative for customers who belong to no segment.
    search : Search
    likelihood : Likelihood, optional

    Returns
    -------
    Solution
        Numbered from 0, largest first, equal ones by their first customer. A segment without any
        customer does not exist: ``k`` counts those who have one.
    """
    numbered = _largest_first(labels, rows.weights)
    k = int(numbered.max(initial=UNASSIGNED)) + 1
    sums, known = np.zeros((k, rows.values.shape[1])), np.zeros((k, rows.values.shape[1]))
    for cells, observed, weight, own in _blocks(rows, numbered):
        members = np.eye(k)[own] * weight[:, None]
        sums += members.T @ cells
        known += members.T @ observed
    centers = sums / np.maximum(known, 1e-12)
    inertia = 0.0
    for cells, observed, weight, own in _blocks(rows, numbered):
        away = (cells - centers[own]) * observed
        inertia += float(weight @ np.einsum("ij,ij->i", away, away))
    return Solution(
        k,
        centers,
        numbered,
        inertia,
        search.restarts,
        search.best_found,
        search.converged,
        likelihood,
    )


def total_of(rows: Rows) -> float:
    """Return the weighted sum of squared distances to the common mean over known cells."""
    everybody = np.zeros(len(rows.values), dtype=np.int16)
    return described(rows, everybody, Search()).inertia


def cells_of(points: Points) -> Single:
    """Return distinct customers as rows: in their own units, NaN in gaps."""
    values = points.values * np.float32(points.unit)
    return values if points.observed is None else np.where(points.observed > 0, values, np.nan)


def refuse_too_few(rows: Rows) -> None:
    """Refuse fewer than ten customers, and customers who are all the same.

    Raises
    ------
    TooFewCustomers, DegenerateSolution
    """
    if len(rows.values) < MIN_CUSTOMERS:
        raise TooFewCustomers(n_customers=len(rows.values), needed=MIN_CUSTOMERS)
    learning = rows.values[: rows.n_learning]
    known = ~np.isnan(learning)
    high = np.max(learning, axis=0, where=known, initial=-np.inf)
    low = np.min(learning, axis=0, where=known, initial=np.inf)
    if (high <= low).all():
        raise DegenerateSolution(k=2, n_distinct=1)


def _largest_first(labels: Labels, weights: Double | None) -> Labels:
    inside = labels >= 0
    found, first, codes = np.unique(labels[inside], return_index=True, return_inverse=True)
    mass = np.bincount(codes, None if weights is None else weights[inside], len(found))
    rank = np.empty(len(found), dtype=np.int16)
    rank[np.lexsort((first, -mass.round(6)))] = np.arange(len(found))
    numbered = np.full(len(labels), UNASSIGNED, dtype=np.int16)
    numbered[inside] = rank[codes]
    return numbered


def _blocks(
    rows: Rows, labels: Labels
) -> Iterator[tuple[Double, Double, Double, npt.NDArray[np.int16]]]:
    """Cut the assigned customers into blocks: cells, which are known, weights, segments."""
    for start in range(0, len(rows.values), _BLOCK_ROWS):
        part = slice(start, start + _BLOCK_ROWS)
        inside = labels[part] >= 0
        block = rows.values[part][inside].astype(np.float64)
        gaps = np.isnan(block)
        weight = np.ones(len(block)) if rows.weights is None else rows.weights[part][inside]
        cells = np.where(gaps, 0.0, block) if gaps.any() else block
        yield cells, (~gaps).astype(np.float64), weight, labels[part][inside]
