"""Customers in segments, however these came about: found, given, pinned, merged or split again.

Enters: rows of the file and the segment of each. Leaves: :class:`Partition`. Refuses to know how
segments are found. Every step from one partition to the next returns a new one, whose key says what
it was made of: the same customers in the same way have the same key.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from string import ascii_lowercase

import numpy as np
import numpy.typing as npt

from segmentation.extraction import Solution

NO_SEGMENT = -1
_KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Segment:
    """What one segment is.

    Attributes
    ----------
    macro : int
        Its place at the first level, 0 …
    part : int or None
        Its place among the parts of a segment that was split; None where it was not.
    called : str
        What a column or a rule calls it; blank where nobody does.
    """

    macro: int
    part: int | None = None
    called: str = ""

    @property
    def number(self) -> str:
        """The number for eyes, from 1 on, with a letter for a part.

        Examples
        --------
        >>> Segment(1).number, Segment(1, 1).number, Segment(0, 27).number
        ('2', '2b', '1bb')
        """
        if self.part is None:
            return f"{self.macro + 1}"
        repeated, place = divmod(self.part, len(ascii_lowercase))
        return f"{self.macro + 1}{ascii_lowercase[place] * (repeated + 1)}"


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """Customers in segments.

    Attributes
    ----------
    key : str
        Identity: names, notes and later steps are kept under it.
    rows : ndarray of shape (n_customers,)
        Positions in the file, each once.
    labels : ndarray of shape (n_customers,)
        Segment of each, 0 … k - 1; -1 for a customer who belongs to none.
    segments : tuple of Segment
        What each is.
    parent : Partition or None
        The same customers before segments were split; None where none was.
    """

    key: str
    rows: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int16]
    segments: tuple[Segment, ...]
    parent: Partition | None = None

    @property
    def k(self) -> int:
        """Number of segments."""
        return len(self.segments)

    @property
    def macro(self) -> Partition:
        """The segments of the first level."""
        return self.parent or self

    @property
    def sizes(self) -> tuple[int, ...]:
        """Customers in each segment."""
        inside = self.labels[self.labels >= 0]
        return tuple(int(n) for n in np.bincount(inside, minlength=self.k))

    @property
    def n_unassigned(self) -> int:
        """Customers who belong to no segment."""
        return int((self.labels < 0).sum())

    def rows_of(self, segment: int) -> npt.NDArray[np.int64]:
        """Return the customers of one segment, as rows of the file."""
        own: npt.NDArray[np.int64] = self.rows[self.labels == segment]
        return own

    def at(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int16]:
        """Return the segments of customers in another order; -1 for rows that are not here.

        Examples
        --------
        >>> here = Partition("", np.array([5, 2]), np.array([0, 1], np.int16), (Segment(0),) * 2)
        >>> here.at(np.array([2, 3, 5])).tolist()
        [1, -1, 0]
        """
        if not len(self.rows):
            return np.full(len(rows), NO_SEGMENT, np.int16)
        order = np.argsort(self.rows)
        places = np.searchsorted(self.rows, rows, sorter=order)
        nearest = order[np.minimum(places, len(order) - 1)]
        labels = self.labels[nearest]
        labels[self.rows[nearest] != rows] = NO_SEGMENT
        return labels


def derived_key(key: str, *made_of: object) -> str:
    """Return the key of a partition that was made from another one.

    Parameters
    ----------
    key : str
        Of the partition before the step.
    *made_of : object
        The step and its decisions; their texts count.
    """
    parts = "|".join([key, *map(str, made_of)])
    return hashlib.sha256(parts.encode()).hexdigest()[:_KEY_LENGTH]


def found(solution: Solution, rows: npt.NDArray[np.int64], key: str) -> Partition:
    """Return the segments of a solution as they were found.

    Parameters
    ----------
    solution : Solution
    rows : ndarray of shape (n_customers,)
        The customers it was found among, in its order.
    key : str
        The solution's identity.

    Returns
    -------
    Partition
    """
    return Partition(key, rows, solution.labels, tuple(Segment(s) for s in range(solution.k)))
