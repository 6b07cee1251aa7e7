"""Which labelled codes are ratings, and which are yes and no in other words."""

import pytest

from segmentation.intake.codebook import Entry
from segmentation.intake.ratings import are_ratings, as_yes_and_no


def entry(*labels: str, is_reversed: bool = False) -> Entry:
    pairs = tuple((str(code), label) for code, label in enumerate(labels, start=1))
    return Entry("", pairs, is_reversed=is_reversed)


BRANDS = entry("red", "blue", "green")


@pytest.mark.parametrize(
    ("labels", "rated"),
    [
        (("strongly disagree", "disagree", "neutral", "agree", "strongly agree"), True),
        (("非常满意", "满意", "一般", "不满意", "非常不满意"), True),
        (("always", "never", "sometimes"), False),
        (("never", "always"), False),
        (("Bronze", "Silver", "Gold"), False),
        (("小学", "初中", "高中"), False),
        (("red", "blue", "green"), False),
    ],
)
def test_grades_of_an_answer_in_their_order_are_a_rating(
    labels: tuple[str, ...], rated: bool
) -> None:
    assert are_ratings([entry(*labels)]) == (rated,)


def test_a_battery_is_known_by_its_number_or_by_a_reversed_item() -> None:
    assert are_ratings([BRANDS] * 7) == (False,) * 7
    assert are_ratings([BRANDS] * 8) == (True,) * 8
    turned = entry("red", "blue", "green", is_reversed=True)
    assert are_ratings([BRANDS, turned, entry("a", "b", "c")]) == (True, True, False)


def test_codes_that_are_no_numbers_are_no_rating() -> None:
    assert are_ratings([Entry("", (("a", "never"), ("b", "sometimes"), ("c", "always")))]) == (
        False,
    )
    assert are_ratings([Entry()]) == (False,)


@pytest.mark.parametrize(
    ("labels", "answers"),
    [
        (("Yes", "No"), ("yes", "no")),
        (("not mentioned", "mentioned"), ("no", "yes")),
        (("未选中", "选中"), ("no", "yes")),
        (("会员", "非会员"), ("yes", "no")),
        (("Male", "Female"), ()),
        (("North", "Notts"), ()),
        (("not sure", "no answer"), ()),
        (("never", "always"), ()),
    ],
)
def test_two_labels_of_which_one_denies_are_yes_and_no(
    labels: tuple[str, str], answers: tuple[str, ...]
) -> None:
    assert tuple(word for _, word in as_yes_and_no(entry(*labels).values)) == answers
