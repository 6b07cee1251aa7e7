import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris
from sklearn.metrics import silhouette_score

from sample_data.make import planted_matrix
from segmentation.validation import silhouette, silhouettes
from segmentation.validation.silhouette import SILHOUETTE_ROWS


@given(
    seed=st.integers(0, 1_000),
    n=st.integers(5, 120),
    n_features=st.integers(1, 6),
    k=st.integers(2, 4),
)
def test_the_number_is_that_of_scikit_learn(seed: int, n: int, n_features: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, n_features)).astype(np.float32)
    labels = np.append(np.arange(k), rng.integers(0, k, n - k)).astype(np.int16)
    expected = silhouette_score(values.astype(np.float64), labels)
    assert silhouette(values, labels) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("k", "expected"), [(2, 0.681046), (3, 0.552819)])
def test_iris_has_its_known_widths(k: int, expected: float) -> None:
    values = load_iris().data
    labels = KMeans(k, n_init=20, random_state=0).fit(values).labels_
    found = silhouette(values.astype(np.float32), labels.astype(np.int16))
    assert found == pytest.approx(expected, abs=1e-5)


def test_a_customer_alone_in_a_segment_counts_zero() -> None:
    values = np.array([[0], [1], [9]], dtype=np.float32)
    labels = np.array([0, 0, 1], dtype=np.int16)
    assert silhouette(values, labels) == pytest.approx((8 / 9 + 7 / 8 + 0) / 3)


def test_customers_who_are_all_the_same_are_neither_near_nor_far() -> None:
    assert silhouette(np.zeros((6, 2), np.float32), np.array([0, 1] * 3, np.int16)) == 0


def test_one_segment_has_no_width() -> None:
    assert silhouette(np.eye(4, dtype=np.float32), np.zeros(4, np.int16)) == 0


def test_renaming_segments_changes_nothing() -> None:
    values, segment = planted_matrix(90, 3, 1)
    one = silhouette(values.astype(np.float32), segment.astype(np.int16))
    other = silhouette(values.astype(np.float32), (7 - segment * 2).astype(np.int16))
    assert one == pytest.approx(other)
    assert one > 0.7


def test_a_large_table_is_judged_by_its_first_customers() -> None:
    values, segment = planted_matrix(SILHOUETTE_ROWS + 500, 3, 1)
    values[SILHOUETTE_ROWS:] = np.random.default_rng(1).normal(0, 90, (500, 4))
    table, labels = values.astype(np.float32), segment.astype(np.int16)
    first = silhouette(table[:SILHOUETTE_ROWS], labels[:SILHOUETTE_ROWS])
    assert silhouette(table, labels) == first


def test_gaps_are_judged_at_the_mean() -> None:
    values, segment = planted_matrix(60, 3, 1)
    gappy, filled = values.astype(np.float32), values.astype(np.float32)
    gappy[5, 0] = np.nan
    filled[5, 0] = np.delete(values.astype(np.float32)[:, 0], 5).mean()
    labels = segment.astype(np.int16)
    assert silhouette(gappy, labels) == pytest.approx(silhouette(filled, labels), abs=1e-6)


def test_several_solutions_are_as_wide_together_as_one_by_one() -> None:
    rng = np.random.default_rng(6)
    values = rng.normal(size=(80, 3)).astype(np.float32)
    labels = {k: rng.integers(-1, k, 80).astype(np.int16) for k in (2, 3, 5)}
    found = silhouettes(values, labels)
    assert found == {k: silhouette(values, own) for k, own in labels.items()}
    inside = labels[3] >= 0
    expected = silhouette_score(values[inside].astype(np.float64), labels[3][inside])
    assert found[3] == pytest.approx(expected, abs=1e-6)
