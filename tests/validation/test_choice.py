import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.validation import GapTest, choose

CLEAR = GapTest((0.1, 0.5, 0.9, 0.8), (0.01,) * 4, 1_000, 20)
NONE = GapTest((0.9, 0.5, 0.4, 0.3), (0.01,) * 4, 1_000, 20)
WIDTHS = {2: 0.3, 3: 0.6, 4: 0.5}
LARGE = {2: 400, 3: 200, 4: 100}


def test_without_structure_one_segment_is_recommended_and_nothing_scored() -> None:
    choice = choose(WIDTHS, LARGE, 1_000, NONE)
    assert choice.recommended_k == 1
    assert choice.scores == ()
    assert choice.reason.code == "no-clear-segments"
    assert dict(choice.reason.values) == {"k": 2, "gap": 0.5, "gap1": 0.9, "error": 0.01}


def test_the_largest_sum_of_silhouette_and_gap_is_recommended() -> None:
    choice = choose(WIDTHS, LARGE, 1_000, CLEAR)
    assert choice.recommended_k == 3
    assert dict(choice.scores) == pytest.approx({2: 0, 3: 2, 4: 0.6667 + 0.75}, abs=1e-3)
    assert choice.reason.get("silhouette") == 0.6


@pytest.mark.parametrize(
    ("n_customers", "smallest", "recommended"),
    [(1_000, 29, 4), (1_000, 30, 3), (5_000, 99, 4), (5_000, 100, 3), (200, 3, 4), (200, 4, 3)],
)
def test_a_solution_with_a_tiny_segment_is_no_candidate(
    n_customers: int, smallest: int, recommended: int
) -> None:
    sizes = {2: n_customers, 3: smallest, 4: n_customers}
    assert choose(WIDTHS, sizes, n_customers, CLEAR).recommended_k == recommended


def test_tiny_segments_everywhere_are_no_reason_to_recommend_nothing() -> None:
    assert choose(WIDTHS, {2: 1, 3: 1, 4: 1}, 1_000, CLEAR).recommended_k == 3


def test_of_equal_numbers_the_smaller_is_recommended() -> None:
    flat = GapTest((0.1, 0.9, 0.9, 0.9), (0.01,) * 4, 1_000, 20)
    assert choose({2: 0.5, 3: 0.5, 4: 0.5}, LARGE, 1_000, flat).recommended_k == 2


def test_a_best_number_at_the_end_of_the_range_is_told() -> None:
    end = choose({2: 0.3, 3: 0.4, 4: 0.9}, LARGE, 1_000, CLEAR)
    assert [(c.code, dict(c.values)) for c in end.cautions] == [("largest-looked-at", {"k": 4})]
    assert choose(WIDTHS, LARGE, 1_000, CLEAR).cautions == ()


def test_a_tiny_segment_that_cannot_be_avoided_is_told() -> None:
    told = choose(WIDTHS, {2: 1, 3: 2, 4: 1}, 1_000, CLEAR).cautions
    assert [c.code for c in told] == ["no-number-without-a-tiny-one"]
    assert dict(told[0].values) == {"share": 0.002, "floor": 0.02}


@given(
    widths=st.lists(st.floats(-1, 1), min_size=3, max_size=3),
    gaps=st.lists(st.floats(-2, 2), min_size=4, max_size=4),
)
def test_the_recommendation_is_one_or_a_solution_that_exists(
    widths: list[float], gaps: list[float]
) -> None:
    gap = GapTest(tuple(gaps), (0.05,) * 4, 500, 20)
    choice = choose(dict(zip((2, 3, 4), widths, strict=True)), LARGE, 1_000, gap)
    assert choice.recommended_k in (1, 2, 3, 4)
    assert (choice.recommended_k == 1) is not gap.structure
    assert all(0 <= score <= 2 for _, score in choice.scores)
