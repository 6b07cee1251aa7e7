from dataclasses import replace

import numpy as np
import pytest

from segmentation.typing_tool import Answer, Condition, Form, GoldenQuestions, Question, ScoreCard
from segmentation.wording import words_in
from segmentation.wording.questions import (
    answer_text,
    condition_text,
    needed_texts,
    question_text,
    questions_finding,
    worst_text,
)

WORDS = words_in("en")


def golden(*accuracy: float) -> GoldenQuestions:
    yes_no = Question("member", Form.YES_NO, (Answer(level="yes"), Answer(level="no")))
    card = ScoreCard((yes_no,), (0, 1), np.zeros(2, np.int64), (np.zeros((2, 2), np.int64),))
    n = len(accuracy)
    recalls = np.tile([0.9, 0.7], (n, 1))
    return GoldenQuestions((card,) * n, np.array(accuracy), recalls, 0.5, 100, 5, 7)


@pytest.mark.parametrize(
    ("form", "answer", "said"),
    [
        (Form.NUMBER, Answer(1234.56, 99_999.5), "1234.56 to under 99999.5"),
        (Form.NUMBER, Answer(low=0.0000125), "0.0000125 or more"),
        (Form.NUMBER, Answer(high=-3.0), "under -3"),
        (Form.NUMBER, Answer(), "any number"),
        (Form.CODE, Answer(level=7.0), "7"),
        (Form.LEVEL, Answer(level="=1+1"), "=1+1"),
        (Form.YES_NO, Answer(level="no"), "no"),
    ],
)
def test_an_answer_is_said_with_every_digit_that_decides(
    form: Form, answer: Answer, said: str
) -> None:
    assert answer_text(form, answer, WORDS) == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Condition("a", Form.NUMBER, Answer(low=2.5)), "“a” is 2.5 or more"),
        (Condition("a", Form.NUMBER, Answer(high=2.5)), "“a” is under 2.5"),
        (Condition("a", Form.LEVEL, Answer(level="x")), "“a” is “x”"),
        (Condition("a", Form.LEVEL, Answer(level="x"), is_not=True), "“a” is not “x”"),
    ],
)
def test_a_condition_is_a_plain_clause(condition: Condition, said: str) -> None:
    assert condition_text(condition, WORDS) == said


def test_an_accuracy_is_never_said_higher_than_it_is() -> None:
    found = golden(0.7, 0.8999, 0.949)
    assert questions_finding(found, 1, WORDS).startswith("1 question puts 70%")
    assert "89%" in questions_finding(found, 2, WORDS)
    assert "94%" in questions_finding(found, 3, WORDS)
    assert needed_texts(found, WORDS) == [
        "80%: 2 questions",
        "90%: 3 questions",
        "95%: not reached with 3 questions",
    ]


def test_the_segment_that_is_found_least_often_is_named() -> None:
    assert "“B”, 70%" in worst_text(golden(0.8), 1, ("A", "B"), WORDS)
    unknown = replace(golden(0.8), recalls=np.full((1, 2), np.nan))
    assert worst_text(unknown, 1, ("A", "B"), WORDS) == ""


def test_an_item_that_was_turned_round_says_so() -> None:
    assert question_text(Question("q1", Form.NUMBER, (), is_reversed=True), WORDS) != "q1"
