"""What every way of finding segments takes and gives, so that one page and one test serve all.

Enters: nothing. Leaves: :class:`Rows`, :class:`Resamples`, :class:`Effort` and the :class:`Method`
protocol. Refuses to know any method.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from segmentation.extraction import ExtractionSpec, SolutionFamily
from segmentation.extraction.points import Points, Single
from segmentation.extraction.sweep import Progress

Labels = npt.NDArray[np.int16]
Groups = tuple[tuple[int, ...], ...]
UNASSIGNED = -1


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Prepared customers.

    Attributes
    ----------
    values : ndarray of shape (n_customers, n_features)
        float32, canonical order, NaN in gaps.
    weights : ndarray of shape (n_customers,) or None
        Survey weights with mean 1.
    groups : tuple of tuple of int
        The columns of each variable: several for a category, whose columns tell its levels.
    n_learning : int
        The first so many customers learn; all are placed.
    fingerprint : str
        Of the matrix, carried by the result.
    """

    values: Single
    weights: npt.NDArray[np.float64] | None
    groups: Groups
    n_learning: int
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Resamples:
    """Samples of one table, to be solved anew.

    Attributes
    ----------
    points : Points
        The distinct customers of the table, in the space of the fit.
    groups : tuple of tuple of int
        The columns of each variable in that space.
    drawn : ndarray of shape (n_samples, n_distinct)
        How many customers each distinct one stands for in each sample.
    """

    points: Points
    groups: Groups
    drawn: Single


@dataclass(frozen=True, slots=True)
class Effort:
    """How many fits the validation of a method may cost.

    Attributes
    ----------
    pairs : int
        Pairs of bootstrap samples.
    copies, copy_pairs : int
        Shuffled copies, and pairs of samples of each.
    splits : int
        Splits into halves.
    """

    pairs: int
    copies: int
    copy_pairs: int
    splits: int


THOROUGH = Effort(pairs=50, copies=5, copy_pairs=6, splits=30)
# For methods whose single fit takes a hundred times that of k-means.
SPARING = Effort(pairs=10, copies=3, copy_pairs=3, splits=5)


class Method(Protocol):
    """One way of finding segments.

    Attributes
    ----------
    name : str
        As studies and the command line call it.
    effort : Effort
        What its validation may cost.
    """

    @property
    def name(self) -> str:
        """As above."""

    @property
    def effort(self) -> Effort:
        """As above."""

    def solve(self, rows: Rows, spec: ExtractionSpec, progress: Progress) -> SolutionFamily:
        """Find the best solution for every number of segments that the method can form.

        Parameters
        ----------
        rows : Rows
        spec : ExtractionSpec
        progress : callable
            Called with the share done in [0, 1] and a note.

        Returns
        -------
        SolutionFamily

        Raises
        ------
        TooFewCustomers, DegenerateSolution
            When there is nobody, or nothing, to tell apart.
        NumbersOnly
            When the method cannot use categories and there are some.
        """

    def again(
        self, samples: Resamples, k: int, *, restarts: int, rng: np.random.Generator
    ) -> Labels:
        """Solve every sample anew, without any knowledge of the solution of the whole.

        Parameters
        ----------
        samples : Resamples
        k : int
            Number of segments; a method that finds their number itself may find another.
        restarts : int
            Random starts of each sample, where the method has any.
        rng : numpy Generator

        Returns
        -------
        ndarray of shape (n_samples, n_distinct)
            Segment of every distinct customer of the table, whether the sample drew it or not;
            -1 for one who belongs to none.
        """
