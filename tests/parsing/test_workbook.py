"""The cells of a sheet as a person reads them, and which sheet is taken."""

import datetime as dt
import io
import string
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from segmentation.errors import CellTooLong, EmptyFile, ProtectedFile, UnreadableFile
from segmentation.parsing.workbook import Cell, ParsedSheet, parse_workbook, written
from tests.intake.workbooks import bare_ods, bare_xlsx, ole, saved, workbook, xls

Texts = list[list[str | None]]


def parsed(
    folder: Path, content: bytes, sheet: str | None = None, longest: int = 1000
) -> tuple[ParsedSheet, Texts]:
    path, target = folder / "book", folder / "cells.arrow"
    path.write_bytes(content)
    found = parse_workbook(path, "book.xlsx", sheet, target, longest)
    columns = [column.to_pylist() for column in pa.ipc.open_file(target).read_all().columns]
    return found, [list(row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (0.07, "0.07"),
        (1e-7, "1e-07"),
        (1234567890123456.0, "1234567890123456"),
        (7, "7"),
        (True, "TRUE"),
        ("01234", "01234"),
        ("=1+1", "=1+1"),
        (" a ", " a "),
        ("a\0b", "ab"),
        ("", None),
        (" \n\u3000", None),
        (dt.date(2024, 1, 2), "2024-01-02"),
        (dt.datetime(2024, 1, 2), "2024-01-02"),
        (dt.datetime(2024, 1, 2, 10, 29, 59, 999999), "2024-01-02 10:30:00"),
        (dt.datetime(2024, 1, 2, 10, 30, 0, 500000), "2024-01-02 10:30:00.500000"),
        (dt.time(10, 30), "10:30:00"),
        (dt.time(10, 30, 0, 3), "10:30:00"),
        (dt.timedelta(days=1, hours=2, minutes=3), "26:03:00"),
        (-dt.timedelta(minutes=90), "-01:30:00"),
    ],
)
def test_a_cell_is_written_as_a_person_reads_it(cell: Cell, text: str | None) -> None:
    assert written(cell, 1000) == text


@given(st.floats(-1e15, 1e15).map(lambda x: float(f"{x:.15g}")))
def test_a_number_of_fifteen_digits_comes_back(number: float) -> None:
    assert float(str(written(number, 1000))) == number


def test_a_cell_over_the_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CellTooLong):
        parsed(tmp_path, workbook({"S": [["a"], ["x" * 1001]]}))


def test_hidden_sheets_are_offered_and_never_chosen(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook({"Empty": [], "Seen": [["a"], [1]], "Kept": [["b"], *[[2]] * 9]}))
    )
    book["Kept"].sheet_state = "hidden"
    found, texts = parsed(tmp_path, saved(book))
    assert (found.sheet, found.sheets) == ("Seen", ("Empty", "Seen", "Kept"))
    assert texts == [["a"], ["1"]]
    assert parsed(tmp_path, saved(book), "Kept")[0].sheet == "Kept"
    assert parsed(tmp_path, saved(book), "no such sheet")[0].sheet == "Seen"


def test_merged_areas_are_told_where_the_cells_stand(tmp_path: Path) -> None:
    rows = [[], [None, None, "x", "y"], [None, None, 1, 2]]
    found, texts = parsed(tmp_path, workbook({"S": rows}, ["C2:D2"]))
    assert (found.left, found.merged) == (2, ((1, 0, 1, 1),))
    assert texts == [[None, None], ["x", None], ["1", "2"]]


def test_errors_and_formulas_without_result_are_blank_and_counted(tmp_path: Path) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(0, 1, "=1+1", None, 2)
    sheet.write_formula(1, 0, "=1+1", None, "")
    sheet.write_string(1, 1, "#N/A is text here")
    book.close()
    found, texts = parsed(tmp_path, target.getvalue())
    assert texts == [[None, "2"], [None, "#N/A is text here"]]
    assert (found.n_errors, found.n_without_result) == (1, 1)
    never, texts = parsed(
        tmp_path, workbook({"S": [["a", "b"], [1, '=HYPERLINK("file:///etc/passwd")']]})
    )
    assert (texts[1], never.n_errors, never.n_without_result) == (["1", None], 0, 1)


def test_cells_without_an_address_stand_one_after_the_other(tmp_path: Path) -> None:
    content = bare_xlsx("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert parsed(tmp_path, content)[1] == [["1", "2"], ["3", None]]


def test_cells_with_a_style_only_do_not_count(tmp_path: Path) -> None:
    content = bare_xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    )
    assert parsed(tmp_path, content)[1] == [["1"]]


@pytest.mark.parametrize(
    "content",
    [
        ole("EncryptedPackage", b"secret"),
        xls([["a"]], protected=True),
        bare_ods("", "<manifest:encryption-data/>"),
    ],
)
def test_a_protected_workbook_is_refused_as_such(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ProtectedFile) as refused:
        parsed(tmp_path, content)
    assert refused.value.values == {"name": "book.xlsx"}


@pytest.mark.parametrize("content", [ole("WordDocument", b"a letter"), bare_xlsx("<row><c")])
def test_what_is_no_workbook_is_unreadable(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        parsed(tmp_path, content)


def test_a_workbook_of_charts_is_empty(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart")
    book.remove(book.active)
    with pytest.raises((EmptyFile, UnreadableFile)):
        parsed(tmp_path, saved(book))


@given(
    st.lists(st.lists(st.text(string.printable, max_size=8), min_size=2, max_size=2), min_size=1)
)
def test_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, rows: Texts) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for r, row in enumerate([["a", "b"], *rows]):
        for c, text in enumerate(row):
            sheet.write_string(r, c, text or "")
    book.close()
    texts = parsed(tmp_path_factory.mktemp("book"), target.getvalue())[1]
    expected = [[text if text and text.strip() else None for text in row] for row in rows]
    plain = [
        [text and text.replace("\r\n", "\n").replace("\r", "\n") for text in row]
        for row in texts[1:]
    ]
    assert plain + [[None, None]] * (len(rows) - len(plain)) == [
        [text and text.replace("\r\n", "\n").replace("\r", "\n") for text in row]
        for row in expected
    ]
