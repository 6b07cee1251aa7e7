from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.errors import NothingToAsk
from segmentation.typing_tool import (
    Answers,
    Form,
    ScoreCard,
    answers_of,
    golden_questions,
    segment_rules,
)
from segmentation.typing_tool.answers import LEVELS, RANGES
from segmentation.variables import Role, Scale, VariableChoice
from tests.asked import MOOD, SPEND, TOWN, Asked
from tests.markets import open_market


def form_of(asked: Asked, name: str) -> Form:
    return next(q.form for q in asked.answers.questions if q.variable == name)


def test_every_variable_is_asked_in_its_own_form(asked: Asked) -> None:
    assert form_of(asked, SPEND) is Form.NUMBER
    assert form_of(asked, TOWN) is Form.LEVEL
    assert form_of(asked, "grade") is Form.LEVEL
    assert form_of(asked, "member") is Form.YES_NO
    assert form_of(asked, "branch") is Form.CODE


def test_answers_stay_few_and_numbers_are_cut_between_all_values_where_they_are_few(
    asked: Asked,
) -> None:
    by_name = {q.variable: q.answers for q in asked.answers.questions}
    assert len(by_name[SPEND]) == RANGES
    assert [a.low for a in by_name[MOOD]] == [None, 2, 3, 4, 5]
    assert len(by_name[TOWN]) == LEVELS
    assert [a.level for a in by_name["grade"]] == ["low", "medium", "high"]


def test_a_missing_answer_is_answer_zero_and_adds_nothing(asked: Asked) -> None:
    nothing = np.zeros((1, len(asked.card.questions)), dtype=np.int16)
    assert asked.card.scores(nothing).tolist() == [asked.card.start.tolist()]
    share = (asked.answers.codes == 0).mean(axis=0)
    assert ((share > 0.02) & (share < 0.8)).all()


def test_more_questions_contain_those_asked_before(asked: Asked) -> None:
    for fewer, more in zip(asked.golden.cards, asked.golden.cards[1:], strict=False):
        assert more.questions[:-1] == fewer.questions
    assert asked.golden.accuracy[0] > asked.golden.chance
    assert asked.golden.accuracy.max() > 0.85


def test_the_fewest_questions_that_suffice_are_counted(asked: Asked) -> None:
    n = asked.golden.needed(0.8)
    assert n is not None
    assert asked.golden.accuracy[n - 1] >= 0.8
    assert (asked.golden.accuracy[: n - 1] < 0.8).all()
    assert asked.golden.needed(0.999) is None


def test_the_same_seed_finds_the_same_questions(asked: Asked) -> None:
    again = golden_questions(asked.answers)
    assert (again.accuracy == asked.golden.accuracy).all()
    for one, other in zip(again.cards, asked.golden.cards, strict=True):
        assert one.questions == other.questions
        assert all((a == b).all() for a, b in zip(one.points, other.points, strict=True))


def test_noise_is_not_called_accurate(asked: Asked) -> None:
    rng = np.random.default_rng(3)
    shuffled = rng.permutation(asked.answers.segments)
    noise = golden_questions(Answers(asked.answers.questions, asked.answers.codes, shuffled))
    assert noise.accuracy.max() < noise.chance + 0.08


def test_of_equal_points_the_segment_with_the_lowest_number_is_taken(asked: Asked) -> None:
    question = asked.card.questions[0]
    zeros = np.zeros((len(question.answers), 3), dtype=np.int64)
    card = ScoreCard((question,), (1, 2, 5), np.array([0, 4, 4]), (zeros,))
    assert card.labels(np.array([[1]], dtype=np.int16)).tolist() == [2]


def test_a_rule_has_few_conditions_and_is_judged_on_others(asked: Asked) -> None:
    rules = segment_rules(asked.answers)
    assert [rule.segment for rule in rules] == [0, 1, 2, 3]
    for rule in rules:
        assert 1 <= len(rule.conditions) <= 4
        assert rule.balanced_accuracy > 0.65
        assert rule.n_judged < len(asked.answers.segments) / 2


def test_a_rule_about_everybody_in_a_segment_is_found() -> None:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"a": rng.normal(size=200).round(3), "b": rng.normal(size=200).round(3)})
    question = _question_codes(frame)
    rules = segment_rules(question)
    assert [(r.precision, r.recall, r.balanced_accuracy) for r in rules] == [(1, 1, 1), (1, 1, 1)]
    assert {c.variable for rule in rules for c in rule.conditions} == {"a"}


def _question_codes(frame: pd.DataFrame) -> Answers:
    from segmentation.typing_tool import Answer, Question

    cut = (Answer(None, 0.0), Answer(0.0, None))
    questions = tuple(Question(name, Form.NUMBER, cut) for name in frame.columns)
    codes = np.column_stack([q.codes(frame[q.variable].to_numpy()) for q in questions])
    return Answers(questions, codes, (frame["a"] >= 0).to_numpy().astype(np.int64))


# ------------------------------------------------------------------------------ bad input


def test_a_segment_of_one_customer_and_a_constant_one_do_no_harm(tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    segments = [0] * 60 + [1] * 39 + [2]
    frame = pd.DataFrame({"x": rng.normal(size=100).round(2), "y": rng.normal(size=100).round(2)})
    frame.loc[60:98, :] = 5.5
    market = open_market(tmp_path, frame, {"x": Role.BASIS, "y": Role.BASIS})
    answers = answers_of(market.table, market.variables, market.labelled(segments))
    golden = golden_questions(answers)
    assert golden.cards[0].segments == (0, 1, 2)
    assert golden.accuracy[-1] > 0.9
    assert len(segment_rules(answers)) >= 2


def test_ten_segments_of_thirty_customers_have_questions(tmp_path: Path) -> None:
    frame = pd.DataFrame({"x": np.arange(30), "y": np.arange(30) % 7, "z": list("abc") * 10})
    roles = {name: VariableChoice(role=Role.BASIS) for name in "xyz"}
    roles["z"] = VariableChoice(Role.BASIS, Scale.NOMINAL)
    market = open_market(tmp_path, frame, roles)
    labels = market.labelled([i // 3 for i in range(30)])
    answers = answers_of(market.table, market.variables, labels)
    golden = golden_questions(answers)
    assert len(golden.cards) == 3
    assert 0 <= golden.accuracy.min() <= golden.accuracy.max() < 1
    assert all(1 <= len(rule.conditions) <= 4 for rule in segment_rules(answers))


def test_one_segment_cannot_be_told_from_others(tmp_path: Path) -> None:
    frame = pd.DataFrame({"x": range(20), "y": [1, 2] * 10})
    market = open_market(tmp_path, frame, {"x": Role.BASIS, "y": Role.BASIS})
    with pytest.raises(NothingToAsk):
        answers_of(market.table, market.variables, market.labelled([0] * 20))


def test_the_sample_is_no_larger_than_asked_and_does_not_depend_on_the_order_of_rows(
    tmp_path: Path,
) -> None:
    rng = np.random.default_rng(6)
    frame = pd.DataFrame({"x": rng.normal(size=90).round(3), "y": rng.integers(0, 3, 90)})
    frame["s"] = (frame["x"] > 0).astype(int)
    found = []
    for rows in (frame, frame.sample(frac=1, random_state=1)):
        roles = {"x": Role.BASIS, "y": Role.BASIS, "s": Role.IGNORE}
        market = open_market(tmp_path, rows, roles)
        labels = market.labelled([int(s) for s in rows["s"]])
        found.append(answers_of(market.table, market.variables, labels, n_most=50))
    assert len(found[0].segments) == 50
    assert (found[0].codes == found[1].codes).all()
    assert (found[0].segments == found[1].segments).all()
