"""The typing tool of a solution: its golden questions and its rules, from one sample.

Enters: a customer table, variables and the engine table of labels. Leaves: a :class:`TypingTool`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.errors import NothingToAsk
from segmentation.intake import CustomerTable
from segmentation.typing_tool.answers import answers_of
from segmentation.typing_tool.golden import GoldenQuestions, golden_questions
from segmentation.typing_tool.rules import SegmentRule, segment_rules
from segmentation.variables import Variable


@dataclass(frozen=True, slots=True, eq=False)
class TypingTool:
    """What tells a customer's segment: score cards that place, and rules that describe."""

    golden: GoldenQuestions
    rules: tuple[SegmentRule, ...]


def typing_tool(table: CustomerTable, variables: Sequence[Variable], labels: str) -> TypingTool:
    """Learn what tells the segments of a solution.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
        Those that form segments are asked.
    labels : str
        Engine table with ``__row`` and ``segment``.

    Returns
    -------
    TypingTool

    Raises
    ------
    NothingToAsk
        When fewer than two segments have customers, or no variable tells them apart.
    """
    answers = answers_of(table, variables, labels)
    return TypingTool(golden_questions(answers), segment_rules(answers))


def rules_of(
    table: CustomerTable, variables: Sequence[Variable], labels: str
) -> tuple[SegmentRule, ...]:
    """Learn the readable rules alone; none where nothing tells the segments apart.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
    labels : str
        Engine table with ``__row`` and ``segment``.

    Returns
    -------
    tuple of SegmentRule
    """
    try:
        answers = answers_of(table, variables, labels)
    except NothingToAsk:
        return ()
    return segment_rules(answers)
