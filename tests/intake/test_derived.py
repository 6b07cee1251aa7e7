import pyarrow as pa
import pytest

from segmentation.engine import DuckSession
from segmentation.intake import CustomerTable, Kind, open_customers, read_file
from segmentation.intake.derived import Derived, with_derived
from segmentation.notes import Note

MADE = (
    Derived("far", Kind.NUMBER, Note.of("made-distance", label="x", places=1)),
    Derived("who", Kind.TEXT, Note.of("made-nearest", label="x", places=1)),
)


@pytest.fixture
def table(tmp_path_factory: pytest.TempPathFactory) -> CustomerTable:
    session = DuckSession(tmp_path_factory.mktemp("visit"))
    path = session.folder / "a.csv"
    path.write_text("age,far\n31,a\n45,b\n28,c\n", encoding="utf-8")
    return open_customers(read_file(session, path, path.name))


def part() -> list[pa.Table]:
    return [pa.table({"__row": [2, 0], "d0": [7.5, 2.0], "d1": ["Ulm", "Aalen"]})]


def test_new_columns_come_last_under_names_of_their_own(table: CustomerTable) -> None:
    made = with_derived(table, "m", MADE, part)
    assert [c.name for c in made.columns] == ["age", "far", "far (2)", "who"]
    far, who = made.columns[-2:]
    assert (far.low, far.high, far.n_missing, far.of) == (2.0, 7.5, 1, "")
    assert (who.kind, who.n_distinct, who.examples) == (Kind.TEXT, 2, ("Aalen", "Ulm"))


def test_rows_keep_keys_and_values_and_gaps_stay_gaps(table: CustomerTable) -> None:
    made = with_derived(table, "m", MADE, part)
    rows, before = (
        {row["__row"]: row for row in each.session.arrow(each.everyone()).to_pylist()}
        for each in (made, table)
    )
    assert {n: row[made.columns[-1].key] for n, row in rows.items()} == {
        0: "Aalen",
        1: None,
        2: "Ulm",
    }
    assert all(row.items() <= rows[n].items() for n, row in before.items())


def test_values_are_made_once_and_nothing_else_is_left(table: CustomerTable) -> None:
    first = with_derived(table, "m", MADE, part)

    def refused() -> list[pa.Table]:
        raise AssertionError("made already")

    assert with_derived(table, "m", MADE, refused) == first
    assert first.session.tables() - {table.name, first.name} == {"raw", "raw_rejects"}


def test_a_failure_leaves_the_engine_as_it_was(table: CustomerTable) -> None:
    before = table.session.tables()

    def failing() -> list[pa.Table]:
        raise KeyError("gone")

    with pytest.raises(KeyError):
        with_derived(table, "m", MADE, failing)
    assert table.session.tables() == before
