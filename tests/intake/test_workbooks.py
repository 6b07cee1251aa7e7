"""Workbooks and Parquet: read by content, whatever the name; refused before they are unpacked."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from segmentation.errors import (
    EmptyFile,
    FileTooLarge,
    HeaderOnly,
    OutOfProportion,
    ReaderStopped,
    SegmentationError,
    TooManyColumns,
    UnknownFormat,
    UnreadableFile,
)
from segmentation.intake import Kind, ReadOptions, limits, open_customers
from tests.intake.cells import cells, codes, typed
from tests.intake.conftest import Read
from tests.intake.workbooks import Row, ods, workbook, xls, zipped

CUSTOMERS: list[Row] = [
    ["name", "spend", "member", "joined", "seen", "zip"],
    ["Ann", 1.5, True, dt.date(2024, 1, 2), dt.datetime(2024, 1, 2, 10, 30), "01234"],
    ["李雷", 20, False, dt.date(2023, 12, 31), None, "10115"],
]


def test_cells_are_written_as_a_person_reads_them(read: Read) -> None:
    raw = read(workbook({"Sheet": CUSTOMERS}), "customers.xlsx")
    assert raw.source.format == "workbook"
    assert cells(raw) == [
        ("Ann", "1.5", "TRUE", "2024-01-02", "2024-01-02 10:30:00", "01234"),
        ("李雷", "20", "FALSE", "2023-12-31", None, "10115"),
    ]
    kinds = [column.kind for column in open_customers(raw).columns]
    assert kinds == [Kind.TEXT, Kind.NUMBER, Kind.YESNO, Kind.DATE, Kind.DATE, Kind.TEXT]


def test_the_sheet_with_most_filled_cells_is_read_unless_another_is_asked_for(read: Read) -> None:
    notes: list[Row] = [["about"], *([f"line {i}"] for i in range(9))]
    content = workbook({"Notes": notes, "Customers": CUSTOMERS})
    raw = read(content, "customers.xlsx")
    assert (raw.source.sheet, raw.source.sheets) == ("Customers", ("Notes", "Customers"))
    assert codes(raw) == ["sheet-chosen"]
    other = read(content, "customers.xlsx", ReadOptions(sheet="Notes"))
    assert (other.names, other.n_rows, codes(other)) == (("about",), 9, [])
    unknown = read(content, "customers.xlsx", ReadOptions(sheet="Orders"))
    assert (unknown.source.sheet, codes(unknown)) == ("Customers", ["sheet-chosen"])


@pytest.mark.parametrize("made", [xls, ods])
def test_other_workbooks_are_read_alike(made: Callable[[list[Row]], bytes], read: Read) -> None:
    rows: list[Row] = [
        ["Report"],
        [],
        ["name", "spend"],
        ["Ann", 1.5],
        ["李雷", 20],
        ["Total", 21.5],
    ]
    raw = read(made(rows), "customers.bin")
    assert (raw.source.format, raw.names) == ("workbook", ("name", "spend"))
    assert cells(raw) == [("Ann", "1.5"), ("李雷", "20")]
    assert codes(raw) == ["title-lines-skipped", "rows-set-aside"]


@pytest.mark.parametrize("made", [xls, ods])
@pytest.mark.parametrize("share", [0.2, 0.6])
def test_other_workbooks_cut_off_are_unreadable(
    made: Callable[[list[Row]], bytes], share: float, read: Read
) -> None:
    whole = made([["name", "spend"], ["Ann", 1.5]])
    with pytest.raises((UnreadableFile, ReaderStopped)):
        read(whole[: int(len(whole) * share)], "cut.xls")


def test_blank_and_title_rows_are_passed_over(read: Read) -> None:
    rows: list[Row] = [[None], ["Report of May"], [None], *CUSTOMERS, [None] * 6, CUSTOMERS[1]]
    raw = read(workbook({"Sheet": rows}), "customers.xlsx")
    assert raw.names == tuple(str(name) for name in CUSTOMERS[0])
    assert [row[0] for row in cells(raw)] == ["Ann", "李雷", "Ann"]
    assert "title-lines-skipped" in codes(raw)


def test_a_sheet_without_names_keeps_its_first_row(read: Read) -> None:
    raw = read(workbook({"Sheet": [[1, 2.5], [3, 4], [5, 6]]}), "numbers.xlsx")
    assert raw.names == ("column 1", "column 2")
    assert cells(raw)[0] == ("1", "2.5")
    assert codes(raw) == ["header-missing"]


def test_blank_and_repeated_names_are_told_in_workbooks_too(read: Read) -> None:
    raw = read(workbook({"Sheet": [["a", None, "A"], [1, 2, 3]]}), "a.xlsx")
    assert raw.names == ("a", "column 2", "A (2)")
    assert codes(raw) == ["names-invented", "names-made-unique"]


@pytest.mark.parametrize("name", ["customers.csv", "customers.TXT"])
def test_a_workbook_that_is_called_text_is_read_as_a_workbook_and_told(
    name: str, read: Read
) -> None:
    raw = read(workbook({"Sheet": CUSTOMERS}), name)
    assert raw.n_rows == 2
    assert codes(raw) == ["name-says-text"]


def test_text_that_is_called_a_workbook_is_read_as_text(read: Read) -> None:
    assert cells(read("a,b\n1,2\n", "customers.xlsx")) == [("1", "2")]


@pytest.mark.parametrize("rows", [[], [[None]]])
def test_a_workbook_without_cells_is_empty(rows: list[Row], read: Read) -> None:
    with pytest.raises(EmptyFile):
        read(workbook({"Sheet": rows}), "empty.xlsx")


def test_a_workbook_with_names_only_is_a_header_only(read: Read) -> None:
    with pytest.raises(HeaderOnly):
        read(workbook({"Sheet": [["a", "b"]]}), "header.xlsx")


def test_a_sheet_over_the_limit_of_columns_is_refused(read: Read) -> None:
    with pytest.raises(TooManyColumns):
        read(workbook({"Sheet": [[f"c{i}" for i in range(2001)], [1] * 2001]}), "wide.xlsx")


@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
def test_a_workbook_cut_off_is_unreadable(share: float, read: Read) -> None:
    whole = workbook({"Sheet": CUSTOMERS})
    with pytest.raises(UnreadableFile):
        read(whole[: int(len(whole) * share)], "cut.xlsx")


def test_a_workbook_with_damaged_cells_is_unreadable(read: Read) -> None:
    whole = workbook({"Sheet": CUSTOMERS})
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.namelist():
            content = old.read(item)
            new.writestr(item, content[: len(content) // 2] if "sheet1" in item else content)
    with pytest.raises(UnreadableFile):
        read(target.getvalue(), "damaged.xlsx")


def test_another_document_is_no_workbook(read: Read) -> None:
    letter = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"})
    with pytest.raises(UnknownFormat):
        read(letter, "letter.xlsx")


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"\0" * 30, b"\xd0\xcf\x11\xe0" + b"\1" * 600])
def test_a_workbook_by_its_first_bytes_alone_is_unreadable(content: bytes, read: Read) -> None:
    with pytest.raises((UnreadableFile, ReaderStopped)):
        read(content, "fake.xlsx")


@pytest.mark.parametrize(
    ("claimed_mb", "refusal", "limit_mb"),
    [(100, OutOfProportion, 50), (3815, FileTooLarge, limits.MAX_UNPACKED_MB)],
)
def test_a_workbook_that_unpacks_out_of_proportion_is_refused_from_its_directory(
    claimed_mb: int, refusal: type[Exception], limit_mb: int, read: Read
) -> None:
    """The sheet itself is small: only its directory says otherwise, so nothing was unpacked."""
    content = bytearray(zipped({"xl/workbook.xml": b"0" * 1000}))
    size_of_first_entry = content.rindex(b"PK\x01\x02") + 24
    struct.pack_into("<I", content, size_of_first_entry, claimed_mb * 1024 * 1024)
    with pytest.raises(refusal) as refused:
        read(bytes(content), "bomb.xlsx")
    assert isinstance(refused.value, SegmentationError)
    told = refused.value.values
    assert (told["size_mb"], told["limit_mb"]) == (claimed_mb, limit_mb)


def test_a_sheet_that_is_a_chart_is_no_table(read: Read) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Customers"
    for row in CUSTOMERS:
        book.active.append(list(row))
    book.create_chartsheet("Chart")
    target = io.BytesIO()
    book.save(target)
    raw = read(target.getvalue(), "customers.xlsx")
    assert raw.source.sheets == ("Customers",)
    assert raw.n_rows == 2


def test_a_file_over_the_limit_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.check_size, "__defaults__", (2,))
    assert read("a,b\n1,2\n").n_rows == 1
    with pytest.raises(FileTooLarge) as refused:
        read("a,b\n" + "1,2\n" * 1_000_000)
    assert refused.value.values == {"size_mb": 4, "limit_mb": 2}


def parquet(columns: Mapping[str, pa.Array]) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), target)
    return target.getvalue()


def test_parquet_is_read_with_its_values_as_text(read: Read) -> None:
    content = parquet(
        {
            "n": pa.array([1.0, None, float("nan")]),
            "t": pa.array(["x", "", "名"]),
            "y": pa.array([True, False, None]),
            "d": pa.array([dt.date(2024, 1, 2), None, dt.date(2024, 1, 3)]),
            "code": pa.array(["007", "8", "9"]),
        }
    )
    raw = read(content, "customers.parquet")
    assert raw.source.format == "parquet"
    assert cells(raw)[1] == (None, None, "false", None, "8")
    table = open_customers(raw)
    kinds = [column.kind for column in table.columns]
    assert kinds == [Kind.NUMBER, Kind.TEXT, Kind.YESNO, Kind.DATE, Kind.TEXT]
    assert typed(table, "n") == [1.0, None, None]
    assert typed(table, "y") == [True, False, None]


@pytest.mark.parametrize("name", ["odd", 'a"b', "名 称"])
def test_parquet_columns_may_have_any_name(name: str, read: Read) -> None:
    raw = read(parquet({name: pa.array([1]), name.upper() + " ": pa.array([2])}))
    assert raw.names[0] == name
    assert cells(raw) == [("1", "2")]


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_parquet_cut_off_is_unreadable(share: float, read: Read) -> None:
    whole = parquet({"n": pa.array(range(1000))})
    with pytest.raises(UnreadableFile):
        read(whole[: int(len(whole) * share)], "cut.parquet")


def test_parquet_with_damaged_pages_is_unreadable(read: Read) -> None:
    whole = bytearray(parquet({"t": pa.array([f"some text {i}" for i in range(5000)])}))
    whole[4:3000] = bytes(2996)
    with pytest.raises(UnreadableFile):
        read(bytes(whole), "damaged.parquet")


def test_parquet_without_rows_is_a_header_only(read: Read) -> None:
    with pytest.raises(HeaderOnly):
        read(parquet({"n": pa.array([], pa.int64())}), "empty.parquet")


@pytest.mark.parametrize("junk", [b"\0\1\2\3" * 100, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0\0"])
def test_what_is_neither_is_of_an_unknown_format(junk: bytes, read: Read) -> None:
    with pytest.raises(UnknownFormat) as refused:
        read(junk, "scan.pdf")
    assert refused.value.values == {"name": "scan.pdf"}
