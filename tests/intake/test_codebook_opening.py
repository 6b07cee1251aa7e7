"""Files of codebooks: beside the customers, and of several sheets the one that is a codebook."""

from collections.abc import Mapping, Sequence

import pytest

from segmentation.engine import DuckSession
from segmentation.errors import EmptyCodebook, NotACodebook, UnknownSheet
from segmentation.intake import ReadOptions, codebook_opening
from segmentation.intake.codebook import Entry
from segmentation.intake.codebook_file import ReadCodebook
from segmentation.intake.codebook_opening import open_codebook
from segmentation.intake.table import rejects_of
from tests.intake.conftest import Read
from tests.intake.workbooks import workbook

SEX = (("1", "Male"), ("2", "Female"))
ANSWERS = [["id", "sex", "name"], *([f"K{i:02d}", 1 + i % 2, f"N{i}"] for i in range(30))]
LABELS = [["variable", "label"], ["sex", "Sex of the respondent"], ["name", "First name"]]
CODES = [["variable", "code", "label"], ["sex", 1, "Male"], ["sex", 2, "Female"]]
FEW = [["a", "b"], [1, 2], [3, 4]]
COLUMNS = ("id", "sex", "name")


def opened(
    session: DuckSession,
    sheets: Mapping[str, Sequence[Sequence[object]]],
    columns: Sequence[str] = COLUMNS,
    sheet: str | None = None,
) -> ReadCodebook:
    path = session.folder / "book"
    path.write_bytes(workbook(sheets))
    return open_codebook(session, path, "book.xlsx", columns, ReadOptions(sheet=sheet))


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(session: DuckSession) -> None:
    with pytest.raises(UnknownSheet) as refused:
        opened(session, {"Answers": ANSWERS, "Codes": CODES}, sheet="codes")
    assert refused.value.values["sheets"] == ("Answers", "Codes")


def test_a_codebook_file_is_read_beside_the_customers(session: DuckSession, read: Read) -> None:
    raw = read("sex,n\n1,5\n2,6\n")
    book = workbook(
        {
            "S": [
                ["Codebook 2024"],
                [],
                ["变量", "题目", "取值"],
                ["SEX", "性别", "1=Male, 2=Female"],
            ]
        }
    )
    path = session.folder / "book"
    path.write_bytes(book)
    read_book = open_codebook(session, path, "codebook.xlsx")
    assert read_book.codebook == {"SEX": Entry("性别", SEX)}
    assert [note.code for note in read_book.notes] == ["title-lines-skipped"]
    assert session.tables() == {raw.table, rejects_of(raw.table)}


def test_the_sheet_that_explains_codes_of_the_columns_is_the_codebook(session: DuckSession) -> None:
    read = opened(session, {"Answers": ANSWERS, "About": [["a note"]], "Codes": CODES})
    assert read.codebook == {"sex": Entry("", SEX)}
    assert (read.sheet, read.sheets) == ("Codes", ("Answers", "About", "Codes"))
    assert [(note.code, note.get("sheet"), note.get("n")) for note in read.notes] == [
        ("codebook-sheet-chosen", "Codes", 3)
    ]
    assert not session.tables()


def test_codes_that_are_explained_go_before_labels_alone(session: DuckSession) -> None:
    sheets = {"Labels": LABELS, "Codes": CODES}
    assert opened(session, sheets).sheet == "Codes"
    assert opened(session, sheets, ("name",)).sheet == "Labels"


def test_a_sheet_that_was_asked_for_is_taken_without_a_word(session: DuckSession) -> None:
    read = opened(session, {"Labels": LABELS, "Codes": CODES}, sheet="Labels")
    assert read.codebook["sex"].label == "Sex of the respondent"
    assert read.notes == ()
    with pytest.raises(NotACodebook):
        opened(session, {"Few": FEW, "Codes": CODES}, sheet="Few")


def test_a_workbook_without_a_codebook_is_refused_by_its_largest_sheet(
    session: DuckSession,
) -> None:
    customers = [["id", "spend"], *([i, 2 * i] for i in range(9))]
    with pytest.raises(NotACodebook) as refused:
        opened(session, {"Few": FEW, "Many": customers})
    assert refused.value.values["columns"] == ("id", "spend")
    with pytest.raises(EmptyCodebook):
        opened(session, {"One": [["variable", "label"]], "Two": []})


def test_sheets_beyond_the_most_are_not_looked_at_and_told(
    session: DuckSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codebook_opening, "_MOST_SHEETS", 2)
    read = opened(session, {"Labels": LABELS, "Few": FEW, "Codes": CODES[:2]})
    assert read.sheet == "Labels"
    assert [(note.code, note.get("n")) for note in read.notes] == [
        ("codebook-sheet-chosen", 3),
        ("codebook-sheets-unseen", 1),
    ]
