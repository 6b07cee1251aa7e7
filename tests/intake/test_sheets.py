"""Which cells of a sheet are the table, what stands around it, and what is no customer."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.errors import EmptyFile, HeaderOnly, TooManyColumns
from segmentation.intake.ending import Reject
from tests.intake.workbooks import codes_of, rows_of, sheet_of

CUSTOMERS = [
    ["name", "spend", "city"],
    ["Ann", 1.5, "Rome"],
    ["李雷", 20, "北京"],
    ["Bo", 3, "Oslo"],
]
EXPECTED = [("Ann", "1.5", "Rome"), ("李雷", "20", "北京"), ("Bo", "3", "Oslo")]
Grid = list[list[object]]


def moved(rows: Grid, down: int, right: int) -> Grid:
    return [[] for _ in range(down)] + [[None] * right + row for row in rows]


@given(st.integers(0, 5), st.integers(0, 5))
def test_where_a_table_stands_does_not_matter(down: int, right: int) -> None:
    sheet = sheet_of(moved(CUSTOMERS, down, right))
    assert (sheet.names, rows_of(sheet)) == (("name", "spend", "city"), EXPECTED)
    assert (sheet.notes, sheet.set_aside) == ((), ())


@pytest.mark.parametrize(
    "titles",
    [
        [["Report of May"]],
        [["Report of May"], []],
        [["Report"], ["made by CRM"], [], []],
        [["Exported:", "2024-05-01"], []],
    ],
)
def test_titles_above_a_table_are_passed_over_and_counted(titles: Grid) -> None:
    sheet = sheet_of([*titles, *CUSTOMERS])
    assert (sheet.names, rows_of(sheet)) == (("name", "spend", "city"), EXPECTED)
    skipped = [note for note in sheet.notes if note.code == "title-lines-skipped"]
    told = [note.get("n") for note in skipped]
    assert told == [sum(1 for row in titles if row)] or codes_of(sheet) == ["tables-several"]


@pytest.mark.parametrize(
    "word", ["Total", "TOTAL:", "Grand total", "Sum", "合计", "总计", "小计："]
)
def test_totals_at_the_end_are_set_aside_with_their_line(word: str) -> None:
    sheet = sheet_of([*CUSTOMERS, [word, 24.5]])
    assert rows_of(sheet) == EXPECTED
    assert sheet.set_aside == (Reject(5, "totals", f"{word}\t24.5"),)
    assert codes_of(sheet) == ["rows-set-aside"]


def test_totals_after_a_blank_row_and_in_a_later_column_are_set_aside() -> None:
    sheet = sheet_of([*CUSTOMERS, [], [None, "Total", 24.5], [None, "Average", "8,17"]])
    assert [each.reason for each in sheet.set_aside] == ["totals", "totals"]
    assert rows_of(sheet) == EXPECTED


@pytest.mark.parametrize("row", [["Total", 9, "Paris"], ["Totally Cool Ltd", 9, None], ["Total"]])
def test_a_customer_called_total_stays(row: list[object]) -> None:
    assert sheet_of([*CUSTOMERS, row]).cells.num_rows == 4


def test_a_total_between_customers_stays() -> None:
    assert sheet_of([*CUSTOMERS, ["Total", 24.5], ["Di", 4, "Bonn"]]).cells.num_rows == 5


def test_a_remark_below_the_table_is_set_aside() -> None:
    direct = sheet_of([*CUSTOMERS, ["Source: CRM"]])
    apart = sheet_of([*CUSTOMERS, [], ["whatever was written here"]])
    assert [each.reason for each in direct.set_aside] == ["note"]
    assert [each.reason for each in apart.set_aside] == ["note"]
    assert rows_of(direct) == rows_of(apart) == EXPECTED


def test_blank_rows_inside_a_table_do_not_end_it() -> None:
    sheet = sheet_of([*CUSTOMERS[:2], [], [], *CUSTOMERS[2:]])
    assert (rows_of(sheet), sheet.notes) == (EXPECTED, ())


def test_a_repeated_header_after_a_blank_row_is_set_aside() -> None:
    sheet = sheet_of([*CUSTOMERS[:2], [], CUSTOMERS[0], *CUSTOMERS[2:]])
    assert rows_of(sheet) == EXPECTED
    assert sheet.set_aside == (Reject(4, "repeated-header", "name\tspend\tcity"),)


SMALL = [["segment", "n"], ["x", 5], ["y", 6]]


def test_the_larger_of_two_tables_is_read_and_told() -> None:
    below = sheet_of([*CUSTOMERS, [], *SMALL])
    above = sheet_of([*SMALL, [], [], *CUSTOMERS])
    padded = [[*row, *[None] * (3 - len(row))] for row in SMALL]
    beside = sheet_of(
        [[*row, None, *more] for row, more in zip(CUSTOMERS, [*padded, []], strict=True)]
        + [["Di", 4, "Bonn"]]
    )
    for sheet, area in ((below, "A1:C4"), (above, "A6:C9"), (beside, "A1:C5")):
        assert sheet.names == ("name", "spend", "city")
        assert rows_of(sheet)[:3] == EXPECTED
        several, set_aside = sheet.notes
        assert (several.code, several.get("area")) == ("tables-several", area)
        assert (set_aside.get("reason"), set_aside.get("n")) == ("another-table", 3)
        assert [each.text for each in sheet.set_aside] == ["segment\tn", "x\t5", "y\t6"]


def test_two_tables_side_by_side_with_the_same_names_are_two() -> None:
    sheet = sheet_of(
        [["name", "n", None, "name", "n"], ["a", 1, None, "b", 2], ["c", 3, None, "d", 4]]
    )
    assert rows_of(sheet) == [("a", "1"), ("c", "3")]
    assert codes_of(sheet) == ["tables-several", "rows-set-aside"]
    assert {each.reason for each in sheet.set_aside} == {"another-table"}


def test_a_blank_column_inside_a_table_is_left_out_and_told() -> None:
    sheet = sheet_of([[row[0], None, *row[1:]] for row in CUSTOMERS])
    assert (sheet.names, rows_of(sheet)) == (("name", "spend", "city"), EXPECTED)
    assert codes_of(sheet) == ["columns-dropped"]


def test_a_column_with_a_name_or_with_values_is_kept() -> None:
    rows = [
        [*CUSTOMERS[0], "later", None],
        *([*row, None, i] for i, row in enumerate(CUSTOMERS[1:])),
    ]
    sheet = sheet_of(rows)
    assert sheet.names == ("name", "spend", "city", "later", "column 5")
    assert codes_of(sheet) == ["names-invented"]


def test_a_lone_cell_beside_a_table_is_no_column() -> None:
    rows = [list(row) for row in CUSTOMERS]
    rows[2] += [None, "call back"]
    sheet = sheet_of(rows)
    assert rows_of(sheet) == EXPECTED
    assert sheet.set_aside == (Reject(3, "note", "call back"),)


@pytest.mark.parametrize("rows", [[[]], [[None, " "], ["\n"]]])
def test_a_sheet_of_blanks_is_empty(rows: Grid) -> None:
    with pytest.raises(EmptyFile):
        sheet_of([[None], *rows])


@pytest.mark.parametrize("more", [[], [["Total", 5]], [[], ["Total", 5]]])
def test_names_without_customers_are_a_header_only(more: Grid) -> None:
    with pytest.raises(HeaderOnly):
        sheet_of([["name", "spend"], *more])


def test_a_table_over_the_limit_of_columns_is_refused_and_stray_cells_do_not_count() -> None:
    with pytest.raises(TooManyColumns):
        sheet_of([[f"c{i}" for i in range(2001)], list(range(2001))])
    stray = sheet_of([*CUSTOMERS, [None] * 2100 + ["!"]])
    assert rows_of(stray) == EXPECTED


WORDS = st.sampled_from(["a", "Bo", "北京", "x y", "=1+1", "zip"])
NUMBERS = st.integers(-9, 9999)
CELLS = WORDS | NUMBERS | st.none() | st.dates(dt.date(1990, 1, 1)) | st.booleans()


@given(st.lists(st.tuples(WORDS, NUMBERS, CELLS, CELLS), min_size=3, max_size=8))
def test_a_plain_table_comes_back_cell_for_cell(body: list[tuple[object, ...]]) -> None:
    names = ["name", "spend", "this", "that"]
    sheet = sheet_of([names, *map(list, body)])
    assert sheet.names == tuple(names)
    assert sheet.cells.num_rows + len(sheet.set_aside) == len(body)
    for found, row in zip(rows_of(sheet), body, strict=False):
        assert found[1] == str(row[1])


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=12))
def test_no_cell_is_lost_in_silence(rows: Grid) -> None:
    """Every filled row is read, set aside, a title, a name, or in another table that is told."""
    try:
        sheet = sheet_of(rows)
    except (EmptyFile, HeaderOnly):
        return
    filled = sum(1 for row in rows if any(cell is not None for cell in row))
    notes = {note.code: note for note in sheet.notes}
    titles = (
        int(str(notes["title-lines-skipped"].get("n"))) if "title-lines-skipped" in notes else 0
    )
    names = 0 if "header-missing" in notes else 1
    if "header-rows-merged" in notes:
        names = int(str(notes["header-rows-merged"].get("n")))
    if "tables-several" not in notes:
        assert sheet.cells.num_rows + len(sheet.set_aside) + titles + names >= filled
