"""What a probability model knows about its segments: enough to place one more customer.

Enters: parameters that a method has found. Leaves: how probable each segment is for prepared
customers. Refuses to learn anything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.indicators import Indicators
from segmentation.extraction.latent import memberships

Double = npt.NDArray[np.float64]
Single = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Segments as clouds of numbers, each with a mean and a covariance matrix.

    Attributes
    ----------
    segments : ndarray of shape (k,)
        Which segment each component is, as they are numbered for eyes.
    columns : ndarray of shape (n_varying,)
        Columns of the prepared matrix that count.
    centers, scales : ndarray of shape (n_varying,)
        Bring them to mean 0 and variance 1.
    fills : ndarray of shape (n_features,)
        What stands in a gap.
    weights : ndarray of shape (k,)
        Share of each component.
    means : ndarray of shape (k, n_varying)
    precisions : ndarray of shape (k, n_varying, n_varying)
        Cholesky factors of the inverse covariance matrices.
    """

    segments: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    centers: Double
    scales: Double
    fills: Single
    weights: Double
    means: Double
    precisions: Double

    def of(self, values: Single) -> Double:
        """Return how probable each segment is.

        Parameters
        ----------
        values : ndarray of shape (n, n_features)
            Prepared, NaN in gaps.

        Returns
        -------
        ndarray of shape (n, k)
            Rows add up to 1.
        """
        filled = np.where(np.isnan(values), self.fills, values)[:, self.columns]
        rows = (filled.astype(np.float64) - self.centers) / self.scales
        logs = np.empty((len(rows), len(self.weights)))
        for part, (mean, factor) in enumerate(zip(self.means, self.precisions, strict=True)):
            away = rows @ factor - mean @ factor
            logs[:, part] = np.log(np.diag(factor)).sum() - 0.5 * np.einsum("ij,ij->i", away, away)
        logs += np.log(self.weights)
        logs -= logs.max(axis=1, keepdims=True)
        probable = np.exp(logs)
        return _renumbered(probable / probable.sum(axis=1, keepdims=True), self.segments)


@dataclass(frozen=True, slots=True, eq=False)
class LatentClasses:
    """Segments in which answers are independent of each other.

    Attributes
    ----------
    segments : ndarray of shape (k,)
        Which segment each class is, as they are numbered for eyes.
    indicators : Indicators
        How prepared columns enter the likelihood.
    loadings : ndarray of shape (k, n_columns)
        As in :class:`segmentation.extraction.latent.Classes`.
    """

    segments: npt.NDArray[np.int64]
    indicators: Indicators
    loadings: Double

    def of(self, values: Single) -> Double:
        """Return how probable each segment is, as :meth:`Mixture.of`; a gap says nothing."""
        probable = memberships(self.indicators.of(values), self.loadings[None])[0][0]
        return _renumbered(probable.T, self.segments)


def numbers_of(
    labels: npt.NDArray[np.int16], numbered: npt.NDArray[np.int16]
) -> npt.NDArray[np.int64]:
    """Return which segment each part of a model became, when every part has a customer.

    Parameters
    ----------
    labels : ndarray of shape (n_customers,)
        The part of each customer, 0 … k - 1.
    numbered : ndarray of shape (n_customers,)
        The segment of each.

    Returns
    -------
    ndarray of shape (k,)

    Examples
    --------
    >>> numbers_of(np.array([1, 0, 1], np.int16), np.array([0, 1, 0], np.int16)).tolist()
    [1, 0]
    """
    _, first = np.unique(labels, return_index=True)
    return numbered[first].astype(np.int64)


def _renumbered(probable: Double, segments: npt.NDArray[np.int64]) -> Double:
    found = np.empty_like(probable)
    found[:, segments] = probable
    return found
