"""The same grid saved as a text and as a workbook is read by the same rules."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from segmentation.engine import DuckSession
from segmentation.errors import HeaderOnly
from segmentation.intake import RawTable, read_file
from segmentation.notes import Note
from tests.intake.cells import Row, cells, codes
from tests.intake.workbooks import rows_of, sheet_of, workbook

Grid = list[list[str]]

NAMES = ["name", "city", "age", "spend"]
ROWS: Grid = [
    ["Ann", "York", "34", "5"],
    ["Bob", "Bonn", "51", "8"],
    ["Cid", "Bath", "28", "2"],
    ["Dee", "Rome", "45", "4"],
]
PLAIN = [NAMES, *ROWS]
ANSWERS: Grid = [["2024-05-01 10:00", "3", "4"], ["2024-05-02 11:00", "5", "1"]]
ANSWERS += [["2024-05-03 12:00", "2", "2"], ["2024-05-04 13:00", "1", "5"]]
QUALTRICS = [
    ["StartDate", "Q1", "Q2"],
    ["Start Date", "How satisfied are you?", "How likely?"],
    ['{"ImportId":"startDate"}', '{"ImportId":"QID1"}', '{"ImportId":"QID2"}'],
    *ANSWERS,
]
GAPS: Grid = [["name", "spend", "", "age"], ["", "web", "shop", ""]]
GAPS += [["Ann", "1", "2", "30"], ["Bob", "3", "4", "31"]]
SMALL: Grid = [["region", "visits"], ["North", "3"], ["South", "5"]]
SCORES = [["name", "visits", "spend"], ["Ann", "3", "10"], ["Bob", "5", "20"], ["Cid", "4", "33"]]

GRIDS: dict[str, tuple[Grid, int, list[str]]] = {
    # grid, customers, reasons of the rows set aside
    "plain": (PLAIN, 4, []),
    "no names": (ROWS, 4, []),
    "one column": ([["mail"], ["a@b.c"], ["d@e.f"]], 2, []),
    "blank name": ([["name", "", "age", "spend"], *ROWS], 4, []),
    "same names": ([["name", "city", "n", "N"], *ROWS], 4, []),
    "years as names": ([["name", "city", "2019", "2020"], *ROWS], 4, []),
    "three header rows": (QUALTRICS, 4, []),
    "units": ([NAMES, ["", "", "years", "EUR"], *ROWS], 4, []),
    "units alike": ([NAMES, ["", "", "EUR", "EUR"], *ROWS], 4, []),
    "labels": ([["v1", "v2", "v3", "v4"], NAMES, *ROWS], 4, []),
    "groups": ([["Person", "", "Facts", ""], NAMES, *ROWS], 4, []),
    "groups with gaps": (GAPS, 2, []),
    "refused to answer": ([NAMES, ["Zoe", "Oslo", "refused", "refused"], *ROWS], 5, []),
    "title": ([["Customers of May"], *PLAIN], 4, []),
    "titles": ([["Customers"], ["as of 1 May"], [], *PLAIN], 4, []),
    "keys and values": ([["Report", "May"], ["Unit", "EUR"], [], *PLAIN], 4, []),
    "blank rows": ([*PLAIN[:3], [], [], *PLAIN[3:]], 4, []),
    "blank column": ([[row[0], "", *row[1:]] for row in PLAIN], 4, []),
    "title and blank column": (
        [["Customers of May"], *([row[0], "", *row[1:]] for row in PLAIN)],
        4,
        [],
    ),
    "cells in a blank column of the first rows": (
        [*([*row, "", ""] for row in PLAIN[:3]), []] + [[*row, "", "late"] for row in PLAIN[3:]],
        4,
        [],
    ),
    "totals": ([*PLAIN, ["Total", "", "158", "19"]], 4, ["totals"]),
    "totals apart": ([*PLAIN, [], ["Total:", "", "", "19"]], 4, ["totals"]),
    "totals of all kinds": (
        [*PLAIN, ["Total", "", "158", "19"], ["Max", "", "51", "8"], ["Min", "", "28", "2"]],
        4,
        ["totals"] * 3,
    ),
    "totals without a text column": ([*SCORES, ["Total", "12", "63"]], 3, ["totals"]),
    "mean": ([*SCORES, ["Media", "4", "21"]], 3, ["totals"]),
    "a firm": ([*SCORES, ["Total", "4", "12"]], 4, []),
    "a firm in a town": ([*PLAIN, ["Total", "Paris", "44", "9"]], 5, []),
    "Total alone": ([*PLAIN, ["Total"]], 5, []),
    "Max": ([*PLAIN, ["Max", "", "51", "8"]], 5, []),
    "Max without a text column": ([*SCORES, ["Max", "5", "33"]], 4, []),
    "Max before the totals": ([*SCORES, ["Max", "4", "7"], ["Total", "16", "70"]], 4, ["totals"]),
    "Media": ([*PLAIN, ["Media", "", "28", "2"]], 5, []),
    "Media without a text column": ([*SCORES, ["Media", "5", "3"]], 4, []),
    "totals between": ([*PLAIN[:3], ["Total", "", "85", "13"], *PLAIN[3:]], 5, []),
    "remark": ([*PLAIN, ["Source: our own records"]], 4, ["note"]),
    "remark over two cells": ([*PLAIN, ["Note: in EUR", "without tax"]], 4, ["note"]),
    "remark apart": ([*PLAIN, [], ["Amounts are in EUR"]], 4, ["note"]),
    "remark in Chinese": ([*PLAIN, ["注释：内部资料"]], 4, ["note"]),
    "long remark": ([*PLAIN, ["Note: " + "x" * 900]], 4, ["note"]),
    "name apart": ([*PLAIN, [], ["Eve"]], 5, []),
    "totals and remark": (
        [*PLAIN, ["Total", "", "158", "19"], [], ["Source: us"]],
        4,
        ["totals", "note"],
    ),
    "comments above": ([["# exported on 1 May"], *PLAIN], 4, []),
    "comment between": ([*PLAIN[:3], ["# checked"], *PLAIN[3:]], 4, ["comment"]),
    "comment below": ([*PLAIN, ["# checked"]], 4, ["comment"]),
    "ids with #": ([["id", "n"], ["#1", "3"], ["#2", ""], ["#3", "5"]], 3, []),
    "ruler below the names": ([NAMES, ["-----"] * 4, *ROWS], 4, ["ruler"]),
    "ruler at the end": ([*PLAIN, ["-----"] * 4], 4, ["note"]),
    "names again": ([*PLAIN, *PLAIN], 8, ["repeated-header"]),
    "names again after a blank row": ([*PLAIN, [], *PLAIN], 8, ["repeated-header"]),
    "another table below": ([*PLAIN, [], *SMALL], 4, ["another-table"] * 3),
    "another table above": ([*SMALL, [], *PLAIN], 4, ["another-table"] * 3),
    "another table with a title": ([*PLAIN, [], ["Visits"], *SMALL], 4, ["another-table"] * 4),
}
GRIDS |= {
    f"totals called {word}": ([*PLAIN, [word, "", "158", "19"]], 4, ["totals"])
    for word in (
        *("Итого", "小計", "合计", "总计", "小计", "合計", "總計", "総計", "Gesamt", "Summe"),
        *("Total", "Somme", "Suma", "Sum", "Totale", "Razem", "Grand total", "Subtotal"),
    )
}


def squared(grid: Grid) -> Grid:
    width = max(map(len, grid))
    return [[*row, *[""] * (width - len(row))] for row in grid]


def text_of(grid: Grid) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(squared(grid))
    return target.getvalue().encode()


def typed(grid: Grid) -> list[list[int | str | None]]:
    """A sheet's cells: numbers where they look so."""
    number = re.compile(r"\d{1,3}")
    return [[int(c) if number.fullmatch(c) else c or None for c in row] for row in squared(grid)]


def book_of(grid: Grid) -> bytes:
    return workbook({"Sheet": typed(grid)})


def opened(session: DuckSession, content: bytes) -> RawTable:
    path = session.folder / "upload"
    path.write_bytes(content)
    return read_file(session, path, "customers")


@dataclass(frozen=True)
class Found:
    """What was made of a grid; of a row set aside the place, the reason and the filled cells."""

    names: tuple[str, ...]
    cells: list[Row]
    rejects: list[tuple[int, str, list[str]]]
    notes: tuple[Note, ...]


def reject(line: int, reason: str, text: str) -> tuple[int, str, list[str]]:
    return line, reason, [cell for cell in re.split("[,\t]", text) if cell]


def found_in(raw: RawTable) -> Found:
    rows = raw.session.rows("SELECT line, reason, text FROM raw_rejects ORDER BY line")
    return Found(raw.names, cells(raw), [reject(**row) for row in rows], raw.notes)


@pytest.mark.parametrize("name", sorted(GRIDS))
def test_the_same_grid_is_read_alike_from_a_text_and_from_a_sheet(
    name: str, one_session: DuckSession
) -> None:
    grid, n_customers, reasons = GRIDS[name]
    text = found_in(opened(one_session, text_of(grid)))
    sheet = sheet_of(typed(grid))
    rejects = [reject(each.line, each.reason, each.text) for each in sheet.set_aside]
    assert Found(sheet.names, rows_of(sheet), rejects, sheet.notes) == text
    assert (len(text.cells), [reason for _, reason, _ in text.rejects]) == (n_customers, reasons)


@pytest.mark.parametrize("name", ["three header rows", "totals and remark", "another table above"])
def test_the_same_grid_is_read_alike_from_files(name: str, one_session: DuckSession) -> None:
    text = found_in(opened(one_session, text_of(GRIDS[name][0])))
    assert found_in(opened(one_session, book_of(GRIDS[name][0]))) == text


WRITTEN = pytest.mark.parametrize("written", [text_of, book_of])
Written = Callable[[Grid], bytes]


@WRITTEN
def test_three_header_rows_are_one_name_a_column(
    written: Written, one_session: DuckSession
) -> None:
    raw = opened(one_session, written(QUALTRICS))
    assert raw.names == ("StartDate Start Date", "Q1 How satisfied are you?", "Q2 How likely?")
    assert codes(raw) == ["header-rows-merged"]


@WRITTEN
def test_the_text_of_a_row_set_aside_is_cut(written: Written, one_session: DuckSession) -> None:
    raw = opened(one_session, written(GRIDS["long remark"][0]))
    (row,) = raw.session.rows("SELECT text FROM raw_rejects")
    assert len(row["text"]) == 500


@WRITTEN
def test_totals_below_names_alone_are_no_customer(
    written: Written, one_session: DuckSession
) -> None:
    with pytest.raises(HeaderOnly):
        opened(one_session, written([["name", "spend"], ["Total", "5"]]))


def test_a_large_sheet_is_read_by_the_same_rules() -> None:
    rows = [[f"c{i}", str(i % 7), "York"] for i in range(7000)]
    grid: Grid = [["name", "visits", "city"], *rows, ["Total", "20997", ""]]
    grid[3500:3500] = [["# half"], ["name", "visits", "city"], []]
    sheet = sheet_of(typed([*grid, [], *SMALL]))
    assert rows_of(sheet) == [tuple(row) for row in rows]
    assert [(each.line, each.reason) for each in sheet.set_aside] == [
        (3501, "comment"),
        (3502, "repeated-header"),
        (7005, "totals"),
        (7007, "another-table"),
        (7008, "another-table"),
        (7009, "another-table"),
    ]


def test_a_nameless_column_with_a_cell_far_down_is_kept_in_both(one_session: DuckSession) -> None:
    rows = [[f"c{i}", "x" if i == 1500 else "", str(i % 7)] for i in range(1600)]
    grid: Grid = [["name", "", "visits"], *rows]
    text = found_in(opened(one_session, text_of(grid)))
    sheet = sheet_of(typed(grid))
    assert sheet.names == text.names == ("name", "column 2", "visits")
    assert (rows_of(sheet), sheet.notes) == (text.cells, text.notes)
