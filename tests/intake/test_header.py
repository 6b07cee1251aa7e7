"""Names are words above other things; a customer is never taken for a name unawares."""

import pytest

from segmentation.intake.header import (
    is_further_header,
    is_header,
    is_upper_header,
    merged,
    unique_names,
)
from segmentation.intake.numbers import numberlike

PEOPLE = [["Ann", "York", "34"], ["Bob", "Bonn", "51"], ["Cid", "York", "28"]]


@pytest.mark.parametrize(
    ("cells", "body"),
    [
        (["name", "city", "age"], PEOPLE),
        (["name", "city", "2019"], PEOPLE),
        (["region", "2019", "2020"], [["N", "3", "4"], ["S", "5", "6"]]),
        (["name", "0", "1", "2", "3"], [["Ann", "5", "7", "1", "2"], ["Bob", "1", "4", "4", "2"]]),
        (["name", "100", "age"], [["Ann", "3", "34"], ["Bob", "4", "51"]]),
        (["name", "newsletter"], [["Ann", "newsletter"], ["Bob", ""], ["Cid", "newsletter"]]),
        (["name", "joined"], [["Ann", "2024-01-02"], ["Bob", "2024-02-03"]]),
    ],
)
def test_words_above_other_things_are_names(cells: list[str], body: list[list[str]]) -> None:
    assert is_header(cells, body)


@pytest.mark.parametrize(
    ("cells", "body"),
    [
        (["Dan", "Bath", "45"], PEOPLE),
        (["1", "2", "3"], [["4", "5", "6"], ["7", "8", "9"]]),
        (["1", "2019", "2020"], [["2", "2018", "2021"], ["3", "2019", "2019"]]),
        (["Dan", "York", "?"], PEOPLE),
        (["Ann", "F"], [["Bob", "M"], ["Cid", "F"], ["Dee", "M"]]),
        (["5.1", "3.5"], []),
    ],
)
def test_a_customer_is_no_header(cells: list[str], body: list[list[str]]) -> None:
    assert not is_header(cells, body)


def test_a_customer_who_refused_to_answer_is_no_second_header() -> None:
    body = [["Ann", "3", "4"], ["Cid", "5", "1"], ["Dee", "2", "2"]]
    assert not is_further_header(["Bob", "refused", "refused"], body)
    assert not is_further_header(["Bob", "no answer", "7"], body)
    assert not is_further_header(["", "EUR", "kg"], body[:2])


def test_labels_above_numbers_are_a_second_header() -> None:
    body = [["Ann", "3", "4"], ["Cid", "5", "1"], ["Dee", "2", "2"]]
    assert is_further_header(["Your name", "How old are you?", "How many?"], body)
    assert is_further_header(["", "points", "points"], body)


def test_a_line_of_a_title_groups_no_names() -> None:
    assert is_upper_header(["", "2023", "", "2024"], ["name", "spend", "visits", "spend"])
    assert not is_upper_header(["Period:", "May"], ["name", "spend", "visits", "city"])
    assert not is_upper_header(["Our customers", "", "", ""], ["name", "a", "b", "c"])


def test_rows_of_names_are_merged_without_saying_a_word_twice() -> None:
    rows = [["Spend", "", "Place"], ["May", "June", "Place"]]
    assert merged(rows, 3) == ["Spend May", "Spend June", "Place"]


@pytest.mark.parametrize("cell", ["-3", "1,234.50", "$ 5", "5 €", "(12.5)", "7%", "1/2/2024"])
def test_amounts_and_dates_look_like_numbers(cell: str) -> None:
    assert numberlike(cell)


@pytest.mark.parametrize("cell", ["", "Q1", "A-5", "n/a", "3 apples"])
def test_words_do_not_look_like_numbers(cell: str) -> None:
    assert not numberlike(cell)


def test_a_name_that_was_invented_yields_to_one_that_was_given() -> None:
    assert unique_names(["column 2", "", "x"])[0] == ("column 2", "column 2 (2)", "x")
