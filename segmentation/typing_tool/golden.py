"""Golden questions: the fewest that tell a customer's segment, and how often they are right.

Enters: answers of a sample. Leaves: a :class:`GoldenQuestions`, with a score card for every number
of questions. Refuses to call an accuracy what was measured on the customers it was learned from:
in each fold the questions are chosen and the points learned without the customers judged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.typing_tool.answers import Answers, Codes
from segmentation.typing_tool.card import ScoreCard
from segmentation.typing_tool.logit import path
from segmentation.typing_tool.selection import forward

# More questions make no short form.
MOST_QUESTIONS = 20
FOLDS, SEED = 5, 7
# Shares of customers that are wanted back in their segment; the middle one is shown first.
WANTED = (0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class GoldenQuestions:
    """Score cards with one question, two and so on, each containing those before.

    Attributes
    ----------
    cards : tuple of ScoreCard
    accuracy : ndarray of shape (n_cards,)
        Share of customers back in their segment, cross-validated.
    recalls : ndarray of shape (n_cards, n_segments)
        The same within each segment of the cards; NaN for one that was in no fold.
    chance : float
        Share of the largest segment: what calling everybody that would get right.
    n_customers, folds, seed : int
        How many customers it was learned from, in how many folds, drawn from which seed.
    """

    cards: tuple[ScoreCard, ...]
    accuracy: npt.NDArray[np.float64]
    recalls: npt.NDArray[np.float64]
    chance: float
    n_customers: int
    folds: int
    seed: int

    def needed(self, share: float) -> int | None:
        """Return the fewest questions with an accuracy of ``share``; None where none has it."""
        enough = np.flatnonzero(self.accuracy >= share)
        return int(enough[0]) + 1 if len(enough) else None

    @property
    def shown_first(self) -> int:
        """How many questions to show: enough for 90 %, else for 80 %, else the most accurate."""
        found = (self.needed(share) for share in (WANTED[1], WANTED[0]))
        return next((n for n in found if n), int(self.accuracy.argmax()) + 1)


def golden_questions(answers: Answers, *, folds: int = FOLDS, seed: int = SEED) -> GoldenQuestions:
    """Find the questions that tell the segment, and how often they are right.

    Parameters
    ----------
    answers : Answers
    folds : int
        How many times a part of the customers is judged by the others.
    seed : int
        Of the parts.

    Returns
    -------
    GoldenQuestions
    """
    segments, groups = np.unique(answers.segments, return_inverse=True)
    parts = _folds(groups, folds, seed)
    n_parts = int(parts.max()) + 1
    cards = _cards(answers, answers.codes, groups, segments)
    confusion = np.zeros((len(cards), len(segments), len(segments)))
    for part in range(n_parts):
        judged = parts == part
        learned = _cards(answers, answers.codes[~judged], groups[~judged], segments)
        for n, card in enumerate(learned):
            asked = _asked(answers, card, answers.codes[judged])
            given = np.searchsorted(segments, card.labels(asked))
            np.add.at(confusion[n], (groups[judged], given), 1)
    right = np.diagonal(confusion, axis1=1, axis2=2)
    members = confusion.sum(axis=2)
    with np.errstate(invalid="ignore"):
        recalls = right / members
    return GoldenQuestions(
        cards=cards,
        accuracy=right.sum(axis=1) / len(groups),
        recalls=recalls,
        chance=float(np.bincount(groups).max() / len(groups)),
        n_customers=len(groups),
        folds=n_parts,
        seed=seed,
    )


def _folds(groups: npt.NDArray[np.int64], folds: int, seed: int) -> npt.NDArray[np.int64]:
    """Deal customers out, one segment after the other, so that each part has its share of all."""
    shuffled = np.random.default_rng(seed).permutation(len(groups))
    dealt = shuffled[np.argsort(groups[shuffled], kind="stable")]
    parts = np.empty(len(groups), dtype=np.int64)
    parts[dealt] = np.arange(len(groups)) % folds
    return parts


def _cards(
    answers: Answers,
    codes: Codes,
    groups: npt.NDArray[np.int64],
    segments: npt.NDArray[np.int64],
) -> tuple[ScoreCard, ...]:
    """Choose questions and learn the points of one, two and so on."""
    order = forward(codes, groups, len(segments), MOST_QUESTIONS)
    questions = [answers.questions[j] for j in order]
    n_answers = [len(question.answers) for question in questions]
    fits = path(codes[:, order], n_answers, groups, len(segments))
    return tuple(
        ScoreCard.rounded(questions[:n], [int(s) for s in segments], weights)
        for n, weights in enumerate(fits, start=1)
    )


def _asked(answers: Answers, card: ScoreCard, codes: Codes) -> Codes:
    places = {question.variable: j for j, question in enumerate(answers.questions)}
    return codes[:, [places[question.variable] for question in card.questions]]
