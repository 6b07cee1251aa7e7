"""Words for "no answer" are one list, and what was decided to be missing is compared in one way."""

from collections.abc import Sequence

import pytest

from segmentation.intake import Decision, Kind, open_customers
from segmentation.intake.placeholders import PLACEHOLDERS, is_placeholder
from tests.intake.cells import typed
from tests.intake.conftest import Read


def file_of(values: Sequence[str]) -> str:
    return "row;value\n" + "".join(f"r{i};{value}\n" for i, value in enumerate(values))


@pytest.mark.parametrize(
    "word",
    ["Select", "?", "unknown", "UNKNOWN", "-", "N.A.", "prefer not to say", "未知", "请选择"],
)
def test_a_word_for_no_answer_is_known_in_any_case(word: str) -> None:
    assert is_placeholder(word)


@pytest.mark.parametrize("word", ["none", "other", "无", "no", "Selected", "DK", ""])
def test_an_answer_is_no_placeholder(word: str) -> None:
    assert not is_placeholder(word)


def test_the_words_are_written_as_they_are_compared() -> None:
    assert all(word and word == word.lower().strip() for word in PLACEHOLDERS)


@pytest.mark.parametrize(
    ("cells", "decided", "left"),
    [
        (["1", "2", "999", "999.0", "999.00"], "999", [1.0, 2.0]),
        (["1", "2", "999", "999.0"], "999.0", [1.0, 2.0]),
        (["1,5", "2,25", "999,0", "999"], "999", [1.5, 2.25]),
        (["1,5", "2,25", "999,00", "999"], "999,0", [1.5, 2.25]),
        (["1", "2", "-1", "-1.0", "-10"], "-1", [1.0, 2.0, -10.0]),
    ],
)
def test_a_number_that_stands_for_none_is_meant_however_it_is_written(
    cells: list[str], decided: str, left: list[float], read: Read
) -> None:
    table = open_customers(read(file_of(cells)), decisions={"value": Decision(missing=(decided,))})
    column = table.column("value")
    assert column.kind is Kind.NUMBER
    assert [value for value in typed(table, "value") if value is not None] == left
    assert (column.n_missing, column.n_failed) == (len(cells) - len(left), 0)


def test_a_word_that_stands_for_none_is_meant_in_any_case_but_a_letter_is_a_code(
    read: Read,
) -> None:
    cells = ["red", "UNKNOWN", "unknown ", "Unknown", "x", "X", "blue"]
    decided = {"value": Decision(missing=("Unknown", "x"))}
    table = open_customers(read(file_of(cells)), decisions=decided)
    assert typed(table, "value") == ["red", None, None, None, None, "X", "blue"]


def test_a_column_is_of_the_kind_that_is_left_when_its_placeholders_are_gone(read: Read) -> None:
    raw = read(file_of([*map(str, range(20)), *["Select"] * 5]))
    assert open_customers(raw).column("value").kind is Kind.TEXT
    decided = {"value": Decision(missing=("select",))}
    assert open_customers(raw, decisions=decided).column("value").kind is Kind.NUMBER
