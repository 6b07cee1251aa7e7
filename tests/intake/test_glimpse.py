"""A glimpse of a table: a few rows and the values a filter offers, exactly as a filter compares."""

import pytest

from segmentation.intake import Condition, Operator, open_customers
from segmentation.intake.glimpse import COVER, covered, levels, preview
from segmentation.notes import Note
from tests.intake.conftest import Read

TEXT = """name,n,member,joined
Ann,1,yes,2024-01-02
Bob,2.5,no,
Cid,2.5,yes,2024-01-02
,1e300,no,2023-05-06
"""


def test_the_first_rows_are_shown_as_written(read: Read) -> None:
    table = open_customers(read(TEXT))
    assert preview(table, 1) == [{"name": "Ann", "n": "1", "member": "yes", "joined": "2024-01-02"}]
    assert len(preview(table, 99)) == 4


def test_covered_columns_show_only_whether_there_is_a_value(read: Read) -> None:
    shown = [row["name"] for row in preview(open_customers(read(TEXT)), 4, covered=["name"])]
    assert shown == [COVER, COVER, COVER, None]


@pytest.mark.parametrize(
    ("column", "offered"),
    [("n", ["2.5", "1"]), ("name", ["Ann", "Bob", "Cid"]), ("member", ["yes", "no"])],
)
def test_the_most_frequent_values_are_offered(column: str, offered: list[str], read: Read) -> None:
    assert levels(open_customers(read(TEXT)), column, len(offered)) == offered


@pytest.mark.parametrize("column", ["n", "name", "member", "joined"])
def test_every_offered_value_finds_somebody(column: str, read: Read) -> None:
    raw = read(TEXT)
    for level in levels(open_customers(raw), column, 10):
        found = open_customers(raw, conditions=[Condition(column, Operator.IS, (level,))])
        assert found.n_customers >= 1


def test_a_note_about_personal_data_quotes_no_cell() -> None:
    found = (
        Note.of("date-order-ambiguous", name="birthday", example="03/04/1980"),
        Note.of("date-order-ambiguous", name="visit", example="05/06/2024"),
        Note.of("texts-missing", name="birthday", n=2, texts=("03/04/1980",)),
        Note.of("duplicate-rows", n=3),
    )
    told = covered(found, {"birthday"})
    assert [dict(note.values).get("example") for note in told] == ["•••", "05/06/2024", None, None]
    assert told[2].get("texts") == ("•••",)
    assert told[2].get("n") == 2
    assert told[3] == found[3]
