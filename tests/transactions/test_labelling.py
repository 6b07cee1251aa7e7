"""A codebook of order lines: its labels count while they are summed up."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from segmentation import workflow
from segmentation.engine import DuckSession
from segmentation.errors import CodebookOfAnotherTable
from segmentation.intake import open_customers
from segmentation.intake.codebook import Entry
from segmentation.intake.codebook_use import applied, refuse_codebook_of_another_table
from segmentation.study import Study
from segmentation.transactions import (
    Composition,
    JoinPlan,
    LinesKnown,
    OrderPlan,
    Upload,
    compose,
)
from tests.transactions.logs import customers, told, written

Put = Callable[[str], Path]
NAMES = ("order_id", "customer_id", "order_date", "category", "status", "region", "amount")
# The third order is one that came back; nobody reads that from a 2.
LINES = [
    ("O1", "a", "2024-01-01", 1, 1, 7, 30),
    ("O2", "a", "2024-01-09", 2, 1, 7, 10),
    ("O3", "b", "2024-01-03", 1, 2, 8, 50),
    ("O4", "b", "2024-01-04", 2, 1, 8, 20),
]
ORDERS = written(NAMES, LINES)
BOOK = {
    "Category": Entry("What", (("1", "Shoes"), ("2", "Hats"), ("3", "Gloves"))),
    "status": Entry("", (("1", "paid"), ("2", "returned"))),
    "region": Entry("Where from", (("7", "North"), ("8", "South"), ("9", "East"))),
    "absent": Entry("Not here"),
}
KNOWN = LinesKnown(codebook=BOOK)


@pytest.mark.parametrize("is_joined", [False, True])
def test_labels_name_shares_and_last_categories_and_tell_what_came_back(
    is_joined: bool, session: DuckSession, put: Put
) -> None:
    main, plan, others = Upload(put(ORDERS), "orders.csv"), Composition(OrderPlan()), {}
    if is_joined:
        join = JoinPlan("orders", "", "customer", "customer_id", orders=OrderPlan())
        main, others = Upload(put("customer,x\na,1\nb,2\n"), "people.csv"), {"orders": main}
        plan = Composition(joins=(join,))
    raw = compose(session, main, plan, others, KNOWN).raw
    names = ("frequency", "monetary", "last_category", "share: Shoes", "share: Hats")
    found = {who: tuple(cells[n] for n in names) for who, cells in customers(raw).items()}
    assert found == {
        "a": ("2", "40", "Hats", "0.75", "0.25"),
        "b": ("1", "20", "Hats", "0.0", "1.0"),
    }
    assert "share: 1" not in raw.names


def test_a_column_that_customers_keep_stays_a_code_until_they_are_typed(
    session: DuckSession, put: Put
) -> None:
    raw = compose(session, Upload(put(ORDERS), "o.csv"), Composition(OrderPlan()), {}, KNOWN).raw
    assert [cells["region"] for cells in customers(raw).values()] == ["7", "8"]
    table = workflow.customers_of(raw, replace(Study.of(raw), codebook=BOOK))
    assert table.column("region").levels[:2] == ("North", "South")
    assert table.column("region").label == "Where from"


def test_what_a_codebook_did_to_lines_is_told_once(session: DuckSession, put: Put) -> None:
    raw = compose(session, Upload(put(ORDERS), "o.csv"), Composition(OrderPlan()), {}, KNOWN).raw
    table = workflow.customers_of(raw, replace(Study.of(raw), codebook=BOOK))
    notes = told(table.notes)
    assert notes["codebook-lines"] == {"n": 3, "names": ("category", "status", "region")}
    assert notes["codebook-read"] == {"n": 1}
    assert notes["codebook-unmatched"]["names"] == ("absent",)
    unused = [note.get("name") for note in table.notes if note.code == "codebook-codes-unused"]
    assert sorted(map(str, unused)) == ["category", "region"]
    done = applied(table, BOOK)
    assert (done.n_described, done.of_lines, done.missing) == (
        1,
        ("category", "status"),
        ("absent",),
    )


def test_a_codebook_of_lines_alone_is_none_of_another_table(session: DuckSession, put: Put) -> None:
    alone = {"Category": BOOK["Category"]}
    raw = compose(
        session, Upload(put(ORDERS), "o.csv"), Composition(OrderPlan()), {}, LinesKnown({}, alone)
    ).raw
    refuse_codebook_of_another_table(alone, raw, "book.csv")
    with pytest.raises(CodebookOfAnotherTable):
        refuse_codebook_of_another_table({"absent": Entry()}, raw, "book.csv")
    table = workflow.customers_of(raw, replace(Study.of(raw), codebook=alone))
    assert "codebook-read" not in told(table.notes)


def test_without_a_codebook_codes_stay_codes(session: DuckSession, put: Put) -> None:
    raw = compose(session, Upload(put(ORDERS), "o.csv"), Composition(OrderPlan()), {}).raw
    assert {"share: 1", "share: 2"} <= set(raw.names)
    assert customers(raw)["b"]["monetary"] == "70"
    assert open_customers(raw).column("region").label == ""
