"""Returns and cancellations are netted before anything is counted."""

from typing import Any

import pytest

from segmentation.engine import DuckSession
from segmentation.errors import NoOrdersLeft
from segmentation.transactions import OrderColumns
from tests.transactions.logs import customers, summed, told, written

NAMES = ("order_id", "customer_id", "order_date", "product", "quantity", "amount", "status")
COLUMNS = OrderColumns(
    "customer_id",
    date="order_date",
    amount="amount",
    order="order_id",
    product="product",
    quantity="quantity",
    status="status",
)
BASE: list[tuple[Any, ...]] = [
    ("O1", "A", "2024-01-05", "pot", 2, 20, "done"),
    ("O1", "A", "2024-01-05", "pan", 1, 30, "done"),
    ("O2", "A", "2024-03-01", "cup", 1, 7.5, "done"),
    ("O3", "B", "2024-02-01", "pot", 1, 10, "done"),
    ("O9", "C", "2024-06-30", "pot", 1, 10, "done"),
]


def of_a(session: DuckSession, *more: tuple[Any, ...]) -> tuple[str | None, ...]:
    """Frequency, recency and monetary value of customer A, as of the same day."""
    found = customers(summed(session, written(NAMES, [*BASE, *more]), COLUMNS))["A"]
    return found["frequency"], found["recency_days"], found["monetary"]


def test_without_returns_orders_are_counted_once_and_lines_summed(session: DuckSession) -> None:
    assert of_a(session) == ("2", "122", "57.5")


def test_part_of_an_order_that_comes_back_lowers_its_amount(session: DuckSession) -> None:
    assert of_a(session, ("O1", "A", "2024-01-20", "pan", -1, -30, "")) == ("2", "122", "27.5")


def test_an_order_that_comes_back_as_a_whole_is_no_order(session: DuckSession) -> None:
    back = ("O2", "A", "2024-03-20", "cup", -1, -7.5, "returned")
    assert of_a(session, back) == ("1", "178", "50")


def test_a_return_with_a_number_of_its_own_takes_back_the_same_item(session: DuckSession) -> None:
    assert of_a(session, ("R7", "A", "2024-03-20", "cup", -1, -7.5, "")) == ("1", "178", "50")


def test_a_return_before_the_purchase_takes_nothing_back(session: DuckSession) -> None:
    early = ("R7", "A", "2024-02-20", "cup", -1, -7.5, "")
    assert of_a(session, early) == ("2", "122", "50")


def test_a_return_that_matches_no_purchase_lowers_the_amount_only(session: DuckSession) -> None:
    assert of_a(session, ("R7", "A", "2024-03-20", "pot", -1, -10, "")) == ("2", "122", "47.5")
    assert of_a(session, ("R7", "A", "2024-03-20", "saw", -1, -99, "")) == ("2", "122", "-41.5")


def test_of_two_equal_purchases_one_return_takes_one_back(session: DuckSession) -> None:
    again = ("O4", "A", "2024-05-01", "cup", 1, 7.5, "done")
    back = ("R7", "A", "2024-05-20", "cup", -1, -7.5, "")
    assert of_a(session, again, back) == ("2", "61", "57.5")


def test_an_item_on_two_lines_is_taken_back_by_a_return_on_one(session: DuckSession) -> None:
    halves = [("O4", "A", "2024-05-01", "lid", 1, 3, "done")] * 2
    back = ("R7", "A", "2024-05-20", "lid", -2, -6, "")
    assert of_a(session, *halves, back) == ("2", "122", "57.5")


@pytest.mark.parametrize(
    "status",
    ["cancelled", "Canceled", "RETURNED", "order_refunded", "已取消", "退货完成", "payment failed"],
)
def test_a_line_with_such_a_status_counts_for_nothing(status: str, session: DuckSession) -> None:
    assert of_a(session, ("O5", "A", "2024-05-01", "pot", 9, 90, status)) == ("2", "122", "57.5")


@pytest.mark.parametrize(
    "status", ["not returned", "non-returnable", "未退货", "partial refund", "shipped", ""]
)
def test_a_status_that_says_otherwise_does_not(status: str, session: DuckSession) -> None:
    assert of_a(session, ("O5", "A", "2024-05-01", "pot", 9, 90, status)) == ("3", "61", "147.5")


@pytest.mark.parametrize("name", ["returned", "是否退货"])
def test_a_yes_in_a_column_named_returned_cancels_the_line(name: str, session: DuckSession) -> None:
    rows = [
        ("A", "2024-01-01", 5, "no"),
        ("A", "2024-01-09", 7, "yes"),
        ("B", "2024-02-01", 1, "no"),
    ]
    columns = OrderColumns("id", date="day", amount="paid", status=name)
    found = customers(summed(session, written(("id", "day", "paid", name), rows), columns))
    assert (found["A"]["frequency"], found["A"]["monetary"]) == ("1", "5")


def test_a_yes_in_a_column_named_status_cancels_nothing(session: DuckSession) -> None:
    rows = [
        ("A", "2024-01-01", 5, "no"),
        ("A", "2024-01-09", 7, "yes"),
        ("B", "2024-02-01", 1, "no"),
    ]
    columns = OrderColumns("id", date="day", amount="paid", status="status")
    found = customers(summed(session, written(("id", "day", "paid", "status"), rows), columns))
    assert found["A"]["monetary"] == "12"


def test_a_credit_note_is_a_return_even_with_positive_numbers(session: DuckSession) -> None:
    rows = [
        ("536365", "1", "2010-12-01", 6, 2.5),
        ("536366", "1", "2010-12-02", 1, 4),
        ("C536379", "1", "2010-12-03", -1, 4),
        ("C536380", "1", "2010-12-04", 3, 4),
        ("536399", "2", "2010-12-09", 1, 1),
        ("536400", "2", "2010-12-09", 1, 1),
        ("536401", "2", "2010-12-09", 1, 1),
    ]
    names = ("InvoiceNo", "CustomerID", "InvoiceDate", "Quantity", "UnitPrice")
    raw = summed(session, written(names, rows))
    assert customers(raw)["1"]["monetary"] == "15"
    assert customers(raw)["1"]["frequency"] == "1"
    assert told(raw.notes)["lines-netted"] == {"n": 2}
    assert told(raw.notes)["orders-undone"] == {"n": 2}


def test_order_numbers_that_all_begin_with_c_are_no_credit_notes(session: DuckSession) -> None:
    rows = [(f"C{1000 + i}", f"K{i % 3}", f"2024-01-0{1 + i}", 5) for i in range(9)]
    raw = summed(session, written(("order_id", "customer_id", "date", "amount"), rows))
    assert customers(raw)["K0"]["frequency"] == "3"


def test_a_negative_quantity_with_a_positive_amount_is_a_return(session: DuckSession) -> None:
    assert of_a(session, ("O2", "A", "2024-03-20", "cup", -1, 7.5, "")) == ("1", "178", "50")


def test_without_order_ids_an_equal_amount_is_taken_back(session: DuckSession) -> None:
    rows = [("A", "2024-01-01", 5), ("A", "2024-02-01", 8), ("A", "2024-03-01", -8),
            ("B", "2024-03-01", 1)]  # fmt: skip
    raw = summed(session, written(("id", "day", "paid"), rows),
                 OrderColumns("id", date="day", amount="paid"))  # fmt: skip
    found = customers(raw)["A"]
    assert (found["frequency"], found["monetary"], found["last_order_date"]) == (
        *("1", "5", "2024-01-01"),
    )


def test_what_was_netted_is_counted_and_told(session: DuckSession) -> None:
    more = [
        ("O2", "A", "2024-03-20", "cup", -1, -7.5, ""),
        ("O3", "B", "2024-02-09", "pot", -1, -10, ""),
        ("O6", "C", "2024-05-01", "pot", 1, 10, "cancelled"),
    ]
    raw = summed(session, written(NAMES, [*BASE, *more]), COLUMNS)
    notes = told(raw.notes)
    assert notes["lines-netted"] == {"n": 3}
    assert notes["orders-undone"] == {"n": 3}
    assert notes["customers-undone"] == {"n": 1}
    assert notes["orders-summed"] == {"lines": 8, "orders": 2, "customers": 2}
    assert sorted(customers(raw)) == ["A", "C"]


def test_where_every_order_came_back_there_is_no_table(session: DuckSession) -> None:
    rows = [("O1", "A", "2024-01-01", "pot", 1, 5, "cancelled")]
    with pytest.raises(NoOrdersLeft):
        summed(session, written(NAMES, rows), COLUMNS)


def test_an_amount_that_repeats_within_orders_may_be_their_total(session: DuckSession) -> None:
    rows = [(f"O{i // 2}", f"C{i % 8 // 2}", "2024-01-05", 10 + i // 2) for i in range(80)]
    raw = summed(session, written(("order_id", "customer_id", "date", "amount"), rows))
    assert told(raw.notes)["order-total-repeated"] == {"name": "amount"}
    rows = [(order, customer, day, i) for i, (order, customer, day, _) in enumerate(rows)]
    raw = summed(session, written(("order_id", "customer_id", "date", "amount"), rows))
    assert "order-total-repeated" not in told(raw.notes)
