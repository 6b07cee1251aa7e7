"""Which style a column is written in, what is asked, what is assumed, and what stays text."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from segmentation.intake import (
    Column,
    CustomerTable,
    Decision,
    Kind,
    RawTable,
    Style,
    open_customers,
    shapes,
)
from segmentation.intake.codebook import Entry
from tests.intake.cells import codes, counts, typed
from tests.intake.conftest import Read

JAN, FEB = dt.datetime(2024, 1, 2), dt.datetime(2024, 2, 1)


def table_of(*columns: Sequence[str], names: Sequence[str] = ("value", "other")) -> str:
    """A file with a first column of row names, so that a blank cell is no blank line."""
    lines = [",".join(["row", *names[: len(columns)]])]
    for i, cells in enumerate(zip(*columns, strict=True)):
        lines.append(",".join([f"r{i}", *(f'"{cell}"' for cell in cells)]))
    return "\n".join(lines) + "\n"


def opened(read: Read, values: Sequence[str], name: str = "value") -> tuple[CustomerTable, Column]:
    table = open_customers(read(table_of(values, names=(name,))))
    return table, table.column(name)


def coded(raw: RawTable, entry: Entry) -> RawTable:
    return replace(raw, codebook={"value": entry})


@pytest.mark.parametrize(
    ("values", "style", "read_as"),
    [
        (["1,234", "5.5"], Style.POINT, [1234.0, 5.5]),
        (["1.234", "5,5"], Style.COMMA, [1234.0, 5.5]),
        (["1,234", "1,234,567"], Style.POINT, [1234.0, 1234567.0]),
        (["1.234", "0.567"], Style.POINT, [1.234, 0.567]),
        (["1.234", "1234.567"], Style.POINT, [1.234, 1234.567]),
        (["1,234", "0,567"], Style.COMMA, [1.234, 0.567]),
        (["12", "-3"], None, [12.0, -3.0]),
        (["$1,200.50", "(3,000)"], Style.POINT, [1200.5, -3000.0]),
        (["1 234", "12"], None, [1234.0, 12.0]),
    ],
)
def test_the_cells_of_a_column_show_its_style(
    values: list[str], style: Style | None, read_as: list[float], read: Read
) -> None:
    table, column = opened(read, values)
    assert (column.kind, column.style, column.n_failed) == (Kind.NUMBER, style, 0)
    assert typed(table, "value") == read_as
    assert "number-style-assumed" not in codes(table)


def test_cells_of_the_other_style_are_counted_and_not_read(read: Read) -> None:
    table, column = opened(read, ["1,234.5"] * 99 + ["7,25"])
    assert (column.style, column.n_failed) == (Style.POINT, 1)
    assert typed(table, "value")[-1] is None
    assert "cells-failed" in codes(table)


@pytest.mark.parametrize(
    ("other", "delimiter", "value", "ground"),
    [
        (["2.5", "3.75"], ",", 1234.0, "columns"),
        (["2,5", "3,75"], ",", 1.234, "columns"),
        (["2", "3"], ";", 1.234, "delimiter"),
        (["2", "3"], ",", 1234.0, "default"),
    ],
)
def test_where_no_cell_shows_the_style_the_file_does_and_a_note_says_so(
    other: list[str], delimiter: str, value: float, ground: str, read: Read
) -> None:
    text = table_of(["1,234", "5,678"], other)
    raw = read(text)
    raw = replace(raw, source=replace(raw.source, delimiter=delimiter))
    table = open_customers(raw)
    assert typed(table, "value")[0] == value
    note = next(note for note in table.notes if note.code == "number-style-assumed")
    assert (note.get("name"), note.get("ground")) == ("value", ground)
    assert note.get("example") == "1,234"


def test_one_cell_outside_the_sample_shows_the_style(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shapes, "SAMPLE_ROWS", 10)
    table, column = opened(read, ["1,234"] * 55 + ["0,5"] + ["1,234"] * 44)
    assert column.style is Style.COMMA
    assert "number-style-assumed" not in codes(table)


def test_the_user_decides_the_style(read: Read) -> None:
    raw = read(table_of(["1,234", "5,678"]))
    table = open_customers(raw, decisions={"value": Decision(style=Style.COMMA)})
    assert typed(table, "value") == [1.234, 5.678]
    assert table.column("value").reason.code == "type-chosen"
    assert "number-style-assumed" not in codes(table)


@pytest.mark.parametrize(
    ("values", "read_as"),
    [
        (["12 %", "3%", "0"], [12.0, 3.0, 0.0]),
        (["3.5万", "12万"], [35_000.0, 120_000.0]),
        (["5K", "2M"], [5000.0, 2e6]),
    ],
)
def test_a_unit_of_the_whole_column_is_read(
    values: list[str], read_as: list[float], read: Read
) -> None:
    table, column = opened(read, values)
    assert (column.kind, column.n_failed) == (Kind.NUMBER, 0)
    assert typed(table, "value") == read_as


@pytest.mark.parametrize("values", [["5K", "12", "7"], ["12%", "0.5", "3"], ["5M", "10L"]])
def test_a_unit_of_some_cells_makes_no_numbers(values: list[str], read: Read) -> None:
    assert opened(read, values)[1].kind is Kind.TEXT


def test_several_currencies_are_told(read: Read) -> None:
    table, _ = opened(read, ["$5.00", "€7.50"])
    note = next(note for note in table.notes if note.code == "currencies-mixed")
    assert note.get("currencies") == ("$", "€")


@pytest.mark.parametrize(
    ("values", "style", "first"),
    [
        (["2024-01-02", "2024/2/1"], Style.YEAR_FIRST, JAN),
        (["02/01/2024", "13/02/2024"], Style.DAY_FIRST, JAN),
        (["01/02/2024", "02/13/2024"], Style.MONTH_FIRST, JAN),
        (["2 Jan 2024", "5 Mar 2024"], Style.DAY_FIRST, JAN),
        (["Jan 2, 2024", "Mar 5, 2024"], Style.MONTH_FIRST, JAN),
        (["02/01/2024", "2024-02-01", "13/02/2024"], Style.DAY_FIRST, JAN),
    ],
)
def test_one_cell_that_tells_day_from_month_decides_for_the_column(
    values: list[str], style: Style, first: dt.datetime, read: Read
) -> None:
    table, column = opened(read, values)
    assert (column.kind, column.style, column.n_failed) == (Kind.DATE, style, 0)
    assert typed(table, "value")[0] == first
    assert column.ask == ()


def test_dates_that_can_be_read_in_two_ways_are_asked_and_stay_text(read: Read) -> None:
    raw = read(table_of(["01/02/2024", "03/04/2024"]))
    table = open_customers(raw)
    column = table.column("value")
    assert (column.kind, column.ask) == (Kind.TEXT, (Style.DAY_FIRST, Style.MONTH_FIRST))
    assert typed(table, "value") == ["01/02/2024", "03/04/2024"]
    assert codes(table) == ["date-order-ambiguous"]
    for style, moment in ((Style.DAY_FIRST, FEB), (Style.MONTH_FIRST, JAN)):
        told = open_customers(raw, decisions={"value": Decision(style=style)})
        assert typed(told, "value")[0] == moment
        assert told.column("value").ask == ()


def test_who_says_date_but_not_its_order_is_asked_and_nothing_is_guessed(read: Read) -> None:
    raw = read(table_of(["01/02/2024", "03/04/2024", "2024-01-02"]))
    table = open_customers(raw, decisions={"value": Decision(Kind.DATE)})
    assert table.column("value").ask == (Style.DAY_FIRST, Style.MONTH_FIRST)
    assert typed(table, "value") == [None, None, JAN]
    assert table.column("value").n_failed == 2


def test_one_date_outside_the_sample_tells_day_from_month(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shapes, "SAMPLE_ROWS", 10)
    values = ["01/02/2024"] * 55 + ["13/02/2024"] + ["01/02/2024"] * 44
    table, column = opened(read, values)
    assert column.style is Style.DAY_FIRST
    assert typed(table, "value")[0] == FEB


def test_where_both_orders_occur_the_more_frequent_one_is_read_and_the_rest_counted(
    read: Read,
) -> None:
    _, column = opened(read, ["13/02/2024"] * 99 + ["02/13/2024"])
    assert (column.style, column.n_failed) == (Style.DAY_FIRST, 1)


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("signup_date", ["20240102", "20240201"], Kind.DATE),
        ("amount", ["20240102", "20240201"], Kind.NUMBER),
        ("signup_date", ["45293", "45323"], Kind.DATE),
        ("amount", ["45293", "45323"], Kind.NUMBER),
        ("signup_date", ["45293", "99999"], Kind.NUMBER),
    ],
)
def test_digits_are_dates_only_where_the_name_says_so(
    name: str, values: list[str], kind: Kind, read: Read
) -> None:
    table, column = opened(read, values, name)
    assert column.kind is kind
    if kind is Kind.DATE:
        assert typed(table, name) == [JAN, FEB]
    assert ("serial-dates" in codes(table)) == (column.style is Style.SERIAL)


def test_years_of_two_digits_are_told(read: Read) -> None:
    table, column = opened(read, ["13/02/24", "14/03/99"])
    assert column.kind is Kind.DATE
    assert "two-digit-years" in codes(table)


@pytest.mark.parametrize("pair", [("✓", "✗"), ("on", "off"), ("√", "×"), ("Y", "N"), ("T", "F")])
def test_the_words_of_a_pair_are_yes_and_no(pair: tuple[str, str], read: Read) -> None:
    table, column = opened(read, [pair[0], pair[1], pair[0]])
    assert column.kind is Kind.YESNO
    assert typed(table, "value") == [True, False, True]


def test_one_and_two_are_numbers(read: Read) -> None:
    assert opened(read, ["1", "2", "1"])[1].kind is Kind.NUMBER


@pytest.mark.parametrize("mark", ["x", "X", "√", "✓", "●"])
def test_ticked_boxes_are_offered_and_not_applied(mark: str, read: Read) -> None:
    raw = read(table_of([mark, "", mark, ""]))
    column = open_customers(raw).column("value")
    assert (column.kind, column.offer) == (Kind.TEXT, Kind.YESNO)
    table = open_customers(raw, decisions={"value": Decision(Kind.YESNO)})
    assert typed(table, "value") == [True, False, True, False]
    assert counts(table.column("value")) == (0, 0, 2)
    assert "blanks-as-no" in codes(table)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("value", ["08123", "10115"]),
        ("value", ["z95838", "z95823"]),
        ("value", ["+86 138 0013 8000", "+86 139 0013 8000"]),
        ("value", ["+49 151 123 456", "+49 151 123 457"]),
        ("phone", ["13800138000", "13900138000"]),
        ("手机号", ["13800138000", "13900138000"]),
        ("Postal Code", ["10115", "80331"]),
    ],
)
def test_codes_stay_text(name: str, values: list[str], read: Read) -> None:
    table, column = opened(read, values, name)
    assert column.kind is Kind.TEXT
    assert typed(table, name) == values


def test_a_count_of_phone_calls_is_a_number(read: Read) -> None:
    assert opened(read, ["3", "12", "7"], "phone_calls")[1].kind is Kind.NUMBER


def test_the_reason_says_how_many_cells_and_shows_one(read: Read) -> None:
    _, column = opened(read, ["31/12/2024"] * 49 + ["soon"])
    assert column.reason.code == "type-dates"
    assert dict(column.reason.values) == {
        "share": 0.98,
        "style": "day_first",
        "example": "31/12/2024",
    }


def test_long_text_that_is_nearly_always_different_is_free_text(read: Read) -> None:
    told = [f"I bought number {i} and I was quite happy with it" for i in range(60)]
    _, column = opened(read, told)
    assert column.is_free_text
    assert column.reason.code == "type-free-text"
    assert not opened(read, told[:2] * 30)[1].is_free_text


def test_accepted_placeholders_are_missing_and_no_longer_hide_the_kind(read: Read) -> None:
    raw = read(table_of(["1", "2", "999", "999.0", "unknown", "", "Unknown"]))
    assert open_customers(raw).column("value").kind is Kind.TEXT
    decided = Decision(missing=("unknown", "Unknown", "999"))
    table = open_customers(raw, decisions={"value": decided})
    assert typed(table, "value") == [1.0, 2.0, None, None, None, None, None]
    assert counts(table.column("value")) == (5, 0, 2)
    note = next(note for note in table.notes if note.code == "texts-missing")
    assert note.get("n") == 4


def test_labels_of_a_codebook_take_the_place_of_codes_in_its_order(read: Read) -> None:
    entry = Entry("How old?", (("2", "old"), ("1", "young"), ("9", "no answer")), missing=("9",))
    raw = coded(read(table_of(["1", "2.0", "9", "1"])), entry)
    table = open_customers(raw)
    column = table.column("value")
    assert typed(table, "value") == ["young", "old", None, "young"]
    assert (column.label, column.levels) == ("How old?", ("old", "young"))
    assert column.levels_from == "codes"
    assert "texts-missing" in codes(table)
    numbers = open_customers(raw, decisions={"value": Decision(Kind.NUMBER)})
    assert typed(numbers, "value") == [1.0, 2.0, None, 1.0]


@pytest.mark.parametrize(
    ("labels", "more", "said_by"),
    [
        (("low", "mid", "high"), {}, "codebook"),
        (("high", "mid", "low"), {}, "codebook"),
        (("18-25", "26-40", "41+"), {}, "codebook"),
        (("north", "south", "west"), {}, "codes"),
        (("north", "south", "west"), {"is_ordered": True}, "codebook"),
    ],
)
def test_the_order_of_codes_is_an_order_of_levels_if_something_says_so(
    labels: tuple[str, ...], more: dict[str, bool], said_by: str, read: Read
) -> None:
    entry = Entry("", tuple((str(i), text) for i, text in enumerate(labels, 1)), **more)
    column = open_customers(coded(read(table_of(["1", "2", "3"])), entry)).column("value")
    assert column.levels == labels
    assert column.levels_from == said_by


def test_a_label_for_no_answer_has_no_place_in_the_order_of_a_codebook(read: Read) -> None:
    labels = (("1", "low"), ("2", "mid"), ("3", "high"), ("9", "Don't know"))
    column = open_customers(coded(read(table_of(["1", "2", "9"])), Entry("", labels)))
    assert column.column("value").levels == ("low", "mid", "high")
    assert typed(column, "value") == ["low", "mid", "Don't know"]


def test_labels_that_are_yes_and_no_make_a_yes_no_column(read: Read) -> None:
    raw = coded(read(table_of(["1", "2", "1"])), Entry("", (("1", "Yes"), ("2", "No"))))
    table = open_customers(raw)
    assert typed(table, "value") == [True, False, True]
    words = open_customers(raw, decisions={"value": Decision(Kind.TEXT)})
    assert typed(words, "value") == ["Yes", "No", "Yes"]


def test_labels_of_the_ends_only_leave_the_numbers_alone(read: Read) -> None:
    entry = Entry("", (("1", "never"), ("5", "always")))
    table = open_customers(coded(read(table_of(["1", "2", "3", "4", "5"])), entry))
    assert table.column("value").kind is Kind.NUMBER


@pytest.mark.parametrize(
    ("entry", "turned"),
    [
        (Entry("", (("1", "low"), ("7", "high")), is_reversed=True), [5.0, 3.0, 6.0]),
        (Entry(is_reversed=True), [4.0, 2.0, 5.0]),
    ],
)
def test_a_reversed_item_is_turned_on_its_scale(
    entry: Entry, turned: list[float], read: Read
) -> None:
    table = open_customers(coded(read(table_of(["3", "5", "2"])), entry))
    assert typed(table, "value") == turned
    assert table.column("value").is_reversed
    assert "item-reversed" in codes(table)


def test_a_reversed_item_with_labels_has_its_order_turned(read: Read) -> None:
    entry = Entry("", (("1", "never"), ("2", "always")), is_reversed=True)
    table = open_customers(coded(read(table_of(["1", "2", "2"])), entry))
    assert table.column("value").levels == ("always", "never")
    assert "levels-reversed" in codes(table)


def test_the_order_of_the_user_goes_before_any_other(read: Read) -> None:
    raw = read(table_of(["low", "high", "low"]))
    assert open_customers(raw).column("value").levels == ("low", "high")
    decided = {"value": Decision(levels=("high", "low"))}
    column = open_customers(raw, decisions=decided).column("value")
    assert (column.levels, column.levels_from) == (("high", "low"), "user")
