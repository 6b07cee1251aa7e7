"""What extraction is asked for, and what it answers.

Enters: nothing. Leaves: ``ExtractionSpec``, ``Solution``, ``SolutionFamily`` and their parts.
Refuses to judge: how far to trust a solution is for ``segmentation.validation`` to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.errors import BadNumberOfSegments
from segmentation.extraction.rules import LatentClasses, Mixture
from segmentation.notes import Note

_BLOCK_ROWS = 50_000
# Stands for a method in a study that names none: the one that suits the customers.
SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class ExtractionSpec:
    """How segments are to be found.

    Attributes
    ----------
    method : str
        The extraction method, by its name in ``segmentation.methods``; in a study also
        :data:`SUGGESTED`.
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
class Likelihood:
    """What a probability model says of its own solution.

    Attributes
    ----------
    bic : float
        -2 ln L + q ln n, q free parameters [1]_; smaller is better.
    icl : float
        BIC + 2 * the summed entropy of the memberships [2]_; smaller is better.
    membership : ndarray of shape (n_customers,)
        How probable the own segment is, in (0, 1].

    References
    ----------
    .. [1] Schwarz (1978), Estimating the dimension of a model, Annals of Statistics 6:461-464.
    .. [2] Biernacki, Celeux & Govaert (2000), Assessing a mixture model for clustering with the
       integrated completed likelihood, IEEE Trans. Pattern Anal. Mach. Intell. 22:719-725.
    """

    bic: float
    icl: float
    membership: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """A straight-line view of the prepared customers in fewer columns.

    Attributes
    ----------
    fills : ndarray of shape (n_features,)
        What stands in a gap.
    axes : ndarray of shape (n_features, n_axes)
        What each column becomes.
    """

    fills: npt.NDArray[np.float64]
    axes: npt.NDArray[np.float64]

    def of(self, values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return customers in this space, without gaps.

        Parameters
        ----------
        values : ndarray of shape (n_customers, n_features)
            Prepared, NaN in gaps.

        Returns
        -------
        ndarray of shape (n_customers, n_axes)
        """
        found = np.empty((len(values), self.axes.shape[1]), dtype=np.float32)
        for start in range(0, len(values), _BLOCK_ROWS):
            part = slice(start, start + _BLOCK_ROWS)
            block = values[part].astype(np.float64)
            found[part] = (np.where(np.isnan(block), self.fills, block) - self.fills) @ self.axes
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """One segmentation.

    Attributes
    ----------
    k : int
        Number of segments.
    centers : ndarray of shape (k, n_features)
        Segment means in the space of the fit, largest segment first.
    labels : ndarray of shape (n_customers,)
        Segment of each customer, 0 … k - 1, in the matrix's order; -1 for one who belongs to none.
    inertia : float
        Weighted sum of squared distances to the centers over the known cells.
    restarts : int
        Runs tried: random starts and swaps; 1 for a method without chance.
    best_found : int
        How many of the runs ended at the best solution (k-means: within 0.01 % of its inertia).
    converged : bool
        Whether the best solution stopped moving.
    likelihood : Likelihood or None
        Where the method has one.
    rule : Mixture, LatentClasses or None
        How probable each segment is for anybody, where customers go by that and not by distance.
    """

    k: int
    centers: npt.NDArray[np.float64]
    labels: npt.NDArray[np.int16]
    inertia: float
    restarts: int
    best_found: int
    converged: bool
    likelihood: Likelihood | None = None
    rule: Mixture | LatentClasses | None = None

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of customers in each segment."""
        inside = self.labels[self.labels >= 0]
        return tuple(int(n) for n in np.bincount(inside, minlength=self.k))

    @property
    def n_unassigned(self) -> int:
        """Number of customers who belong to no segment."""
        return int((self.labels < 0).sum())


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
    space : Space or None
        Where the solutions were found; None where it is the prepared matrix itself.
    notes : tuple of Note
        What the method did besides, with counts.
    """

    spec: ExtractionSpec
    matrix_fingerprint: str
    solutions: Mapping[int, Solution]
    total: float
    n_distinct: int
    space: Space | None = None
    notes: tuple[Note, ...] = ()

    def fitted(self, values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return prepared customers in the space where the solutions were found."""
        return values if self.space is None else self.space.of(values)

    def solution(self, k: int) -> Solution:
        """Return the solution of ``k`` segments (raises ``BadNumberOfSegments``)."""
        if k not in self.solutions:
            raise BadNumberOfSegments(k=k, k_max=max(self.solutions))
        return self.solutions[k]
