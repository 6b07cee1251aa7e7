"""Segments in the plane that shows most of the differences between customers.

Enters: prepared customers in the space of the fit, and their segments. Leaves: a
:class:`Separation`: a few customers as points, all of them as counts by area, the inner half of
every segment as an outline, and the directions of the variables. Refuses to hide what the plane
loses: the share of the variance that it keeps stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import ConvexHull, QhullError

POINTS_SHOWN = 2_000
OUTLINE_ROWS = 20_000
BINS = 36
ARROWS = 8
# Further out, a few customers would press all others together.
_EDGES = (0.002, 0.998)
_BLOCK_ROWS = 50_000
_LEAST_OUTLINE = 3
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Separation:
    """The plane of the first two principal components.

    Attributes
    ----------
    kept : (float, float)
        Share of the variance along each of the two axes, in [0, 1].
    n : int
        Customers in a segment.
    points : ndarray of shape (n_shown, 2)
        The first 2,000 customers in canonical order.
    point_segments : ndarray of shape (n_shown,)
    counts : ndarray of shape (36, 36)
        Customers by area; those beyond the edges are in none.
    edges : (ndarray of shape (37,), ndarray of shape (37,))
        Where the areas begin and end along each axis.
    middles : ndarray of shape (k, 2)
        Mean of every segment; NaN for one without customers.
    outlines : tuple of ndarray of shape (n_corners, 2)
        Around the half of each segment's customers that lie nearest to its middle, among the first
        20,000; without corners where fewer than three customers, or all on one line.
    arrows : ndarray of shape (n_features, 2)
        How much every feature adds to each axis (its loadings).
    """

    kept: tuple[float, float]
    n: int
    points: Numbers
    point_segments: npt.NDArray[np.int16]
    counts: npt.NDArray[np.int64]
    edges: tuple[Numbers, Numbers]
    middles: Numbers
    outlines: tuple[Numbers, ...]
    arrows: Numbers

    @property
    def strongest(self) -> tuple[int, ...]:
        """The features with the longest arrows, at most eight, longest first."""
        lengths = np.hypot(*self.arrows.T)
        order = np.argsort(-lengths, kind="stable")[:ARROWS]
        return tuple(int(i) for i in order if lengths[i] > 0)


def separation(
    values: npt.NDArray[np.float32],
    labels: npt.NDArray[np.int16],
    k: int,
    weights: Numbers | None = None,
    axes: Numbers | None = None,
) -> Separation:
    """Lay the segments out in the plane of their customers' first two principal components.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_columns)
        In the space of the fit, canonical order, NaN in gaps, which the mean fills.
    labels : ndarray of shape (n_customers,)
        0 … k - 1; -1 for a customer who belongs to no segment.
    k : int
        Number of segments.
    weights : ndarray of shape (n_customers,), optional
        Survey weights.
    axes : ndarray of shape (n_features, n_columns), optional
        What each prepared feature becomes in the space of the fit; the features are the columns
        where there is none.

    Returns
    -------
    Separation

    Notes
    -----
    Everybody counts in the components, the areas and the middles, block by block: beside the values
    there are eight bytes a customer.
    """
    mean, spread = _moments(values, weights)
    plane, kept = _plane(spread)
    scores = np.concatenate(
        [_scores(values[start : start + _BLOCK_ROWS], mean, plane) for start in _starts(values)]
    )
    inside = labels >= 0
    edges = _edges(scores[inside])
    counts = np.histogram2d(scores[inside, 0], scores[inside, 1], bins=edges)[0].astype(np.int64)
    middles = np.full((k, 2), np.nan)
    for segment in np.unique(labels[inside]):
        middles[segment] = scores[labels == segment].mean(axis=0)
    few = np.flatnonzero(inside[:OUTLINE_ROWS])
    outlines = [_outline(scores[few][labels[few] == s].astype(np.float64)) for s in range(k)]
    shown = few[:POINTS_SHOWN]
    return Separation(
        kept=kept,
        n=int(inside.sum()),
        points=scores[shown].astype(np.float64),
        point_segments=labels[shown],
        counts=counts,
        edges=edges,
        middles=middles,
        outlines=tuple(outlines),
        arrows=plane if axes is None else axes @ plane,
    )


def _starts(values: npt.NDArray[np.float32]) -> range:
    return range(0, len(values), _BLOCK_ROWS)


def _moments(values: npt.NDArray[np.float32], weights: Numbers | None) -> tuple[Numbers, Numbers]:
    """Mean and covariance over all customers, gaps filled with the mean."""
    columns = values.shape[1]
    sums, known, mass = np.zeros(columns), np.zeros(columns), 0.0
    for start in _starts(values):
        block, weight = _block(values, weights, start)
        gaps = np.isnan(block)
        sums += weight @ np.where(gaps, 0.0, block)
        known += weight @ ~gaps
        mass += float(weight.sum())
    mean = sums / np.maximum(known, 1e-12)
    spread = np.zeros((columns, columns))
    for start in _starts(values):
        block, weight = _block(values, weights, start)
        away = np.nan_to_num(block - mean, nan=0.0)
        spread += (away * weight[:, None]).T @ away
    return mean, spread / max(mass, 1e-12)


def _block(
    values: npt.NDArray[np.float32], weights: Numbers | None, start: int
) -> tuple[Numbers, Numbers]:
    rows = slice(start, start + _BLOCK_ROWS)
    block = values[rows].astype(np.float64)
    return block, np.ones(len(block)) if weights is None else weights[rows]


def _plane(spread: Numbers) -> tuple[Numbers, tuple[float, float]]:
    """The two directions with the largest variance, and the share of all that each keeps."""
    variances, directions = np.linalg.eigh(spread)
    order = np.argsort(-variances, kind="stable")[:2]
    plane = np.zeros((len(spread), 2))
    plane[:, : len(order)] = directions[:, order]
    # An axis has no direction of its own: its largest loading shall be positive.
    plane *= np.where(plane[np.abs(plane).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    total = max(float(np.maximum(variances, 0.0).sum()), 1e-12)
    shares = [max(float(variances[i]), 0.0) / total for i in order] + [0.0]
    return plane, (shares[0], shares[1])


def _scores(
    block: npt.NDArray[np.float32], mean: Numbers, plane: Numbers
) -> npt.NDArray[np.float32]:
    away = np.nan_to_num(block.astype(np.float64) - mean, nan=0.0)
    return np.asarray(away @ plane, dtype=np.float32)


def _edges(scores: npt.NDArray[np.float32]) -> tuple[Numbers, Numbers]:
    found = []
    for axis in range(2):
        low, high = np.quantile(scores[:, axis], _EDGES) if len(scores) else (0.0, 1.0)
        room = max(0.02 * (high - low), 1e-6)
        found.append(np.linspace(float(low) - room, float(high) + room, BINS + 1))
    return found[0], found[1]


def _outline(members: Numbers) -> Numbers:
    """Corners around the inner half, in order; the last is the first again."""
    nobody = np.empty((0, 2))
    if len(members) < _LEAST_OUTLINE:
        return nobody
    away = np.hypot(*(members - np.median(members, axis=0)).T)
    inner = members[away <= np.median(away)]
    if len(np.unique(inner, axis=0)) < _LEAST_OUTLINE:
        return nobody
    try:
        corners = ConvexHull(inner).vertices
    except QhullError:  # all on one line
        return nobody
    return np.asarray(inner[[*corners, corners[0]]])


def called(features: Sequence[tuple[str, str | None]]) -> list[str]:
    """Return the features' names as charts write them.

    Examples
    --------
    >>> called([("age", None), ("town", "Ulm")])
    ['age', 'Ulm (town)']
    """
    return [name if level is None else f"{level} ({name})" for name, level in features]
