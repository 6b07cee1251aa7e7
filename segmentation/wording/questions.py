"""Golden questions and rules in words.

Enters: score cards, accuracies and rules. Leaves: plain sentences. Refuses to round a limit: an
answer is written with every digit that decides.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from segmentation.typing_tool import (
    WANTED,
    Answer,
    Condition,
    Form,
    GoldenQuestions,
    Question,
    SegmentRule,
)
from segmentation.typing_tool.answers import YES
from segmentation.wording.language import Words


def exact(x: float) -> str:
    """Write a number with all its digits and no others.

    Examples
    --------
    >>> exact(1250000.0), exact(0.25)
    ('1250000', '0.25')
    """
    return str(np.format_float_positional(x, trim="-"))


def answer_text(form: Form, answer: Answer, words: Words) -> str:
    """Say an answer.

    Parameters
    ----------
    form : Form
    answer : Answer
    words : Words

    Returns
    -------
    str
    """
    if form is Form.NUMBER:
        return _range_text(answer, words)
    if form is Form.YES_NO:
        return words("yes") if answer.level == YES else words("no")
    return exact(answer.level) if isinstance(answer.level, float) else str(answer.level)


def _range_text(answer: Answer, words: Words) -> str:
    low, high = answer.low, answer.high
    if low is not None and high is not None:
        return words("{low} to under {high}", low=exact(low), high=exact(high))
    if low is not None:
        return words("{low} or more", low=exact(low))
    return words("under {high}", high=exact(high)) if high is not None else words("any number")


def question_text(question: Question, words: Words) -> str:
    """Say what is asked: the variable, and whether its answers are turned round."""
    if question.is_reversed:
        return words("{name} (answers turned round)", name=question.variable)
    return question.variable


def told_share(accuracy: float) -> float:
    """Round an accuracy down to whole percent, so that 94.9 % is not said to be 95 %.

    Examples
    --------
    >>> told_share(0.949), told_share(0.95)
    (0.94, 0.95)
    """
    return math.floor(100 * accuracy + 1e-9) / 100


def questions_finding(golden: GoldenQuestions, n: int, words: Words) -> str:
    """Say how many customers ``n`` questions put back in their segment."""
    return words.plural(
        "{n:count} question puts {share:percent} of customers back in their segment",
        "{n:count} questions put {share:percent} of customers back in their segment",
        n,
        share=told_share(float(golden.accuracy[n - 1])),
    )


def needed_texts(golden: GoldenQuestions, words: Words) -> list[str]:
    """Say how many questions each wanted share takes."""
    found = []
    for share in WANTED:
        n = golden.needed(share)
        if n is None:
            n_most = len(golden.cards)
            said = words(
                "{share:percent}: not reached with {n:count} questions", share=share, n=n_most
            )
        else:
            said = words.plural(
                "{share:percent}: {n:count} question",
                "{share:percent}: {n:count} questions",
                n,
                share=share,
            )
        found.append(said)
    return found


def how_judged(golden: GoldenQuestions, words: Words) -> str:
    """Say on whom the accuracy was measured, and what guessing gets."""
    return words(
        "Cross-validated: {n:count} customers in {folds:count} parts (seed {seed}), each judged by "
        "questions and points from the others. Calling everybody the largest segment would be "
        "right for {chance:percent}.",
        n=golden.n_customers,
        folds=golden.folds,
        seed=golden.seed,
        chance=golden.chance,
    )


def worst_text(golden: GoldenQuestions, n: int, names: Sequence[str], words: Words) -> str:
    """Say which segment is found least often; blank where none was judged."""
    recalls = golden.recalls[n - 1]
    if np.isnan(recalls).all():
        return ""
    place = int(np.nanargmin(recalls))
    return words(
        "Found least often: “{name}”, {share:percent} of its customers.",
        name=names[golden.cards[0].segments[place]],
        share=float(recalls[place]),
    )


def how_to_add(words: Words) -> str:
    """Say how the score card is used."""
    return words(
        "Begin with the points at the start, add those of every answer, and take the segment with "
        "the most; of several, the one with the lowest number. No answer, or one that is not "
        "listed, adds nothing."
    )


def condition_text(condition: Condition, words: Words) -> str:
    """Say one condition of a rule."""
    name, answer = condition.variable, condition.answer
    if condition.form is Form.NUMBER and answer.low is not None:
        return words("“{name}” is {value} or more", name=name, value=exact(answer.low))
    if condition.form is Form.NUMBER and answer.high is not None:
        return words("“{name}” is under {value}", name=name, value=exact(answer.high))
    value = answer_text(condition.form, answer, words)
    if condition.is_not:
        return words("“{name}” is not “{value}”", name=name, value=value)
    return words("“{name}” is “{value}”", name=name, value=value)


def rule_text(rule: SegmentRule, words: Words) -> str:
    """Say a rule: all its conditions together."""
    return words.listed(condition_text(condition, words) for condition in rule.conditions)


def rule_judged(rule: SegmentRule, words: Words) -> str:
    """Say how good a rule is, on customers it was not learned from."""
    if math.isnan(rule.recall):
        return words("Not tested: none of its customers was held out.")
    return words(
        "Of those who meet it, {precision:percent} are in the segment; of the segment, "
        "{recall:percent} meet it. Balanced accuracy {balanced:number}, on {n:count} customers "
        "held out.",
        precision=rule.precision,
        recall=rule.recall,
        balanced=rule.balanced_accuracy,
        n=rule.n_judged,
    )
