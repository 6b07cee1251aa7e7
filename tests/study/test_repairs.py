"""Every repair that the audit proposes becomes a decision that the study keeps."""

import pytest

from segmentation.audit import Action, Repair
from segmentation.intake import Column, Condition, Decision, Kind, Operator, Style
from segmentation.study import Study, StudySource, dump, load, repaired
from segmentation.variables import Role, Scale, Variable, VariableChoice

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


def test_swapped_coordinates_change_places() -> None:
    changed = repaired(STUDY, Repair(Action.SWAP_COORDINATES, ("y", "x")), VARIABLES)
    assert changed.branch.choices == {
        "y": VariableChoice(role=Role.LOCATION, detail="longitude"),
        "x": VariableChoice(role=Role.LOCATION, detail="latitude"),
    }
