"""Effects and tests in words."""

from dataclasses import replace

import pytest

from segmentation.profiles.association import Association, Test
from segmentation.wording import words_in
from segmentation.wording.associations import association_finding, effect_text, p_text
from segmentation.wording.associations import test_text as told_test

ENGLISH, CHINESE = words_in("en"), words_in("zh_CN")
AGE = Association("age", Test.ANOVA, 10.091, (5, 994), 2e-9, 4e-9, 0.0483, 1000, 3)
TOWN = Association("town", Test.CHI_SQUARED, 4.15, (5, 0), 0.53, 0.53, 0.064, 1000, 0)


def test_the_finding_names_what_differs_most_and_how_many_do() -> None:
    loud = replace(TOWN, variable="style", adjusted=0.001, effect=0.4)
    said = association_finding([loud, AGE, TOWN], ENGLISH)
    assert said == "2 of 3 other variables tell the segments apart, most of all “style” and “age”"
    one = association_finding([AGE, TOWN], ENGLISH)
    assert one == "1 of 2 other variables tells the segments apart: “age”"
    assert association_finding([TOWN], ENGLISH) == "Nothing else tells the segments apart"
    assert "age" in association_finding([AGE, TOWN], CHINESE)


def test_numbers_stand_as_they_were_measured() -> None:
    assert effect_text(AGE, ENGLISH) == "η² 0.048"
    assert effect_text(TOWN, ENGLISH) == "V 0.064"
    assert told_test(AGE, ENGLISH) == "F(5, 994) = 10.1"
    assert told_test(TOWN, ENGLISH) == "χ²(5) = 4.15"
    assert told_test(replace(AGE, statistic=float("nan")), ENGLISH) == "–"


@pytest.mark.parametrize(("p", "text"), [(4e-9, "< 0.001"), (0.0123, "0.012"), (1.0, "1")])
def test_a_tiny_p_is_less_than_a_thousandth(p: float, text: str) -> None:
    assert p_text(p, ENGLISH) == text
