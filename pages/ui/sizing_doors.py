"""What the sizing page asks the library, remembered in the visit by what it depends on.

Enters: a visit and a plan. Leaves: answers. Refuses to draw.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

from pages.ui import compute
from pages.ui.visits import Visit
from segmentation import arranging
from segmentation.intake import Condition
from segmentation.sizing import (
    Answer,
    Curve,
    Ground,
    Group,
    InForce,
    Question,
    SizingPlan,
    WhatIf,
    ask,
    channels_of,
    curve,
    ground_of,
    in_force,
    outcomes_of,
    sampled,
)
from segmentation.structure import Pin
from segmentation.study import Study
from segmentation.wording import Words


@dataclass(frozen=True, slots=True)
class Segments:
    """The segments on show: how their solution is called, and their names; none before any."""

    solution: str | None = None
    labels: str | None = None
    names: tuple[str, ...] = ()


def segments(visit: Visit, words: Words) -> Segments:
    """Return the segments on show, where they have been found."""
    if "segments" not in compute.reached(visit):
        return Segments()
    k = compute.shown_k(visit)
    key = compute.solution_key(visit, k)
    return Segments(key, compute.labels(visit, k), compute.names(visit, k, words))


def applying(visit: Visit, group: Group, found: Segments) -> InForce:
    """Return what of a filter applies to the table as it is."""
    names = {column.name for column in compute.customers(visit).columns}
    return in_force(group, names, found.solution)


def outcomes(visit: Visit) -> tuple[str, ...]:
    """Return the columns whose sum can be a value, without personal data."""
    private = compute.private_columns(visit)
    offered = outcomes_of(compute.customers(visit), compute.variables(visit))
    return tuple(name for name in offered if name not in private)


def channels(visit: Visit) -> tuple[str, ...]:
    """Return the channels that the file knows, before direct ones any of them."""
    return channels_of(compute.variables(visit), compute.customers(visit))


def ground(visit: Visit, plan: SizingPlan, found: Segments) -> Ground:
    """Return everybody, to be asked what the plan asks."""
    offered, ways = outcomes(visit), channels(visit)
    outcome = plan.outcome if plan.outcome in offered else next(iter(offered), None)
    channel = plan.channel if plan.channel in ways else next(iter(ways), None)
    rules = compute.study_of(visit).criteria.reach
    question = Question(outcome, channel, found.labels, rules)
    return visit.memo.get(
        ("sizing", compute.variables_key(visit), question),
        lambda: ground_of(compute.customers(visit), compute.variables(visit), question),
    )


def sample(visit: Visit, whole: Ground, group: Group) -> Ground:
    """Return the sample that answers at once; it is drawn once for the same columns."""
    key = ("sizing_sample", compute.variables_key(visit), whole.question, group.columns)
    return visit.memo.get(key, lambda: sampled(whole, group))


def exact(visit: Visit, whole: Ground, group: Group) -> Answer:
    """Return the exact answer."""
    return visit.memo.get(_key(visit, whole, group), lambda: ask(whole, group))


def known(visit: Visit, whole: Ground, group: Group) -> bool:
    """Tell whether the exact answer is there already."""
    return visit.memo.has(_key(visit, whole, group))


def is_rule(study: Study, each: WhatIf) -> bool:
    """Tell whether a what-if, as it is now, stands for a segment."""
    return not each.where.uses_segments and Pin.of(each.name, each.where) in study.branch.pins


def with_rule(visit: Visit, study: Study, name: str, where: Group) -> Study:
    """Return the study with the customers who meet a filter as a segment of that name.

    Raises
    ------
    SegmentsInRule, NobodyPinned, EverybodyPinned
        When the filter asks for segments, takes nobody, or everybody.
    """
    branch = study.branch.with_pin(Pin.of(name, where))
    changed = replace(study, branch=branch)
    arranging.learning(compute.customers(visit), changed)
    return changed


def _key(visit: Visit, whole: Ground, group: Group) -> Hashable:
    return ("sizing_exact", compute.variables_key(visit), whole.question, group)


def moving(visit: Visit, whole: Ground, group: Group, condition: Condition) -> Curve:
    """Return how many meet the filter as a threshold moves, from the sample."""
    asked = sample(visit, whole, group)
    key = ("sizing_curve", compute.variables_key(visit), whole.question, group, condition)
    return visit.memo.get(key, lambda: curve(asked, group, condition))
