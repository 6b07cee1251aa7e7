"""What the views of a profile are drawn from, remembered in the visit by what it depends on.

Enters: a visit. Leaves: results, made at most once for the same decisions. Refuses to draw.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pages.ui import compute
from pages.ui.visits import Visit
from segmentation.export import put_borderline
from segmentation.preparation import BasisMatrix
from segmentation.profiles import Separation, Spread, separation, spreads
from segmentation.profiles.separation import called
from segmentation.typing_tool import TypingTool
from segmentation.typing_tool import typing_tool as make_typing_tool
from segmentation.validation import Borderline, borderline
from segmentation.validation.borderline import BY_DISTANCE, middles


@dataclass(frozen=True, slots=True, eq=False)
class _Formed:
    """Customers in the space where their segments lie, in canonical order."""

    values: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int16]
    centers: npt.NDArray[np.float64]
    axes: npt.NDArray[np.float64] | None


def _is_arranged(visit: Visit) -> bool:
    """Tell whether the segments on show are given, or were changed by hand."""
    return compute.is_given(visit) or compute.is_changed(visit)


def _basis(visit: Visit) -> BasisMatrix:
    """Return the prepared customers of the segments on show, those whom a rule pinned included."""
    if not _is_arranged(visit):
        return compute.matrix(visit)
    return compute.matrix_of(visit, compute.customers(visit), compute.study_of(visit))


def _formed(visit: Visit, k: int) -> _Formed:
    matrix = _basis(visit)
    if _is_arranged(visit):
        labels = compute.partition(visit).at(matrix.rows)
        return _Formed(matrix.values, labels, middles(matrix.values, labels, k), None)
    family = compute.finished_extraction(visit).family
    solution, axes = family.solution(k), None if family.space is None else family.space.axes
    return _Formed(family.fitted(matrix.values), solution.labels, solution.centers, axes)


def has_distances(visit: Visit) -> bool:
    """Tell whether the segments on show have centers that customers are near to or far from."""
    if _is_arranged(visit):
        return True
    return compute.finished_extraction(visit).family.spec.method in BY_DISTANCE


def near_borders(visit: Visit, k: int) -> Borderline:
    """Return which customers are near a border of ``k`` segments."""

    def found() -> Borderline:
        formed = _formed(visit, k)
        return borderline(formed.values, formed.labels, formed.centers)

    return visit.memo.get(("borderline", compute.solution_key(visit, k)), found)


def stored_borderline(visit: Visit, k: int) -> str:
    """Return the engine table of the customers near a border."""
    name, rows = f"{compute.labels(visit, k)}_borderline", _basis(visit).rows
    return put_borderline(compute.customers(visit), rows, near_borders(visit, k), name)


def plane(visit: Visit, k: int) -> Separation:
    """Return the segments in the plane of the first two principal components."""

    def laid_out() -> Separation:
        formed, weights = _formed(visit, k), _basis(visit).weights
        return separation(formed.values, formed.labels, k, weights, formed.axes)

    return visit.memo.get(("separation", compute.solution_key(visit, k)), laid_out)


def typing_tool(visit: Visit, k: int) -> TypingTool:
    """Return the questions and rules that tell the segments of a solution."""
    key = ("typing_tool", compute.solution_key(visit, k), compute.variables_key(visit))
    return visit.memo.get(
        key,
        lambda: make_typing_tool(
            compute.customers(visit), compute.telling(visit), compute.labels(visit, k)
        ),
    )


def feature_names(visit: Visit) -> list[str]:
    """Return the names of the prepared features."""
    features = _basis(visit).features
    return called([(feature.variable, feature.level) for feature in features])


def spread_of(visit: Visit, k: int, name: str) -> tuple[Spread, ...]:
    """Return how a number spreads in the market and in each segment."""
    key = ("spread", compute.solution_key(visit, k), compute.variables_key(visit), name)
    return visit.memo.get(
        key,
        lambda: spreads(
            compute.customers(visit),
            compute.variables(visit),
            compute.labels(visit, k),
            k,
            name,
        ),
    )
