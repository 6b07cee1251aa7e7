"""Segments of larger solutions are followed to where their customers were before."""

import numpy as np

from segmentation.validation.across import drawing_order, steps_between

TWO = np.array([0] * 6 + [1] * 6, dtype=np.int16)
# The first segment stays, the second is cut in halves; numbers are by size, so they move.
THREE = np.array([0] * 6 + [2] * 3 + [1] * 3, dtype=np.int16)
# A fourth takes from everybody.
FOUR = np.array([0, 0, 0, 0, 3, 3, 2, 2, 3, 1, 1, 3], dtype=np.int16)


def test_a_segment_of_one_origin_has_one_and_a_mixed_one_less() -> None:
    first, second = steps_between({2: TWO, 3: THREE, 4: FOUR})
    assert (first.k, first.next_k) == (2, 3)
    assert first.flows.tolist() == [[6, 0, 0], [0, 3, 3]]
    assert np.allclose(first.one_origin, 1)
    assert np.allclose(second.one_origin[:3], 1)
    origins = np.array([2, 1, 1]) / 4
    entropy = -(origins * np.log(origins)).sum() / np.log(3)
    assert np.isclose(second.one_origin[3], 1 - entropy)


def test_customers_from_everywhere_in_equal_shares_have_none() -> None:
    mixed = np.array([0, 1, 2] * 4, dtype=np.int16)
    (step,) = steps_between({2: TWO, 3: mixed})
    assert np.allclose(step.one_origin, 0)


def test_weights_count_as_customers() -> None:
    weights = np.arange(12, dtype=float)
    (step,) = steps_between({2: TWO, 3: THREE}, weights)
    assert np.isclose(step.flows.sum(), weights.sum())
    assert step.flows[0, 0] == weights[:6].sum()


def test_flows_are_drawn_level_and_the_new_segment_below_its_origin() -> None:
    order = drawing_order(steps_between({2: TWO, 3: THREE, 4: FOUR}))
    assert order[2] == (0, 1)
    assert order[3] in ((0, 1, 2), (0, 2, 1))
    assert order[4] == (0, 3, *order[3][1:])
    assert sorted(order[4]) == [0, 1, 2, 3]


def test_of_one_solution_nothing_is_to_be_followed() -> None:
    assert steps_between({2: TWO}) == ()
    assert drawing_order(()) == {}
