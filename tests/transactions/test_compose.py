"""A composition replays: files in, one table of customers out, the same every time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.engine import DuckSession
from segmentation.errors import JoinFileMissing, NotOrders
from segmentation.intake import Kind, open_customers
from segmentation.transactions import (
    Composition,
    JoinPlan,
    OrderColumns,
    OrderOptions,
    OrderPlan,
    Upload,
    compose,
    customers_of,
)
from tests.transactions.logs import table_of, told, written

ORDERS = written(
    ("order_id", "customer_id", "order_date", "store_id", "amount"),
    [(f"O{i}", f"C{i % 3}", f"2024-01-{1 + i:02d}", f"S{i % 3}", 10 * i) for i in range(9)],
)
SURVEY = written(("respondent", "answer"), [("C0", 5), ("C2", 1), ("C7", 2)])
STORES = written(("store_id", "lat", "lon"), [("S0", 48.1, 2.3), ("S1", 41.9, 12.5)])
PLAN = Composition(
    OrderPlan(),
    (
        JoinPlan("survey", "", "customer_id", "respondent"),
        JoinPlan("stores", "", "store_id", "store_id"),
    ),
)

Put = Callable[[str], Path]


@pytest.fixture
def others(put: Put) -> dict[str, Upload]:
    return {
        "survey": Upload(put(SURVEY), "survey.csv"),
        "stores": Upload(put(STORES), "stores.csv"),
    }


def test_orders_survey_and_places_become_one_table(
    session: DuckSession, put: Put, others: dict[str, Upload]
) -> None:
    made = compose(session, Upload(put(ORDERS), "orders.csv"), PLAN, others)
    rows = {row["customer_id"]: row for row in table_of(made.raw)}
    assert {k: (r["monetary"], r["answer"], r["lat"]) for k, r in rows.items()} == {
        "C0": ("90", "5", "48.1"),
        "C1": ("120", None, "41.9"),
        "C2": ("150", "1", None),
    }
    assert [report.n_matched for report in made.matches] == [2, 2]
    assert {"orders-summed", "join-matched"} <= set(told(made.raw.notes))
    assert made.raw.table == "raw"
    assert open_customers(made.raw).column("lat").kind is Kind.NUMBER


def test_the_same_files_give_the_same_fingerprint(
    session: DuckSession, put: Put, others: dict[str, Upload]
) -> None:
    header, *lines = ORDERS.splitlines()
    shuffled = "\n".join([header, *reversed(lines)])
    prints = {
        compose(session, Upload(put(text), "orders.csv"), PLAN, others).raw.fingerprint
        for text in (ORDERS, ORDERS, shuffled + "\n")
    }
    assert len(prints) == 1


def test_the_order_lines_stay_and_can_be_summed_up_in_another_way(
    session: DuckSession, put: Put, others: dict[str, Upload]
) -> None:
    made = compose(session, Upload(put(ORDERS), "orders.csv"), PLAN, others)
    assert made.orders is not None
    assert made.columns is not None
    again = customers_of(made.orders, made.columns, OrderOptions(by_day=True), into="another")
    assert again.n_rows == 3
    assert session.has("raw")


def test_without_orders_and_joins_the_file_is_read_as_it_is(session: DuckSession, put: Put) -> None:
    made = compose(session, Upload(put(ORDERS), "orders.csv"), Composition(), {})
    assert (made.raw.n_rows, made.orders, made.matches) == (9, None, ())


def test_columns_that_were_decided_are_not_detected_again(session: DuckSession, put: Put) -> None:
    columns = OrderColumns("store_id", date="order_date")
    plan = Composition(OrderPlan(columns))
    made = compose(session, Upload(put(ORDERS), "orders.csv"), plan, {})
    assert made.raw.names[0] == "store_id"
    assert made.columns == columns


def test_customers_are_no_orders(session: DuckSession, put: Put) -> None:
    with pytest.raises(NotOrders):
        compose(session, Upload(put(SURVEY), "survey.csv"), Composition(OrderPlan()), {})


def test_a_file_that_is_not_there_is_named_before_anything_is_read(
    session: DuckSession, put: Put
) -> None:
    with pytest.raises(JoinFileMissing, match="survey"):
        compose(session, Upload(Path("nowhere"), "orders.csv"), PLAN, {})


def test_a_joined_file_that_changed_is_told(
    session: DuckSession, put: Put, others: dict[str, Upload]
) -> None:
    plan = Composition(joins=(JoinPlan("survey", "other", "customer_id", "respondent"),))
    main = Upload(put(ORDERS), "orders.csv")
    raw = compose(session, main, plan, others).raw
    assert told(raw.notes)["join-file-changed"] == {"name": "survey"}
