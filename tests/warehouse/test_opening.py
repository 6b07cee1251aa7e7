"""A table of a warehouse becomes the visit's table: the same customers on every engine."""

import csv
import io
import sys
from collections.abc import Sequence

import pytest

from segmentation.engine import DuckSession
from segmentation.engine.address import Address
from segmentation.engine.warehouse import Warehouse
from segmentation.errors import (
    CellTooLong,
    EmptyTable,
    EngineFailure,
    NoWarehouseDriver,
    TooManyColumns,
)
from segmentation.intake import CustomerTable, Kind, open_customers, read_file
from segmentation.notes import Note
from segmentation.study import Study, dump
from segmentation.warehouse import OpenedTable, connect, find, open_table, opening
from tests.postgres import Postgres
from tests.warehouse.conftest import N_CUSTOMERS

ODD_IDS = ["a", " b", "c\t", "\u3000d", "e\u00a0", "Ärztin", "客户", "it's", 'say "x"', "\\n", "%s"]


def from_file(
    session: DuckSession,
    names: Sequence[str],
    rows: Sequence[Sequence[object]],
    id_name: str | None,
) -> CustomerTable:
    """Open the same rows from a CSV file in the embedded engine."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([names, *rows])
    path = session.folder / "customers.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return open_customers(read_file(session, path, path.name), id_name=id_name)


def cells_by_key(table: CustomerTable, n: int) -> list[tuple[str | None, ...]]:
    """The raw cells of the first customers in canonical order."""
    cells = ", ".join(f"r.r{i}" for i in range(len(table.raw.names)))
    rows = table.session.rows(
        f"SELECT {cells} FROM {table.raw.table} r JOIN {table.name} c USING (__row) "
        f"ORDER BY c.__key, r.__row LIMIT {n}"
    )
    return [tuple(row.values()) for row in rows]


def cells_of(opened: OpenedTable) -> list[tuple[str | None, ...]]:
    cells = ", ".join(f"r{i}" for i in range(len(opened.raw.names)))
    rows = opened.raw.session.rows(f"SELECT {cells} FROM {opened.raw.table} ORDER BY __row")
    return [tuple(row.values()) for row in rows]


@pytest.mark.parametrize("named", [True, False], ids=["by their id", "by what they are"])
def test_both_engines_draw_the_same_customers(
    named: bool, postgres: Postgres, warehouse: Warehouse, session: DuckSession
) -> None:
    names = ["town", "id", "Spend", "answer"]
    rows = [
        (
            ["Ulm", "上海", None][i % 3],
            f"{ODD_IDS[i % 11]}{i}",
            str(i % 40),
            "yes" if i % 4 else None,
        )
        for i in range(3000)
    ]
    if not named:
        rows = [(town, None, spend, answer) for town, _, spend, answer in rows]
    postgres.load("drawn", dict.fromkeys(names, "text"), rows)
    here = cells_by_key(from_file(session, names, rows, "id" if named else None), 500)
    relation = find(warehouse, "drawn")
    there = open_table(session, warehouse, relation, id_name="id", n_sample=500)
    assert cells_of(there) == here
    assert (there.id_name == "id") is named


def test_the_visit_keeps_the_order_in_which_customers_were_drawn(
    everybody: OpenedTable, warehouse: Warehouse, session: DuckSession
) -> None:
    some = open_table(session, warehouse, everybody.relation, n_sample=700)
    table = open_customers(some.raw, id_name=some.id_name)
    assert cells_by_key(table, 700) == cells_of(some)


def test_a_sample_is_told_with_its_numbers_and_is_the_same_each_time(
    everybody: OpenedTable, warehouse: Warehouse, session: DuckSession
) -> None:
    some = open_table(session, warehouse, everybody.relation, n_sample=700)
    told = Note.of("warehouse-sample", n=700, n_customers=N_CUSTOMERS, name="public.market")
    assert some.raw.notes == (told,)
    assert some.is_sample
    assert some.n_customers == N_CUSTOMERS
    again = open_table(session, warehouse, everybody.relation, n_sample=700)
    assert again.raw.fingerprint == some.raw.fingerprint


def test_everybody_comes_where_there_are_few(everybody: OpenedTable) -> None:
    assert everybody.raw.n_rows == everybody.n_customers == N_CUSTOMERS
    assert not everybody.is_sample
    assert everybody.raw.notes == ()
    assert everybody.id_name == "customer"
    assert everybody.raw.source.format == "warehouse"
    assert everybody.raw.source.size_bytes > 100_000


def test_every_type_of_the_warehouse_becomes_a_type_of_the_table(
    postgres: Postgres, warehouse: Warehouse, session: DuckSession
) -> None:
    types = {
        "small": "smallint", "exact": "numeric", "single": "real", "double": "float8",
        "yes": "boolean", "day": "date", "moment": "timestamptz", "code": "uuid", "word": "char(5)",
        "list": "int[]", "bytes": "bytea", "json": "jsonb",
    }  # fmt: skip
    rows = [
        (i, f"{i}.10", "0.1", repr(i / 3), i % 2 == 0, f"2024-02-{1 + i:02}",
         f"2024-02-{1 + i:02} 23:30:00-05", f"00000000-0000-0000-0000-0000000000{i:02}", "ab",
         f"{{{i},2}}", b"\x00", f'{{"a": {i}}}')
        for i in range(20)
    ]  # fmt: skip
    postgres.load("typed", types, rows)
    opened = open_table(session, warehouse, find(warehouse, "typed"))
    table = open_customers(opened.raw)
    kinds = {column.name: column.kind for column in table.columns}
    assert kinds == {
        "small": Kind.NUMBER, "exact": Kind.NUMBER, "single": Kind.NUMBER, "double": Kind.NUMBER,
        "yes": Kind.YESNO, "day": Kind.DATE, "moment": Kind.DATE, "code": Kind.TEXT,
        "word": Kind.TEXT, "list": Kind.TEXT, "json": Kind.TEXT,
    }  # fmt: skip
    row = dict(zip(opened.raw.names, next(c for c in cells_of(opened) if c[0] == "7"), strict=True))
    assert row["double"] == repr(7 / 3)
    assert row["moment"] == "2024-02-09 04:30:00"
    assert row["single"] == "0.1"
    assert all(column.n_failed == 0 for column in table.columns)


def test_an_id_that_repeats_names_nobody(
    postgres: Postgres, warehouse: Warehouse, session: DuckSession
) -> None:
    postgres.load("repeats", {"id": "text", "x": "int"}, [("a", 1), ("a ", 2), ("b", 3)])
    opened = open_table(session, warehouse, find(warehouse, "repeats"), id_name="id")
    assert opened.id_name is None
    assert opened.raw.notes == (Note.of("duplicate-ids", name="id"),)
    assert opened.raw.n_rows == 3


def test_names_that_differ_in_case_only_become_different(
    postgres: Postgres, warehouse: Warehouse, session: DuckSession
) -> None:
    postgres.load("cased", {"Id": "int", "id": "int PRIMARY KEY"}, [(1, 2), (1, 3)])
    opened = open_table(session, warehouse, find(warehouse, "cased"))
    assert opened.raw.names == ("Id", "id (2)")
    assert opened.id_name == "id (2)"
    assert Note.of("names-made-unique", n=1) in opened.raw.notes


def test_a_table_without_customers_or_columns_is_refused_and_the_open_file_stays(
    postgres: Postgres, warehouse: Warehouse, session: DuckSession
) -> None:
    open_before = from_file(session, ["a"], [[1], [2]], None)
    postgres.load("empty", {"a": "int"}, [])
    postgres.load("only_bytes", {"a": "bytea"}, [(b"\x00",)])
    for name in ("empty", "only_bytes"):
        with pytest.raises(EmptyTable) as refused:
            open_table(session, warehouse, find(warehouse, name))
        assert refused.value.values == {"name": f"public.{name}"}
    assert cells_by_key(open_before, 5)


def test_a_table_that_is_too_large_to_read_is_refused(
    postgres: Postgres,
    warehouse: Warehouse,
    session: DuckSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    postgres.load("wide", {f"c{i}": "int" for i in range(150)}, [range(150)])
    assert open_table(session, warehouse, find(warehouse, "wide")).raw.n_rows == 1
    monkeypatch.setattr("segmentation.intake.limits.MAX_COLUMNS", 149)
    with pytest.raises(TooManyColumns):
        open_table(session, warehouse, find(warehouse, "wide"))
    postgres.load("long", {"a": "text"}, [("x" * 200,)])
    monkeypatch.setattr(opening, "MAX_LINE_BYTES", 199)
    with pytest.raises(CellTooLong):
        open_table(session, warehouse, find(warehouse, "long"))


def test_a_failure_while_the_sample_comes_leaves_the_open_file(
    postgres: Postgres, warehouse: Warehouse, session: DuckSession
) -> None:
    open_before = from_file(session, ["a"], [[1], [2]], None)
    postgres.load("divided", {"a": "int"}, [(1,), (0,)])
    postgres.run("CREATE OR REPLACE VIEW failing AS SELECT 1 / a AS x FROM divided")
    with pytest.raises(EngineFailure) as refused:
        open_table(session, warehouse, find(warehouse, "failing"))
    assert refused.value.values == {"detail": "DivisionByZero 22012"}
    assert cells_by_key(open_before, 5)


def test_a_study_of_a_warehouse_names_the_table_and_not_the_way_to_it(
    everybody: OpenedTable, postgres: Postgres
) -> None:
    saved = dump(Study.of(everybody.raw))
    assert 'name = "public.market"' in saved
    assert postgres.given_away(saved) == []
    assert "postgresql" not in saved


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "segmentation.engine.warehouse")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(NoWarehouseDriver):
        connect(Address("postgresql://reader:secret@db.example.org/sales"))
