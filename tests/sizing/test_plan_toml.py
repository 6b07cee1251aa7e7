import tomllib

import pytest
import tomli_w

from segmentation.intake import Condition, Operator
from segmentation.sizing import (
    Group,
    InSegments,
    Joined,
    MoneyPlan,
    Program,
    SizingPlan,
    Spread,
    WhatIf,
    money_in,
    money_out,
    sizing_in,
    sizing_out,
)

OWN = {"A · email": {"margin": Spread(0.5, 2)}}
EVIL = Condition("a'; DROP TABLE t; --", Operator.CONTAINS, ('say "hi"', "%_\\"))


def test_a_plan_written_and_read_is_the_same_plan() -> None:
    nested = Group(Joined.NONE, (EVIL, Group(Joined.ANY, (InSegments("k", (0, 2)), EVIL))))
    plan = SizingPlan(nested, market=(1e3, 2e6), consent=0.6).keeping("big ones")
    assert sizing_in(tomllib.loads(tomli_w.dumps(sizing_out(plan)))) == plan
    money = MoneyPlan((Program("A", "email", 10, 0.1, 5, -1, 2, 7),), "CNY", 6, 0, own_spreads=OWN)
    assert money_in(tomllib.loads(tomli_w.dumps(money_out(money)))) == money


def test_a_name_kept_twice_stands_for_the_latest_filter() -> None:
    plan = SizingPlan(Group(members=(EVIL,))).keeping("a").keeping(" b ")
    assert [w.name for w in plan.kept] == ["a", "b"]
    assert SizingPlan(kept=plan.kept).keeping("a").kept[0].where == Group()
    assert [w.name for w in plan.without("a").kept] == ["b"]
    assert plan.keeping("  ") == plan


def test_the_mark_of_a_rule_that_older_versions_wrote_is_passed_over() -> None:
    assert sizing_in({"kept": [{"name": "a", "rule": True}]}).kept == (WhatIf("a"),)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"draft": {"joined": "some"}},
        {"draft": {"members": "all"}},
        {"draft": {"members": [7]}},
        {"draft": {"members": [{"column": "a", "operator": "once"}]}},
        {"draft": {"members": [{"column": "a", "operator": "at_least", "values": []}]}},
        {"draft": {"members": [{"column": 3, "operator": "known"}]}},
        {"draft": {"members": [{"solution": "k", "segments": [-1]}]}},
        {"kept": [{"name": 1}]},
        {"kept": {}},
        {"market": [5]},
        {"market": [5, 4]},
        {"consent": "much"},
        {"colour": "red"},
    ],
)
def test_what_is_no_plan_of_sizing_is_refused(document: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        sizing_in(document)


@pytest.mark.parametrize(
    "document",
    [
        {"programs": [{"people": "many"}]},
        {"programs": [{"people": True}]},
        {"programs": [{"size": 3}]},
        {"programs": 3},
        {"spreads": {"luck": {}}},
        {"spreads": {"margin": {"low": 2}}},
        {"own_spreads": 3},
        {"own_spreads": {"A": {"luck": {}}}},
        {"own_spreads": {"A": {"margin": {"high": 0.5}}}},
        {"months": 0},
        {"budget": float("nan")},
        {"currency": 7},
    ],
)
def test_what_is_no_plan_of_money_is_refused(document: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        money_in(document)


def test_groups_nested_beyond_reading_are_refused() -> None:
    document: dict[str, object] = {"members": []}
    for _ in range(50):
        document = {"members": [document]}
    with pytest.raises(ValueError, match="8"):
        sizing_in({"draft": document})
