import csv
import io
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.export import questions_record, short_form, short_form_csv, write_questions
from segmentation.typing_tool import segment_rules
from segmentation.wording import words_in
from tests.asked import NAMES, SPEND, Asked, ask, customers, values_for
from tests.export.sheets import Workbook

WORDS = words_in("en")
OFFICE = shutil.which("soffice")
# As many as take a few seconds; docs/benchmarks.md says what 100,000 gave.
OFFICE_ROWS = int(os.environ.get("OFFICE_ROWS", "2000"))
# A sheet of its own, with commas, quotes and UTF-8.
AS_TEXT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return ask(tmp_path_factory.mktemp("asked"))


def typed(asked: Asked, frame: pd.DataFrame) -> list[list[str | float | None]]:
    """The answers as somebody would type them."""
    columns = [frame[question.variable] for question in asked.card.questions]
    rows = zip(*columns, strict=True)
    return [[None if pd.isna(cell) else cell for cell in row] for row in rows]


def test_the_formulas_of_the_workbook_give_the_labels_of_the_library(
    asked: Asked, tmp_path: Path
) -> None:
    frame, _ = customers(150, seed=21)
    answers = typed(asked, frame)
    path = write_questions(asked.card, NAMES, WORDS, tmp_path / "q.xlsx", typed=answers)
    book, n = Workbook(path), len(asked.card.questions)
    expected = asked.card.labels_of(values_for(asked.card, frame))
    assert [book.value(row, n + 1) for row in range(2, 152)] == [label + 1 for label in expected]
    assert [book.value(row, n + 2) for row in range(2, 152)] == [NAMES[label] for label in expected]
    assert len(set(expected)) == 4


def test_a_row_without_answers_has_no_segment(asked: Asked, tmp_path: Path) -> None:
    book = Workbook(write_questions(asked.card, NAMES, WORDS, tmp_path / "q.xlsx"))
    n = len(asked.card.questions)
    assert [book.value(row, n + 1) for row in (2, 201)] == ["", ""]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_gives_the_labels_of_the_library(asked: Asked, tmp_path: Path) -> None:
    frame, _ = customers(OFFICE_ROWS, seed=22)
    answers = typed(asked, frame)
    path = write_questions(asked.card, NAMES, WORDS, tmp_path / "q.xlsx", typed=answers)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", AS_TEXT, "--outdir"]
    subprocess.run([*command, str(tmp_path), str(path)], check=True, timeout=1200)
    [written] = tmp_path.glob("*.csv")
    rows = list(csv.reader(io.StringIO(written.read_text(encoding="utf-8"))))[1 : OFFICE_ROWS + 1]
    expected = asked.card.labels_of(values_for(asked.card, frame)) + 1
    told = [row[len(asked.card.questions)] for row in rows]
    blank = [all(cell is None for cell in row) for row in answers]
    assert told == ["" if b else str(e) for b, e in zip(blank, expected, strict=True)]


def test_the_short_form_holds_every_point_and_no_formula(asked: Asked) -> None:
    rows = list(csv.reader(io.StringIO(short_form_csv(asked.card, NAMES, WORDS))))
    points = np.vstack([asked.card.start, *asked.card.points])
    assert np.array([row[2:] for row in rows[1:]]).astype(int).tolist() == points.tolist()
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_the_printed_form_keeps_its_table_whatever_the_names_are(asked: Asked) -> None:
    rules = segment_rules(asked.answers)
    names = ("a|b", "*bold*", "<b>", "two\nlines")
    text = short_form(asked.golden, 2, rules, names, WORDS)
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in table} == {7}
    assert "\\*bold\\*" in text
    assert "two lines" in text
    assert len([line for line in text.splitlines() if line.startswith("- ")]) == 4


def test_a_run_records_each_question_with_its_accuracy(asked: Asked) -> None:
    record = questions_record(asked.golden, segment_rules(asked.answers), WORDS)
    assert {entry["variable"] for entry in record["questions"]} >= {SPEND, "member"}
    assert record["questions"][0]["accuracy"] == round(float(asked.golden.accuracy[0]), 6)
    assert [rule["segment"] for rule in record["rules"]] == [1, 2, 3, 4]
