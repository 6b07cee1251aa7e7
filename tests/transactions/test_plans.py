"""A composition survives being written as TOML, and nonsense in it is named."""

import datetime as dt
import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from segmentation.intake import ReadOptions
from segmentation.intake.options import READING
from segmentation.transactions import (
    Composition,
    JoinOptions,
    JoinPlan,
    OrderColumns,
    OrderOptions,
    OrderPlan,
    PartPlan,
    plan_in,
    plan_out,
)

NAMES = st.text(min_size=1, max_size=8)
MAYBE = st.none() | NAMES
COLUMNS = st.builds(OrderColumns, NAMES, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE)
OPTIONS = st.builds(OrderOptions, st.none() | st.dates(), st.booleans(), st.none() | st.booleans())
ORDERS = st.builds(
    OrderPlan,
    st.none() | COLUMNS,
    OPTIONS,
)
READ = st.builds(ReadOptions, **dict.fromkeys(READING, MAYBE))
PARTS = st.lists(st.builds(PartPlan, NAMES, st.text(max_size=8), READ), max_size=3).map(tuple)
JOINS = st.builds(
    JoinPlan,
    NAMES,
    st.text(max_size=8),
    NAMES,
    NAMES,
    st.builds(JoinOptions, st.booleans(), st.booleans()),
    READ,
    parts=PARTS,
)
PLANS = st.builds(Composition, st.none() | ORDERS, st.lists(JOINS, max_size=3).map(tuple), PARTS)


@given(PLANS)
def test_a_composition_comes_back_from_toml(plan: Composition) -> None:
    assert plan_in(tomllib.loads(tomli_w.dumps(plan_out(plan)))) == plan


def test_a_file_in_an_archive_is_found_again() -> None:
    plan = JoinPlan("shops.zip", "", "shop", "id", reading=ReadOptions(member="north.csv"))
    assert plan_out(Composition(joins=(plan,)))["joins"][0]["member"] == "north.csv"
    assert plan_in(plan_out(Composition(joins=(plan,)))).joins == (plan,)


def test_nothing_decided_is_nothing_written() -> None:
    assert plan_out(Composition()) == {}
    assert plan_in({}) == Composition()
    assert plan_in({"orders": {}}).orders == OrderPlan()


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ({"order": {}}, "order?"),
        ({"orders": {"as_off": dt.date(2024, 1, 1)}}, "as_off?"),
        ({"orders": {"as_of": "2024-01-01"}}, "as_of"),
        ({"orders": {"by_day": "yes"}}, "by_day"),
        ({"orders": {"columns": {"customer": "a", "shop": "b"}}}, "shop?"),
        ({"orders": {"columns": {"customer": 3}}}, "customer"),
        ({"orders": {"columns": {"date": "d"}}}, "customer"),
        ({"orders": {"kinds": {"a": "text"}}}, "kinds"),
        ({"orders": 3}, "3"),
        ({"joins": [{"name": "a", "id": "b"}]}, "other_id"),
        ({"joins": [{"name": "a", "id": "b", "other_id": "c", "by": "d"}]}, "by?"),
        ({"joins": [{"name": "a", "id": "b", "other_id": "c", "normalise": 1}]}, "normalise"),
    ],
)
def test_what_is_wrong_in_a_document_is_named(document: dict[str, Any], named: str) -> None:
    with pytest.raises((KeyError, TypeError, ValueError), match=named):
        plan_in(document)
