"""Telling a customer's segment from a few answers: golden questions, score cards and rules."""

from segmentation.typing_tool.answers import Answer, Answers, Form, Question, answers_of
from segmentation.typing_tool.card import ScoreCard
from segmentation.typing_tool.golden import WANTED, GoldenQuestions, golden_questions
from segmentation.typing_tool.rules import Condition, SegmentRule, segment_rules
from segmentation.typing_tool.sql import select_segments
from segmentation.typing_tool.tool import TypingTool, typing_tool

__all__ = [
    "WANTED",
    "Answer",
    "Answers",
    "Condition",
    "Form",
    "GoldenQuestions",
    "Question",
    "ScoreCard",
    "SegmentRule",
    "TypingTool",
    "answers_of",
    "golden_questions",
    "segment_rules",
    "select_segments",
    "typing_tool",
]
