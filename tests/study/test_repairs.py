"""Every repair that the audit proposes becomes a decision that the study keeps."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.audit import Action, Repair, audit
from segmentation.intake import Column, Condition, Decision, Kind, Operator, Style, narrowed
from segmentation.study import Study, StudySource, dump, load, repaired
from segmentation.variables import Role, Scale, Variable, VariableChoice, resolve, suggest
from tests.markets import open_market

STUDY = Study(StudySource("a.csv", "f00", 3), columns={"age": Decision(missing=("?",))})


def variable(name: str, role: Role, detail: str | None = None) -> Variable:
    return Variable(Column(name, "c0", Kind.NUMBER, 0, 0, 9), role, Scale.METRIC, None, detail)


VARIABLES = (
    variable("age", Role.BASIS),
    variable("y", Role.LOCATION, "latitude"),
    variable("x", Role.LOCATION, "longitude"),
)


@pytest.mark.parametrize("action", Action)
def test_every_repair_changes_the_study_and_survives_saving(action: Action) -> None:
    values = ("day-first",) if action is Action.CHOOSE_DATE_ORDER else ("999",)
    columns = ("y", "x") if action is Action.SWAP_COORDINATES else ("age", "y")
    changed = repaired(STUDY, Repair(action, columns, values, share=0.5), VARIABLES)
    assert changed != STUDY
    assert load(dump(changed)) == changed


def test_what_stands_for_no_answer_is_added_once() -> None:
    repair = Repair(Action.TREAT_AS_MISSING, ("age",), ("999", "?"))
    assert repaired(STUDY, repair, VARIABLES).columns["age"].missing == ("?", "999")


def test_the_order_of_a_date_makes_it_a_date() -> None:
    repair = Repair(Action.CHOOSE_DATE_ORDER, ("joined",), ("month-first",))
    decided = repaired(STUDY, repair, VARIABLES).columns["joined"]
    assert decided == Decision(kind=Kind.DATE, style=Style.MONTH_FIRST)


@pytest.mark.parametrize(
    ("repair", "condition"),
    [
        (Repair(Action.DROP_DUPLICATES), Condition("", Operator.ONCE)),
        (Repair(Action.ONE_ROW_PER_ID, ("id",)), Condition("id", Operator.ONCE)),
        (
            Repair(Action.LEAVE_OUT_ROWS, share=0.5),
            Condition("", Operator.ANSWERED, ("0.5", "age")),
        ),
        (
            Repair(Action.LEAVE_OUT_ROWS, ("q1", "q2")),
            Condition("", Operator.VARIED, ("q1", "q2")),
        ),
    ],
)
def test_rows_are_left_out_by_a_condition_of_the_population(
    repair: Repair, condition: Condition
) -> None:
    assert repaired(STUDY, repair, VARIABLES).conditions == (condition,)


def placed(lat: float, lon: float) -> pd.DataFrame:
    """Customers around a place, their coordinates in each other's column."""
    rng = np.random.default_rng(6)
    return pd.DataFrame(
        {
            "customer_id": [f"C{i:05d}" for i in range(400)],
            "visits": rng.poisson(6, 400) + 1,
            "spend": rng.lognormal(4, 0.8, 400).round(2),
            "latitude": (lon + rng.normal(0, 1, 400)).round(4),
            "longitude": (lat + rng.normal(0, 1, 400)).round(4),
        }
    )


@pytest.mark.parametrize(("lat", "lon"), [(39.9, 116.4), (38.6, -121.4)])
def test_exchanged_coordinates_are_right_after_the_repair(
    tmp_path: Path, lat: float, lon: float
) -> None:
    market = open_market(tmp_path, placed(lat, lon))
    (finding,) = audit(market.table, market.variables).findings
    assert (finding.code, finding.n) == ("coordinates-swapped", 400)
    assert finding.repair is not None
    changed = repaired(STUDY, finding.repair, market.variables)
    variables = resolve(suggest(market.table), load(dump(changed)).branch.choices)
    assert not audit(market.table, variables).findings
    places = {v.detail: v.name for v in variables if v.role is Role.LOCATION}
    assert places == {"latitude": "longitude", "longitude": "latitude"}


def careless(*, yes_no: bool, with_id: bool) -> pd.DataFrame:
    """A survey with everything for which rows are left out: repeats, gaps, equal answers."""
    rng = np.random.default_rng(8)
    items = [f"item {i}" for i in range(8)]
    answers = rng.integers(0, 2, (900, 8)) if yes_no else rng.integers(1, 6, (900, 8))
    answers[:70], answers[70:140] = answers.max(), answers.min()
    table = pd.DataFrame(answers, columns=items).astype("Int64")
    table.loc[500:539, items[:5]] = pd.NA
    table.loc[540:559, items[:4]] = pd.NA
    if yes_no:
        table = table.astype(object).replace({0: "no", 1: "yes"})
    table["town"] = rng.choice(["York", "Bonn", "Lyon"], 900)
    table["spend"] = rng.lognormal(4, 0.8, 900).round(2)
    if with_id:
        table.insert(0, "customer_id", [f"C{i:05d}" for i in range(900)])
        table.loc[600:629, "customer_id"] = "C00001"
        table.loc[630:634, "customer_id"] = pd.NA
    table = pd.concat([table, table.iloc[60:100], table.iloc[520:545]], ignore_index=True)
    return table.sample(frac=1, random_state=1)


LEAVING_OUT = (Action.DROP_DUPLICATES, Action.ONE_ROW_PER_ID, Action.LEAVE_OUT_ROWS)


@pytest.mark.parametrize("before", [(), (Condition("town", Operator.IS_NOT, ("Lyon",)),)])
@pytest.mark.parametrize(
    ("yes_no", "with_id", "codes"),
    [
        (False, True, "duplicate-ids duplicate-rows rows-mostly-empty straight-lining"),
        (False, False, "duplicate-rows rows-mostly-empty straight-lining"),
        (True, True, "duplicate-ids duplicate-rows rows-mostly-empty"),
    ],
)
def test_a_repair_leaves_out_as_many_rows_as_its_finding_counts(
    tmp_path: Path, before: tuple[Condition, ...], yes_no: bool, with_id: bool, codes: str
) -> None:
    market = open_market(tmp_path, careless(yes_no=yes_no, with_id=with_id), conditions=before)
    study = replace(STUDY, conditions=before)
    checked = []
    for finding in audit(market.table, market.variables).findings:
        if finding.repair is None or finding.repair.action not in LEAVING_OUT:
            continue
        changed = load(dump(repaired(study, finding.repair, market.variables)))
        left = narrowed(market.table, changed.conditions_for(c.name for c in market.table.columns))
        assert market.table.n_customers - left.n_customers == finding.n, finding.code
        checked.append(finding.code)
    assert sorted(checked) == codes.split()


def test_swapped_coordinates_change_places() -> None:
    changed = repaired(STUDY, Repair(Action.SWAP_COORDINATES, ("y", "x")), VARIABLES)
    assert changed.branch.choices == {
        "y": VariableChoice(role=Role.LOCATION, detail="longitude"),
        "x": VariableChoice(role=Role.LOCATION, detail="latitude"),
    }
