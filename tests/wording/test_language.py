import datetime as dt
import math

import pytest

from segmentation.geography import Home
from segmentation.intake import Column, Kind
from segmentation.profiles import Difference, SegmentSize
from segmentation.variables import Role, Scale, Variable
from segmentation.wording import Words, language_of, words_in
from segmentation.wording.sentences import (
    difference_finding,
    difference_sentence,
    home_finding,
    size_finding,
)
from segmentation.wording.terms import segment_name, segment_names

EN = Words("en")


@pytest.mark.parametrize(
    ("x", "written"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (-0.00001, "0"),
        (0.0123, "0.0123"),
        (-0.5, "-0.5"),
        (3.14159, "3.14"),
        (31.4159, "31.4"),
        (314.159, "314"),
        (1_234_567.8, "1,234,568"),
        (math.nan, "–"),
    ],
)
def test_a_number_has_about_three_significant_digits(x: float, written: str) -> None:
    assert EN.number(x) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.0, "0%"),
        (1.0, "100%"),
        (0.0123, "1.2%"),
        (0.0999, "10.0%"),
        (0.456, "46%"),
        (math.nan, "–"),
    ],
)
def test_a_share_is_written_as_percent(share: float, written: str) -> None:
    assert EN.percent(share) == written


def test_counts_dates_and_lists_are_written_as_the_language_does() -> None:
    assert EN.count(12_345) == "12,345"
    assert EN.compact(12_345) == "12.3K"
    assert EN.date(dt.date(2024, 3, 9)) == "Mar 9, 2024"
    assert EN.listed(["a", "b", "c"]) == "a, b, and c"
    assert EN.listed([]) == ""


def test_chinese_has_its_own_numbers_and_lists(chinese: Words) -> None:
    assert chinese.count(12_345) == "12,345"
    assert chinese.compact(12_345) == "1.2万"
    assert chinese.number(1_234.5) == "1,234"
    assert chinese.percent(0.456) == "46%"
    assert chinese.date(dt.date(2024, 3, 9)) == "2024年3月9日"
    assert chinese.listed(["甲", "乙", "丙"]) == "甲、乙和丙"


def test_a_sentence_without_a_translation_is_said_in_english(chinese: Words) -> None:
    assert chinese("{n:count} customers", n=5) == "5 customers"


def test_values_take_their_place_in_the_form_that_is_asked_for() -> None:
    said = EN("{a:count} {b:percent} {c:number} {d:list} {e}", a=1_000, b=0.5, c=2.5, d="xy", e="z")
    assert said == "1,000 50% 2.5 x and y z"


def test_a_sentence_without_values_is_left_alone() -> None:
    assert EN("100 % of {braces}") == "100 % of {braces}"


@pytest.mark.parametrize(("n", "said"), [(1, "1 row"), (0, "0 rows"), (2_000, "2,000 rows")])
def test_plurals_follow_the_number(n: int, said: str) -> None:
    assert EN.plural("{n:count} row", "{n:count} rows", n) == said


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh", "zh_CN"),
        ("zh-TW", "zh_CN"),
        ("ZH_cn", "zh_CN"),
        ("de-DE", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_locale_finds_its_language(locale: str | None, language: str) -> None:
    assert language_of(locale) == language


def test_a_language_has_one_voice() -> None:
    assert words_in("en") is words_in("en")


def test_segments_are_named_by_the_user_or_numbered_from_one() -> None:
    assert segment_name("", 0, EN) == "Segment 1"
    assert segment_names(("", "Fans", ""), EN) == ("Segment 1", "Fans", "Segment 3")


@pytest.mark.parametrize(
    "given", [("Fans", "Fans", ""), ("Segment 2", "", ""), ("Fans", "Fans (1)", "Fans")]
)
def test_two_segments_never_have_the_same_name(given: tuple[str, ...]) -> None:
    assert len(set(segment_names(given, EN))) == len(given)


def variable(scale: Scale) -> Variable:
    return Variable(Column("spend", "c0", Kind.NUMBER, 0, 0, 9), Role.BASIS, scale, None)


@pytest.mark.parametrize(
    ("scale", "level", "effect", "said"),
    [
        (Scale.METRIC, None, 1.0, "spend: 40 on average, above 20 overall."),
        (Scale.METRIC, None, -1.0, "spend: 40 on average, below 20 overall."),
        (Scale.NOMINAL, "Ulm", 1.0, "spend is “Ulm” for 40%, more often than overall (20%)."),
        (Scale.NOMINAL, "Ulm", -1.0, "spend is “Ulm” for 40%, less often than overall (20%)."),
        (Scale.BINARY, None, 1.0, "spend: 40% yes against 20% overall."),
        (Scale.BINARY, None, -1.0, "spend: only 40% yes against 20% overall."),
    ],
)
def test_a_difference_is_said_in_the_unit_of_its_variable(
    scale: Scale, level: str | None, effect: float, said: str
) -> None:
    unit = 1.0 if scale is Scale.METRIC else 0.01
    difference = Difference(0, "spend", level, 40 * unit, 20 * unit, effect, basis=True)
    assert difference_sentence(difference, variable(scale), EN) == said


def test_the_finding_about_sizes_names_the_extremes() -> None:
    sizes = [SegmentSize(0, 60, 0.6, 0.5, 0.7), SegmentSize(1, 40, 0.4, 0.3, 0.5)]
    said = size_finding(sizes, ("Fans", "Guests"), EN)
    assert said == (
        "“Fans” is the largest segment with 60% of customers, “Guests” the smallest with 40%"
    )


def test_the_finding_of_a_profile_names_segment_variable_and_both_numbers() -> None:
    column = Column("app_user", "c0", Kind.YESNO, 0, 0, 2)
    variable = Variable(column, Role.BASIS, Scale.BINARY, None)
    difference = Difference(1, "app_user", None, 0.8, 0.4, 0.8, True)
    assert difference_finding(difference, variable, ("A", "B"), EN) == (
        "“B” stands out most: app_user 80% yes, 40% overall"
    )
    assert difference_finding(None, None, ("A", "B"), EN) == (
        "No segment stands out from the market here"
    )


def test_the_finding_of_the_regions_names_the_home_or_says_there_is_none() -> None:
    assert home_finding(Home(0, "Lyon", 0.5, 0.25), ("A", "B"), EN) == (
        "“A” is most at home in Lyon: 50% of the customers there, 25% overall"
    )
    assert home_finding(None, ("A", "B"), EN) == "No segment is clearly at home in one region"


def test_latin_names_stand_apart_from_chinese_words(chinese: Words) -> None:
    assert chinese.listed(["email", "phone"]) == "email 和 phone"
    assert chinese.listed(["北京", "上海"]) == "北京和上海"
