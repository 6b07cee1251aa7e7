import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.preparation.recipe import Scaling
from segmentation.preparation.transforms import OTHER, Transform, learn_levels, learn_number


def number(values: list[float] | np.ndarray, *, as_is: bool = False) -> Transform:
    learned = learn_number(
        "x", np.asarray(values, dtype=np.float64), log_skew=1.5, fence_iqr=3.0, as_is=as_is
    )
    assert learned is not None
    return learned


def levels(values: list[str | None], *, lump_share: float = 0.05) -> Transform:
    learned = learn_levels("x", np.array(values, dtype=object), lump_share=lump_share)
    assert learned is not None
    return learned


def test_a_skewed_number_is_logged_before_it_is_scaled() -> None:
    spend = np.random.default_rng(1).lognormal(3, 1, 2_000)
    transform = number(spend)
    assert transform.logged
    features = transform.apply(spend)[:, 0]
    assert features.mean() == pytest.approx(0, abs=1e-3)
    assert features.std() == pytest.approx(1, abs=1e-3)
    assert np.corrcoef(features, np.log1p(spend))[0, 1] == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("shift", [-1_000.0, 0.0])
def test_the_logarithm_waits_for_skewness_and_for_numbers_without_a_minus(shift: float) -> None:
    skewed = np.random.default_rng(1).lognormal(3, 1, 2_000) + shift
    even = np.random.default_rng(1).normal(50, 5, 2_000)
    assert number(skewed).logged is (shift == 0)
    assert not number(even).logged


def test_a_value_beyond_three_interquartile_ranges_moves_to_the_fence() -> None:
    values = np.concatenate([np.arange(-50.0, 51.0), [-5_000.0, 9_000.0]])
    first, third = np.quantile(values, [0.25, 0.75])
    transform = number(values)
    assert transform.low == pytest.approx(first - 3 * (third - first))
    assert transform.high == pytest.approx(third + 3 * (third - first))
    assert transform.n_beyond(values) == 2
    far, fence = transform.apply(np.array([9_000.0, transform.high]))[:, 0]
    assert far == fence


def test_one_outlier_does_not_flatten_everybody_else() -> None:
    values = np.random.default_rng(2).normal(0, 1, 1_000)
    spoilt = np.concatenate([values, [1e6]])
    assert number(spoilt).apply(values).std() == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("size", [1e-200, 1e-30, 1.0, 1e30, 1e200])
def test_the_size_of_the_unit_makes_no_difference(size: float) -> None:
    values = np.random.default_rng(3).normal(0, 1, 500)
    assert number(values * size).apply(values * size)[:, 0] == pytest.approx(
        number(values).apply(values)[:, 0], abs=1e-5
    )


def test_a_gap_stays_a_gap_and_does_not_count() -> None:
    transform = number([1.0, np.nan, 3.0, 5.0])
    features = transform.apply(np.array([1.0, np.nan]))[:, 0]
    assert np.isnan(features).tolist() == [False, True]
    assert transform == number([1.0, 3.0, 5.0])


@pytest.mark.parametrize("values", [[], [4.0], [4.0, 4.0, 4.0], [np.nan, np.nan], [np.nan, 2.0]])
def test_a_number_that_does_not_vary_has_no_transform(values: list[float]) -> None:
    assert learn_number("x", np.array(values), log_skew=1.5, fence_iqr=3, as_is=False) is None


def test_an_item_of_a_battery_is_used_as_it_is() -> None:
    answers = np.array([1.0, 5.0, 3.0])
    assert number(answers, as_is=True).apply(answers)[:, 0].tolist() == answers.tolist()


@given(
    st.lists(st.integers(-1_000, 1_000), min_size=5, max_size=60).filter(lambda v: len(set(v)) > 2)
)
def test_standardising_twice_is_standardising_once(values: list[int]) -> None:
    def again(numbers: np.ndarray) -> np.ndarray:
        learned = learn_number("x", numbers, log_skew=np.inf, fence_iqr=np.inf, as_is=False)
        assert learned is not None
        return learned.apply(numbers)[:, 0].astype(np.float64)

    once = again(np.array(values, dtype=np.float64))
    assert again(once) == pytest.approx(once, abs=1e-5)


@given(st.lists(st.sampled_from("abcdefg"), min_size=20, max_size=200))
def test_a_question_counts_the_same_whether_it_has_two_answers_or_seven(texts: list[str]) -> None:
    learned = learn_levels("x", np.array(texts, dtype=object), lump_share=0.05)
    if learned is None:
        assert max(texts.count(t) for t in set(texts)) == len(texts)
        return
    block = learned.apply(np.array(texts, dtype=object))
    assert block.var(axis=0).sum() == pytest.approx(1, abs=1e-4)
    assert block.mean(axis=0) == pytest.approx(0, abs=1e-4)


def test_levels_below_one_in_twenty_are_lumped() -> None:
    transform = levels(["a"] * 60 + ["b"] * 36 + ["c"] * 3 + ["d"])
    assert transform.levels == ("a", "b", OTHER)
    assert transform.shares == pytest.approx((0.6, 0.36, 0.04))
    rare, unseen = transform.apply(np.array(["d", "never seen"], dtype=object))
    assert rare.tolist() == unseen.tolist()


def test_a_level_that_looks_like_the_lump_joins_it() -> None:
    transform = levels(["a"] * 50 + ["b"] * 40 + [OTHER] * 10)
    assert transform.levels == ("a", "b", OTHER)
    assert transform.apply(np.array([OTHER], dtype=object))[0].argmax() == 2


def test_a_level_nobody_had_is_far_from_every_known_one() -> None:
    transform = levels(["a"] * 5 + ["b"] * 5)
    known, unseen = transform.apply(np.array(["a", "z"], dtype=object))
    assert known.max() > unseen.max()


def test_a_missing_answer_leaves_the_whole_block_open() -> None:
    transform = levels(["a", "b", None, "a"])
    assert np.isnan(transform.apply(np.array([None], dtype=object))).all()


@pytest.mark.parametrize("values", [[], [None], ["a", "a"], [f"level {i}" for i in range(40)]])
def test_a_category_with_fewer_than_two_levels_left_has_no_transform(
    values: list[str | None],
) -> None:
    assert learn_levels("x", np.array(values, dtype=object), lump_share=0.05) is None


@pytest.mark.parametrize(
    ("scale", "center", "spread"),
    [("range", 5.0, 10.0), ("robust", 5.0, 5 / 1.349), ("none", 5.0, 1.0)],
)
def test_a_number_is_scaled_as_asked(scale: Scaling, center: float, spread: float) -> None:
    values = np.linspace(0, 10, 101)
    learned = learn_number("x", values, log_skew=9, fence_iqr=3, as_is=False, scale=scale)
    assert learned is not None
    assert (learned.center, learned.scale) == pytest.approx((center, spread))


def test_where_the_middle_half_is_one_value_the_robust_scale_is_that_of_all() -> None:
    values = np.array([0.0] * 90 + [1.0] * 5 + [2.0] * 5)
    robust, plain = (
        learn_number("x", values, log_skew=9, fence_iqr=3, as_is=False, scale=scale)
        for scale in ("robust", "unit")
    )
    assert robust is not None
    assert plain is not None
    assert robust.scale == plain.scale > 0


@pytest.mark.parametrize("factor", [1e300, 1e-300])
def test_a_number_too_large_or_small_for_its_own_unit_is_scaled_anyway(factor: float) -> None:
    values = np.arange(50.0) * factor
    learned = learn_number("x", values, log_skew=9, fence_iqr=3, as_is=False, scale="none")
    assert learned is not None
    assert learned.apply(values).std() == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("scale", ["range", "none"])
def test_beside_unscaled_numbers_two_answers_are_one_apart(scale: Scaling) -> None:
    values = np.array(["a", "b", "c"] * 10, dtype=object)
    learned = learn_levels("x", values, lump_share=0.05, scale=scale)
    assert learned is not None
    features = learned.apply(values)
    assert ((features[0] - features[1]) ** 2).sum() == pytest.approx(1, abs=1e-6)
