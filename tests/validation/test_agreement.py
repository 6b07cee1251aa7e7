"""Cross-tables, the adjusted Rand index and Jaccard coefficients are those of the textbooks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from segmentation.validation.agreement import adjusted_rand, best_jaccard, cross_tables

ONES = np.ones(60)


def labels(seed: int, k: int, n: int = 60) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, k, n).astype(np.int16)


@given(st.integers(0, 10**6), st.integers(1, 5), st.integers(1, 5))
def test_the_index_is_that_of_scikit_learn(seed: int, k: int, other_k: int) -> None:
    one, other = labels(seed, k), labels(seed + 1, other_k)
    table = cross_tables(one[None], other[None], ONES, (k, other_k))
    assert np.isclose(adjusted_rand(table)[0], adjusted_rand_score(one, other))


@given(st.integers(0, 10**6), st.integers(2, 5))
def test_names_of_segments_do_not_matter(seed: int, k: int) -> None:
    one, other = labels(seed, k), labels(seed + 1, k)
    renamed = np.random.default_rng(seed).permutation(k).astype(np.int16)[other]
    tables = cross_tables(np.stack([one, one]), np.stack([other, renamed]), ONES, (k, k))
    first, second = adjusted_rand(tables)
    assert np.isclose(first, second)
    assert np.allclose(*best_jaccard(tables))


def test_finding_no_segment_twice_is_no_agreement() -> None:
    nothing, halves = np.array([[0.0, 0], [0, 60]]), np.array([[30.0, 0], [0, 30]])
    assert adjusted_rand(np.stack([nothing, halves]), 1).tolist() == [0, 1]
    assert adjusted_rand(np.array([[[30.0, 30], [0, 0]]]), 1).tolist() == [0]
    assert adjusted_rand(np.array([[[0.0, 60], [0, 0]]]), 1).tolist() == [0]


def test_a_weight_is_as_many_customers() -> None:
    one, other = labels(1, 3), labels(2, 3)
    weights = np.random.default_rng(3).integers(1, 4, 60)
    often = np.repeat(np.arange(60), weights)
    weighed = cross_tables(one[None], other[None], weights.astype(float), (3, 3))
    repeated = cross_tables(one[often][None], other[often][None], np.ones(len(often)), (3, 3))
    assert np.array_equal(weighed, repeated)


def test_many_pairs_are_compared_as_each_alone() -> None:
    ones, others = (np.stack([labels(s + d, 4, 5_000) for s in range(40)]) for d in (0, 100))
    together = cross_tables(ones, others, np.ones(5_000), (4, 4))
    alone = [
        cross_tables(a[None], b[None], np.ones(5_000), (4, 4))[0]
        for a, b in zip(ones, others, strict=True)
    ]
    assert np.array_equal(together, np.stack(alone))


def test_the_best_jaccard_of_each_segment() -> None:
    table = np.array([[[8.0, 2.0], [0.0, 10.0], [0.0, 0.0]]])
    found = best_jaccard(table)[0]
    assert np.allclose(found[:2], [8 / 10, 10 / 12])
    assert np.isnan(found[2])
