"""The score card: points for every answer; the segment with the most points is the customer's.

Enters: questions and weights. Leaves: :class:`ScoreCard`. Points are whole numbers, so that every
program that adds them finds the same sum, and with it the same segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.preparation.transforms import Cells
from segmentation.typing_tool.answers import Codes, Question

# Points to a factor e of the odds.
POINTS_A_NAT = 10
Points = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ScoreCard:
    """Questions, and what each answer counts towards each segment.

    Attributes
    ----------
    questions : tuple of Question
    segments : tuple of int
        From 0, ascending; a segment without a customer in the sample is not among them.
    start : ndarray of shape (n_segments,)
        Points before the first answer.
    points : tuple of ndarray of shape (n_answers, n_segments)
        Of each question's answers; no answer, or one that is not listed, counts nothing.
    """

    questions: tuple[Question, ...]
    segments: tuple[int, ...]
    start: Points
    points: tuple[Points, ...]

    @classmethod
    def rounded(
        cls,
        questions: Sequence[Question],
        segments: Sequence[int],
        weights: npt.NDArray[np.float64],
    ) -> ScoreCard:
        """Make a card of a logit's weights.

        Parameters
        ----------
        questions : sequence of Question
        segments : sequence of int
        weights : ndarray of shape (1 + n_answers_of_all_questions, n_segments)
            First the constant.

        Returns
        -------
        ScoreCard
            What an answer gives every segment is taken off, so that the least is 0.
        """
        points = np.rint(POINTS_A_NAT * weights).astype(np.int64)
        points -= points.min(axis=1, keepdims=True)
        ends = np.cumsum([1, *(len(q.answers) for q in questions)])
        start, *blocks = np.split(points, ends[:-1])
        return cls(tuple(questions), tuple(segments), start[0], tuple(blocks))

    def scores(self, codes: Codes) -> Points:
        """Return the points of each segment.

        Parameters
        ----------
        codes : ndarray of shape (n, n_questions)
            As of :meth:`Question.codes`.

        Returns
        -------
        ndarray of shape (n, n_segments)
        """
        total = np.tile(self.start, (len(codes), 1))
        for own, points in zip(codes.T, self.points, strict=True):
            total += np.vstack([np.zeros_like(self.start), points])[own]
        return total

    def labels(self, codes: Codes) -> npt.NDArray[np.int64]:
        """Return the segment with the most points, of several the one with the lowest number.

        Parameters
        ----------
        codes : ndarray of shape (n, n_questions)

        Returns
        -------
        ndarray of shape (n,)
        """
        found: npt.NDArray[np.int64] = np.asarray(self.segments)[self.scores(codes).argmax(axis=1)]
        return found

    def labels_of(self, values: Sequence[Cells]) -> npt.NDArray[np.int64]:
        """Return :meth:`labels` of values, one array a question."""
        own = [q.codes(cells) for q, cells in zip(self.questions, values, strict=True)]
        return self.labels(np.column_stack(own))
