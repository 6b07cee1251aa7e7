"""What a warehouse offers to be opened."""

from collections.abc import Iterator

import pytest

from segmentation.engine.address import Address
from segmentation.engine.warehouse import Warehouse
from segmentation.errors import UnknownTable
from segmentation.warehouse import find, relations
from segmentation.warehouse.catalogue import columns_of, count_rows, preview, suggested_id
from segmentation.warehouse.cells import Native
from tests.postgres import Postgres

GUEST = "guest"
ODD = 'Odd. "name"'


@pytest.fixture(scope="module")
def guest(postgres: Postgres) -> Iterator[Warehouse]:
    """The warehouse as somebody sees it who may read one schema and one table of another."""
    rows = [(1, "1.50"), (2, None)]
    postgres.load("bought", {"id": "int PRIMARY KEY", "x": "numeric(8,2)"}, rows)
    postgres.load("other", {"id": "int"}, rows[:0])
    postgres.run(
        "CREATE SCHEMA sales",
        "CREATE DOMAIN sales.euro AS numeric CHECK (VALUE >= 0)",
        'CREATE TABLE sales."Odd. ""name""" (a sales.euro, b text[], c bytea, PRIMARY KEY (a, b))',
        "CREATE VIEW sales.looked AS SELECT id FROM bought",
        "CREATE MATERIALIZED VIEW sales.kept AS SELECT id FROM bought",
        "CREATE TABLE sales.parted (at date) PARTITION BY RANGE (at)",
        "CREATE TABLE sales.part PARTITION OF sales.parted DEFAULT",
        "CREATE SCHEMA closed",
        "CREATE TABLE closed.hidden (a int)",
        f"CREATE ROLE {GUEST} LOGIN PASSWORD '{postgres.password}'",
        f"GRANT USAGE ON SCHEMA sales TO {GUEST}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA sales TO {GUEST}",
        f"GRANT SELECT ON closed.hidden, bought TO {GUEST}",
        "ANALYZE bought",
    )
    found = Warehouse(Address(postgres.url(GUEST)))
    yield found
    found.close()


def test_tables_and_views_that_may_be_read_are_listed(guest: Warehouse) -> None:
    listed = {relation.label: relation for relation in relations(guest)}
    views = {label for label, relation in listed.items() if relation.is_view}
    wanted = [f"sales.{ODD}", "sales.kept", "sales.looked", "sales.parted"]
    assert list(listed) == ["public.bought", *wanted]
    assert views == {"sales.looked"}
    assert listed["public.bought"].estimated_rows == 2
    assert listed["public.bought"].size_bytes > 0
    assert listed["sales.looked"].estimated_rows is None
    assert listed["sales.looked"].size_bytes == 0


def test_a_table_is_found_by_its_name_with_or_without_the_usual_schema(guest: Warehouse) -> None:
    assert find(guest, "bought") == find(guest, "public.bought")
    assert find(guest, f"sales.{ODD}").name == ODD


@pytest.mark.parametrize("name", ["looked", "closed.hidden", "other", "", "a.b.c", "'; --"])
def test_a_table_that_is_not_there_or_may_not_be_read_is_refused(
    name: str, guest: Warehouse
) -> None:
    with pytest.raises(UnknownTable) as refused:
        find(guest, name)
    assert refused.value.values == {"name": name}


def test_columns_have_the_types_of_the_warehouse_and_bytes_are_none(guest: Warehouse) -> None:
    assert columns_of(guest, find(guest, f"sales.{ODD}")) == (
        Native("a", "numeric"),
        Native("b", "text[]"),
    )


def test_rows_are_counted_exactly(guest: Warehouse) -> None:
    assert count_rows(guest, find(guest, "bought")) == 2
    assert count_rows(guest, find(guest, "sales.looked")) == 2
    assert count_rows(guest, find(guest, f"sales.{ODD}")) == 0


def test_a_preview_shows_text(guest: Warehouse) -> None:
    relation = find(guest, "bought")
    shown = preview(guest, relation, columns_of(guest, relation), 5)
    assert shown == [{"id": "1", "x": "1.50"}, {"id": "2", "x": None}]
    assert len(preview(guest, relation, columns_of(guest, relation), 1)) == 1


def test_a_primary_key_of_one_column_is_the_suggested_id(guest: Warehouse) -> None:
    assert suggested_id(guest, find(guest, "bought")) == "id"
    assert suggested_id(guest, find(guest, f"sales.{ODD}")) is None
    assert suggested_id(guest, find(guest, "sales.looked")) is None
