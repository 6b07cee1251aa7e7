"""What is computed for a customer, from numbers small enough to check by hand."""

import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.engine import DuckSession
from segmentation.errors import NoOrdersLeft, NotOrders, UnclearDates, UnknownColumn
from segmentation.intake import Kind, open_customers
from segmentation.transactions import OrderColumns, OrderOptions, OrderRole
from segmentation.variables import Family, Role, suggest
from tests.transactions.logs import customers, summed, table_of, told, written

NAMES = (
    *("order_id", "customer_id", "order_date", "category", "product", "quantity", "list_price"),
    *("unit_price", "country"),
)
ROWS = [
    ("O1", "A", "2023-02-01", "tea", "T1", 2, 10, 8, "FR"),
    ("O1", "A", "2023-02-01", "cups", "C1", 1, 20, 20, "FR"),
    ("O2", "A", "2023-05-02", "tea", "T2", 1, 12, 12, "FR"),
    ("O3", "A", "2024-05-01", "tea", "T1", 1, 10, 5, "FR"),
    ("O3", "A", "2024-05-01", "cups", "C1", 1, 20, 20, "FR"),
    ("O4", "B", "2024-06-30", "cups", "C2", 4, 5, 5, "DE"),
]


@pytest.fixture
def shop(session: DuckSession) -> dict[str, dict[str, str | None]]:
    return customers(summed(session, written(NAMES, ROWS)))


def test_days_count_from_orders_to_the_day_after_the_last_one(
    shop: dict[str, dict[str, str | None]],
) -> None:
    a, b = shop["A"], shop["B"]
    assert (a["recency_days"], b["recency_days"]) == ("61", "1")
    assert (a["tenure_days"], a["first_order_date"]) == ("516", "2023-02-01")
    assert a["last_order_date"] == "2024-05-01"


def test_the_gap_is_the_mean_time_between_orders(shop: dict[str, dict[str, str | None]]) -> None:
    assert shop["A"]["mean_gap_days"] == "227.5"
    assert shop["B"]["mean_gap_days"] is None


def test_amounts_are_quantity_times_price(shop: dict[str, dict[str, str | None]]) -> None:
    assert (shop["A"]["frequency"], shop["A"]["monetary"]) == ("3", "73")
    assert float(shop["A"]["average_order_value"] or "") == 73 / 3


def test_shares_are_of_money(shop: dict[str, dict[str, str | None]]) -> None:
    assert float(shop["A"]["share: tea"] or "") == 33 / 73
    assert float(shop["A"]["share: cups"] or "") == 40 / 73
    assert float(shop["B"]["share: cups"] or "") == 1
    assert [float(shop["A"][f"season: Q{q}"] or "") for q in (1, 2, 3, 4)] == pytest.approx(
        [36 / 73, 37 / 73, 0, 0]
    )


def test_the_last_category_is_that_with_the_largest_amount_in_the_last_order(
    shop: dict[str, dict[str, str | None]],
) -> None:
    assert shop["A"]["last_category"] == "cups"


def test_the_discount_is_what_was_not_paid_of_the_list_price(
    shop: dict[str, dict[str, str | None]],
) -> None:
    assert float(shop["A"]["discount_share"] or "") == pytest.approx(1 - 73 / 82)
    assert shop["B"]["discount_share"] == "0"


def test_products_are_counted_once(shop: dict[str, dict[str, str | None]]) -> None:
    assert (shop["A"]["n_products"], shop["B"]["n_products"]) == ("3", "1")


def test_what_never_varies_within_a_customer_is_carried_over(
    shop: dict[str, dict[str, str | None]],
) -> None:
    assert (shop["A"]["country"], shop["B"]["country"]) == ("FR", "DE")
    assert {"order_id", "unit_price", "product"}.isdisjoint(shop["A"])


def test_a_value_that_hardly_ever_changed_is_carried_over_as_it_was_last(
    session: DuckSession,
) -> None:
    rows = [(f"C{i % 150:03d}", f"2024-01-{1 + i // 150:02d}", 5, "FR") for i in range(450)]
    rows.append(("C007", "2024-02-01", 5, "BE"))
    names = ("customer_id", "order_date", "amount", "country")
    raw = summed(session, written(names, rows))
    assert customers(raw)["C007"]["country"] == "BE"
    assert told(raw.notes)["carried-latest"] == {"n": 1, "name": "country"}
    rows += [(f"C{i:03d}", "2024-02-01", 5, "NL") for i in range(3)]
    assert "country" not in summed(session, written(names, rows)).names


def test_among_many_customers_only_what_is_steady_is_carried_over(session: DuckSession) -> None:
    rows = [
        (f"C{i % 4_100:04d}", f"2024-01-{1 + i // 4_100:02d}", i % 7, f"place {i % 4_100 % 9}", i)
        for i in range(8_200)
    ]
    names = ("customer_id", "order_date", "amount", "place", "terminal")
    raw = summed(session, written(names, rows))
    assert told(raw.notes)["carried-over"] == {"names": ("place",)}
    assert customers(raw)["C4099"]["place"] == "place 4"


def test_a_line_without_an_order_id_is_an_order_of_its_own(session: DuckSession) -> None:
    rows = [("O1", "A", 5), ("O1", "A", 6), ("", "A", 7), ("", "A", 8), ("O2", "B", 1)]
    raw = summed(session, written(("order_id", "customer_id", "amount"), rows))
    assert customers(raw)["A"]["frequency"] == "3"
    assert told(raw.notes)["lines-without-order"] == {"n": 2, "name": "order_id"}


def test_days_that_are_orders_need_a_date(session: DuckSession) -> None:
    rows = [("A", 1), ("A", 2), ("B", 3)]
    text = written(("customer_id", "amount"), rows)
    raw = summed(session, text, options=OrderOptions(by_day=True))
    assert customers(raw)["A"]["frequency"] == "2"
    assert "rows-are-orders" in told(raw.notes)


def test_only_the_largest_categories_have_a_share_of_their_own(session: DuckSession) -> None:
    rows = [(f"C{i % 3}", f"2024-{1 + i % 12:02d}-01", f"k{i:02d}", 1 + i) for i in range(12)]
    raw = summed(session, written(("customer_id", "order_date", "category", "amount"), rows))
    shares = [name for name in raw.names if name.startswith("share: ")]
    assert shares == [*(f"share: k{i:02d}" for i in range(11, 3, -1)), "share: other"]
    for row in table_of(raw):
        assert sum(float(row[name] or 0) for name in shares) == pytest.approx(1)


def test_seasons_need_a_year(session: DuckSession) -> None:
    rows = [(f"C{i % 3}", f"2024-{1 + i:02d}-01", 5) for i in range(9)]
    raw = summed(session, written(("customer_id", "order_date", "amount"), rows))
    assert not [name for name in raw.names if name.startswith("season")]
    assert told(raw.notes)["season-needs-year"] == {"n": 245}


def test_without_an_order_id_a_row_is_an_order_and_the_notes_say_so(session: DuckSession) -> None:
    rows = [("A", "2024-01-01", 5), ("A", "2024-01-01", 6), ("B", "2024-01-03", 1)]
    text = written(("customer_id", "order_date", "amount"), rows)
    raw = summed(session, text)
    assert customers(raw)["A"]["frequency"] == "2"
    assert told(raw.notes)["rows-are-orders"] == {}
    assert told(raw.notes)["lines-same-day"] == {"n": 1}
    by_day = summed(session, text, options=OrderOptions(by_day=True))
    assert customers(by_day)["A"]["frequency"] == "1"
    assert "rows-are-orders" not in told(by_day.notes)


def test_the_as_of_date_can_be_chosen_and_later_lines_are_set_aside(session: DuckSession) -> None:
    options = OrderOptions(as_of=dt.date(2023, 5, 31))
    raw = summed(session, written(NAMES, ROWS), options=options)
    assert list(customers(raw)) == ["A"]
    assert customers(raw)["A"]["recency_days"] == "29"
    assert told(raw.notes)["lines-after-as-of"] == {"n": 3}
    assert "as-of-last" not in told(raw.notes)
    assert told(summed(session, written(NAMES, ROWS)).notes)["as-of-last"] == {"date": "2024-07-01"}


def test_lines_without_customer_date_or_amount_are_set_aside_and_counted(
    session: DuckSession,
) -> None:
    rows: list[tuple[object, ...]] = [("A", f"2024-01-{d:02d}", 5) for d in range(1, 29)] * 6
    rows += [("", "2024-01-01", 5), ("A", "", 5), ("A", "soon", 5), ("A", "2024-01-01", "")]
    text = written(("customer_id", "order_date", "amount"), rows)
    raw = summed(session, text, OrderColumns("customer_id", "order_date", "amount"))
    notes = told(raw.notes)
    assert notes["lines-without-customer"] == {"n": 1, "name": "customer_id"}
    assert notes["lines-without-date"] == {"n": 2, "name": "order_date"}
    assert notes["lines-without-amount"] == {"n": 1, "name": "amount"}
    assert notes["orders-summed"] == {"lines": 168, "orders": 168, "customers": 1}


def test_without_an_amount_nothing_is_said_about_money(session: DuckSession) -> None:
    rows = [("A", "2024-01-01"), ("A", "2024-02-01"), ("B", "2024-01-03")]
    raw = summed(session, written(("customer_id", "order_date"), rows))
    assert raw.names == (
        *("customer_id", "recency_days", "frequency", "tenure_days", "mean_gap_days"),
        *("first_order_date", "last_order_date"),
    )
    assert "amount-absent" in told(raw.notes)


def test_without_a_date_nothing_is_said_about_time(session: DuckSession) -> None:
    rows = [("A", 1), ("A", 2), ("B", 3)]
    raw = summed(session, written(("customer_id", "amount"), rows))
    assert raw.names == ("customer_id", "frequency", "monetary", "average_order_value")


@pytest.mark.parametrize(
    ("dates", "day_first", "last"),
    [
        (("13/01/2024", "02/03/2024"), None, "2024-03-02"),
        (("01/13/2024 8:26", "02/03/2024 17:00"), None, "2024-02-03"),
        (("01/02/2024", "02/03/2024"), True, "2024-03-02"),
        (("01.02.2024", "02.03.2024"), False, "2024-02-03"),
        (("20240113", "20240302"), None, "2024-03-02"),
    ],
)
def test_dates_of_other_forms_are_read_where_they_are_clear(
    dates: tuple[str, str], day_first: bool | None, last: str, session: DuckSession
) -> None:
    rows = [("A", date, 5) for date in dates] + [("B", dates[0], 5)]
    options = OrderOptions(day_first=day_first)
    raw = summed(session, written(("customer_id", "order_date", "amount"), rows), None, options)
    assert customers(raw)["A"]["last_order_date"] == last


def test_day_and_month_are_not_guessed(session: DuckSession) -> None:
    rows = [("A", "01/02/2024", 5), ("A", "02/03/2024", 5)]
    columns = OrderColumns("id", "day", "paid")
    with pytest.raises(UnclearDates):
        summed(session, written(("id", "day", "paid"), rows), columns)


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        (OrderColumns("customer_id", product="product"), NotOrders),
        (OrderColumns("", date="order_date"), NotOrders),
        (OrderColumns("customer", date="order_date"), UnknownColumn),
        (OrderColumns("customer_id", date="country"), NoOrdersLeft),
    ],
)
def test_columns_that_cannot_be_summed_up_are_refused(
    columns: OrderColumns, error: type[Exception], session: DuckSession
) -> None:
    with pytest.raises(error):
        summed(session, written(NAMES, ROWS), columns, OrderOptions(day_first=True))


def test_the_result_is_a_raw_table_like_any_other(session: DuckSession) -> None:
    raw = summed(session, written(NAMES, ROWS))
    assert (raw.table, raw.n_rows, raw.source.name) == ("raw", 2, "orders.csv")
    assert not [r for r in session.rows("SELECT table_name AS n FROM duckdb_tables()")
                if r["n"].startswith("orders_")]  # fmt: skip
    table = open_customers(raw, id_name="customer_id")
    assert table.column("monetary").kind is Kind.NUMBER
    assert table.column("first_order_date").kind is Kind.DATE


def test_features_are_variables_of_the_transactional_base(session: DuckSession) -> None:
    draws = np.random.default_rng(1)
    categories = ("Target weight", "City health", "Church")
    rows = [
        (f"O{i}", f"C{buyer:02d}", f"{2023 + i % 2}-{month:02d}-11", categories[kind], 5 + i % 17)
        for i, (month, kind, buyer) in enumerate(draws.integers((1, 0, 0), (13, 3, 60), (300, 3)))
    ]
    raw = summed(session, written(("order_id", "customer_id", "date", "category", "amount"), rows))
    found = {v.name: v for v in suggest(open_customers(raw))}
    computed = set(found) - {"customer_id", "first_order_date", "last_order_date"}
    assert {found[name].family for name in computed} == {Family.TRANSACTIONAL}
    # What people buy for their health says something about it; the others form segments.
    described = {name for name in computed if found[name].role is not Role.BASIS}
    assert described == {"share: City health"}
    assert {found[n].role for n in ("first_order_date", "last_order_date")} == {Role.DATE}


# ------------------------------------------------------------------------------ laws

DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2024, 12, 31)).map(str)
LINE = st.tuples(
    st.sampled_from(["O1", "O2", "O3", "O4"]),
    st.sampled_from(["A", "B", "C"]),
    DAYS,
    st.sampled_from(["tea", "cups", "pots", ""]),
    st.sampled_from(["T1", "T2", ""]),
    st.sampled_from([1, 2, 4, -1, -2]),
    st.sampled_from([10, 12.5, ""]),
    st.sampled_from([8, 9.99, 0.1, 0]),
    st.just("FR"),
)
COLUMNS = OrderColumns(
    *("customer_id", "order_date", None, "order_id", "product", "category", "quantity"),
    *("unit_price", "list_price", "country"),
)


def result(
    session: DuckSession, rows: list[tuple[object, ...]], columns: OrderColumns = COLUMNS
) -> object:
    try:
        return table_of(summed(session, written(NAMES, rows), columns))
    except NoOrdersLeft:
        return None


@settings(max_examples=15)
@given(st.lists(LINE, min_size=1, max_size=14), st.data())
def test_the_order_of_the_lines_changes_nothing(
    session: DuckSession, rows: list[tuple[object, ...]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(rows))
    columns = COLUMNS.with_role(OrderRole.ORDER, data.draw(st.sampled_from(["order_id", None])))
    assert result(session, rows, columns) == result(session, shuffled, columns)


@settings(max_examples=15)
@given(st.lists(LINE, min_size=1, max_size=14), st.data())
def test_a_line_on_two_lines_changes_nothing(
    session: DuckSession, rows: list[tuple[object, ...]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(rows) - 1))
    quantity = rows[at][5]
    assert isinstance(quantity, int)
    halves = [(*rows[at][:5], part, *rows[at][6:]) for part in (quantity * 0.25, quantity * 0.75)]
    assert result(session, rows) == result(session, [*rows[:at], *halves, *rows[at + 1 :]])


@settings(max_examples=15)
@given(st.lists(LINE.filter(lambda line: line[5] > 0), min_size=1, max_size=10), st.booleans())
def test_an_order_that_was_returned_entirely_might_as_well_not_have_been(
    session: DuckSession, rows: list[tuple[object, ...]], own_number: bool
) -> None:
    base = [*rows, ("O0", "A", "2025-01-31", "tea", "T1", 1, 10, 8, "FR")]
    order = [
        ("O8", "B", "2024-02-03", "pots", product, pieces, 10, 5.55, "FR")
        for product, pieces in (("Z1", 3), ("Z2", 1))
    ]
    number = "O9" if own_number else "O8"
    back = [(number, *line[1:2], "2024-03-01", *line[3:5], -line[5], *line[6:]) for line in order]
    undone = list(itertools.chain(base, order, back))
    assert result(session, base) == result(session, undone)
