"""A segmentation as plain data: all that it takes to place a customer who was not there.

Enters: nothing. Leaves: :class:`Model` and its parts. Refuses to hold customers: what is kept of
them are counts, means, the levels of categories and the bounds of numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from segmentation.assigning.drift import Reference
from segmentation.extraction import Space
from segmentation.extraction.exact import exact_distances
from segmentation.extraction.rules import LatentClasses, Mixture
from segmentation.intake import Column, Kind
from segmentation.preparation import Transform
from segmentation.preparation.cells import is_category
from segmentation.structure import Pin, Segment
from segmentation.study import Study
from segmentation.variables import Role, Scale, Variable

SCHEMA = 1
Double = npt.NDArray[np.float64]
Single = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Question:
    """A variable as the model knows it.

    Attributes
    ----------
    name : str
    kind : Kind
        What its values are.
    scale : Scale
        How they are compared.
    levels : tuple of str
        Its values in their order, where they have one.
    of : str or None
        The column of the file that it was read from; None for a column of the file itself.
    low, high : float or None
        Smallest and largest number among the customers of the model.
    texts : tuple of str
        The values of a category among them; none where there were too many to keep.
    """

    name: str
    kind: Kind
    scale: Scale
    levels: tuple[str, ...] = ()
    of: str | None = None
    low: float | None = None
    high: float | None = None
    texts: tuple[str, ...] = ()

    def variable(self, column: Column) -> Variable:
        """Return it as a variable that forms segments, with the values of a column."""
        own = replace(column, kind=self.kind, levels=self.levels)
        return Variable(own, Role.BASIS, self.scale, None)

    @property
    def is_category(self) -> bool:
        """Whether its values are levels without an order."""
        nothing = Column(self.name, "", self.kind, 0, 0, 0)
        return is_category(self.variable(nothing))


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """Customers go to the nearest center.

    Attributes
    ----------
    centers : ndarray of shape (k, n_axes)
    space : Space or None
        Where the centers are; None for the prepared matrix itself.
    """

    centers: Double
    space: Space | None = None

    def of(self, values: Single) -> Double:
        """Return the distance of prepared customers to each center, (n, k)."""
        rows = (values if self.space is None else self.space.of(values)).astype(np.float64)
        known = ~np.isnan(rows)
        observed = None if known.all() else known.astype(np.float64)
        return np.sqrt(exact_distances(np.where(known, rows, 0.0), observed, self.centers))


@dataclass(frozen=True, slots=True)
class Given:
    """Customers go where a column says."""

    column: str
    values: tuple[str, ...]


Rule = Nearest | Mixture | LatentClasses | Given


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One search for segments: of everybody, or of the customers of one segment.

    Attributes
    ----------
    method : str
        That found them; blank for given ones.
    questions : tuple of Question
        The basis in the order of the matrix, then items that count in a battery's mean alone.
    transforms : tuple of Transform
        Of the basis, in the same order.
    batteries : tuple of tuple of str
        As in :class:`segmentation.preparation.BasisMatrix`.
    rule : Rule
        Where a prepared customer belongs.
    pins : tuple of Pin
        Rules that go before it; their segments come behind the others.
    finals : tuple of int
        What each segment became when segments were merged: found ones first, then pinned ones.
    fills : ndarray of shape (n_features,) or None
        What stands in a gap; None where a customer is placed by the answers given.
    """

    method: str
    questions: tuple[Question, ...]
    transforms: tuple[Transform, ...]
    batteries: tuple[tuple[str, ...], ...]
    rule: Rule
    pins: tuple[Pin, ...] = ()
    finals: tuple[int, ...] = ()
    fills: Single | None = None

    @property
    def basis(self) -> tuple[Question, ...]:
        """The variables that form the segments."""
        return self.questions[: len(self.transforms)]

    @property
    def k(self) -> int:
        """Number of segments after merging."""
        return max(self.finals) + 1

    @property
    def by_probability(self) -> bool:
        """Whether customers go by probability and not by distance."""
        return isinstance(self.rule, Mixture | LatentClasses)


@dataclass(frozen=True, slots=True)
class Check:
    """What came out when the model was asked about its own customers.

    Attributes
    ----------
    n : int
        How many were asked about.
    n_other : int
        How many of them it puts in another segment than they are in.
    """

    n: int
    n_other: int


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A segmentation, ready for new customers.

    Attributes
    ----------
    study : Study
        The decisions; each column that is needed has its type decided.
    needs : tuple of str
        Columns of the file that a new file must have, too.
    whole : Level
        The segments of the first level.
    parts : mapping of int to Level
        How segments of it are split.
    segments : tuple of Segment
        What the final ones are.
    names : tuple of str
        What they are called.
    sizes : tuple of int
        Customers of the model in each.
    n_unassigned : int
        Those in none.
    references : tuple of Reference
        How the values of the basis were spread.
    check : Check
    versions : mapping of str to str
        Of the program and of the libraries that computed it.
    macro_names : tuple of str
        Names of the first level, where segments are split.
    """

    study: Study
    needs: tuple[str, ...]
    whole: Level
    parts: Mapping[int, Level]
    segments: tuple[Segment, ...]
    names: tuple[str, ...]
    sizes: tuple[int, ...]
    n_unassigned: int = 0
    references: tuple[Reference, ...] = ()
    check: Check = Check(0, 0)
    versions: Mapping[str, str] = field(default_factory=dict)
    macro_names: tuple[str, ...] = ()

    @property
    def k(self) -> int:
        """Number of final segments."""
        return len(self.segments)

    @property
    def n_customers(self) -> int:
        """Customers whom it was made from."""
        return sum(self.sizes) + self.n_unassigned

    @property
    def levels(self) -> tuple[Level, ...]:
        """The first level and all splits."""
        return (self.whole, *self.parts.values())

    @property
    def questions(self) -> tuple[Question, ...]:
        """All variables that place a customer, each once."""
        found = {q.name: q for level in self.levels for q in level.questions}
        return tuple(found.values())

    def first_of(self, macro: int) -> int:
        """Return the first final segment of one of the first level."""
        return next(i for i, segment in enumerate(self.segments) if segment.macro == macro)


def merged_numbers(k: int, pairs: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Return what each of ``k`` segments becomes when pairs are taken together step by step.

    Examples
    --------
    >>> merged_numbers(4, [(0, 2)])
    (0, 1, 0, 2)
    """
    numbers = list(range(k))
    for pair in pairs:
        first, second = sorted(pair)
        numbers = [first if n == second else n - (n > second) for n in numbers]
    return tuple(numbers)
