"""Take over a repair that the audit proposed: it becomes a decision of the study.

Enters: a study, a repair and the variables. Leaves: the changed study. Refuses to touch the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from segmentation.audit import Action, Repair
from segmentation.intake import Condition, Decision, Kind, Operator, Style
from segmentation.intake.filters import WHOLE_ROW
from segmentation.study.study import Study
from segmentation.variables import Role, Variable, VariableChoice

_ORDERS = {"day-first": Style.DAY_FIRST, "month-first": Style.MONTH_FIRST}


def repaired(study: Study, repair: Repair, variables: Sequence[Variable]) -> Study:
    """Return the study with a repair taken over.

    Parameters
    ----------
    study : Study
    repair : Repair
        As proposed; of a date's order the one that was chosen.
    variables : sequence of Variable
        As they stand, for repairs that are about the basis.

    Returns
    -------
    Study
    """
    return _DECISIONS[repair.action](study, repair, variables)


def _chosen(study: Study, repair: Repair, _variables: Sequence[Variable]) -> Study:
    """Give columns another role."""
    branch = study.branch
    for name, choice in repair.choices.items():
        branch = branch.with_choice(name, choice)
    return replace(study, branch=branch)


def _identified(study: Study, repair: Repair, _variables: Sequence[Variable]) -> Study:
    return replace(study, id_name=repair.id_name)


def _ordered(study: Study, repair: Repair, _variables: Sequence[Variable]) -> Study:
    decided = Decision(kind=Kind.DATE, style=_ORDERS[repair.values[0]])
    return study.with_decision(repair.columns[0], decided)


def _narrowed(study: Study, repair: Repair, variables: Sequence[Variable]) -> Study:
    """Leave rows out, as a condition of the population that is seen on every page."""
    return replace(study, conditions=(*study.conditions, _condition(repair, variables)))


def _without(study: Study, repair: Repair, _variables: Sequence[Variable]) -> Study:
    """Let some texts stand for no answer, beside those that do so already."""
    for name in repair.columns:
        decided = study.columns.get(name, Decision())
        missing = tuple(dict.fromkeys((*decided.missing, *repair.values)))
        study = study.with_decision(name, replace(decided, missing=missing))
    return study


def _condition(repair: Repair, variables: Sequence[Variable]) -> Condition:
    if repair.action is Action.DROP_DUPLICATES:
        return Condition(WHOLE_ROW, Operator.ONCE)
    if repair.action is Action.ONE_ROW_PER_ID:
        return Condition(repair.columns[0], Operator.ONCE)
    if repair.columns:
        return Condition(WHOLE_ROW, Operator.VARIED, repair.columns)
    basis = (v.name for v in variables if v.role is Role.BASIS)
    return Condition(WHOLE_ROW, Operator.ANSWERED, (str(repair.share), *basis))


def _swapped(study: Study, repair: Repair, _variables: Sequence[Variable]) -> Study:
    """Let the latitude be the longitude and the other way round, whatever they were taken for."""
    branch = study.branch
    for name, detail in zip(repair.columns, ("longitude", "latitude"), strict=True):
        branch = branch.with_choice(name, VariableChoice(role=Role.LOCATION, detail=detail))
    return replace(study, branch=branch)


_DECISIONS: Mapping[Action, Callable[[Study, Repair, Sequence[Variable]], Study]] = {
    Action.EXCLUDE_COLUMN: _chosen,
    Action.DESCRIBE_ONLY: _chosen,
    Action.KEEP_ONE_OF: _chosen,
    Action.CHOOSE_ID: _identified,
    Action.TREAT_AS_MISSING: _without,
    Action.CHOOSE_DATE_ORDER: _ordered,
    Action.DROP_DUPLICATES: _narrowed,
    Action.ONE_ROW_PER_ID: _narrowed,
    Action.LEAVE_OUT_ROWS: _narrowed,
    Action.SWAP_COORDINATES: _swapped,
}
