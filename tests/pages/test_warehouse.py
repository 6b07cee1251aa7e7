"""The warehouse on the pages: chosen on the start page, counted on the export page."""

from collections.abc import Callable

import pytest
import streamlit as st

from pages.ui import warehouse
from pages.ui.visits import VISITS, Visit
from segmentation.engine.address import VARIABLE
from segmentation.study import dump
from tests.pages.conftest import Visitor
from tests.postgres import Postgres

TYPES = {"id": "int PRIMARY KEY", "visits": "float8", "spend": "float8", "town": "text"}
N = 3000


@pytest.fixture(scope="module", autouse=True)
def _customers(postgres: Postgres) -> None:
    rows = [
        (i, 10 * (i % 3) + i % 7 / 7, 90 - 30 * (i % 3) + i % 5, ["Ulm", "Bonn", None][i % 3])
        for i in range(N)
    ]
    postgres.load("customers", TYPES, rows)


@pytest.fixture
def configured(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, postgres.url())


def visit_of(visitor: Visitor) -> Visit:
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    return visit


def open_customers_table(visitor: Visitor) -> Visitor:
    visitor.go("start")
    visitor.app.toggle(key="warehouse_shown").set_value(True)
    visitor.run().app.selectbox(key="warehouse_table").set_value("public.customers")
    return visitor.run().click("warehouse_open")


def test_without_a_warehouse_the_start_page_offers_none(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    visitor.go("start")
    assert "warehouse" not in visitor.text()
    assert not [toggle for toggle in visitor.app.toggle if toggle.key == "warehouse_shown"]


@pytest.mark.usefixtures("configured")
def test_nothing_is_asked_of_the_warehouse_before_somebody_wants_its_tables(
    visitor: Visitor,
) -> None:
    visitor.go("start")
    assert "The warehouse is only read" in visitor.text()
    assert visit_of(visitor).warehouse is None


@pytest.mark.usefixtures("configured")
def test_a_table_is_chosen_looked_at_and_opened(visitor: Visitor) -> None:
    visitor.go("start")
    visitor.app.toggle(key="warehouse_shown").set_value(True)
    box = visitor.run().app.selectbox(key="warehouse_table")
    assert "public.customers (rows not counted yet)" in box.options
    box.set_value("public.customers")
    visitor.run().app.toggle(key="warehouse_rows").set_value(True)
    shown = visitor.run().app.dataframe[0].value
    assert list(shown) == list(TYPES)
    assert len(shown) == 5
    visitor.click("warehouse_open")
    assert visitor.app.title[0].value == "Table"
    assert visitor.metrics()["Customers"] == "3,000"
    assert visitor.metrics()["Format"] == "Warehouse table"


@pytest.mark.usefixtures("configured")
def test_every_customer_is_counted_in_the_warehouse(visitor: Visitor, postgres: Postgres) -> None:
    open_customers_table(visitor).go("segments")
    assert visitor.app.slider[0].value == 3
    visitor.go("export").click("warehouse_count")
    assert "3,000 customers were placed" in visitor.text()
    counted = visitor.app.dataframe[0].value
    assert sorted(counted["Customers"]) == ["1,000"] * 3
    visit = visit_of(visitor)
    assert visit.study is not None
    said = dump(visit.study) + visitor.text() + repr(visit)
    assert postgres.given_away(said) == []


@pytest.mark.usefixtures("configured")
def test_a_file_opened_afterwards_is_no_table_of_the_warehouse(visitor: Visitor) -> None:
    open_customers_table(visitor).go("start").open_sample().go("export")
    assert "All customers of the warehouse" not in visitor.text()
    assert visit_of(visitor).opened is None


@pytest.mark.usefixtures("configured")
def test_the_sql_can_be_downloaded(visitor: Visitor, postgres: Postgres) -> None:
    open_customers_table(visitor).go("segments")
    visit = visit_of(visitor)
    assert visit.opened is not None
    sql = warehouse.sql(visit, visit.opened, 3)
    assert sql.startswith("WITH customers AS (SELECT")
    with postgres.owner() as owner:
        found = dict(owner.execute(sql.encode()).fetchall())
    assert len(found) == N
    assert set(found.values()) == {1, 2, 3}


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (lambda p: "mysql://a:b@c/d", "The address of the warehouse cannot be used"),
        (lambda p: p.url("nobody"), "The warehouse does not answer"),
    ],
    ids=["no address", "unknown user"],
)
def test_a_warehouse_that_cannot_be_used_is_told_without_its_address(
    url: Callable[[Postgres], str],
    told: str,
    visitor: Visitor,
    postgres: Postgres,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, url(postgres))
    visitor.go("start")
    visitor.app.toggle(key="warehouse_shown").set_value(True)
    visitor.run()
    assert told in visitor.text()
    assert "127.0.0.1" not in visitor.text()


def test_the_secrets_win_over_the_environment(
    visitor: Visitor, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "mysql://a:b@c/d")
    monkeypatch.setattr(st.secrets, "load_if_toml_exists", lambda: True)
    monkeypatch.setattr(st.secrets, "_secrets", {"warehouse": {"url": postgres.url()}})
    open_customers_table(visitor)
    assert visitor.app.title[0].value == "Table"
