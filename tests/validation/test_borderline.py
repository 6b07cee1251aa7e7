"""Who is near a border, against distances worked out one by one."""

import numpy as np
import pytest

from segmentation.validation import borderline
from segmentation.validation.borderline import NEAR

CENTERS = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 40.0]])


def values_of(*rows: tuple[float, float]) -> np.ndarray:
    return np.array(rows, dtype=np.float32)


def test_the_shadow_value_is_told_of_those_whose_next_center_is_hardly_further() -> None:
    values = values_of((0, 0), (4.9, 0), (4.0, 0), (5.1, 0), (0, 20))
    found = borderline(values, np.array([0, 0, 0, 1, 0], dtype=np.int16), CENTERS)
    assert found.positions.tolist() == [1, 3, 4]
    assert found.own.tolist() == [0, 1, 0]
    assert found.other.tolist() == [1, 0, 2]
    assert found.shadows.tolist() == pytest.approx([0.98, 0.98, 1.0], abs=1e-6)
    assert found.pairs.tolist() == [[0, 1, 1], [1, 0, 0], [0, 0, 0]]
    assert found.closest_pair == (0, 1, 2)
    assert found.share == 0.6


def test_gaps_count_nothing_and_nobody_without_a_cell_is_near() -> None:
    nan = float("nan")
    values = values_of((4.9, nan), (nan, nan))
    found = borderline(values, np.array([0, 0], dtype=np.int16), CENTERS[:2])
    assert found.positions.tolist() == [0]


def test_customers_in_no_segment_are_not_looked_at() -> None:
    values = values_of((5, 0), (5, 0))
    found = borderline(values, np.array([-1, 0], dtype=np.int16), CENTERS[:2])
    assert (found.positions.tolist(), found.n, found.sizes.tolist()) == ([1], 1, [1, 0])


def test_a_customer_beyond_the_border_is_near_it() -> None:
    found = borderline(values_of((7, 0)), np.array([0], dtype=np.int16), CENTERS[:2])
    assert found.shadows[0] == pytest.approx(1.4)


def test_blocks_do_not_change_who_is_near() -> None:
    rng = np.random.default_rng(5)
    values = (rng.normal(size=(40_000, 2)) * 6).astype(np.float32)
    apart = np.linalg.norm(values[:, None].astype(float) - CENTERS[None], axis=2)
    labels = apart.argmin(axis=1).astype(np.int16)
    nearest = np.sort(apart, axis=1)
    shadow = 2 * nearest[:, 0] / (nearest[:, 0] + nearest[:, 1])
    found = borderline(values, labels, CENTERS)
    clear = np.abs(shadow - NEAR) > 1e-6
    expected = np.flatnonzero((shadow >= NEAR) & clear)
    assert np.setdiff1d(expected, found.positions).size == 0
    assert np.setdiff1d(found.positions, np.flatnonzero(shadow >= NEAR - 1e-6)).size == 0
    assert found.n == 40_000


def test_nobody_near_is_no_pair() -> None:
    found = borderline(values_of((0, 0)), np.array([0], dtype=np.int16), CENTERS)
    assert (found.closest_pair, found.share) == (None, 0.0)
