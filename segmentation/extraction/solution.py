"""What extraction is asked for, and what it answers.

Enters: nothing. Leaves: ``ExtractionSpec``, ``Solution``, ``SolutionFamily``. Refuses to judge:
how far to trust a solution is for ``segmentation.validation`` to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.errors import BadNumberOfSegments


@dataclass(frozen=True, slots=True)
class ExtractionSpec:
    """How segments are to be found.

    Attributes
    ----------
    method : str
        The extraction method; ``kmeans``.
    k_max : int
        Solutions for 2 … ``k_max`` segments are computed.
    seed : int
        Makes every random choice repeatable.
    restarts : int or None
        Random starts for each number of segments; None means 50, or 10 from 20,000 distinct
        customers on, where local optima are rare.
    """

    method: str = "kmeans"
    k_max: int = 10
    seed: int = 7
    restarts: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """One segmentation.

    Attributes
    ----------
    k : int
        Number of segments.
    centers : ndarray of shape (k, n_features)
        Segment means in the prepared space, largest segment first.
    labels : ndarray of shape (n_customers,)
        Segment of each customer, 0 … k - 1, in the matrix's order.
    inertia : float
        Weighted sum of squared distances to the centers over the known cells.
    restarts : int
        Runs tried: random starts and swaps.
    best_found : int
        How many of the runs ended within 0.01 % of the best solution.
    converged : bool
        Whether the best solution stopped moving.
    """

    k: int
    centers: npt.NDArray[np.float64]
    labels: npt.NDArray[np.int16]
    inertia: float
    restarts: int
    best_found: int
    converged: bool

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of customers in each segment."""
        return tuple(int(n) for n in np.bincount(self.labels, minlength=self.k))


@dataclass(frozen=True, slots=True, eq=False)
class SolutionFamily:
    """Solutions for every number of segments, from one matrix.

    Attributes
    ----------
    spec : ExtractionSpec
        What was asked for.
    matrix_fingerprint : str
        Of the basis matrix it was found in.
    solutions : mapping of int to Solution
        By number of segments.
    total : float
        Weighted sum of squared distances to the common mean: the inertia of one segment.
    n_distinct : int
        Distinct customers among the learning ones.
    """

    spec: ExtractionSpec
    matrix_fingerprint: str
    solutions: Mapping[int, Solution]
    total: float
    n_distinct: int

    def solution(self, k: int) -> Solution:
        """Return the solution of ``k`` segments (raises ``BadNumberOfSegments``)."""
        if k not in self.solutions:
            raise BadNumberOfSegments(k=k, k_max=max(self.solutions))
        return self.solutions[k]
