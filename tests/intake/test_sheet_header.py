"""Names of one to three rows, with merged cells and without."""

import pytest

from tests.intake.workbooks import codes_of, rows_of, sheet_of

BODY = [["Ann", 1, 2, 3, 4], ["Bo", 5, 6, 7, 8]]
N = None


@pytest.mark.parametrize(
    ("rows", "merged", "names"),
    [
        (
            [["name", "spend", N, "visits", N], [N, "web", "shop", "web", "shop"]],
            [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)],
            ("name", "spend web", "spend shop", "visits web", "visits shop"),
        ),
        (
            [[N, "2023", N, "2024", N], ["name", "web", "shop", "web", "shop"]],
            [(0, 1, 0, 2), (0, 3, 0, 4)],
            ("name", "2023 web", "2023 shop", "2024 web", "2024 shop"),
        ),
        (
            [
                [N, "消费", N, N, N],
                [N, "2023", N, "2024", N],
                ["姓名", "线上", "线下", "线上", "线下"],
            ],
            [(0, 1, 0, 4), (1, 1, 1, 2), (1, 3, 1, 4)],
            ("姓名", "消费 2023 线上", "消费 2023 线下", "消费 2024 线上", "消费 2024 线下"),
        ),
        (
            [["spend", N, "visits", N, "age"], ["web", "shop", "web", "shop", N]],
            [(0, 0, 0, 1), (0, 2, 0, 3), (0, 4, 1, 4)],
            ("spend web", "spend shop", "visits web", "visits shop", "age"),
        ),
    ],
)
def test_merged_names_are_put_together_from_all_their_rows(
    rows: list[list[str]], merged: list[tuple[int, int, int, int]], names: tuple[str, ...]
) -> None:
    untold = [] if len(rows) < 3 else merged  # one name over all the others could be a title
    for areas in (merged, untold):
        sheet = sheet_of([*rows, *BODY], areas)
        assert sheet.names == names
        assert rows_of(sheet) == [("Ann", "1", "2", "3", "4"), ("Bo", "5", "6", "7", "8")]
        assert codes_of(sheet) == ["header-rows-merged"]


@pytest.mark.parametrize("merged", [[], [(0, 0, 0, 4)], [(0, 0, 0, 2)]])
def test_a_title_merged_over_the_table_is_no_name(merged: list[tuple[int, int, int, int]]) -> None:
    names = ["name", "a", "b", "c", "d"]
    sheet = sheet_of([["Customers 2024", N, N, N, N], names, *BODY], merged)
    assert sheet.names == tuple(names)
    assert codes_of(sheet) == ["title-lines-skipped"]


def test_a_title_over_two_columns_is_no_name() -> None:
    sheet = sheet_of([["Customers", N], ["name", "spend"], ["Ann", 1], ["Bo", 2]], [(0, 0, 0, 1)])
    assert sheet.names == ("name", "spend")
    assert codes_of(sheet) == ["title-lines-skipped"]


def test_a_note_of_when_it_was_made_is_no_name() -> None:
    names = ["name", "a", "b", "c", "d"]
    sheet = sheet_of([["Made:", N, N, "yesterday", N], names, *BODY])
    assert sheet.names == tuple(names)
    assert codes_of(sheet) == ["title-lines-skipped"]


def test_a_missing_name_does_not_make_the_first_customer_a_name() -> None:
    sheet = sheet_of([["name", N, "spend"], ["Ann", "north", "n/a"], ["Bo", "south", 5]])
    assert sheet.names == ("name", "column 2", "spend")
    assert sheet.cells.num_rows == 2


def test_merged_cells_among_the_customers_do_not_touch_the_names() -> None:
    sheet = sheet_of(
        [["name", "a", "b", "c", "d"], *BODY, ["Di", N, 1, 1, 1]], [(2, 0, 3, 0), (1, 1, 1, 2)]
    )
    assert sheet.names == ("name", "a", "b", "c", "d")
    assert sheet.cells.num_rows == 3


def test_years_are_names_where_words_stand_beside_them() -> None:
    sheet = sheet_of([["name", 2022, 2023, "x", "y"], *BODY])
    assert sheet.names == ("name", "2022", "2023", "x", "y")


def test_a_table_of_numbers_without_names_keeps_its_first_row() -> None:
    sheet = sheet_of([[1, 2.5], [3, 4], [5, 6]])
    assert (sheet.names, codes_of(sheet)) == (("column 1", "column 2"), ["header-missing"])
    assert sheet.cells.num_rows == 3
