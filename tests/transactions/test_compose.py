"""A composition replays: files in, one table of customers out, the same every time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.engine import DuckSession
from segmentation.errors import (
    JoinFileMissing,
    NotOrders,
    SeveralRowsPerId,
    StudyOfAnotherFile,
    UnclearDates,
)
from segmentation.intake import Decision, Kind, RawTable, Style, open_customers
from segmentation.transactions import (
    Composition,
    JoinPlan,
    LinesKnown,
    OrderColumns,
    OrderPlan,
    Upload,
    compose,
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


SLASHED = """customer_id,order_date,amount
a,03/04/2024,5
b,05/06/2024,7
a,07/08/2024,9
b,01/02/2024,4
"""


def test_lines_are_summed_up_as_their_columns_were_decided(session: DuckSession, put: Put) -> None:
    main, plan = Upload(put(SLASHED), "orders.csv"), Composition(OrderPlan())
    with pytest.raises(UnclearDates):
        compose(session, main, plan, {})
    decided = {"order_date": Decision(kind=Kind.DATE, style=Style.DAY_FIRST)}
    assert compose(session, main, plan, {}, LinesKnown(decided)).raw.n_rows == 2


def state_of(session: DuckSession) -> dict[str, int]:
    """Every table of a session and its rows."""
    rows = session.rows("SELECT table_name, estimated_size FROM duckdb_tables()")
    return {row["table_name"]: row["estimated_size"] for row in rows}


def test_a_step_that_is_refused_leaves_everything_as_it_was(
    session: DuckSession, put: Put, others: dict[str, Upload]
) -> None:
    main = Upload(put(ORDERS), "orders.csv")
    made = compose(session, main, PLAN, others)
    open_customers(made.raw)
    before = state_of(session)
    twice = {**others, "survey": Upload(put("respondent,a\nC1,1\nC1,2\n"), "survey.csv")}
    with pytest.raises(SeveralRowsPerId):
        compose(session, main, PLAN, twice)
    assert state_of(session) == before

    def refuse(raw: RawTable) -> None:
        raise StudyOfAnotherFile(name="x", expected_rows=1, found_rows=raw.n_rows)

    with pytest.raises(StudyOfAnotherFile):
        compose(session, main, Composition(), {}, accept=refuse)
    assert state_of(session) == before
    assert open_customers(made.raw).n_customers == made.raw.n_rows


def test_only_the_customers_and_what_was_set_aside_stay(
    session: DuckSession, put: Put, others: dict[str, Upload]
) -> None:
    compose(session, Upload(put(ORDERS), "orders.csv"), PLAN, others)
    assert session.tables() == {"raw", "raw_rejects"}


def test_what_reading_a_joined_file_took_is_mentioned(session: DuckSession, put: Put) -> None:
    noted = {"s": Upload(put("Survey 2026\n\ncustomer_id,a\nC1,1\nC2,2\n"), "s.csv")}
    plan = Composition(OrderPlan(), (JoinPlan("s", "", "customer_id", "customer_id"),))
    raw = compose(session, Upload(put(ORDERS), "orders.csv"), plan, noted).raw
    assert told(raw.notes)["join-file-noted"] == {"name": "s", "n": 1}


def test_without_orders_and_joins_the_file_is_read_as_it_is(session: DuckSession, put: Put) -> None:
    made = compose(session, Upload(put(ORDERS), "orders.csv"), Composition(), {})
    assert (made.raw.n_rows, made.columns, made.matches) == (9, None, ())


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
