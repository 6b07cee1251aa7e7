"""Other ways to prepare the same variables that are worth a try.

Enters: the present recipe and what came of it. Leaves: recipes that differ in one decision. Refuses
to prefer one: what each does to the segments has to be looked at.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from segmentation.preparation import collinear
from segmentation.preparation.batteries import batteries_of, is_battery
from segmentation.preparation.matrix import SAMPLE_ROWS, BasisMatrix
from segmentation.preparation.recipe import Recipe, Scaling
from segmentation.variables import Role, Variable


@dataclass(frozen=True, slots=True)
class Alternative:
    """One change of a recipe.

    Attributes
    ----------
    code : str
        What is changed (see ``wording``).
    recipe : Recipe
        With the change.
    """

    code: str
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class Situation:
    """Which decisions about the preparation matter for the variables at hand.

    Attributes
    ----------
    on_one_scale : bool
        Whether all variables are answers on one common scale.
    has_battery : bool
        Whether some are, so that habits of answering can be left out.
    skewed, extreme : bool
        Whether a logarithm is taken, or extreme values are moved, or would be if the recipe did so.
    alike : tuple of tuple of str
        Groups of variables that say nearly the same.
    """

    on_one_scale: bool
    has_battery: bool
    skewed: bool
    extreme: bool
    alike: tuple[tuple[str, ...], ...]


def situation(matrix: BasisMatrix, variables: Sequence[Variable], recipe: Recipe) -> Situation:
    """Return which decisions matter.

    Parameters
    ----------
    matrix : BasisMatrix
        Prepared by the recipe.
    variables : sequence of Variable
        From which it was prepared.
    recipe : Recipe

    Returns
    -------
    Situation
    """
    basis = sorted((v for v in variables if v.role is Role.BASIS), key=lambda v: v.name)
    learning = matrix.values[: min(matrix.n_learning, SAMPLE_ROWS)]
    same = collinear.shared(learning, matrix.groups)
    names = matrix.basis
    return Situation(
        on_one_scale=is_battery(basis),
        has_battery=bool(batteries_of(basis)),
        skewed=any(t.logged for t in matrix.transforms) or math.isinf(recipe.log_skew),
        extreme="outliers-fenced" in {n.code for n in matrix.notes} or math.isinf(recipe.fence_iqr),
        alike=tuple(tuple(names[i] for i in group) for group in collinear.groups(same)),
    )


def alternatives(recipe: Recipe, found: Situation) -> tuple[Alternative, ...]:
    """Return the changes of one decision that can make a difference.

    Parameters
    ----------
    recipe : Recipe
        In force.
    found : Situation

    Returns
    -------
    tuple of Alternative
        None of them is the present recipe.
    """
    offered = []
    if found.alike or recipe.collinear != "keep":
        offered += [
            Alternative("collinear-weigh", replace(recipe, collinear="weigh")),
            Alternative("collinear-one", replace(recipe, collinear="one")),
        ]
    if found.has_battery:
        offered.append(Alternative("habits-out", replace(recipe, response_style="center")))
        offered.append(Alternative("habits-in", replace(recipe, response_style="keep")))
    if found.skewed:
        offered.append(Alternative("log-out", replace(recipe, log_skew=math.inf)))
    if found.extreme:
        offered.append(Alternative("fence-out", replace(recipe, fence_iqr=math.inf)))
    scales: tuple[Scaling, ...] = ("unit", "range", "robust")
    offered += [Alternative(f"scale-{s}", scaled(recipe, s, found)) for s in scales]
    offered.append(Alternative("defaults", Recipe(missing=recipe.missing)))
    seen = {recipe}
    fresh = []
    for alternative in offered:
        if alternative.recipe not in seen:
            fresh.append(alternative)
            seen.add(alternative.recipe)
    return tuple(fresh)


def scaled(recipe: Recipe, scale: Scaling, found: Situation) -> Recipe:
    """Return the recipe with variables scaled, the items of a battery as well."""
    as_is = recipe.battery_as_is and not found.on_one_scale
    return replace(recipe, scale=scale, battery_as_is=as_is)
