"""The score card as SQL: one SELECT that gives every row of a table its segment.

Enters: a score card. Leaves: a SELECT that DuckDB and PostgreSQL read alike. Refuses to trust a
name: column, level and segment names are quoted, whatever is in them.

Columns have the names of the file. Numbers may be of any type of number, yes/no may be true or
false, 1 or 0, or a word for yes or no; text is compared without the blanks around it.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.engine.duck import literal, quoted
from segmentation.intake.kinds import NO_WORDS, YES_WORDS
from segmentation.typing_tool.answers import YES, Answer, Form, Question
from segmentation.typing_tool.card import Points, ScoreCard

# Besides the words: how engines write true and false, and what numbers are for them.
YES_TEXTS = (*YES_WORDS, "1", "1.0")
NO_TEXTS = (*NO_WORDS, "0", "0.0")
_DOUBLE = "DOUBLE PRECISION"


def select_segments(
    card: ScoreCard,
    names: Sequence[str],
    *,
    table: str = "customers",
    columns: tuple[str, str] = ("segment_id", "segment"),
    taken: Sequence[str] = (),
) -> str:
    """Write a SELECT of all columns, the number (from 1) and the name of the segment.

    Parameters
    ----------
    card : ScoreCard
    names : sequence of str
        Of all segments, from the first.
    table : str
        Whose rows are placed.
    columns : (str, str)
        Names of the two new columns.
    taken : sequence of str
        Names of the table's columns, which the sums in between must not have.

    Returns
    -------
    str
    """
    points = _free("points", (*taken, *columns, *(q.variable for q in card.questions)))
    sums = [
        f"{_sum(card, place)} AS {quoted(f'{points}_{segment + 1}')}"
        for place, segment in enumerate(card.segments)
    ]
    numbers = [str(segment + 1) for segment in card.segments]
    told = [literal(names[segment]) for segment in card.segments]
    best = [_is_best(points, card.segments, place) for place in range(len(card.segments))]
    lines = [
        f"SELECT c.*, {_case(best, numbers)} AS {quoted(columns[0])},",
        f"  {_case(best, told)} AS {quoted(columns[1])}",
        "FROM (",
        "  SELECT t.*,",
        "    " + ",\n    ".join(sums),
        f"  FROM {quoted(table)} AS t",
        ") AS c",
    ]
    return "\n".join(lines) + "\n"


def _free(name: str, taken: Sequence[str]) -> str:
    """Return a name that no column begins with."""
    folded = [each.casefold() for each in taken]
    while any(each.startswith(name) for each in folded):
        name += "_"
    return name


def _is_best(points: str, segments: Sequence[int], place: int) -> str:
    """Tell whether a segment has as many points as each after it; those before were asked first."""
    own, *others = (quoted(f"{points}_{segment + 1}") for segment in segments[place:])
    return " AND ".join(f"c.{own} >= c.{other}" for other in others)


def _case(conditions: Sequence[str], values: Sequence[str]) -> str:
    cases = [f"WHEN {c} THEN {v}" for c, v in zip(conditions, values, strict=True) if c]
    return " ".join(["CASE", *cases, f"ELSE {values[-1]} END"])


def _sum(card: ScoreCard, place: int) -> str:
    parts = [str(int(card.start[place]))]
    for question, points in zip(card.questions, card.points, strict=True):
        own = points[:, place]
        if own.any():
            parts.append(_points(question, own))
    return "\n      + ".join(parts)


def _points(question: Question, points: Points) -> str:
    cell = f"t.{quoted(question.variable)}"
    if question.form is Form.NUMBER:
        return _by_range(f"CAST({cell} AS {_DOUBLE})", question.answers, points)
    cases = [
        f"WHEN {_given(question.form, cell, answer)} THEN {int(worth)}"
        for answer, worth in zip(question.answers, points, strict=True)
        if worth
    ]
    return f"CASE {' '.join(cases)} ELSE 0 END"


def _by_range(number: str, answers: Sequence[Answer], points: Points) -> str:
    """Ask from the lowest range up; NaN, which both engines sort last, is no number."""
    cases = [f"WHEN {number} IS NULL OR {number} = CAST('NaN' AS {_DOUBLE}) THEN 0"]
    cases += [
        f"WHEN {number} < {answer.high!r} THEN {int(worth)}"
        for answer, worth in zip(answers[:-1], points, strict=False)
    ]
    return f"CASE {' '.join(cases)} ELSE {int(points[-1])} END"


def _given(form: Form, cell: str, answer: Answer) -> str:
    if form is Form.CODE:
        return f"CAST({cell} AS {_DOUBLE}) = {answer.level!r}"
    text = f"trim(CAST({cell} AS VARCHAR))"
    if form is Form.LEVEL:
        return f"{text} = {literal(str(answer.level))}"
    texts = YES_TEXTS if answer.level == YES else NO_TEXTS
    return f"lower({text}) IN ({', '.join(map(literal, texts))})"
