"""Which kind a column is, and which cells could not be read as it; every failure is counted."""

import datetime as dt
from collections.abc import Callable, Sequence

import pyarrow as pa
import pytest

from segmentation.engine import DuckSession
from segmentation.errors import UnknownColumn
from segmentation.intake import Condition, Decision, Kind, Operator, open_customers, shapes
from segmentation.intake.cells import Reading, value_sql
from segmentation.intake.kinds import MISSING_MARKERS, NO_WORDS, WHITE, YES_WORDS
from tests.intake.cells import codes, counts, in_order, typed
from tests.intake.conftest import Read

DAY = dt.datetime(2024, 1, 2)
TEXTS = (
    *MISSING_MARKERS,
    "NULL",
    "#VALUE!",
    "none",
    "n a",
    "\x1f",
    "\u2009",
    "é",
    "!",
    "a b",
    "Nanny",
)


def column_of(values: Sequence[str], name: str = "value") -> str:
    """A file of two columns, so that a missing value is no blank line."""
    return f"row,{name}\n" + "".join(f"r{i},{value}\n" for i, value in enumerate(values))


@pytest.mark.parametrize(
    ("values", "kind", "read_as"),
    [
        (["1", "2", "3"], Kind.NUMBER, [1.0, 2.0, 3.0]),
        (["1.5", "-2", "+3", "1e3", ".5"], Kind.NUMBER, [1.5, -2.0, 3.0, 1000.0, 0.5]),
        ([" 1 ", "\u00a02", "3\u3000"], Kind.NUMBER, [1.0, 2.0, 3.0]),
        (["0", "0.5", "0"], Kind.NUMBER, [0.0, 0.5, 0.0]),
        (["yes", "no", "YES"], Kind.YESNO, [True, False, True]),
        (["Y", "N", "N"], Kind.YESNO, [True, False, False]),
        (["true", "FALSE"], Kind.YESNO, [True, False]),
        (["是", "否", "是"], Kind.YESNO, [True, False, True]),
        (["有", "无"], Kind.YESNO, [True, False]),
        (["ja", "nein"], Kind.YESNO, [True, False]),
        (["0", "1", "1"], Kind.YESNO, [False, True, True]),
        (["0.0", "1.0"], Kind.YESNO, [False, True]),
        (["0", "1", "?"], Kind.YESNO, [False, True, None]),
        (["yes", "no", ""], Kind.YESNO, [True, False, None]),
        (["yes", "yes"], Kind.TEXT, ["yes", "yes"]),
        (["1", "1"], Kind.NUMBER, [1.0, 1.0]),
        (["yes", "nein"], Kind.TEXT, ["yes", "nein"]),
        (["yes", "no", "maybe"], Kind.TEXT, ["yes", "no", "maybe"]),
        (["2024-01-02", "2023-12-31"], Kind.DATE, [DAY, dt.datetime(2023, 12, 31)]),
        (["2024/1/2", "2024/01/02"], Kind.DATE, [DAY, DAY]),
        (["2024.1.2", "2024-1-2"], Kind.DATE, [DAY, DAY]),
        (["2024年1月2日", "2024年01月02日"], Kind.DATE, [DAY, DAY]),
        (
            ["2024-01-02 10:30:00", "2024/1/2 10:30"],
            Kind.DATE,
            [DAY.replace(hour=10, minute=30)] * 2,
        ),
        (
            ["01/02/2024", "13/02/2024"],
            Kind.DATE,
            [dt.datetime(2024, 2, 1), dt.datetime(2024, 2, 13)],
        ),
        (["02.01.2024", "31.12.2023"], Kind.DATE, [DAY, dt.datetime(2023, 12, 31)]),
        (["02.01.2024 10:30", "31.12.2023 8:00"], Kind.DATE, None),
        (["01.02.03", "04.05.06"], Kind.TEXT, ["01.02.03", "04.05.06"]),
        (["2024-01", "2024-02"], Kind.TEXT, ["2024-01", "2024-02"]),
        (["08123", "10115", "00000"], Kind.TEXT, ["08123", "10115", "00000"]),
        (["007", "8", "9"], Kind.TEXT, ["007", "8", "9"]),
        (["1234567890123456", "1234567890123457"], Kind.TEXT, None),
        (["123456789012345", "123456789012346"], Kind.NUMBER, None),
        (["1,5", "2,5"], Kind.NUMBER, [1.5, 2.5]),
        (["12 %", "3 %"], Kind.NUMBER, [12.0, 3.0]),
    ],
)
def test_a_kind_is_chosen_by_what_the_values_are(
    values: list[str], kind: Kind, read_as: list[object] | None, read: Read
) -> None:
    table = open_customers(read(column_of([f'"{value}"' for value in values])))
    assert table.column("value").kind is kind
    if read_as is not None:
        assert typed(table, "value") == read_as
        assert table.column("value").n_failed == 0


@pytest.mark.parametrize("word", sorted({*YES_WORDS, *NO_WORDS}))
def test_every_word_for_yes_and_no_is_read(word: str, read: Read) -> None:
    raw = read(column_of([word, word.upper()]))
    table = open_customers(raw, decisions={"value": Decision(Kind.YESNO)})
    assert typed(table, "value") == [word in YES_WORDS] * 2


def values_of(session: DuckSession, kind: Kind) -> list[str | bool | None]:
    select = " ".join(("SELECT", value_sql(Reading(kind), "r0"), "AS value FROM t"))
    return [row["value"] for row in session.rows(select)]


@pytest.mark.parametrize("form", [str.upper, str.title, lambda word: f" {word}\u3000"])
def test_words_for_yes_and_no_are_read_in_every_form(
    form: Callable[[str], str], session: DuckSession
) -> None:
    words = sorted({*YES_WORDS, *NO_WORDS})
    session.put("t", pa.table({"r0": [*map(form, words), "1.0", "0e0", "maybe", "2", None]}))
    found = values_of(session, Kind.YESNO)
    assert found == [*(word in YES_WORDS for word in words), True, False, None, None, None]


def test_only_markers_and_white_space_around_it_change_a_text(session: DuckSession) -> None:
    cells = [edge + text + end for text in TEXTS for edge in ("", *WHITE) for end in ("", *WHITE)]
    session.put("t", pa.table({"r0": [*cells, None]}))
    found = values_of(session, Kind.TEXT)
    texts = [cell.strip(WHITE) for cell in cells]
    assert found == [*(t if t.lower() not in MISSING_MARKERS else None for t in texts), None]


@pytest.mark.parametrize("marker", [*MISSING_MARKERS, "NaN", "NULL", "N/A", " na "])
def test_missing_markers_are_missing_in_every_kind(marker: str, read: Read) -> None:
    raw = read(
        f"n,t,d,y\n1,a,2024-01-02,yes\n{','.join([marker] * 3)},no\n2,b,2024-01-03,{marker}\n"
    )
    table = open_customers(raw)
    assert [c.kind for c in table.columns] == [Kind.NUMBER, Kind.TEXT, Kind.DATE, Kind.YESNO]
    assert [counts(c) for c in table.columns] == [(1, 0, 2)] * 4


@pytest.mark.parametrize("marker", ["inf", "-inf", "none", "-", "?", ".", "无"])
def test_markers_of_missing_numbers_are_words_in_a_text(marker: str, read: Read) -> None:
    raw = read(f"n,t\n1,a\n{marker},{marker}\n3,b\n")
    table = open_customers(raw)
    assert counts(table.column("n")) == (1, 0, 2)
    assert typed(table, "n") == [1.0, None, 3.0]
    assert typed(table, "t") == ["a", marker, "b"]


def test_cells_that_are_not_of_the_kind_are_counted_and_told(read: Read) -> None:
    values = [str(i) for i in range(198)] + ["many", "1.2.3"]
    table = open_customers(read(column_of(values)))
    column = table.column("value")
    assert column.kind is Kind.NUMBER
    assert counts(column) == (0, 2, 198)
    note = next(note for note in table.notes if note.code == "cells-failed")
    assert dict(note.values) == {"name": "value", "n": 2, "kind": "number"}


def test_too_many_cells_of_another_kind_make_a_text(read: Read) -> None:
    values = [str(i) for i in range(95)] + ["many"] * 5
    table = open_customers(read(column_of(values)))
    assert table.column("value").kind is Kind.TEXT
    assert counts(table.column("value")) == (0, 0, 96)


def test_missing_and_failed_cells_are_told_apart_in_every_kind(read: Read) -> None:
    raw = read("n,d,y\n1,2024-01-02,yes\n,,\nx,x,x\n2,2024-13-45,no\nNA,NA,NA\n")
    decisions = {"n": Decision(Kind.NUMBER), "d": Decision(Kind.DATE), "y": Decision(Kind.YESNO)}
    table = open_customers(raw, decisions=decisions)
    found = {c.name: (c.n_missing, c.n_failed, c.n_distinct) for c in table.columns}
    assert found == {"n": (1, 1, 2), "d": (1, 2, 1), "y": (1, 1, 2)}


def test_a_correction_changes_the_kind_and_taking_it_back_restores_it(read: Read) -> None:
    raw = read(column_of(["1", "2", "x"]))
    suggested = open_customers(raw)
    corrected = open_customers(raw, decisions={"value": Decision(Kind.NUMBER)})
    assert suggested.column("value").kind is Kind.TEXT
    assert typed(corrected, "value") == [1.0, 2.0, None]
    assert counts(corrected.column("value")) == (0, 1, 2)
    assert corrected.column("value").reason.code == "type-chosen"
    assert open_customers(raw) == suggested
    assert typed(open_customers(raw), "value") == ["1", "2", "x"]


def test_whole_numbers_and_bounds_are_known(read: Read) -> None:
    table = open_customers(read("whole,part,text\n3,0.5,a\n-7,2.5,b\n,,\n1,1,c\n"))
    whole, part, text = table.columns
    assert (whole.whole, whole.low, whole.high) == (True, -7.0, 3.0)
    assert (part.whole, part.low, part.high) == (False, 0.5, 2.5)
    assert (text.whole, text.low, text.high) == (False, None, None)
    assert text.length == pytest.approx(1.0)


def test_a_column_without_values_is_told(read: Read) -> None:
    table = open_customers(read("a,b\n1,\n2,NA\n3,\n"))
    assert table.column("b").kind is Kind.TEXT
    assert counts(table.column("b")) == (3, 0, 0)
    assert [(note.code, note.get("name")) for note in table.notes] == [("column-empty", "b")]


def test_a_constant_column_has_one_value(read: Read) -> None:
    table = open_customers(read("a,b\n1,x\n2,x\n3,x\n"))
    assert counts(table.column("b")) == (0, 0, 1)


def test_columns_of_text_only_stay_text(read: Read) -> None:
    table = open_customers(read("a,b\nred,north\nblue,south\n"))
    assert {c.kind for c in table.columns} == {Kind.TEXT}


def test_two_hundred_columns_are_typed_each_by_its_own_values(read: Read) -> None:
    values = [["1", "2"], ["yes", "no"], ["2024-01-02", "2024-01-03"], ["a", "b"]]
    lines = [",".join(values[i % 4][row] for i in range(200)) for row in (0, 1)]
    table = open_customers(read(",".join(f"c {i}" for i in range(200)) + "\n" + "\n".join(lines)))
    kinds = [Kind.NUMBER, Kind.YESNO, Kind.DATE, Kind.TEXT]
    assert [c.kind for c in table.columns] == kinds * 50
    assert {counts(c) for c in table.columns} == {(0, 0, 2)}


def test_different_values_are_counted_exactly_in_a_long_file(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shapes, "SAMPLE_ROWS", 1000)
    raw = read("id,band\n" + "".join(f"C{i},{i % 23}\n" for i in range(30_000)))
    table = open_customers(raw)
    assert [c.n_distinct for c in table.columns] == [30_000, 23]


def test_kinds_are_chosen_on_a_sample_spread_over_the_file(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shapes, "SAMPLE_ROWS", 100)
    values = ["1"] * 500 + ["word"] * 500
    assert open_customers(read(column_of(values))).column("value").kind is Kind.TEXT


def test_examples_are_values_as_written(read: Read) -> None:
    table = open_customers(read(column_of(["NA", " +1.50 ", "", "2", "+1.50", "3", "4", "5"])))
    examples = table.column("value").examples
    assert 1 <= len(examples) <= 4
    assert set(examples) <= {"+1.50", "2", "3", "4", "5"}


@pytest.mark.parametrize(
    "decision",
    [
        {"decisions": {"vaule": Decision(Kind.TEXT)}},
        {"id_name": "vaule"},
        {"conditions": [Condition("vaule", Operator.KNOWN)]},
    ],
)
def test_a_decision_about_an_unknown_column_names_the_nearest(
    decision: dict[str, object], read: Read
) -> None:
    with pytest.raises(UnknownColumn) as refused:
        open_customers(read(column_of(["1", "2"])), **decision)  # type: ignore[arg-type]
    assert refused.value.values == {"name": "vaule", "nearest": ("value",)}


def test_an_id_that_repeats_or_is_missing_is_told_and_does_not_order_the_customers(
    read: Read,
) -> None:
    for text in ("id,n\na,1\na,2\nb,3\n", "id,n\na,1\n,2\nb,3\n"):
        table = open_customers(read(text), id_name="id")
        assert "duplicate-ids" in codes(table)
        assert len(set(in_order(table, "__key"))) == 3
        assert table.id_name == "id"
    assert "duplicate-ids" not in codes(open_customers(read("id,n\na,1\nb,2\n"), id_name="id"))
