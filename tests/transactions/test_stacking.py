"""Files with the same columns become one table, and nothing of a part is lost or silent."""

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.engine import DuckSession
from segmentation.errors import OtherColumns
from segmentation.intake import RawTable, read_file
from segmentation.intake.glimpse import set_aside
from segmentation.notes import Note
from segmentation.study import Study
from segmentation.transactions import stack
from segmentation.transactions.stacking import are_alike
from segmentation.workflow import customers_of
from tests.transactions.logs import table_of, told, written

JANUARY = written(("id", "spend", "town"), [("C1", 10, "Ulm"), ("C2", 20, "Bonn")])
FEBRUARY = written(("Town", "ID", "spend"), [("Jena", "C3", 30)])
MARCH = written(("id", "spend", "town", "note"), [("C4", 40, "Ulm", "new"), ("C1", 50, "Ulm", "")])


def read(session: DuckSession, name: str, content: str | bytes) -> RawTable:
    path = session.folder / "upload"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(session, path, name, into=f"part_{name}")


def stacked(session: DuckSession, *files: tuple[str, str | bytes]) -> RawTable:
    return stack([read(session, *file) for file in files], into="stacked")


def test_rows_come_under_each_other_whatever_the_order_and_case_of_columns(
    session: DuckSession,
) -> None:
    raw = stacked(session, ("jan.csv", JANUARY), ("feb.csv", FEBRUARY))
    assert (raw.names, raw.n_rows, raw.table) == (("id", "spend", "town"), 3, "stacked")
    assert table_of(raw)[1:] == [
        {"id": "C2", "spend": "20", "town": "Bonn"},
        {"id": "C3", "spend": "30", "town": "Jena"},
    ]
    assert told(raw.notes) == {
        "parts-stacked": {"n": 2, "rows": 3, "files": ("jan.csv (2)", "feb.csv (1)")}
    }
    assert raw.source.name == "jan.csv + feb.csv"


def test_a_column_that_only_some_have_is_blank_in_the_others_and_told(
    session: DuckSession,
) -> None:
    raw = stacked(session, ("jan.csv", JANUARY), ("feb.csv", FEBRUARY), ("mar.csv", MARCH))
    assert [row["note"] for row in table_of(raw)] == [None, None, None, "new", None]
    assert told(raw.notes)["part-lacks-column"] == {
        "name": "note",
        "n": 2,
        "files": ("jan.csv", "feb.csv"),
    }


@pytest.mark.parametrize(
    ("some", "others", "are"),
    [
        (["id", "a", "b", "c"], ["c", "B", "A", "Id"], True),
        (["id", "a", "b", "c"], ["id", "a", "b", "c", "d"], True),
        (["id", "a", "b"], ["id", "a", "c"], False),
        (["id", "spend"], ["id", "answer"], False),
        (["id"], ["id", "answer"], False),
    ],
)
def test_tables_that_share_little_more_than_an_id_are_two(
    some: Sequence[str], others: Sequence[str], are: bool
) -> None:
    assert are_alike(some, others) is are_alike(others, some) is are


def test_a_part_of_another_table_is_refused_by_name(session: DuckSession) -> None:
    survey = written(("id", "answer"), [("C1", 5)])
    with pytest.raises(OtherColumns) as refused:
        stacked(session, ("jan.csv", JANUARY), ("survey.csv", survey))
    assert refused.value.values == {"name": "survey.csv", "first": "jan.csv"}


def test_the_same_file_twice_is_told(session: DuckSession) -> None:
    raw = stacked(session, ("jan.csv", JANUARY), ("jan (1).csv", JANUARY))
    assert told(raw.notes)["part-repeated"] == {"file": "jan (1).csv", "other": "jan.csv"}
    assert raw.n_duplicates == 2


def test_what_was_repaired_and_set_aside_of_a_part_comes_along_with_its_name(
    session: DuckSession,
) -> None:
    total = "Monthly report\n\n" + FEBRUARY + "Total,,30\n"
    latin = JANUARY.replace("Bonn", "Köln").encode("cp1252")
    raw = stacked(session, ("jan.csv", latin), ("feb.csv", total))
    assert raw.n_rejected == 1
    table = customers_of(raw, Study.of(raw))
    assert [row["text"] for row in set_aside(table, 5)] == ["Total,,30"]
    assert [row["town"] for row in table_of(raw)] == ["Ulm", "Köln", "Jena"]
    assert ("title-lines-skipped", "feb.csv") in {
        (note.code, dict(note.values).get("in_file")) for note in raw.notes
    }
    assert [part.source.encoding for part in raw.source.parts] == ["cp1252", "utf-8"]


def test_a_long_list_of_files_has_a_short_name(session: DuckSession) -> None:
    files = [(f"{month}.csv", JANUARY.replace("C", f"{month}-")) for month in range(1, 6)]
    assert stacked(session, *files).source.name == "1.csv + 4"


def test_the_fingerprint_is_that_of_the_rows_in_one_file(session: DuckSession) -> None:
    files = [("jan.csv", JANUARY), ("feb.csv", FEBRUARY.replace("Town,ID", "town,id"))]
    prints = {stacked(session, *order).fingerprint for order in permutations(files)}
    whole = read(session, "all.csv", JANUARY + "C3,30,Jena\n")
    assert prints == {whole.fingerprint}


def test_files_that_write_a_column_in_different_ways_are_told(session: DuckSession) -> None:
    point = written(("id", "paid", "kind"), [(f"A{i}", f"{i}.25", "x") for i in range(40)])
    comma = written(("id", "paid", "kind"), [(f"B{i}", f"{i},75", "y") for i in range(40)])
    raw = stacked(session, ("en.csv", point), ("de.csv", comma))
    assert told(raw.notes)["part-styles-differ"] == {
        "name": "paid",
        "kind": "number",
        "files": ("en.csv", "de.csv"),
    }
    alike = stacked(session, ("en.csv", point), ("us.csv", point.replace("A", "C")))
    assert "part-styles-differ" not in told(alike.notes)


def test_a_note_on_a_part_keeps_what_it_says() -> None:
    note = Note.of("rows-short", n=3).about("jan.csv")
    assert dict(note.values) == {"n": 3, "in_file": "jan.csv"}


CELLS = st.text("abc", min_size=1, max_size=3)
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8)


@settings(max_examples=6, deadline=None)
@given(TABLES, st.integers(0, 8))
def test_a_table_cut_in_two_comes_back(
    session: DuckSession, rows: list[tuple[str, ...]], cut: int
) -> None:
    names = ("number 1", "number 2", "number 3")
    numbered = [(str(i), *row[1:]) for i, row in enumerate(rows)]
    pieces = [piece for piece in (numbered[:cut], numbered[cut:]) if piece]
    files = [(f"{i}.csv", written(names, piece)) for i, piece in enumerate(pieces)]
    assert [tuple(row.values()) for row in table_of(stacked(session, *files))] == numbered
