"""A codebook put to use: columns found, labels, orders and reversals applied, the rest told."""

from dataclasses import replace

import pytest

from segmentation.engine import DuckSession
from segmentation.errors import (
    CodebookOfAnotherTable,
    EmptyCodebook,
    NotACodebook,
    UnreadableFile,
)
from segmentation.intake import CustomerTable, open_customers
from segmentation.intake.codebook import Codebook, Entry
from segmentation.intake.codebook_file import ReadCodebook, read_codebook
from segmentation.intake.codebook_opening import open_codebook
from segmentation.intake.codebook_use import (
    Applied,
    applied,
    codes_not_matched,
    matched,
    refuse_codebook_of_another_table,
    with_codebook,
)
from tests.intake.conftest import Read

SURVEY = "sex,q1,q2,member,town\n1,1,3,0,7\n2,3,1,1,8\n1,2,9,1,7\n2,3,2,0,8\n"
GRADES = "1=never; 2=sometimes; 3=always"
BOOK = f"""variable,label,values,missing,reverse-coded
SEX,Sex,1=Male; 2=Female,,
q1,I plan,{GRADES},,
q2,I decide late,{GRADES},9,yes
member,In the club,0=not selected; 1=selected,,R
town,,8=North; 7=South,,
q7,Not asked,1=a,,
"""
CHINESE = """变量,标签,取值,缺失值,反向题
SEX,性别,1=男；2=女,,
q1,我会提前计划,1=从不；2=有时；3=总是,,否
q2,我常临时决定,1=从不；2=有时；3=总是,9,是
"""


def opened(session: DuckSession, content: str | bytes, name: str = "book.csv") -> ReadCodebook:
    path = session.folder / "book"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_codebook(session, path, name)


def cells(table: CustomerTable, name: str) -> list[object]:
    key = table.column(name).key
    rows = table.session.rows(f"SELECT {key} AS cell FROM {table.name} ORDER BY __row")  # noqa: S608
    return [row["cell"] for row in rows]


def told(table: CustomerTable) -> dict[str, object]:
    return {note.code: dict(note.values) for note in table.notes}


def test_labels_orders_and_reversals_are_applied(session: DuckSession, read: Read) -> None:
    codebook = opened(session, BOOK).codebook
    table = open_customers(with_codebook(read(SURVEY), codebook))
    assert cells(table, "sex") == ["Male", "Female", "Male", "Female"]
    assert cells(table, "q1") == [1.0, 3.0, 2.0, 3.0]
    assert cells(table, "q2") == [1.0, 3.0, None, 2.0]
    assert cells(table, "member") == [True, False, False, True]
    assert table.column("town").levels == ("North", "South")
    assert [column.label for column in table.columns] == [
        "Sex", "I plan", "I decide late", "In the club", "",
    ]  # fmt: skip
    assert applied(table, codebook) == Applied(5, 5, 2, 2, ("q7",), ())


def test_a_codebook_changes_no_row_of_the_file(session: DuckSession, read: Read) -> None:
    raw = read(SURVEY)
    described = with_codebook(raw, opened(session, BOOK).codebook)
    assert described.fingerprint == raw.fingerprint
    assert with_codebook(raw, {}) is raw


def test_variables_that_the_table_lacks_are_named(session: DuckSession, read: Read) -> None:
    table = open_customers(with_codebook(read(SURVEY), opened(session, BOOK).codebook))
    assert told(table)["codebook-read"] == {"n": 5}
    assert told(table)["codebook-unmatched"] == {"n": 1, "names": ("q7",)}


def test_a_chinese_codebook_in_its_own_encoding_is_read(session: DuckSession, read: Read) -> None:
    found = opened(session, CHINESE.encode("gb18030"), "编码手册.csv")
    table = open_customers(with_codebook(read(SURVEY), found.codebook))
    assert cells(table, "sex") == ["男", "女", "男", "女"]
    assert table.column("q2").is_reversed
    assert not table.column("q1").is_reversed
    assert table.column("q2").label == "我常临时决定"
    assert {note.code for note in found.notes} <= {"encoding-guessed"}


def test_the_codebook_goes_before_the_file_itself_and_says_where(read: Read) -> None:
    own: Codebook = {
        "sex": Entry("Gender", (("1", "m"), ("2", "f"))),
        "q1": Entry("Plans", (("1", "never"),), ("8",)),
        "town": Entry("Town", (("7", "S"),)),
    }
    raw = replace(read(SURVEY), codebook=own)
    book: Codebook = {
        "sex": Entry("Gender", (("1.0", "Male"), ("2.0", "Female"))),
        "q1": Entry("", (("1.0", "never"),), ("8.0",)),
    }
    described = with_codebook(raw, book)
    assert described.codebook["sex"] == book["sex"]
    assert described.codebook["q1"] == Entry("Plans", (("1.0", "never"),), ("8.0",))
    assert described.codebook["town"] == own["town"]
    notes = {note.code: note for note in described.notes}
    assert notes["codebook-over-file"].get("n") == 1
    assert notes["codebook-over-file"].get("names") == ("sex",)


def test_a_name_is_matched_exactly_before_it_is_loosely() -> None:
    book = {"q": Entry("small"), " Q ": Entry("large")}
    assert matched(book, ["Q", "q"])[0] == {"Q": Entry("large"), "q": Entry("small")}
    assert matched(book, ["q"]) == ({"q": Entry("small")}, (" Q ",))


def test_codes_that_occur_on_one_side_only_are_told(read: Read) -> None:
    raw = read("sex,q1,free\n1,1.0,a\n3,2,b\n99,NA,c\n")
    rows = [
        {"variable": "sex", "values": "1=Male;2=Female", "missing": "99"},
        {"variable": "q1", "values": "1=a;2=b;3=c", "missing": ""},
        {"variable": "free", "values": "", "missing": "x"},
    ]
    notes = codes_not_matched(raw, read_codebook(rows).codebook)
    assert [(note.code, note.get("name"), note.get("codes")) for note in notes] == [
        ("codebook-codes-unused", "sex", ("2",)),
        ("codebook-codes-unknown", "sex", ("3",)),
        ("codebook-codes-unused", "q1", ("3",)),
    ]


def test_a_quantity_with_one_special_code_gives_one_note(read: Read) -> None:
    raw = read("age\n" + "\n".join(str(1000 + i) for i in range(300)) + "\n")
    (note,) = codes_not_matched(raw, {"age": Entry("", (("9999", "refused"),))})
    assert (note.code, note.get("n")) == ("codebook-codes-few", 1)


def test_a_reversal_that_cannot_be_done_is_told(read: Read) -> None:
    raw = read("town\n" + "\n".join(f"place {i}" for i in range(9)) + "\n")
    table = open_customers(with_codebook(raw, {"town": Entry(is_reversed=True)}))
    assert "reversal-unused" in told(table)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", EmptyCodebook),
        (b"\n\n", EmptyCodebook),
        (b"variable,label,values\n", EmptyCodebook),
        (b"variable,label\n,nothing\n,at all\n", EmptyCodebook),
        (b"a,b\n1,2\n3,4\n", NotACodebook),
        (SURVEY.encode(), NotACodebook),
        (b"PK\x03\x04" + b"\0" * 400, UnreadableFile),
    ],
)
def test_a_file_that_is_no_codebook_is_refused(
    content: bytes, kind: type[Exception], session: DuckSession, read: Read
) -> None:
    raw = read(SURVEY)
    before = session.tables()
    with pytest.raises(kind):
        opened(session, content)
    assert session.tables() == before
    assert open_customers(raw).n_customers == 4


def test_a_codebook_of_another_table_is_refused_with_its_variables(read: Read) -> None:
    with pytest.raises(CodebookOfAnotherTable) as refused:
        refuse_codebook_of_another_table({"x1": Entry(), "x2": Entry()}, read(SURVEY), "b.csv")
    assert refused.value.values == {
        "name": "b.csv",
        "n": 2,
        "names": ("x1", "x2"),
        "columns": ("sex", "q1", "q2", "member", "town"),
    }


def test_of_contradicting_rows_the_first_holds_and_it_is_told() -> None:
    rows = [
        {"variable": "q1", "label": "one", "values": "1=a; 2=b", "reversed": "no"},
        {"variable": "Q1", "label": "other", "values": "1=z; 3=c", "reversed": "yes"},
        {"variable": "q2", "label": "two", "values": "1=a", "reversed": ""},
        {"variable": "q2", "label": "two", "values": "1=a", "reversed": "yes"},
    ]
    read_book = read_codebook(rows)
    assert read_book.codebook == {
        "q1": Entry("one", (("1", "a"), ("2", "b"), ("3", "c"))),
        "q2": Entry("two", (("1", "a"),), is_reversed=True),
    }
    assert {note.code: dict(note.values) for note in read_book.notes} == {
        "codebook-contradicts": {"n": 1, "names": ("q1",)}
    }


@pytest.mark.parametrize("header", ["values", "code", "取值"])
def test_a_code_a_row_under_a_row_of_the_variable_is_read(header: str) -> None:
    rows = [
        {"variable": "sex", "label": "Sex", header: ""},
        {"variable": "", "label": "Male", header: "1"},
        {"variable": "", "label": "Female", header: "2"},
    ]
    entry = read_codebook(rows).codebook["sex"]
    assert entry == Entry("Sex", (("1", "Male"), ("2", "Female")))


def test_codes_left_open_and_columns_not_used_are_told() -> None:
    rows = [{"variable": "q1", "values": "1=a; 2=; 3：", "remark": "by hand"}]
    read_book = read_codebook(rows)
    assert read_book.codebook["q1"].values == (("1", "a"),)
    assert {note.code: note.get("n") for note in read_book.notes} == {
        "codebook-codes-unlabelled": 2,
        "codebook-columns-unread": 1,
    }
