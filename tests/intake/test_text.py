"""Text files: every cell arrives as it stands, whatever the layout; what is repaired is counted."""

import csv
import io
import re
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.engine import DuckSession
from segmentation.errors import (
    CellTooLong,
    EmptyFile,
    HeaderOnly,
    TooManyColumns,
    UnreadableFile,
)
from segmentation.intake import ReadOptions, copying, read_file, storing
from segmentation.intake.records import DELIMITERS
from tests.intake.cells import cells, codes
from tests.intake.conftest import Read
from tests.strategies import text_tables

# The layout of the line ends, by the text that ends a line.
LINE_ENDS = ["\n", "\r\n", "\r"]


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("end", LINE_ENDS)
@pytest.mark.parametrize("quote", ["", '"'])
def test_delimiters_and_line_ends_are_found(
    delimiter: str, end: str, quote: str, read: Read
) -> None:
    rows = [("name", "city", "spend"), ("Ann", "York", "1.5"), ("Bob", "Köln", "2")]
    text = "".join(delimiter.join(f"{quote}{c}{quote}" for c in row) + end for row in rows)
    raw = read(text)
    assert raw.source.delimiter == delimiter
    assert raw.names == rows[0]
    assert cells(raw) == rows[1:]
    assert codes(raw) == []


@pytest.mark.parametrize("quote", ["", '"'])
def test_mixed_line_ends_lose_no_row(quote: str, read: Read) -> None:
    raw = read(f"a,b\r\n1,{quote}2{quote}\r3,4\n5,6\r\n7,8\r")
    assert cells(raw) == [("1", "2"), ("3", "4"), ("5", "6"), ("7", "8")]


def test_line_ends_inside_quotation_marks_belong_to_the_cell(read: Read) -> None:
    raw = read('a,b\r\n1,"x\ry"\r\n2,"p\nq"\r\n3,"p\r\nq"\r\n')
    assert cells(raw) == [("1", "x\ry"), ("2", "p\nq"), ("3", "p\r\nq")]


def test_a_line_end_cut_by_the_end_of_a_chunk_makes_no_row(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_CHUNK", 3)
    raw = read("a,b\r\n1,2\r\n31,42\r\n5,6\r\n")
    assert cells(raw) == [("1", "2"), ("31", "42"), ("5", "6")]


def test_rows_keep_the_order_of_the_file_over_many_parts(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_CHUNK", 7)
    raw = read("n,text\n" + "".join(f'{i},"t{i}"\n' for i in range(40)))
    assert cells(raw) == [(str(i), f"t{i}") for i in range(40)]


def test_a_large_plain_file_keeps_its_order(read: Read) -> None:
    raw = read("n,text\n" + "".join(f"{i},t{i}\n" for i in range(60_000)))
    wrong = "SELECT count(*) AS n FROM raw WHERE CAST(r0 AS BIGINT) <> __row"
    assert raw.n_rows == 60_000
    assert raw.session.rows(wrong) == [{"n": 0}]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('1,he said "hi" there', ("1", 'he said "hi" there')),
        ('1,"quoted" tail', ("1", "quoted tail")),
        ('1,5" pipe', ("1", '5" pipe')),
        ('1,"say ""hi"""', ("1", 'say "hi"')),
        ('"",x', (None, "x")),
        ('1,"a\\"', ("1", "a\\")),
        ("1,  two words ", ("1", "  two words ")),
        ("#1,x", ("#1", "x")),
    ],
)
def test_quotation_marks_in_odd_places_lose_no_character(
    row: str, expected: tuple[str | None, ...], read: Read
) -> None:
    assert cells(read(f"a,b\n{row}\n2,last\n")) == [expected, ("2", "last")]


def test_quotation_marks_after_a_blank_enclose_a_cell_all_the_same(read: Read) -> None:
    raw = read('name, place\n"Ann", "York, England"\n"Bob", "Bonn, Germany"\n')
    assert raw.names == ("name", "place")
    assert cells(raw) == [("Ann", "York, England"), ("Bob", "Bonn, Germany")]


def test_a_quotation_mark_that_is_never_closed_is_a_character_and_said_with_its_line(
    read: Read,
) -> None:
    text = "title\n\na,b\n" + "1,2\n" * 5 + '3,"never closed\n' + "4,5\n" * 30
    raw = read(text)
    assert cells(raw) == [("1", "2")] * 5 + [("3", '"never closed')] + [("4", "5")] * 30
    note = next(note for note in raw.notes if note.code == "quotes-unclosed")
    assert dict(note.values) == {"n": 1, "line": 9}


def test_a_mark_that_seems_closed_by_the_next_cell_swallows_no_row(read: Read) -> None:
    raw = read('a,b\n1,"never closed\n2,"x"\n3,y\n')
    assert cells(raw) == [("1", '"never closed'), ("2", "x"), ("3", "y")]
    assert codes(raw) == ["quotes-unclosed"]


def test_a_text_of_marks_that_are_never_closed_is_refused_with_a_line(read: Read) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read("a,b\n" + '1,"x\n' * 300)
    assert refused.value.values["detail"] == 'line 202: "…'


def test_a_last_cell_of_several_lines_is_no_unclosed_one(read: Read) -> None:
    assert cells(read('a,b\n1,2\n3,"two\nlines"')) == [("1", "2"), ("3", "two\nlines")]


@pytest.mark.parametrize("quote", ["", '"'])
def test_ragged_rows_are_filled_up_and_extra_cells_counted(quote: str, read: Read) -> None:
    raw = read(f"a,b,c\n{quote}1{quote},2,3\n4\n5,6\n7,8,9,10\n11,12,13,,\n14,15,16,17,18\n")
    assert cells(raw) == [
        ("1", "2", "3"),
        ("4", None, None),
        ("5", "6", None),
        ("7", "8", "9"),
        ("11", "12", "13"),
        ("14", "15", "16"),
    ]
    assert [(note.code, note.get("n")) for note in raw.notes] == [
        ("rows-short", 2),
        ("cells-beyond-header", 2),
    ]


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_far_beyond_the_header_is_counted_too(quote: str, read: Read) -> None:
    raw = read(f"a,b\n{quote}1{quote},2,,,x\n3,4,,,\n5,6\n")
    assert cells(raw) == [("1", "2"), ("3", "4"), ("5", "6")]
    assert [(note.code, note.get("n")) for note in raw.notes] == [("cells-beyond-header", 1)]


def test_a_column_without_a_name_is_kept_where_something_stands_in_it_after_all(
    read: Read,
) -> None:
    raw = read("a,,b\n" + "1,,2\n" * 2000 + "1,x,2\n")
    assert raw.names == ("a", "column 2", "b")
    assert cells(raw)[-1] == ("1", "x", "2")
    assert codes(raw) == ["names-invented"]


@pytest.mark.parametrize("quote", ["", '"'])
def test_rows_without_a_single_cell_are_no_customers(quote: str, read: Read) -> None:
    assert cells(read(f"a,b\n,\n1,{quote}x{quote}\n\n,\n2,y\n\n\n")) == [("1", "x"), ("2", "y")]


@pytest.mark.parametrize("end", LINE_ENDS)
@pytest.mark.parametrize(
    ("titles", "n"),
    [
        ("Customers of 2024{end}", 1),
        ("{end}{end}Report{end}as of 1 May{end}{end}", 2),
        ('"A title{end}of two lines"{end}', 1),
    ],
)
def test_title_lines_are_passed_over_and_counted(titles: str, n: int, end: str, read: Read) -> None:
    raw = read(titles.format(end=end) + end.join(["a,b,c", "1,2,3", "4,5,6"]))
    assert raw.names == ("a", "b", "c")
    assert cells(raw) == [("1", "2", "3"), ("4", "5", "6")]
    assert [(note.code, note.get("n")) for note in raw.notes] == [("title-lines-skipped", n)]


def test_a_name_of_two_lines_costs_no_customer(read: Read) -> None:
    raw = read('"spend\nin euros",b\n1,2\n3,4\n')
    assert raw.names == ("spend in euros", "b")
    assert cells(raw) == [("1", "2"), ("3", "4")]


def test_a_missing_header_makes_numbered_names_and_keeps_the_first_row(read: Read) -> None:
    raw = read("Ann,23,1.5\nBob,42,2\nCid,31,3\n")
    assert raw.names == ("column 1", "column 2", "column 3")
    assert raw.n_rows == 3
    assert codes(raw) == ["header-missing"]


def test_a_header_one_cell_short_belongs_to_rows_with_names(read: Read) -> None:
    raw = read("length,width\n1,5.1,3.5\n2,4.9,3.0\n3,4.7,3.2\n")
    assert raw.names == ("column 1", "length", "width")
    assert cells(raw)[0] == ("1", "5.1", "3.5")
    assert codes(raw) == ["names-invented"]


def test_names_are_made_unique_ignoring_case_and_never_blank(read: Read) -> None:
    raw = read("Spend,spend,,SPEND (2),\n1,2,3,4,5\n")
    assert raw.names == ("Spend", "spend (2)", "column 3", "SPEND (2) (2)", "column 5")
    assert [(note.code, note.get("n")) for note in raw.notes] == [
        ("names-invented", 2),
        ("names-made-unique", 2),
    ]


@pytest.mark.parametrize("content", [b"", b"\n\n\r\n", b"   \n\t", "\ufeff".encode()])
def test_a_file_without_a_word_is_empty(content: bytes, read: Read) -> None:
    with pytest.raises(EmptyFile):
        read(content)


@pytest.mark.parametrize("content", ["a,b,c\n", "a,b,c", "a,b\n,\n\n", '"a","b"\n'])
def test_names_without_customers_are_a_header_only(content: str, read: Read) -> None:
    with pytest.raises(HeaderOnly):
        read(content)


def test_one_column_is_a_table(read: Read) -> None:
    raw = read("score\n3\n5\n4\n")
    assert raw.names == ("score",)
    assert cells(raw) == [("3",), ("5",), ("4",)]


@pytest.mark.parametrize("quote", ["", '"'])
def test_two_hundred_columns_are_read(quote: str, read: Read) -> None:
    names = [f"item {i}" for i in range(200)]
    raw = read(",".join(names) + "\n" + ",".join(f"{quote}{i}{quote}" for i in range(200)) + "\n")
    assert raw.names == tuple(names)
    assert cells(raw) == [tuple(str(i) for i in range(200))]


def test_a_table_over_the_limit_of_columns_is_refused(read: Read) -> None:
    with pytest.raises(TooManyColumns) as refused:
        read(",".join(f"c{i}" for i in range(2001)) + "\n" + ",".join("1" * 2001) + "\n")
    assert refused.value.values == {"n_columns": 2001, "limit": 2000}


@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("before", [0, 300_000])
def test_a_line_without_end_is_refused(quote: str, before: int, read: Read) -> None:
    with pytest.raises(CellTooLong):
        read("a,b\n" + "1,2\n" * before + f"3,{quote}" + "x" * 17_000_000 + f"{quote}\n")


def test_a_long_cell_within_the_limit_is_read(read: Read) -> None:
    for length in (200_000, 3_000_000):
        assert cells(read(f'a,b\n"{"x" * length}",2\n3,4\n')) == [("x" * length, "2"), ("3", "4")]


@pytest.mark.parametrize("delimiter", ["", ",,", "x"])
def test_a_delimiter_that_is_none_is_refused(delimiter: str, read: Read) -> None:
    with pytest.raises(UnreadableFile):
        read("a,b\n1,2\n", options=ReadOptions(delimiter=delimiter))


def test_the_users_delimiter_is_used_as_it_is(read: Read) -> None:
    raw = read("a;b,c\n1;2,3\n", options=ReadOptions(delimiter=","))
    assert raw.names == ("a;b", "c")


def test_a_failed_upload_leaves_the_former_table_as_it_was(read: Read) -> None:
    former = read("a,b\n1,2\n")
    for broken in ("a,b\n", "a,b\n" + '1,"x\n' * 300):
        with pytest.raises((HeaderOnly, UnreadableFile)):
            read(broken)
    assert cells(former) == [("1", "2")]


@dataclass(frozen=True)
class Marks:
    """How a table is written."""

    delimiter: str
    quote: str
    end: str
    encoding: str
    everything: bool

    def write(self, rows: list[list[str]]) -> str:
        # Python's writer leaves line ends of other systems bare unless it quotes everything.
        bare = self.quote == "'" or any(c in cell for row in rows for cell in row for c in "\r\n")
        target = io.StringIO(newline="")
        csv.writer(
            target,
            delimiter=self.delimiter,
            quotechar=self.quote,
            lineterminator=self.end,
            quoting=csv.QUOTE_ALL if self.everything or bare else csv.QUOTE_MINIMAL,
        ).writerows(rows)
        return target.getvalue()


MARKS = st.builds(
    Marks,
    delimiter=st.sampled_from(DELIMITERS),
    quote=st.sampled_from(['"', "'"]),
    end=st.sampled_from(LINE_ENDS),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"]),
    everything=st.booleans(),
)


@settings(max_examples=150)
@given(
    table=text_tables(),
    marks=MARKS,
    irregular=st.booleans(),
    chunk=st.sampled_from([3, 20, 1 << 22]),
)
def test_any_table_comes_back_cell_for_cell(
    one_session: DuckSession, table: list[list[str]], marks: Marks, irregular: bool, chunk: int
) -> None:
    """What is not promised: a blank cell is a missing cell; NUL, marks of byte order and the sign
    for what could not be read are no characters. A key and a number in each row make every row a
    customer beyond doubt; a last row with a mark inside a cell makes the text irregular.
    """
    other = {'"': "'", "'": '"'}[marks.quote]  # two marks at once could be either's
    rows = [
        [f"k{i}", "1.5", *(re.sub(f"[{other}\ufeff\ufffd]", "", cell) for cell in row)]
        for i, row in enumerate(table)
    ]
    names = ["key", "amount", *(f"name {'abcde'[i]}" for i in range(len(table[0])))]
    text = marks.write([names, *rows])
    if irregular:
        rows.append(["k", "1.5", f"5{marks.quote} pipe", *[""] * (len(table[0]) - 1)])
        text += marks.delimiter.join(rows[-1]) + marks.end
    path = one_session.folder / "upload"
    path.write_bytes(text.encode(marks.encoding))
    with patch.object(copying, "_CHUNK", chunk):
        raw = read_file(one_session, path, "t.csv", ReadOptions(marks.encoding))
    assert raw.source.delimiter == marks.delimiter
    assert raw.names == tuple(names)
    assert cells(raw) == [tuple(cell or None for cell in row) for row in rows]
    assert codes(raw) == (["quotes-single"] if marks.quote == "'" else [])


def test_a_wide_text_loaded_in_parts_is_the_same_as_one_loaded_at_once(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [",".join(f"q{i}" for i in range(17))]
    lines += [",".join(f"{row}x{i}" * (i % 5 > 0) for i in range(17)) for row in range(60)]
    content = "\n".join([*lines, "short,row", "", ",".join("again" for _ in range(18))])
    whole = read(content)
    query = "SELECT * FROM raw ORDER BY __row"
    rows, tables = whole.session.rows(query), whole.session.tables()
    monkeypatch.setattr(storing, "AT_ONCE", 4)
    parts = read(content)
    assert parts == whole
    assert parts.session.rows(query) == rows
    assert parts.session.tables() == tables
    assert [row["__row"] for row in rows] == list(range(62))
