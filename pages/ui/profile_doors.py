"""What the views of a profile are drawn from, remembered in the visit by what it depends on.

Enters: a visit. Leaves: results, made at most once for the same decisions. Refuses to draw.
"""

from __future__ import annotations

from pages.ui import compute
from pages.ui.visits import Visit
from segmentation.export import put_borderline
from segmentation.profiles import Separation, Spread, separation, spreads
from segmentation.profiles.separation import called
from segmentation.validation import Borderline, borderline
from segmentation.validation.borderline import BY_DISTANCE


def has_distances(visit: Visit) -> bool:
    """Tell whether the segments on show were found by distances to their centers."""
    return compute.finished_extraction(visit).family.spec.method in BY_DISTANCE


def near_borders(visit: Visit, k: int) -> Borderline:
    """Return which customers are near a border of ``k`` segments."""
    family = compute.finished_extraction(visit).family
    solution = family.solution(k)
    return visit.memo.get(
        ("borderline", compute.solution_key(visit, k)),
        lambda: borderline(
            family.fitted(compute.matrix(visit).values), solution.labels, solution.centers
        ),
    )


def stored_borderline(visit: Visit, k: int) -> str:
    """Return the engine table of the customers near a border."""
    name = f"{compute.labels(visit, k)}_borderline"
    rows = compute.matrix(visit).rows
    return put_borderline(compute.customers(visit), rows, near_borders(visit, k), name)


def plane(visit: Visit, k: int) -> Separation:
    """Return the segments in the plane of the first two principal components."""
    family, matrix = compute.finished_extraction(visit).family, compute.matrix(visit)
    return visit.memo.get(
        ("separation", compute.solution_key(visit, k)),
        lambda: separation(
            family.fitted(matrix.values),
            family.solution(k).labels,
            k,
            matrix.weights,
            None if family.space is None else family.space.axes,
        ),
    )


def feature_names(visit: Visit) -> list[str]:
    """Return the names of the prepared features."""
    features = compute.matrix(visit).features
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
