"""What may stand for "no answer" is proposed with its count, and applied only when accepted."""

from collections.abc import Sequence

import pytest

from segmentation.intake import Decision, Proposal, open_customers, propose_missing
from tests.intake.conftest import Read


def file_of(values: Sequence[str]) -> str:
    return "row,value\n" + "".join(f"r{i},{value}\n" for i, value in enumerate(values))


@pytest.mark.parametrize(
    "word",
    ["Select", "?", "unknown", "UNKNOWN", "-", "N.A.", "prefer not to say", "未知", "请选择", "无"],
)
def test_a_word_for_no_answer_is_proposed_in_a_text(word: str, read: Read) -> None:
    table = open_customers(read(file_of(["red", word, "blue", word, "red"])))
    assert propose_missing(table) == (Proposal("value", word, 2, "word"),)
    assert table.column("value").n_missing == 0


def test_a_word_among_numbers_is_proposed_where_it_does_not_count_as_missing(read: Read) -> None:
    values = [str(i) for i in range(200)]
    table = open_customers(read(file_of([*values, "unknown", "?", "#REF!"])))
    found = {(p.text, p.n, p.reason) for p in propose_missing(table)}
    assert found == {("unknown", 1, "word"), ("#REF!", 1, "error")}


@pytest.mark.parametrize(
    ("values", "sentinel"),
    [
        ([*range(28), 999], "999"),
        ([*range(18, 90), 999, 999], "999"),
        ([1, 2, 3, 4, 5, 99], "99"),
        ([*range(90), -1], "-1"),
        ([150, 160, 170, 0], "0"),
        ([10.5, 11.5, 9999], "9999"),
        ([*range(900, 1001)], None),
        ([1, 2, 3, 4, 5, 9], None),
        ([*range(18, 90), 0], None),
        ([-50, -3, -1, 40], None),
        ([10, 20, 30, 753], None),
        ([0, 999], None),
    ],
)
def test_a_number_of_habit_far_outside_the_rest_is_proposed(
    values: list[float], sentinel: str | None, read: Read
) -> None:
    table = open_customers(read(file_of([str(value) for value in values])))
    found = propose_missing(table)
    assert [p.text for p in found] == ([sentinel] if sentinel else [])
    assert all((p.reason, p.n) == ("sentinel", values.count(float(p.text))) for p in found)


def test_what_was_accepted_is_not_proposed_again(read: Read) -> None:
    raw = read(file_of(["1", "2", "3", "999", "unknown"]))
    decided = {"value": Decision(missing=("unknown", "999"))}
    assert propose_missing(open_customers(raw, decisions=decided)) == ()
