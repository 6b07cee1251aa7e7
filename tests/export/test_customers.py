import csv
import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from segmentation.errors import TooLargeForSheet
from segmentation.export import (
    Levels,
    export_columns,
    write_csv,
    write_excel_csv,
    write_set_aside,
    write_workbook,
)
from segmentation.export import customers as module
from segmentation.export.customers import safe_cell
from segmentation.intake import Condition, Operator
from segmentation.variables import Role
from tests.markets import Market, open_market

NAMES = ("City folk", 'say "hi", all')

RUNS = ["=1+1", "=cmd|' /C calc'!A0", "+1+1", "+49151", "-1+1", "-a", "--5", "-inf", "@SUM(A1)"]
RUNS += ["\t=1+1", "＝1+1", "＋1", "－1", "＠x"]
STAYS = ["-5", "-5.25", "-1e6", "5", "a=1", "a-b", "2024-01-02", "mail@example.org", "'=1", ""]


def opened(folder: Path, text: str, **decisions: object) -> Market:
    return open_market(folder, text, rest=Role.IGNORE, **decisions)  # type: ignore[arg-type]


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def column(values: list[str]) -> str:
    """One awkward column between two plain ones, as CSV."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["n", "text", "last"])
    writer.writerows([i, value, "z"] for i, value in enumerate(values))
    return target.getvalue()


def test_the_plain_csv_repeats_every_cell_byte_for_byte(tmp_path: Path) -> None:
    text = (
        "id,note,amount,when\n"
        '1,"two\nlines",007,2024-01-02\n'
        '2,"a ""quoted"" word, and a comma",1.50,\n'
        "3, spaced ,-0.0,n/a\n"
        "4,=1+1,1e3,日本\n"
    )
    market = opened(tmp_path, text)
    path = write_csv(market.table, market.labelled([0, 1, 0, 1]), NAMES, market.folder / "out.csv")
    assert path.read_bytes().decode() == (
        "id,note,amount,when,segment_id,segment\n"
        '1,"two\nlines",007,2024-01-02,1,City folk\n'
        '2,"a ""quoted"" word, and a comma",1.50,,2,"say ""hi"", all"\n'
        "3, spaced ,-0.0,n/a,1,City folk\n"
        '4,=1+1,1e3,日本,2,"say ""hi"", all"\n'
    )


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    market = opened(tmp_path, column(["x", "y"]))
    write_csv(market.table, market.labelled([0, 1]), NAMES, market.folder / "out.csv")
    assert not list(market.folder.glob("*.part"))


@pytest.mark.parametrize(
    ("header", "added"),
    [
        ("a,b", ("segment_id", "segment")),
        ("segment,b", ("segment_id", "segment_2")),
        ("Segment,SEGMENT_2", ("segment_id", "segment_3")),
        ("segment_id,segment", ("segment_id_2", "segment_2")),
    ],
)
def test_columns_that_the_file_has_already_keep_their_names(
    tmp_path: Path, header: str, added: tuple[str, str]
) -> None:
    market = opened(tmp_path, f"{header}\nx,1\ny,2\nz,3\n")
    assert export_columns(market.table) == added
    path = write_csv(market.table, market.labelled([0, 1, 0]), NAMES, market.folder / "out.csv")
    assert rows_of(path)[0] == [*header.split(","), *added]
    assert rows_of(path)[1] == ["x", "1", "1", "City folk"]


def test_column_names_that_differ_in_case_only_stay_as_they_are(tmp_path: Path) -> None:
    market = opened(tmp_path, 'Name,name,"a,""b"""\nx,y,1\nv,w,2\n')
    labels = market.labelled([0, 1])
    for write in (write_csv, write_excel_csv):
        rows = rows_of(write(market.table, labels, NAMES, market.folder / "out.csv"))
        assert rows[0][:2] == [*market.table.raw.names][:2]
        assert rows[0][:3] == ["Name", market.table.raw.names[1], 'a,"b"']
        assert rows[1] == ["x", "y", "1", "1", "City folk"]


def test_customers_outside_the_population_have_no_segment(tmp_path: Path) -> None:
    condition = Condition("text", Operator.IS, ("in",))
    market = opened(tmp_path, column(["in", "out", "in"]), conditions=[condition])
    labels = market.labelled([0, None, 1])
    path = write_csv(market.table, labels, NAMES, market.folder / "out.csv")
    assert [row[-2:] for row in rows_of(path)[1:]] == [
        ["1", "City folk"],
        ["", ""],
        ["2", NAMES[1]],
    ]
    sheet = workbook_rows(write_workbook(market.table, labels, NAMES, market.folder / "o.xlsx"))
    assert sheet[2][-2:] == (None, None)


def test_the_csv_for_excel_is_marked_as_utf_8(tmp_path: Path) -> None:
    market = opened(tmp_path, column(["x", "y"]))
    path = write_excel_csv(market.table, market.labelled([0, 1]), NAMES, market.folder / "o.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfn,text,last,")


def test_no_cell_of_the_csv_for_excel_runs_as_a_formula(tmp_path: Path) -> None:
    market = opened(tmp_path, column(RUNS + STAYS))
    labels = market.labelled([0] * len(RUNS + STAYS))
    path = write_excel_csv(market.table, labels, ("=evil()",), market.folder / "out.csv")
    rows = rows_of(path)[1:]
    assert [row[1] for row in rows] == [f"'{text}" for text in RUNS] + STAYS
    assert {row[-1] for row in rows} == {"'=evil()"}


def test_no_column_name_of_the_csv_for_excel_runs_as_a_formula(tmp_path: Path) -> None:
    market = opened(tmp_path, "=1+1,@b\nx,1\ny,2\n")
    path = write_excel_csv(market.table, market.labelled([0, 1]), NAMES, market.folder / "out.csv")
    assert rows_of(path)[0][:2] == ["'=1+1", "'@b"]


def test_the_plain_csv_leaves_formulas_alone(tmp_path: Path) -> None:
    market = opened(tmp_path, column(RUNS))
    labels = market.labelled([0] * len(RUNS))
    path = write_csv(market.table, labels, NAMES, market.folder / "out.csv")
    assert [row[1] for row in rows_of(path)[1:]] == RUNS


@pytest.mark.parametrize("text", [*RUNS, "\r=1", "\n=1"])
def test_a_text_that_would_run_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", STAYS)
def test_a_text_that_would_not_run_stays(text: str) -> None:
    assert safe_cell(text) == text


def workbook_rows(path: Path) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(path)["customers"]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_the_workbook_holds_numbers_as_numbers_and_all_else_as_text(tmp_path: Path) -> None:
    frame = pd.DataFrame({"n": ["1.50", "-7", "n/a"], "code": ["007", "010", "x"]})
    market = open_market(tmp_path, frame, rest=Role.IGNORE)
    path = write_workbook(
        market.table, market.labelled([0, 1, 0]), NAMES, market.folder / "out.xlsx"
    )
    rows = workbook_rows(path)
    assert rows[0] == ("n", "code", "segment_id", "segment")
    assert rows[1] == (1.5, "007", 1, "City folk")
    assert rows[2] == (-7, "010", 2, NAMES[1])
    assert rows[3][0] in ("n/a", None)


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    awkward = [*RUNS, "https://example.org", "{=1}", "x" * 40_000]
    market = opened(tmp_path, column(awkward))
    labels = market.labelled([0] * len(awkward))
    path = write_workbook(market.table, labels, ("=evil()",), market.folder / "out.xlsx")
    sheet = openpyxl.load_workbook(path)["customers"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
    texts = [row[1] for row in workbook_rows(path)[1:]]
    assert texts == [*RUNS, "https://example.org", "{=1}", "x" * 32_767]


def test_the_workbook_is_written_in_stretches_in_the_order_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BATCH", 3)
    market = opened(tmp_path, column([f"t{i}" for i in range(8)]))
    labels = market.labelled([i % 2 for i in range(8)])
    path = write_workbook(market.table, labels, NAMES, market.folder / "out.xlsx")
    assert [row[1] for row in workbook_rows(path)[1:]] == [f"t{i}" for i in range(8)]
    assert [row[3] for row in workbook_rows(path)[1:]] == [1, 2] * 4


def test_more_customers_than_a_worksheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHEET_ROWS", 2)
    market = opened(tmp_path, column(["a", "b", "c"]))
    with pytest.raises(TooLargeForSheet) as refused:
        write_workbook(market.table, market.labelled([0] * 3), NAMES, market.folder / "o.xlsx")
    assert refused.value.values == {"n_rows": 3, "limit": 2}
    assert not (market.folder / "o.xlsx").exists()


def test_segment_names_with_quotes_reach_every_file(tmp_path: Path) -> None:
    names = ('it\'s "me"', "{segment}; DROP TABLE raw")
    market = opened(tmp_path, column(["a", "b"]))
    labels = market.labelled([0, 1])
    for write, read in ((write_csv, rows_of), (write_workbook, workbook_rows)):
        path = write(market.table, labels, names, market.folder / "out.file")
        assert [row[-1] for row in read_renamed(path, read)[1:]] == list(names)


def read_renamed(path: Path, read: object) -> list[tuple[object, ...]]:
    """Read a file by what it is, whatever it is called."""
    renamed = path.rename(path.with_suffix(".xlsx"))
    return read(renamed)  # type: ignore[operator, no-any-return]


def test_rows_set_aside_are_written_with_their_line_and_run_as_no_formula(tmp_path: Path) -> None:
    text = "=name,visits,spend\nann,1,2\nbob,3,4\n=name,visits,spend\ncy,5,6\n"
    market = open_market(tmp_path, text)
    path = write_set_aside(market.table, market.folder / "aside.csv")
    written = ["4", "repeated-header", "'=name,visits,spend"]
    assert rows_of(path) == [["line", "reason", "text"], written]


def test_micro_segments_stand_beside_their_segment_in_every_form(tmp_path: Path) -> None:
    market = opened(tmp_path, "id,micro_segment\n1,x\n2,y\n3,z\n4,\n")
    labels = market.labelled([0, 2, 1, None])
    names, levels = ("=A", "Bees a", "Bees b"), Levels((0, 1, 1), ("=A", "Bees"), ("1", "2a", "2b"))
    header = ["id", "micro_segment", "segment_id", "segment"]
    header += ["micro_segment_id", "micro_segment_2"]
    plain = write_csv(market.table, labels, names, market.folder / "a.csv", levels)
    rows = [
        ["1", "x", "1", "=A", "1", "=A"],
        ["2", "y", "2", "Bees", "2b", "Bees b"],
        ["3", "z", "2", "Bees", "2a", "Bees a"],
        ["4", "", "", "", "", ""],
    ]
    assert rows_of(plain) == [header, *rows]
    excel = write_excel_csv(market.table, labels, names, market.folder / "b.csv", levels)
    assert rows_of(excel)[1] == ["1", "x", "1", "'=A", "1", "'=A"]
    book = write_workbook(market.table, labels, names, market.folder / "c.xlsx", levels)
    sheet = openpyxl.load_workbook(book).worksheets[0]
    found = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert found[0] == header
    assert found[2] == [2, "y", 2, "Bees", "2b", "Bees b"]
