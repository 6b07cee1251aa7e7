"""Latent class models fitted by expectation and maximisation, many runs together.

Enters: customers as :class:`~segmentation.extraction.indicators.Indicators` tell them, weights and
starts. Leaves: :class:`Classes`, the models that the runs came to, and how likely the data are in
each. In a class answers are independent of each other: levels have probabilities, numbers a mean
and a variance. Refuses to guess a gap: it says nothing for or against any class.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.indicators import Indicators

Double = npt.NDArray[np.float64]
# Customers who answer as all do, added to every class: they keep probabilities off 0 and an empty
# class defined, and are too few to be seen in any result.
PSEUDO_COUNT = 1e-9
_LOG_TWO_PI = float(np.log(2 * np.pi))


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """Several models of one number of classes.

    Attributes
    ----------
    loadings : ndarray of shape (runs, k, n_columns)
        Times the columns of a customer: the logarithm of the class's share and of the
        probability (density, in standardised numbers) of all answers in it.
    log_likelihood : ndarray of shape (runs,)
        Of the weighted customers in each model.
    settled : ndarray of shape (runs,)
        Whether the last step gained no more than was worth a further one.
    """

    loadings: Double
    log_likelihood: Double
    settled: npt.NDArray[np.bool_]

    def picked(self, runs: npt.NDArray[np.integer]) -> Classes:
        """Return some of the models."""
        return Classes(self.loadings[runs], self.log_likelihood[runs], self.settled[runs])

    @classmethod
    def joined(cls, parts: list[Classes]) -> Classes:
        """Return the models of all parts as one."""
        return cls(
            np.concatenate([part.loadings for part in parts]),
            np.concatenate([part.log_likelihood for part in parts]),
            np.concatenate([part.settled for part in parts]),
        )


def maximised(indicators: Indicators, sums: Double) -> Double:
    """Return the loadings of the classes in which such sums are most likely.

    Parameters
    ----------
    indicators : Indicators
    sums : ndarray of shape (runs, k, n_columns)
        Of the customers' columns over each class, weighted by membership.

    Returns
    -------
    ndarray of shape (runs, k, n_columns)
    """
    n_levels, n_numbers = len(indicators.columns), len(indicators.numbers)
    size, held, rest = np.split(sums, [1, 1 + n_levels], axis=2)
    known, linear, square = np.split(rest, [n_numbers, 2 * n_numbers], axis=2)
    size = size + PSEUDO_COUNT
    constant = np.log(size / size.sum(axis=1, keepdims=True))
    held = held + PSEUDO_COUNT * indicators.shares
    if n_levels:
        answered = np.add.reduceat(held, indicators.starts, axis=2)
        held = np.log(held / answered[:, :, indicators.variables])
    known = known + PSEUDO_COUNT
    mean = linear / known
    variance = (square + PSEUDO_COUNT) / known - mean * mean
    precision = 1 / np.maximum(variance, indicators.floors)
    density = -0.5 * (mean * mean * precision - np.log(precision) + _LOG_TWO_PI)
    return np.concatenate([constant, held, density, mean * precision, -0.5 * precision], axis=2)


def memberships(columns: Double, loadings: Double) -> tuple[Double, Double]:
    """How probable each class is for each customer, and how likely the customer's answers are.

    Parameters
    ----------
    columns : ndarray of shape (n, n_columns)
    loadings : ndarray of shape (runs, k, n_columns)

    Returns
    -------
    probabilities : ndarray of shape (runs, k, n)
        They add up to one for every customer.
    log_likelihood : ndarray of shape (runs, n)
    """
    runs, k, _ = loadings.shape
    logs = (loadings.reshape(runs * k, -1) @ columns.T).reshape(runs, k, -1)
    top = logs.max(axis=1)
    logs -= top[:, None]
    np.exp(logs, out=logs)
    total = logs.sum(axis=1)
    logs /= total[:, None]
    return logs, top + np.log(total)


def climb(
    indicators: Indicators,
    columns: Double,
    loadings: Double,
    iterations: int,
    *,
    weights: Double,
    gain: float = 0.0,
) -> Classes:
    """Let all runs climb together; one that gains hardly anything drops out.

    Parameters
    ----------
    indicators : Indicators
    columns : ndarray of shape (n, n_columns)
    loadings : ndarray of shape (runs, k, n_columns)
        Where the runs stand.
    iterations : int
        At most so many steps of EM (Dempster, Laird & Rubin 1977).
    weights : ndarray of shape (runs, n)
        Of the customers in each run.
    gain : float
        A run has settled when a step gained at most this much log-likelihood.

    Returns
    -------
    Classes
    """
    found, likely = loadings.copy(), np.full(len(loadings), -np.inf)
    settled = np.zeros(len(loadings), dtype=bool)
    active, moving, own = np.arange(len(loadings)), loadings, weights
    for iteration in range(iterations + 1):
        probable, each = memberships(columns, moving)
        now = np.einsum("rn,rn->r", each, own)
        found[active] = moving
        rests = now - likely[active] <= gain
        likely[active] = now
        settled[active] = rests
        if rests.all() or iteration == iterations:
            break
        if rests.any():
            goes = ~rests
            active, own, probable = active[goes], own[goes], probable[goes]
        probable *= own[:, None]
        moving = maximised(indicators, sums_of(columns, probable))
    return Classes(found, likely, settled)


def sums_of(columns: Double, members: Double) -> Double:
    """Return the sums of the customers' columns over each class.

    Parameters
    ----------
    columns : ndarray of shape (n, n_columns)
    members : ndarray of shape (runs, k, n)
        Weights of the customers in each class.

    Returns
    -------
    ndarray of shape (runs, k, n_columns)
    """
    runs, k, n = members.shape
    return (members.reshape(runs * k, n) @ columns).reshape(runs, k, -1)
