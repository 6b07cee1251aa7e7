"""Several files at once: those of one table together, the others kept to be joined."""

from collections.abc import Callable, Mapping
from itertools import permutations
from pathlib import Path

import pytest

from segmentation.engine import DuckSession
from segmentation.errors import EmptyFile, FilesOfOneName, OtherColumns, PartMissing
from segmentation.intake import ReadOptions
from segmentation.transactions import (
    Composition,
    JoinPlan,
    OrderPlan,
    PartPlan,
    Upload,
    compose,
    open_several,
)
from tests.transactions.logs import table_of, told, written

CUSTOMERS = written(("id", "age", "town"), [(f"C{i}", 20 + i, "Ulm") for i in range(6)])
FURTHER = written(("id", "age", "town"), [(f"C{i}", 20 + i, "Bonn") for i in range(6, 9)])
ORDERS = written(
    ("order_id", "customer_id", "order_date", "amount"),
    [(f"O{i}", f"C{i % 3}", f"2024-01-{1 + i:02d}", 10 * i) for i in range(20)],
)
LATER = ORDERS.replace("O", "P").replace("2024-01", "2024-02")
PLACES = written(("town", "country"), [("Ulm", "DE")])

Put = Callable[[str], Path]


def uploads(put: Put, files: Mapping[str, str]) -> list[Upload]:
    return [Upload(put(content), name) for name, content in files.items()]


def test_the_order_in_which_files_arrive_makes_no_difference(
    session: DuckSession, put: Put
) -> None:
    files = uploads(put, {"b.csv": CUSTOMERS, "a.csv": FURTHER, "places.csv": PLACES})
    found = set()
    for order in permutations(files):
        made, arranged = open_several(session, order)
        rows = tuple(tuple(row.values()) for row in table_of(made.raw))
        found.add((rows, arranged.main.name, arranged.plan, arranged.waiting))
    ((rows, main, plan, waiting),) = found
    assert (len(rows), main, waiting) == (9, "a.csv", (("places.csv",),))
    assert [part.name for part in plan.parts] == ["b.csv"]
    assert all(part.fingerprint for part in plan.parts)


def test_customers_are_opened_and_their_orders_wait_even_if_these_are_more(
    session: DuckSession, put: Put
) -> None:
    files = {"feb.csv": LATER, "jan.csv": ORDERS, "people.csv": CUSTOMERS, "places.csv": PLACES}
    made, arranged = open_several(session, uploads(put, files))
    assert (arranged.main.name, made.raw.n_rows) == ("people.csv", 6)
    assert arranged.waiting == (("feb.csv", "jan.csv"), ("places.csv",))


def test_orders_in_parts_are_stacked_before_they_are_summed_up_and_joined(
    session: DuckSession, put: Put
) -> None:
    by_name = {u.name: u for u in uploads(put, {"feb.csv": LATER, "jan.csv": ORDERS})}
    join = JoinPlan(
        "feb.csv", "", "id", "customer_id", orders=OrderPlan(), parts=(PartPlan("jan.csv"),)
    )
    main = Upload(put(CUSTOMERS), "people.csv")
    raw = compose(session, main, Composition(joins=(join,)), by_name).raw
    frequencies = {row["id"]: row["frequency"] for row in table_of(raw)}
    assert (frequencies["C0"], frequencies["C2"], frequencies["C5"]) == ("14", "12", None)


def test_what_was_opened_is_made_again_from_its_plan(session: DuckSession, put: Put) -> None:
    files = uploads(put, {"b.csv": CUSTOMERS, "a.csv": FURTHER})
    made, arranged = open_several(session, files)
    again = compose(session, arranged.main, arranged.plan, {u.name: u for u in files})
    assert again.raw.fingerprint == made.raw.fingerprint
    assert (again.raw.names, again.raw.notes) == (made.raw.names, made.raw.notes)
    changed = {**{u.name: u for u in files}, "b.csv": Upload(put(FURTHER), "b.csv")}
    other = compose(session, arranged.main, arranged.plan, changed).raw
    assert other.fingerprint != made.raw.fingerprint
    assert told(other.notes)["join-file-changed"] == {"name": "b.csv"}


def test_a_part_is_read_as_its_plan_says(session: DuckSession, put: Put) -> None:
    plan = Composition(parts=(PartPlan("a.csv", "", ReadOptions(delimiter=";")),))
    odd = Upload(put(FURTHER.replace(",", ";")), "a.csv")
    raw = compose(session, Upload(put(CUSTOMERS), "b.csv"), plan, {"a.csv": odd}).raw
    assert raw.n_rows == 9


@pytest.mark.parametrize(
    ("files", "error", "values"),
    [
        ({"a.csv": CUSTOMERS, "b.csv": ""}, EmptyFile, {"in_file": "b.csv"}),
        ({"a.csv": "", "b.csv": CUSTOMERS}, EmptyFile, {"in_file": "a.csv"}),
    ],
)
def test_a_file_that_cannot_be_read_refuses_all_and_leaves_what_was_open(
    files: Mapping[str, str], error: type[Exception], values: object, session: DuckSession, put: Put
) -> None:
    compose(session, Upload(put(ORDERS), "orders.csv"), Composition(), {})
    before = session.tables()
    with pytest.raises(error) as refused:
        open_several(session, uploads(put, files))
    assert vars(refused.value)["values"] == values
    assert session.tables() == before


def test_two_files_of_one_name_are_refused(session: DuckSession, put: Put) -> None:
    with pytest.raises(FilesOfOneName):
        open_several(session, [Upload(put(t), "a.csv") for t in (CUSTOMERS, FURTHER)])


def test_a_plan_without_its_parts_is_refused_by_name(session: DuckSession, put: Put) -> None:
    main, plan = Upload(put(CUSTOMERS), "b.csv"), Composition(parts=(PartPlan("a.csv"),))
    with pytest.raises(PartMissing) as missing:
        compose(session, main, plan, {})
    assert missing.value.values == {"name": "a.csv"}
    with pytest.raises(OtherColumns):
        compose(session, main, plan, {"a.csv": Upload(put(PLACES), "a.csv")})
