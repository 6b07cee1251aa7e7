"""Stability across solutions: where the segments of one more come from.

Enters: the labels of solutions with growing numbers of segments. Leaves: flows between neighbours
and how much each segment is of one origin (SLSA). Refuses to renumber anybody's segments: the order
to draw them in is a separate answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """From one solution to the next larger one.

    Attributes
    ----------
    k, next_k : int
        Numbers of segments.
    flows : ndarray of shape (k, next_k)
        Customers who are in both segments.
    one_origin : ndarray of shape (next_k,)
        SLSA [1]_ of each segment of the larger solution: 1 where all its customers come from one
        segment, 0 where they come in equal shares from all.

    References
    ----------
    .. [1] Dolnicar & Leisch (2017), Using segment level stability to select target segments in
       data-driven market segmentation studies, Marketing Letters 28:423-436.
    """

    k: int
    next_k: int
    flows: Numbers
    one_origin: Numbers


def steps_between(
    labels: Mapping[int, npt.NDArray[np.int16]], weights: Numbers | None = None
) -> tuple[Step, ...]:
    """Follow the customers from each solution to the next larger one.

    Parameters
    ----------
    labels : mapping of int to ndarray of shape (n_customers,)
        Segment numbers, by number of segments; -1 for customers who belong to none.
    weights : ndarray of shape (n_customers,), optional

    Returns
    -------
    tuple of Step

    Examples
    --------
    >>> two, three = np.array([0, 0, 1, 1], np.int16), np.array([0, 1, 2, 2], np.int16)
    >>> steps_between({2: two, 3: three})[0].flows.tolist()
    [[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]]
    """
    ks = sorted(labels)
    steps = []
    for k, next_k in pairwise(ks):
        mass = np.ones(len(labels[k])) if weights is None else weights
        flows = _flows(labels[k], labels[next_k], mass, (k, next_k))
        steps.append(Step(k, next_k, flows, _one_origin(flows)))
    return tuple(steps)


def drawing_order(steps: tuple[Step, ...]) -> dict[int, tuple[int, ...]]:
    """Return in which order to draw the segments of each solution so that flows cross little.

    Neighbours are matched so that most customers stay on one level; a segment without a match is
    drawn below the segment that most of its customers come from.

    Parameters
    ----------
    steps : tuple of Step

    Returns
    -------
    dict of int to tuple of int
        Segment numbers from top to bottom, by number of segments.
    """
    if not steps:
        return {}
    order = {steps[0].k: tuple(range(steps[0].k))}
    for step in steps:
        rows = list(order[step.k])
        flows = step.flows[rows]
        matched = linear_sum_assignment(-flows)[1].tolist()
        drawn = list(matched)
        for segment in sorted(set(range(step.next_k)) - set(matched)):
            parent = matched[int(flows[:, segment].argmax())]
            drawn.insert(drawn.index(parent) + 1, segment)
        order[step.next_k] = tuple(drawn)
    return order


def _flows(
    one: npt.NDArray[np.int16],
    other: npt.NDArray[np.int16],
    mass: Numbers,
    shape: tuple[int, int],
) -> Numbers:
    """Count the customers who are in both, of those who are in a segment each time."""
    both = (one >= 0) & (other >= 0)
    pairs = one[both].astype(np.int64) * shape[1] + other[both]
    counted = np.bincount(pairs, mass[both], shape[0] * shape[1])
    return np.asarray(counted.reshape(shape), dtype=np.float64)


def _one_origin(flows: Numbers) -> Numbers:
    """One less the entropy of each segment's origins, as a share of the largest possible."""
    shares = flows / np.maximum(flows.sum(axis=0), 1e-12)
    logs = np.log(shares, where=shares > 0, out=np.zeros_like(shares))
    return np.asarray(1 + (shares * logs).sum(axis=0) / np.log(len(flows)))
