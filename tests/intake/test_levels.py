"""The order of levels is known where their bounds or words tell it, and only there."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.intake import Kind, open_customers
from segmentation.intake.levels import MOST_LEVELS, ordered
from segmentation.intake.scales import graded
from tests.intake.conftest import Read

BANDS = [
    ["<18", "18-25", "26-64", "65+"],
    ["under 18", "18 to 25", "over 25"],
    ["No Income", "Below Rs.10000", "10001 to 25000", "25001 to 50000", "More than 50000"],
    ["Less than $30,000", "$30,001 to $60,000", "$60,001 to $90,000", "more than $90,001"],
    ["<30k", "30-60k", "60-90k", ">90k"],
    ["(0,25]", "(25,35]", "(35,45]", "(45,99]"],
    ["30岁以下", "30-40岁", "40岁以上"],
    ["3000元以下", "3000-5000元", "5000元以上"],
    ["1万以下", "1万-3万", "3-10万", "10万以上"],
    ["1年以下", "1-3年", "3-5年", "5年及以上"],
    ["1-2 people", "3-5 people", "6+ people"],
    ["18 to 24 years", "25 to 54 years", "55 and over"],
    ["0", "1", "2", "3+"],
    ["< 1 month", "1-3 months", "> 3 months"],
    ["I hate it!-5", "-4", "-3", "-2", "-1", "0", "+1", "+2", "+3", "+4", "I love it!+5"],
]
WORDS = [
    ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"],
    ["never", "rarely", "sometimes", "often", "always"],
    ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"],
    ["非常不满意", "不满意", "一般", "满意", "非常满意"],
    ["非常不同意", "不同意", "一般", "同意", "非常同意"],
    ["从不", "偶尔", "经常", "总是"],
    ["Non-Travel", "Travel_Rarely", "Travel_Frequently"],
    ["Below_College", "College", "Bachelor", "Master", "Doctor"],
    ["illiterate", "basic.4y", "basic.9y", "high.school", "university.degree"],
    ["高中及以下", "大专", "本科", "硕士", "博士"],
    ["S", "M", "L", "XL"],
    ["small", "medium", "large"],
    ["Low", "Medium", "High", "Very_High"],
    ["低", "中", "高"],
    ["Bad", "Good", "Better", "Best"],
    ["bronze", "silver", "gold"],
    ["monthly", "weekly", "daily"],
    ["unlikely", "likely", "very likely"],
]
NONE = [
    ["red", "blue", "green"],
    ["male", "female"],
    ["Paris", "Rome"],
    ["iPhone 12", "iPhone 13"],
    ["A", "B", "C"],
    ["1", "2", "3"],
    ["yes", "no", "maybe"],
    ["often", "frequently"],
    ["low", "high", "green"],
    ["jan", "feb", "mar"],
    ["18-25", "18-25 years"],
    ["only one"],
    [],
]


def shuffled(levels: list[str], seed: int) -> list[str]:
    return [levels[i] for i in np.random.default_rng(seed).permutation(len(levels))]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("levels", BANDS)
def test_bands_are_ordered_by_their_bounds(levels: list[str], seed: int) -> None:
    assert ordered(shuffled(levels, seed)) == (tuple(levels), "bands")


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("levels", WORDS)
def test_words_are_ordered_by_their_scale(levels: list[str], seed: int) -> None:
    assert ordered(shuffled(levels, seed)) == (tuple(levels), "words")


@pytest.mark.parametrize("levels", NONE)
def test_other_levels_have_no_order(levels: list[str]) -> None:
    assert ordered(levels) == ((), None)


def test_placeholders_have_no_place_in_the_order() -> None:
    assert ordered(["high", "unknown", "low"]) == (("low", "high"), "words")
    assert ordered(["65+", "<65", "prefer not to say"]) == (("<65", "65+"), "bands")


def test_a_long_list_of_levels_is_not_ordered() -> None:
    bands = [f"{i}-{i + 1}" for i in range(0, 2 * MOST_LEVELS, 2)]
    assert ordered(bands)[1] == "bands"
    assert ordered([*bands, "100+"]) == ((), None)


@given(st.lists(st.integers(0, 10**9), min_size=3, max_size=12, unique=True))
def test_any_bounds_are_ordered(bounds: list[int]) -> None:
    edges = sorted(bounds)
    inner = [f"{low:,} to {high:,}" for low, high in itertools.pairwise(edges)]
    levels = [f"under {edges[0]:,}", *inner, f"{edges[-1]:,}+"]
    assert ordered(levels[::-1])[0] == tuple(levels)


def test_two_words_of_the_same_rank_make_no_order() -> None:
    assert graded(["poor", "bad", "good"]) == ()


def test_an_answer_that_nobody_gave_to_one_question_is_known_from_another(read: Read) -> None:
    raw = read("q1,q2,q3\nlow,low,thin\nmid,high,wide\nhigh,low,thin\n")
    table = open_customers(raw)
    assert table.column("q1").levels == table.column("q2").levels == ("low", "mid", "high")
    assert table.column("q3").levels == ()


def test_the_order_is_known_of_the_column_and_changes_no_value(read: Read) -> None:
    raw = read("age,town\n65+,Rome\n<25,Paris\n25-64,Rome\nunknown,Paris\n")
    column = open_customers(raw).column("age")
    assert (column.kind, column.levels_from) == (Kind.TEXT, "bands")
    assert column.levels == ("<25", "25-64", "65+")
    assert open_customers(raw).column("town").levels == ()
