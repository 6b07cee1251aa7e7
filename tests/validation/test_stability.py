"""Solutions are found again where there is something to find, on 2,000 customers at most."""

import numpy as np
import pytest

from segmentation.extraction import ExtractionSpec, sweep
from segmentation.extraction.sweep import quiet
from segmentation.validation.permuted import permuted
from segmentation.validation.stability import Stability, stability
from tests.validation.markets import market

RNG = np.random.default_rng(31)
BLOBS = (RNG.normal(size=(600, 3)) + np.repeat(np.eye(3) * 9, 200, axis=0)).astype(np.float32)
BLOBS = BLOBS[RNG.permutation(600)]
NOISE = RNG.normal(size=(600, 5)).astype(np.float32)


def judged(
    values: np.ndarray, weights: np.ndarray | None = None, *, k_max: int = 4, seed: int = 1
) -> Stability:
    family = sweep(values, weights, ExtractionSpec(k_max=k_max), n_learning=len(values))
    return stability(market(values, weights), family.solutions, seed=seed, progress=quiet, pairs=8)


@pytest.fixture(scope="module")
def blobs() -> Stability:
    return judged(BLOBS)


def test_groups_are_found_again_and_more_of_them_are_not(blobs: Stability) -> None:
    assert blobs.median(3) == 1
    assert blobs.segments(3) == (1, 1, 1)
    assert blobs.median(4) < 0.95
    assert min(blobs.segments(4)) < 0.9
    low, middle, high = blobs.quartiles(4)
    assert low <= middle <= high


def test_noise_is_not_found_again() -> None:
    assert max(judged(NOISE).median(k) for k in (2, 3, 4)) < 0.6


def test_the_same_seed_says_the_same_and_another_about_the_same(blobs: Stability) -> None:
    again, other = judged(BLOBS), judged(BLOBS, seed=2)
    for k in (2, 3, 4):
        assert np.array_equal(blobs.agreement[k], again.agreement[k])
        assert np.array_equal(blobs.within[k], again.within[k])
    assert abs(other.median(4) - blobs.median(4)) < 0.2


def test_equal_weights_change_nothing(blobs: Stability) -> None:
    weighed = judged(BLOBS, np.full(600, 1.0))
    assert np.array_equal(weighed.agreement[3], blobs.agreement[3])


def test_no_more_than_two_thousand_customers_are_judged() -> None:
    many = np.tile(BLOBS, (5, 1)) + RNG.normal(0, 0.01, (3_000, 3)).astype(np.float32)
    assert judged(many, k_max=3).n_rows == 2_000


def test_gaps_are_no_failure() -> None:
    values = BLOBS.copy()
    values[RNG.random(values.shape) < 0.1] = np.nan
    assert judged(values, k_max=3).median(3) > 0.8


def test_shuffled_copies_lose_what_is_between_the_variables() -> None:
    alone = [(j,) for j in range(3)]
    found = permuted(market(BLOBS, groups=alone), [2, 3], seed=1, progress=quiet)
    family = sweep(BLOBS, None, ExtractionSpec(k_max=3), n_learning=600)
    assert family.solution(3).inertia < 2_000
    assert [len(found.silhouettes[k]) for k in (2, 3)] == [5, 5]
    assert max(found.silhouettes[3]) < 0.6
    together = permuted(market(BLOBS, groups=[(0, 1, 2)]), [3], seed=1, progress=quiet)
    assert min(together.agreement[3]) == 1
