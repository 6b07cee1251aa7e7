"""The values of statistical files as text, and what the files say of their variables."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest

from segmentation.errors import CellTooLong, EmptyFile, TooManyColumns, UnreadableFile
from segmentation.parsing import statistical
from segmentation.parsing.statistical import (
    ParsedStatistical,
    ParsedVariable,
    StatisticalFile,
    parse_statistical,
)
from tests.parsing.people import EXPECTED, PEOPLE, written
from tests.parsing.sas import SAS_EXPECTED, SAS_NAMES, sas_file

Rows = list[tuple[str | None, ...]]


def parsed(
    folder: Path, content: bytes, form: str, encoding: str | None = None
) -> tuple[ParsedStatistical, Rows]:
    path, target = folder / "file", folder / "cells.arrow"
    path.write_bytes(content)
    found = parse_statistical(StatisticalFile(path, "file", form, encoding), target, (100, 100))
    columns = [column.to_pylist() for column in pa.ipc.open_file(target).read_all().columns]
    return found, list(zip(*columns, strict=True))


@pytest.mark.parametrize(
    ("write", "more", "form"),
    [
        (pyreadstat.write_sav, {}, "spss"),
        (pyreadstat.write_sav, {"compress": True}, "spss"),
        (pyreadstat.write_sav, {"row_compress": True}, "spss"),
        (pyreadstat.write_dta, {}, "stata"),
        (pyreadstat.write_dta, {"version": 13}, "stata"),
        (pyreadstat.write_dta, {"version": 10}, "stata"),
        (pyreadstat.write_xport, {"file_format_version": 8}, "sas-transport"),
        (pyreadstat.write_xport, {"file_format_version": 5}, "sas-transport"),
    ],
)
def test_values_come_as_they_are_written(
    write: Callable[..., Any], more: dict[str, Any], form: str, tmp_path: Path
) -> None:
    found, rows = parsed(tmp_path, written(tmp_path, write, **more), form)
    assert [variable.name for variable in found.variables] == list(PEOPLE.columns)
    assert rows == EXPECTED


def test_sas_files_give_days_moments_times_and_letters_as_they_are_shown(tmp_path: Path) -> None:
    found, rows = parsed(tmp_path, sas_file(), "sas")
    assert rows == SAS_EXPECTED
    assert tuple(variable.name for variable in found.variables) == SAS_NAMES
    assert found.variables[0] == ParsedVariable("sex", "What is your sex?", (), ((".C", ".C"),))
    assert found.encoding == "UTF-8"


def test_letters_that_stand_for_no_answer_in_stata_are_missing_codes(tmp_path: Path) -> None:
    content = written(
        tmp_path,
        pyreadstat.write_dta,
        pd.DataFrame({"sex": [1, 2, "a", "b"], "name": ["a", "b", "c", "d"]}),
        missing_user_values={"sex": ["a", "b"]},
        variable_value_labels={"sex": {1: "male", "a": "refused"}},
    )
    found, rows = parsed(tmp_path, content, "stata")
    assert rows == [("1", "a"), ("2", "b"), (".a", "c"), (".b", "d")]
    assert found.variables[0] == ParsedVariable(
        "sex", "", (("1", "male"), (".a", "refused")), ((".a", ".a"), (".b", ".b"))
    )


def test_numbers_of_single_precision_have_the_digits_they_were_typed_with(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": np.array([0.1, 16777216.0, 1.5], np.float32)})
    frame.to_stata(tmp_path / "made", write_index=False)
    content = (tmp_path / "made").read_bytes()
    assert parsed(tmp_path, content, "stata")[1] == [("0.1",), ("16777216",), ("1.5",)]


def test_a_day_that_no_calendar_has_stays_a_number(tmp_path: Path) -> None:
    frame = pd.DataFrame({"d": [1e15, 0.0, 13923532800.0], "t": [37800.0, 93600.0, np.nan]})
    shown = {"d": "DATE11", "t": "TIME8"}
    content = written(tmp_path, pyreadstat.write_sav, frame, variable_format=shown)
    assert parsed(tmp_path, content, "spss")[1] == [
        ("1000000000000000", "10:30:00"),
        ("1582-10-14", "26:00:00"),
        ("2024-01-02", None),
    ]


def test_months_of_stata_are_months(tmp_path: Path) -> None:
    frame = pd.DataFrame({"m": [0, 771, 1e9], "d": [0.0, 23377.0, np.nan]})
    shown = {"m": "%tm", "d": "%td"}
    content = written(tmp_path, pyreadstat.write_dta, frame, variable_format=shown)
    assert parsed(tmp_path, content, "stata")[1] == [
        ("1960-01", "1960-01-01"),
        ("2024-04", "2024-01-02"),
        ("1000000000", None),
    ]


def test_text_in_the_encoding_of_old_stata_files_can_be_chosen(tmp_path: Path) -> None:
    frame = pd.DataFrame({"name": ["客户名称", "北京市"], "n": [1, 2]})
    old = written(tmp_path, pyreadstat.write_dta, frame, version=12)
    for text in frame["name"]:
        old = old.replace(text.encode(), text.encode("gb18030").ljust(len(text.encode()), b"\0"))
    found, rows = parsed(tmp_path, old, "stata", "gb18030")
    assert rows == [("客户名称", "1"), ("北京市", "2")]
    assert found.encoding == "gb18030"
    with pytest.raises(UnreadableFile):
        parsed(tmp_path, old, "stata", "no-such-encoding")


@pytest.mark.parametrize("at_once", [1, 20, 48, 50, 52, 1000])
def test_large_files_are_read_in_parts(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = pd.DataFrame({"n": range(25), "t": [f"text {i}" for i in range(25)]})
    monkeypatch.setattr(statistical, "_CELLS_AT_ONCE", at_once)
    content = written(tmp_path, pyreadstat.write_sav, frame)
    assert parsed(tmp_path, content, "spss")[1] == [(str(i), f"text {i}") for i in range(25)]


def test_limits_hold(tmp_path: Path) -> None:
    wide = pd.DataFrame([[1] * 101], columns=[f"v{i}" for i in range(101)])
    with pytest.raises(TooManyColumns):
        parsed(tmp_path, written(tmp_path, pyreadstat.write_sav, wide), "spss")
    long = pd.DataFrame({"t": ["x" * 101]})
    with pytest.raises(CellTooLong):
        parsed(tmp_path, written(tmp_path, pyreadstat.write_dta, long), "stata")


def test_a_file_without_variables_is_empty(tmp_path: Path) -> None:
    with pytest.raises((EmptyFile, UnreadableFile)):
        parsed(tmp_path, written(tmp_path, pyreadstat.write_sav, pd.DataFrame()), "spss")
