"""The doors to reach and the scorecard, each remembered in the visit by what it depends on.

Enters: a visit with a solution. Leaves: whom its channels reach, and what every criterion says.
Refuses to test the segments by itself: what is not tested yet is said so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable

from pages.ui import compute, judging
from pages.ui.opening import frozen
from pages.ui.visits import Visit
from segmentation import arranging, workflow
from segmentation.criteria import ChannelReach, Reach, Tested
from segmentation.criteria.candidates import Battery, batteries
from segmentation.criteria.channels import DIRECT
from segmentation.structure import Partition
from segmentation.study import Study
from segmentation.typing_tool.tool import rules_of
from segmentation.workflow import Worth


def reach(visit: Visit, study: Study, partition: Partition) -> Reach:
    """Return whom each channel reaches; the first call checks every address of the file."""
    labels = arranging.put_partition(compute.customers(visit), partition)
    key = ("reach", labels, compute.variables_key(visit), study.criteria.reach)
    return visit.memo.get(
        key,
        lambda: workflow.reach_of(
            compute.customers(visit), compute.variables(visit), labels, partition.k, study
        ),
    )


def channels(visit: Visit) -> tuple[ChannelReach, ...]:
    """Return the channels that address a person directly, of the segments on show."""
    found = reach(visit, compute.study_of(visit), compute.partition(visit))
    return tuple(channel for channel in found.channels if channel.channel in DIRECT)


def worth(visit: Visit) -> Worth:
    """Return what the criteria say of the segments on show."""
    return worth_of(visit, compute.study_of(visit), compute.partition(visit))


def worth_of(visit: Visit, study: Study, partition: Partition) -> Worth:
    """Return what the criteria say of any segments: those on show, or others beside them.

    Parameters
    ----------
    visit : Visit
    study : Study
        Whose segments they are.
    partition : Partition
        The segments.

    Returns
    -------
    Worth

    Raises
    ------
    JobCancelled
        Where the sweep that they come from is gone.
    """
    table, today = compute.customers(visit), dt.datetime.now(dt.UTC).date()
    told = arranging.telling(compute.variables(visit), study, partition)
    told_by, tested = compute.told_by(visit, study), _tested(visit, study, partition)
    labels = arranging.put_partition(table, partition)

    def made() -> Worth:
        found = workflow.Found(
            judged=compute.judged_of(visit, study, partition),
            reach=reach(visit, study, partition),
            rules=visit.memo.get(("rules", labels, told_by), lambda: rules_of(table, told, labels)),
            tested=tested,
            key=partition.key,
        )
        return workflow.worth_of(table, told, found, study, today)

    plans = study.branch.plans_of(partition.key, partition.k)
    key = ("worth", labels, told_by, decided(study), tested, today, plans)
    return visit.memo.get(key, made)


def _tested(visit: Visit, study: Study, partition: Partition) -> Tested:
    sweep = compute.sweep_behind(visit, study)
    if sweep is None:
        return arranging.as_tested(None, None, partition, study)
    trust = judging.known_trust_of(visit, compute.sweep_key(sweep.matrix, study))
    return arranging.as_tested(sweep, trust, partition, study)


def decided(study: Study) -> Hashable:
    """Return what the user decided about the criteria, as part of a key."""
    choices = study.criteria
    return (frozen(study.thresholds), choices.reach, choices.cut_off, frozen(choices.points))


def item_batteries(visit: Visit) -> tuple[Battery, ...]:
    """Return the batteries among the variables that form segments, and their reliability."""
    key = ("batteries", compute.variables_key(visit))
    return visit.memo.get(
        key, lambda: batteries(compute.customers(visit), compute.variables(visit))
    )
