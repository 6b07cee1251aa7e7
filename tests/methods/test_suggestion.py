"""Which method is suggested, and why."""

import numpy as np
import pytest

from segmentation.methods import METHODS, Rows
from segmentation.methods.suggestion import suggest_method

NUMBERS = tuple((i,) for i in range(6))
MIXED = ((0,), (1,), (2,), (3,), (4, 5))
CATEGORIES = ((0,), (1,), (2, 3), (4, 5))


@pytest.mark.parametrize(
    ("groups", "gaps", "method", "reason"),
    [
        (NUMBERS, 0, "kmeans", "method-for-numbers"),
        (MIXED, 0, "kmeans", "method-for-mixed"),
        (CATEGORIES, 0, "latent_class", "method-for-categories"),
        (NUMBERS, 40, "latent_class", "method-for-gaps"),
    ],
)
def test_the_kinds_of_variables_and_the_gaps_decide(
    groups: tuple[tuple[int, ...], ...], gaps: int, method: str, reason: str
) -> None:
    values = np.ones((100, 6), dtype=np.float32)
    values[:gaps] = np.nan
    suggested = suggest_method(Rows(values, None, groups, 100))
    assert (suggested.method, suggested.reason.code) == (method, reason)
    assert suggested.method in METHODS


@pytest.mark.parametrize(
    ("n", "in_warehouse", "reason"),
    [(100, True, "method-for-warehouse"), (99, False, "method-for-few")],
)
def test_k_means_is_suggested_where_the_probability_model_could_not_serve(
    n: int, in_warehouse: bool, reason: str
) -> None:
    rows = Rows(np.ones((n, 6), dtype=np.float32), None, CATEGORIES, n)
    suggested = suggest_method(rows, in_warehouse=in_warehouse)
    assert (suggested.method, suggested.reason.code) == ("kmeans", reason)
