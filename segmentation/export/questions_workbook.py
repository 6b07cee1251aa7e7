"""The questions as a workbook: answers are typed, formulas tell the segment.

Enters: a score card. Leaves: an XLSX whose formulas every spreadsheet since Excel 2007 knows.
Refuses to let a name run as a formula. Levels are compared letter by letter (EXACT): looking them
up would take "*" for any text and "a" for "A".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from segmentation.typing_tool import Answer, Form, Question, ScoreCard
from segmentation.typing_tool.answers import NO, YES
from segmentation.typing_tool.card import Points
from segmentation.typing_tool.sql import NO_TEXTS, YES_TEXTS
from segmentation.wording import Words
from segmentation.wording.questions import answer_text, question_text

# Customers who can be typed in before a row has to be copied down.
ROWS = 200
Typed = Sequence[Sequence[str | float | None]]
# Below any number that a sheet can hold: where the first range begins.
LOWEST = -1e307
QUESTIONS, POINTS = "questions", "points"
# On the sheet of points: the headings, the numbers of the segments, the points at the start.
_NAMES, _NUMBERS, _START, _FIRST = 0, 1, 2, 3
_KEY, _WORTH = 2, 3
_WIDTH = 18


@dataclass(frozen=True, slots=True)
class _Block:
    """The rows of a question on the sheet of points, from 0, both included."""

    form: Form
    first: int
    last: int

    def column(self, column: int) -> str:
        letter = xl_col_to_name(column)
        return f"{POINTS}!${letter}${self.first + 1}:${letter}${self.last + 1}"

    def worth(self, cell: str, column: int) -> str:
        """Return a formula for the points of the answer in a cell."""
        keys, points = self.column(_KEY), self.column(column)
        if self.form is Form.NUMBER:
            return f"IF(ISNUMBER({cell}),INDEX({points},MATCH({cell},{keys},1)),0)"
        if self.form is Form.CODE:
            return f"IF(ISNUMBER({cell}),SUMPRODUCT(({keys}={cell})*{points}),0)"
        text = f"LOWER(TRIM({cell}))" if self.form is Form.YES_NO else cell
        return f"SUMPRODUCT(EXACT({text},{keys})*{points})"


class _PlainFormulas(Worksheet):  # type: ignore[misc] # xlsxwriter ships no types
    """A sheet whose formulas hold no function younger than Excel 2010.

    For those, the writer searches every formula thirty times: four fifths of all its time.
    """

    def _prepare_formula(self, formula: str, *_: object) -> str:
        return formula.lstrip("=")


def write_questions(
    card: ScoreCard, names: Sequence[str], words: Words, path: Path, *, typed: Typed = ()
) -> Path:
    """Write a workbook in which a row of answers gives a segment.

    Parameters
    ----------
    card : ScoreCard
    names : sequence of str
        Of all segments.
    words : Words
    path : Path
    typed : sequence of sequence, optional
        Answers that are there already, a row a customer, in the order of the questions.

    Returns
    -------
    Path
        The same path. On its sheet ``questions`` a column a question, then the number and the
        name of the segment and the points of each, from the second row on.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        sheet = workbook.add_worksheet(QUESTIONS, worksheet_class=_PlainFormulas)
        points = workbook.add_worksheet(POINTS)
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        cell = {"bg_color": "#FFF7DC", "border": 1, "border_color": "#D8D2BC"}
        formats = workbook.add_format(cell), workbook.add_format({**cell, "num_format": "@"})
        blocks = _write_points(points, card, names, words, bold)
        _write_headings(sheet, card, names, words, bold)
        n_rows = max(ROWS, len(typed))
        nothing = [None] * len(blocks)
        for row in range(1, n_rows + 1):
            given = typed[row - 1] if row <= len(typed) else nothing
            for column, (block, answer) in enumerate(zip(blocks, given, strict=True)):
                shown = formats[block.form in (Form.LEVEL, Form.YES_NO)]
                _write_answer(sheet, (row, column), answer, shown)
            _write_row(sheet, card, blocks, row)
        _offer_answers(sheet, blocks, n_rows)
        sheet.freeze_panes(1, 0)
    return path


def _write_points(
    sheet: Worksheet, card: ScoreCard, names: Sequence[str], words: Words, bold: object
) -> list[_Block]:
    """Write what every answer counts, and return where."""
    headings = (words("Question"), words("Answer"), words("As typed"))
    for column, text in enumerate((*headings, *(names[s] for s in card.segments))):
        sheet.write_string(_NAMES, column, text, bold)
    sheet.write_string(_NUMBERS, 0, words("Segment number"))
    sheet.write_row(_NUMBERS, _WORTH, [segment + 1 for segment in card.segments])
    sheet.write_string(_START, 0, words("At the start"))
    sheet.write_row(_START, _WORTH, [int(p) for p in card.start])
    blocks, row = [], _FIRST
    for question, points in zip(card.questions, card.points, strict=True):
        first = row
        for answer, key, worth in _lines(question, points):
            sheet.write_string(row, 0, question_text(question, words))
            sheet.write_string(row, 1, answer_text(question.form, answer, words))
            if isinstance(key, str):
                sheet.write_string(row, _KEY, key)
            else:
                sheet.write_number(row, _KEY, key)
            sheet.write_row(row, _WORTH, worth)
            row += 1
        blocks.append(_Block(question.form, first, row - 1))
    sheet.set_column(0, 2 + len(card.segments), _WIDTH)
    return blocks


def _lines(question: Question, points: Points) -> list[tuple[Answer, str | float, list[int]]]:
    """Return the rows of a question: a range by its lower end, yes and no by their words."""
    found: list[tuple[Answer, str | float, list[int]]] = []
    for answer, own in zip(question.answers, points, strict=True):
        worth = [int(each) for each in own]
        if question.form is Form.NUMBER:
            found.append((answer, LOWEST if answer.low is None else answer.low, worth))
        elif question.form is Form.YES_NO:
            texts = YES_TEXTS if answer.level == YES else NO_TEXTS
            found += [(answer, text, worth) for text in dict.fromkeys(texts)]
        else:
            level = answer.level
            found.append((answer, level if isinstance(level, float) else str(level), worth))
    return found


def _write_headings(
    sheet: Worksheet, card: ScoreCard, names: Sequence[str], words: Words, bold: object
) -> None:
    told = [words("Points: {name}", name=names[segment]) for segment in card.segments]
    texts = [question_text(question, words) for question in card.questions]
    for column, text in enumerate((*texts, words("Segment number"), words("Segment"), *told)):
        sheet.write_string(0, column, text, bold)
    sheet.set_column(0, len(texts) + len(told) + 1, _WIDTH)


def _write_answer(
    sheet: Worksheet, place: tuple[int, int], answer: str | float | None, shown: object
) -> None:
    if isinstance(answer, str):
        sheet.write_string(*place, answer, shown)
    elif answer is None or math.isnan(answer):
        sheet.write_blank(*place, None, shown)
    else:
        sheet.write_number(*place, answer, shown)


def _write_row(sheet: Worksheet, card: ScoreCard, blocks: Sequence[_Block], row: int) -> None:
    n, last = len(blocks), _WORTH + len(card.segments) - 1
    cells = [xl_rowcol_to_cell(row, column, col_abs=True) for column in range(n)]
    for place in range(len(card.segments)):
        start = f"{POINTS}!{xl_rowcol_to_cell(_START, _WORTH + place, True, True)}"
        worth = [b.worth(c, _WORTH + place) for b, c in zip(blocks, cells, strict=True)]
        sheet.write_formula(row, n + 2 + place, "=" + "+".join([start, *worth]), None, "")
    scores = f"{xl_rowcol_to_cell(row, n + 2)}:{xl_rowcol_to_cell(row, n + 1 + len(card.segments))}"
    blank = f"COUNTA({cells[0]}:{cells[-1]})=0"
    for column, told in ((n, _NUMBERS), (n + 1, _NAMES)):
        first = xl_rowcol_to_cell(told, _WORTH, True, True)
        among = f"{POINTS}!{first}:{xl_rowcol_to_cell(told, last, True, True)}"
        best = f"INDEX({among},MATCH(MAX({scores}),{scores},0))"
        sheet.write_formula(row, column, f'=IF({blank},"",{best})', None, "")


def _offer_answers(sheet: Worksheet, blocks: Sequence[_Block], n_rows: int) -> None:
    """Let answers be picked from a list; others may be typed and count nothing."""
    for column, block in enumerate(blocks):
        if block.form is Form.NUMBER:
            rule: dict[str, object] = {"validate": "decimal", "criteria": ">", "value": LOWEST}
        elif block.form is Form.YES_NO:
            rule = {"validate": "list", "source": [YES, NO]}
        else:
            rule = {"validate": "list", "source": "=" + block.column(_KEY)}
        sheet.data_validation(1, column, n_rows, column, {**rule, "error_type": "warning"})
