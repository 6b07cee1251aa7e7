import numpy as np
import pytest

from segmentation.errors import DegenerateSolution
from segmentation.extraction.sweep import quiet
from segmentation.validation import contributions
from segmentation.validation.contributions import explained


def one_each(values: np.ndarray) -> list[tuple[int, ...]]:
    return [(i,) for i in range(values.shape[1])]


def test_noise_is_told_from_variables_that_form_the_segments() -> None:
    rng = np.random.default_rng(2)
    label = rng.integers(0, 3, 500)
    apart = 4 * np.column_stack([np.cos(2.1 * label), np.sin(2.1 * label)])
    noise = [rng.normal(size=500), rng.uniform(-1.7, 1.7, 500), rng.choice([-1.0, 1.0], 500)]
    values = np.column_stack([apart + rng.normal(size=(500, 2)), *noise]).astype(np.float32)
    values = values / values.std(axis=0)
    values[rng.random(values.shape) < 0.05] = np.nan
    found = contributions(values, one_each(values), 3, seed=7, progress=quiet)
    assert [c.adds_nothing for c in found] == [False, False, True, True, True]
    assert min(c.explained for c in found[:2]) > 0.7
    assert min(c.without for c in found[2:]) > 0.9 > max(c.without for c in found[:2])


def test_two_separate_questions_both_count_although_neither_tells_of_the_other() -> None:
    rng = np.random.default_rng(3)
    values = (5 * rng.integers(0, 2, (400, 2)) + rng.normal(size=(400, 2))).astype(np.float32)
    found = contributions(values, one_each(values), 4, seed=7, progress=quiet)
    assert not any(c.adds_nothing for c in found)


def test_the_levels_of_a_category_are_judged_together() -> None:
    rng = np.random.default_rng(4)
    label = rng.integers(0, 3, 300)
    nominal = np.eye(3)[label]
    other = np.eye(4)[rng.integers(0, 4, 300)] / np.sqrt(2)
    values = np.hstack([6 * label[:, None] + rng.normal(size=(300, 1)), 2 * nominal, other])
    groups = [(0,), (1, 2, 3), (4, 5, 6, 7)]
    found = contributions(values.astype(np.float32), groups, 3, seed=7, progress=quiet)
    assert [c.adds_nothing for c in found] == [False, False, True]


def test_what_is_explained_lies_between_nothing_and_all() -> None:
    rows = np.array([[1, 5], [1, 7], [3, 5], [3, 7], [np.nan, 9]], dtype=np.float32)
    labels = np.array([0, 0, 1, 1, 1], dtype=np.int16)
    assert explained(rows, labels, [0]) == 1
    assert explained(rows[:4], labels[:4], [1]) == 0
    assert explained(np.ones((4, 1), dtype=np.float32), labels[:4], [0]) == 0


def test_fewer_different_customers_than_segments_are_refused() -> None:
    same = np.repeat(np.eye(2, dtype=np.float32), 10, axis=0)
    with pytest.raises(DegenerateSolution):
        contributions(same, one_each(same), 3, seed=7, progress=quiet)
