import csv
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import openpyxl

from segmentation.assigning import Assignment, Model
from segmentation.export import (
    assigned_columns,
    put_assignment,
    write_assigned,
    write_assigned_sheet,
)
from segmentation.structure import Segment
from segmentation.variables import Role
from tests.markets import Market, open_market

TEXT = "id,segment,note\n1,old,=1+1\n2,old,b\n3,old,c\n"


def placed(folder: Path) -> tuple[Market, str, Model]:
    """Three customers: of the first segment, of none, of the second one's first part."""
    market = open_market(folder, TEXT, rest=Role.IGNORE)
    found = Assignment(
        np.array([0, 2]),
        np.array([0, 1], np.int16),
        np.array([0.25, 1.0], np.float32),
        np.array([True, False]),
        (1, 1),
    )
    segments = (Segment(0), Segment(1, 0))
    model: Any = SimpleNamespace(segments=segments, names=("=Loyal", "Some, new"))
    return market, put_assignment(market.table, found), cast("Model", model)


def test_the_added_columns_never_take_a_name_of_the_file(tmp_path: Path) -> None:
    market, _, _ = placed(tmp_path)
    assert assigned_columns(market.table)[:2] == ("segment_id", "segment_2")


def test_the_plain_csv_repeats_the_cells_and_adds_four(tmp_path: Path) -> None:
    market, stored, model = placed(tmp_path)
    path = write_assigned(market.table, stored, model, market.folder / "new.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1:] == [
        ["1", "old", "=1+1", "1", "=Loyal", "0.25", "1"],
        ["2", "old", "b", "", "", "", ""],
        ["3", "old", "c", "2a", "Some, new", "1.0", "0"],
    ]


def test_no_cell_of_the_csv_for_excel_runs(tmp_path: Path) -> None:
    market, stored, model = placed(tmp_path)
    path = write_assigned(market.table, stored, model, market.folder / "e.csv", for_excel=True)
    text = path.read_bytes().decode("utf-8-sig")
    assert "'=1+1" in text
    assert "'=Loyal" in text


def test_the_workbook_holds_numbers_as_numbers(tmp_path: Path) -> None:
    market, stored, model = placed(tmp_path)
    path = write_assigned_sheet(market.table, stored, model, market.folder / "new.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1] == (1, "old", "=1+1", "1", "=Loyal", 0.25, 1)
    assert sheet["C2"].data_type == "s"


def test_an_assignment_gives_way_to_the_next_one(tmp_path: Path) -> None:
    market, stored, _ = placed(tmp_path)
    nobody = Assignment(
        np.array([], np.int64),
        np.array([], np.int16),
        np.array([], np.float32),
        np.array([], np.bool_),
        (0, 0),
    )
    assert put_assignment(replace(market.table), nobody) == stored
    assert market.table.session.arrow(market.table.session.table(stored)).num_rows == 0
