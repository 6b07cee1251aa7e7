"""A rule a person can read: a few conditions for each segment, judged on customers held out.

Enters: answers of a sample. Leaves: a :class:`SegmentRule` for each segment. Refuses more than four
conditions, and to judge a rule by the customers it was learned from. Rules overlap and leave
customers out: they describe, the score card places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.typing_tool.answers import Answer, Answers, Form, Question

MOST_CONDITIONS = 4
# How many unfinished rules are followed at once.
BEAM = 8
# A further condition has to raise the F score by this much.
WORTH = 0.01
HELD_OUT, SEED = 0.3, 7
Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; a customer without the value never meets it.

    Attributes
    ----------
    variable : str
    form : Form
    answer : Answer
        A number at least ``low``, or below ``high``; or a level.
    is_not : bool
        Whether any other known level is meant.
    """

    variable: str
    form: Form
    answer: Answer
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """Conditions that together say who is in a segment, and how well they do.

    Attributes
    ----------
    segment : int
        From 0.
    conditions : tuple of Condition
        One to four, in the order in which they were found.
    precision : float
        Share of the customers who meet them that are in the segment; NaN where nobody meets them.
    recall : float
        Share of the segment that meets them; NaN where none of it was held out.
    balanced_accuracy : float
        Mean of the recall and of the share of the others that do not meet them; 0.5 says nothing.
    n_judged : int
        Customers held out, of whom these shares are.
    """

    segment: int
    conditions: tuple[Condition, ...]
    precision: float
    recall: float
    balanced_accuracy: float
    n_judged: int


def segment_rules(answers: Answers, *, seed: int = SEED) -> tuple[SegmentRule, ...]:
    """Find a rule for each segment by beam search, and judge it on 30 % of the customers.

    Parameters
    ----------
    answers : Answers
    seed : int
        Of who is held out.

    Returns
    -------
    tuple of SegmentRule
        By segment; none for a segment of which nobody was there to learn from.
    """
    conditions, met = _conditions(answers)
    if not conditions:
        return ()
    held_out = np.random.default_rng(seed).random(len(answers.segments)) < HELD_OUT
    found = []
    for segment in np.unique(answers.segments[~held_out]):
        member = answers.segments == segment
        places = _searched(met[~held_out], member[~held_out])
        meets = _meets(met[held_out], places)
        own = tuple(conditions[place] for place in places)
        found.append(SegmentRule(int(segment), own, *_judged(meets, member[held_out])))
    return tuple(found)


def _conditions(answers: Answers) -> tuple[list[Condition], Truth]:
    """Return every condition that could be made, and who meets it."""
    found, met = [], []
    for question, codes in zip(answers.questions, answers.codes.T, strict=True):
        for condition, truth in _of_question(question, codes):
            if truth.any() and not truth.all():
                found.append(condition)
                met.append(truth)
    return found, np.array(met, dtype=bool).T


def _of_question(
    question: Question, codes: npt.NDArray[np.int16]
) -> Iterator[tuple[Condition, Truth]]:
    known = codes > 0
    for code, answer in enumerate(question.answers, start=1):
        if question.form is Form.NUMBER:
            if answer.low is not None:
                low = Answer(low=answer.low)
                yield Condition(question.variable, question.form, low), codes >= code
            if answer.high is not None:
                high = Answer(high=answer.high)
                yield Condition(question.variable, question.form, high), known & (codes <= code)
            continue
        yield Condition(question.variable, question.form, answer), codes == code
        if question.form is not Form.YES_NO and len(question.answers) > 2:
            is_not = Condition(question.variable, question.form, answer, is_not=True)
            yield is_not, known & (codes != code)


def _meets(met: Truth, places: Sequence[int]) -> Truth:
    """Tell who meets all of these conditions; everybody meets none."""
    return np.asarray(met[:, list(places)].all(axis=1), dtype=np.bool_)


def _searched(met: Truth, member: Truth) -> list[int]:
    """Return the places of up to four conditions with the highest F score together."""
    exact = met.astype(np.float32)
    beam: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    best: tuple[float, tuple[int, ...]] = (-1.0, ())
    for _ in range(MOST_CONDITIONS):
        tried: dict[tuple[int, ...], float] = {}
        for _, places in beam:
            so_far = _meets(met, places)
            scores = _f_scores(exact, so_far, member)
            for place in np.argsort(-scores, kind="stable")[:BEAM]:
                longer = tuple(sorted({*places, int(place)}))
                tried[longer] = float(scores[place])
        beam = sorted(((f, p) for p, f in tried.items()), key=lambda x: (-x[0], x[1]))[:BEAM]
        if beam[0][0] < best[0] + WORTH:
            break
        best = beam[0]
    return _needed(met, best[1])


def _f_scores(
    exact: npt.NDArray[np.float32], so_far: Truth, member: Truth
) -> npt.NDArray[np.float32]:
    """Return the harmonic mean of precision and recall with each further condition."""
    hits = (so_far & member).astype(np.float32) @ exact
    met = so_far.astype(np.float32) @ exact
    scores: npt.NDArray[np.float32] = 2 * hits / (met + np.float32(member.sum()))
    return scores


def _needed(met: Truth, places: Sequence[int]) -> list[int]:
    """Leave out what the other conditions say already."""
    kept = list(places)
    for place in places:
        others = [p for p in kept if p != place]
        if others and (_meets(met, others) == _meets(met, kept)).all():
            kept = others
    return kept


def _judged(meets: Truth, member: Truth) -> tuple[float, float, float, int]:
    hits = int((meets & member).sum())
    precision = hits / int(meets.sum()) if meets.any() else float("nan")
    recall = hits / int(member.sum()) if member.any() else float("nan")
    outside = float((~meets[~member]).mean()) if not member.all() else float("nan")
    return precision, recall, (recall + outside) / 2, len(member)
