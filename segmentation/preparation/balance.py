"""How much each variable counts beside the others.

Enters: formed variables and a recipe. Leaves: those that stay, their features multiplied by the
root of their weight, and what was done. A weight becomes part of the variable's transform, so that
new customers are placed as old ones were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from segmentation.notes import Note
from segmentation.preparation import collinear
from segmentation.preparation.forming import Columns, Formed
from segmentation.preparation.recipe import Recipe

MIN_BASIS = 2


def balanced(
    formed: Sequence[Formed], columns: Columns, recipe: Recipe, n_learning: int
) -> tuple[list[Formed], list[Note]]:
    """Weigh variables as the recipe says, or let one stand for those that say nearly the same.

    Parameters
    ----------
    formed : sequence of Formed
        Two and more variables that vary.
    columns : Columns
        Their values.
    recipe : Recipe
    n_learning : int

    Returns
    -------
    formed : list of Formed
        At least two.
    notes : list of Note
    """
    kept, factors, notes = list(formed), np.ones(len(formed)), []
    if recipe.collinear != "keep":
        same = collinear.shared(*_features(formed, n_learning))
        if recipe.collinear == "weigh":
            factors = collinear.weights(same)
            groups = collinear.groups(same)
            notes = [Note.of("collinear-weighed", names=_names(kept, group)) for group in groups]
        else:
            kept, notes = _one_of_each(formed, same, n_learning)
            factors = np.ones(len(kept))
    factors = factors * [recipe.counts(part.variable.name) for part in kept]
    notes += [
        Note.of("counts-more", name=part.variable.name, factor=recipe.counts(part.variable.name))
        for part in kept
        if recipe.counts(part.variable.name) != 1.0
    ]
    return [_weighed(p, columns, float(f)) for p, f in zip(kept, factors, strict=True)], notes


def _features(
    formed: Sequence[Formed], n_learning: int
) -> tuple[npt.NDArray[np.float32], list[list[int]]]:
    """The learning customers' features, and which columns belong to each variable."""
    ends = np.cumsum([part.features.shape[1] for part in formed])
    groups = [
        list(range(end - part.features.shape[1], end))
        for part, end in zip(formed, ends.tolist(), strict=True)
    ]
    return np.concatenate([part.features[:n_learning] for part in formed], axis=1), groups


def _one_of_each(
    formed: Sequence[Formed], same: collinear.Numbers, n_learning: int
) -> tuple[list[Formed], list[Note]]:
    filled = [float((~np.isnan(part.features[:n_learning, 0])).mean()) for part in formed]
    stands = collinear.stand_ins(same, filled, at_least=MIN_BASIS)
    kept = [part for i, part in enumerate(formed) if stands[i] == i]
    notes = [
        Note.of("collinear-left-out", name=part.variable.name, kept=formed[stand].variable.name)
        for i, (part, stand) in enumerate(zip(formed, stands, strict=True))
        if stand != i
    ]
    return kept, notes


def _names(formed: Sequence[Formed], positions: Sequence[int]) -> tuple[str, ...]:
    return tuple(formed[i].variable.name for i in positions)


def _weighed(part: Formed, columns: Columns, factor: float) -> Formed:
    if factor == 1.0 or part.transform is None:
        return part
    # Made anew by the transform rather than multiplied: to the last digit as new customers are.
    transform = part.transform.weighed(factor)
    return replace(part, transform=transform, features=transform.apply(columns.of(part.variable)))
