"""The questions on paper: a score card as Markdown and as CSV, and as part of a run's record.

Enters: a score card. Leaves: text, or plain values for JSON. Refuses to let a name run as a
formula or as markup.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from typing import Any

from segmentation.export.customers import safe_cell
from segmentation.typing_tool import GoldenQuestions, ScoreCard, SegmentRule
from segmentation.wording import Words
from segmentation.wording.questions import (
    answer_text,
    how_judged,
    how_to_add,
    question_text,
    questions_finding,
    rule_judged,
    rule_text,
)

_MARKUP = "\\`*_[]<>#|~$&"


def card_rows(card: ScoreCard, names: Sequence[str], words: Words) -> list[list[str]]:
    """Return a score card as rows: question, answer, points towards each segment.

    Parameters
    ----------
    card : ScoreCard
    names : sequence of str
        Of all segments.
    words : Words

    Returns
    -------
    list of list of str
        First the headings, then the points at the start.
    """
    told = [f"{segment + 1}. {names[segment]}" for segment in card.segments]
    rows = [[words("Question"), words("Answer"), *told]]
    rows.append([words("At the start"), "", *(str(points) for points in card.start)])
    for question, points in zip(card.questions, card.points, strict=True):
        asked = question_text(question, words)
        for answer, worth in zip(question.answers, points, strict=True):
            said = answer_text(question.form, answer, words)
            rows.append([asked, said, *(str(each) for each in worth)])
    return rows


def short_form_csv(card: ScoreCard, names: Sequence[str], words: Words) -> str:
    """Write a score card as CSV for a spreadsheet, formulas neutralised."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [safe_cell(cell) for cell in row] for row in card_rows(card, names, words)
    )
    return text.getvalue()


def short_form(
    golden: GoldenQuestions,
    n: int,
    rules: Sequence[SegmentRule],
    names: Sequence[str],
    words: Words,
) -> str:
    """Write ``n`` questions with their points, and the rules, as Markdown.

    Parameters
    ----------
    golden : GoldenQuestions
    n : int
        How many questions.
    rules : sequence of SegmentRule
    names : sequence of str
        Of all segments.
    words : Words

    Returns
    -------
    str
    """
    heading, *rows = card_rows(golden.cards[n - 1], names, words)
    rules_heading = words("Rules to read")
    lines = [
        f"# {_plain(questions_finding(golden, n, words))}",
        "",
        _plain(how_judged(golden, words)),
        "",
        _plain(how_to_add(words)),
        "",
        _row(heading),
        _bare_row(["---", "---", *(["---:"] * (len(heading) - 2))]),
        *(_row(row) for row in rows),
        "",
        f"## {rules_heading}",
        "",
    ]
    for rule in rules:
        name = f"**{_plain(names[rule.segment])}**"
        said = words("{name}: {rule}.", name=name, rule=_plain(rule_text(rule, words)))
        lines.append(f"- {words.sentences([said, rule_judged(rule, words)])}")
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return _bare_row([_plain(cell) for cell in cells])


def _bare_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Write text so that Markdown shows every character and keeps it on one line."""
    return "".join(f"\\{c}" if c in _MARKUP else c for c in " ".join(text.split()))


def questions_record(
    golden: GoldenQuestions, rules: Sequence[SegmentRule], words: Words
) -> dict[str, Any]:
    """Record the questions of a run, in the order in which they are asked, and the rules.

    Parameters
    ----------
    golden : GoldenQuestions
    rules : sequence of SegmentRule
    words : Words

    Returns
    -------
    dict
        ``questions`` and ``rules``, as documented in ``docs/cli.md``.
    """
    asked = golden.cards[-1].questions
    return {
        "questions": [
            {"variable": question.variable, "accuracy": round(float(accuracy), 6)}
            for question, accuracy in zip(asked, golden.accuracy, strict=True)
        ],
        "rules": [
            {
                "segment": rule.segment + 1,
                "rule": rule_text(rule, words),
                "precision": _number(rule.precision),
                "recall": _number(rule.recall),
                "balanced_accuracy": _number(rule.balanced_accuracy),
            }
            for rule in rules
        ],
    }


def _number(x: float) -> float | None:
    return None if math.isnan(x) else round(x, 6)
