"""One variable into features: what is learned about it, and what was done to it.

Enters: fetched cells, a variable and a recipe. Leaves: :class:`Formed`, features with their
transform and notes. Refuses to weigh variables against each other: that is for ``balance``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from segmentation.notes import Note
from segmentation.preparation.batteries import centred
from segmentation.preparation.cells import is_category, values_of
from segmentation.preparation.recipe import Recipe
from segmentation.preparation.transforms import (
    OTHER,
    Cells,
    Transform,
    learn_levels,
    learn_number,
)
from segmentation.variables import Variable


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The values of the basis variables; taken out one by one, since together they may be large.

    Attributes
    ----------
    cells : pyarrow Table
        As fetched.
    differences : mapping of str to ndarray of shape (n_customers,)
        Answers to batteries as differences from the customer's own mean, by name.
    """

    cells: pa.Table
    differences: Mapping[str, Cells] = field(default_factory=dict)

    def of(self, variable: Variable) -> Cells:
        """Return the values of a variable as :func:`segmentation.preparation.cells.values_of`."""
        found = self.differences.get(variable.name)
        return values_of(self.cells, variable) if found is None else found


@dataclass(frozen=True, slots=True, eq=False)
class Formed:
    """What one variable became; without a transform it does not vary."""

    variable: Variable
    transform: Transform | None
    features: npt.NDArray[np.float32]
    notes: tuple[Note, ...] = ()


def answered(
    cells: pa.Table, basis: Sequence[Variable], batteries: Sequence[Sequence[str]]
) -> tuple[Columns, list[Note]]:
    """Return the values of the basis, batteries without the customers' habits of answering."""
    by_name = {v.name: v for v in basis}
    differences: dict[str, Cells] = {}
    notes = []
    for battery in batteries:
        items, flat = centred({n: values_of(cells, by_name[n]) for n in battery}, battery)
        differences |= items
        notes.append(Note.of("answers-centred", n=len(battery)))
        if flat.any():
            notes.append(Note.of("answers-flat", n=int(flat.sum())))
    return Columns(cells, differences), notes


def form(variable: Variable, column: Cells, n_learning: int, recipe: Recipe, as_is: bool) -> Formed:
    """Learn how a variable becomes features from the learning customers, and do it for all.

    Parameters
    ----------
    variable : Variable
    column : ndarray of shape (n_customers,)
    n_learning : int
    recipe : Recipe
    as_is : bool
        Whether it is an item of a battery that is used unscaled.

    Returns
    -------
    Formed
    """
    learning = column[:n_learning]
    if is_category(variable):
        transform = learn_levels(
            variable.name,
            learning.astype(object),
            lump_share=recipe.lump_share,
            scale=recipe.scale,
        )
    else:
        transform = learn_number(
            variable.name,
            learning.astype(np.float64),
            log_skew=recipe.log_skew,
            fence_iqr=recipe.fence_iqr,
            as_is=as_is,
            scale=recipe.scale,
        )
    if transform is None:
        nothing = np.empty((len(column), 0), dtype=np.float32)
        told = Note.of("basis-constant", name=variable.name)
        return Formed(variable, None, nothing, (told,))
    notes = tuple(_done(transform, learning, recipe))
    return Formed(variable, transform, transform.apply(column), notes)


def _done(transform: Transform, column: Cells, recipe: Recipe) -> list[Note]:
    """Say what a transform did, with counts."""
    notes = []
    if transform.logged:
        notes.append(Note.of("log-taken", name=transform.variable))
    beyond = transform.n_beyond(column)
    if beyond:
        notes.append(Note.of("outliers-fenced", name=transform.variable, n=beyond))
    if transform.levels and transform.levels[-1] == OTHER:
        share = round(transform.shares[-1], 3)
        notes.append(Note.of("levels-lumped", name=transform.variable, share=share))
    if recipe.scale == "none" and not transform.levels and transform.scale != 1.0:
        notes.append(Note.of("scaled-anyway", name=transform.variable))
    return notes
