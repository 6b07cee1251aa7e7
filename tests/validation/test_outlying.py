import numpy as np
import pytest

from segmentation.extraction import ExtractionSpec, Solution, sweep
from segmentation.validation import outlying


def solved(values: np.ndarray, k: int) -> tuple[np.ndarray, Solution]:
    values = values.astype(np.float32)
    family = sweep(values, None, ExtractionSpec(k_max=k, restarts=5), n_learning=len(values))
    return values, family.solution(k)


def market(odd: int, *, far: float) -> np.ndarray:
    rng = np.random.default_rng(1)
    label = rng.integers(0, 2, 400)
    values = rng.normal(size=(400, 4)) + 6 * label[:, None]
    values[:odd] = -far + rng.normal(size=(odd, 4))
    return values


def test_a_few_customers_far_from_all_are_probably_outliers() -> None:
    values, solution = solved(market(5, far=40), 3)
    assert outlying(values, solution) == (2,)
    values[:200:7, 0] = np.nan
    assert outlying(values, solution) == (2,)


@pytest.mark.parametrize(("odd", "far"), [(60, 40), (6, 0)])
def test_a_large_or_a_near_segment_is_none(odd: int, far: float) -> None:
    assert outlying(*solved(market(odd, far=far), 3)) == ()


def test_where_all_segments_are_small_none_stands_out() -> None:
    assert outlying(*solved(market(5, far=40)[:20], 3)) == ()
