"""Order files are recognised by names and repeating ids; tables of customers are not."""

import pytest

from sample_data.make import SAMPLES
from sample_data.paths import sample_path
from segmentation.engine import DuckSession
from segmentation.intake import Kind, open_customers, read_file
from segmentation.transactions import OrderColumns, OrderRole, detect
from segmentation.transactions.orders import looks_like_orders
from tests.transactions.logs import opened, written


def test_the_samples_order_lines_are_recognised_column_by_column(session: DuckSession) -> None:
    path = session.folder / "upload"
    path.write_bytes(sample_path("retailer_orders").read_bytes())
    found = detect(open_customers(read_file(session, path, "retailer_orders.csv", into="orders")))
    assert found == OrderColumns(
        customer="customer_id",
        date="order_date",
        amount="line_amount_eur",
        order="order_id",
        category="category",
        quantity="quantity",
        unit_price="unit_price_eur",
        list_price="list_price_eur",
        status="status",
    )


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {"retailer_orders"}))
def test_no_sample_of_customers_is_taken_for_orders(name: str, session: DuckSession) -> None:
    path = session.folder / "upload"
    path.write_bytes(sample_path(name).read_bytes())
    assert detect(open_customers(read_file(session, path, name, into="orders"))) is None


ONLINE_RETAIL = written(
    ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID",
     "Country"],
    [
        (f"53{6000 + i // 3}", f"8512{i % 7}A", f"CUP {i % 7}", 1 + i % 4, "12/1/2010 8:26", 2.55,
         f"{17850 + i // 9}.0", "France")
        for i in range(60)
    ],
)  # fmt: skip


def test_an_online_retailers_lines_are_recognised(session: DuckSession) -> None:
    assert detect(opened(session, ONLINE_RETAIL)) == OrderColumns(
        customer="CustomerID",
        date="InvoiceDate",
        order="InvoiceNo",
        product="StockCode",
        quantity="Quantity",
        unit_price="UnitPrice",
        country="Country",
    )


def test_chinese_order_lines_are_recognised(session: DuckSession) -> None:
    names = ["订单编号", "会员编号", "下单时间", "商品名称", "品类", "数量", "单价", "实付金额"]
    names += ["订单状态"]
    rows = [
        (f"D{i:04d}", f"M{i % 9}", f"2024-0{1 + i % 9}-11 10:00:00", f"茶{i % 5}",
         ["茶", "酒"][i % 2], 2, 9.5, 19, ["已完成", "已退货"][i % 11 == 0])
        for i in range(40)
    ]  # fmt: skip
    found = detect(opened(session, written(names, rows)))
    assert found is not None
    assert tuple(found.assigned().values()) == (
        *("会员编号", "下单时间", "实付金额", "订单编号", "商品名称", "品类", "数量", "单价"),
        "订单状态",
    )


LINES = [(f"C{i % 4}", f"2024-01-{1 + i:02d}", 10 + i) for i in range(20)]


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (("id", "date", "x"), {"customer": "id", "date": "date"}),
        (("client", "birthday", "price"), {"customer": "client", "amount": "price"}),
        (
            ("UserId", "timestamp", "Total Price"),
            {"customer": "UserId", "date": "timestamp", "amount": "Total Price"},
        ),
        (
            ("customer name", "order_date", "turnover"),
            {"customer": "customer name", "date": "order_date", "amount": "turnover"},
        ),
        (("customer first name", "order_date", "turnover"), None),
        (("id", "signup_date", "spend"), None),
        (("store_id", "order_date", "revenue"), None),
    ],
)
def test_names_decide_what_repeating_values_are(
    names: tuple[str, ...], roles: dict[str, str] | None, session: DuckSession
) -> None:
    found = detect(opened(session, written(names, LINES)))
    given = found and {role.value: name for role, name in found.assigned().items()}
    assert given == roles


def test_a_table_with_one_row_a_customer_is_no_order_file(session: DuckSession) -> None:
    rows = [(f"C{i}", f"2024-01-{1 + i:02d}", 10 + i) for i in range(20)]
    names = ("customer_id", "order_date", "revenue")
    assert detect(opened(session, written(names, rows))) is None
    assert detect(opened(session, written(names, [*rows, *rows[:5]]))) is not None


def test_repeating_customers_without_date_and_amount_are_no_orders(session: DuckSession) -> None:
    rows = [(f"C{i % 4}", "north") for i in range(20)]
    assert detect(opened(session, written(("customer_id", "region"), rows))) is None


def test_a_number_of_eight_digits_can_be_a_date(session: DuckSession) -> None:
    rows = [(f"C{i % 4}", 19970101 + i, 3) for i in range(20)]
    names = ("customer_id", "date", "amount")
    assert getattr(detect(opened(session, written(names, rows))), "date", None) == "date"
    rows = [(f"C{i % 4}", 11, 3) for i in range(20)]
    assert getattr(detect(opened(session, written(names, rows))), "date", "?") is None


def test_every_role_has_a_reason_and_a_confidence(session: DuckSession) -> None:
    found = detect(opened(session, ONLINE_RETAIL))
    assert found is not None
    assert [reason.role for reason in found.reasons] == list(found.assigned())
    assert all(0 < reason.confidence <= 1 for reason in found.reasons)
    note = looks_like_orders(opened(session, ONLINE_RETAIL), found)
    assert note.get("n_each") == pytest.approx(60 / 7, abs=0.05)


def test_a_corrected_role_takes_the_column_from_the_role_it_had(session: DuckSession) -> None:
    columns = OrderColumns("id", date="day", amount="paid")
    corrected = columns.with_role(OrderRole.UNIT_PRICE, "paid")
    assert (corrected.amount, corrected.unit_price) == (None, "paid")
    assert columns.with_role(OrderRole.DATE, None).date is None


def test_kinds_that_the_user_corrected_count(session: DuckSession) -> None:
    text = written(("customer_id", "order_date", "revenue"), LINES)
    found = detect(opened(session, text, kinds={"revenue": Kind.TEXT}))
    assert found is not None
    assert found.amount is None
