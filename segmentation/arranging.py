"""The segments of a study: found or given, then pinned, merged and split as it says.

Enters: a customer table, a study, and whoever finds segments. Leaves: the partition on show. Pages
and the command line take the same way; only how they wait for a sweep differs. Refuses to keep
anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from segmentation.criteria import Tested
from segmentation.intake import CustomerTable
from segmentation.preparation import BasisMatrix
from segmentation.structure import (
    Partition,
    Pin,
    among,
    found,
    left_over,
    merged_all,
    of_column,
    pinned_rows,
    with_parts,
    with_pinned,
)
from segmentation.study import Study
from segmentation.validation import Trust
from segmentation.variables import Role, Variable
from segmentation.workflow import Extraction, key_of, tested_of


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """A prepared basis, and the solutions found in it."""

    matrix: BasisMatrix
    extraction: Extraction


Finder = Callable[[CustomerTable, Study], Sweep]


def given_of(table: CustomerTable, study: Study) -> str | None:
    """Return the column that gives the segments; None where they are found, or it is not there."""
    names = {column.name for column in table.columns}
    return study.branch.given if study.branch.given in names else None


def learning(table: CustomerTable, study: Study) -> CustomerTable:
    """Return the customers who are segmented: all whom no rule of the study pinned.

    Parameters
    ----------
    table : CustomerTable
    study : Study

    Returns
    -------
    CustomerTable

    Raises
    ------
    NobodyPinned, EverybodyPinned
        When a rule takes nobody, or rules take everybody.
    """
    return left_over(table, pinned_rows(table, _pins(table, study)))


def before_merging(table: CustomerTable, study: Study, find: Finder) -> Partition:
    """Return the segments as found or given, with those that a rule makes.

    Parameters
    ----------
    table : CustomerTable
    study : Study
    find : callable
        Returns the sweep of a table for a study; asked only where segments are found.

    Returns
    -------
    Partition
    """
    pins = _pins(table, study)
    pinned = pinned_rows(table, pins)
    rest, column = left_over(table, pinned), given_of(table, study)
    if column is not None:
        own = of_column(rest, column, fewest=1 if pins else 2)
        return with_pinned(own, pins, pinned)
    sweep = find(rest, study)
    k = sweep.extraction.shown_k(study.branch.k)
    solution = sweep.extraction.family.solution(k)
    own = found(solution, sweep.matrix.rows, key_of(sweep.matrix, study, k))
    return with_pinned(own, pins, pinned)


def arranged(table: CustomerTable, study: Study, find: Finder) -> Partition:
    """Return the segments on show.

    Parameters
    ----------
    table : CustomerTable
    study : Study
    find : callable
        As in :func:`before_merging`; it is also asked for each segment that is split.

    Returns
    -------
    Partition
        Of two levels where segments are split.
    """
    base = before_merging(table, study, find)
    macro = merged_all(base, study.branch.merges.get(base.key, ()))
    parts = {
        segment: before_merging(
            among(table, macro.rows_of(segment)), replace(study, branch=branch), find
        )
        for segment, branch in study.branch.splits_of(macro.key).items()
        if segment < macro.k
    }
    return with_parts(macro, parts)


def telling(
    variables: Sequence[Variable], study: Study, partition: Partition
) -> tuple[Variable, ...]:
    """Return the variables that may tell about the segments.

    Parameters
    ----------
    variables : sequence of Variable
    study : Study
    partition : Partition
        On show.

    Returns
    -------
    tuple of Variable
        Without the column that gives the segments; what formed parts of a segment counts as basis.
    """
    formed = {
        name
        for branch in study.branch.splits_of(partition.macro.key).values()
        for name, choice in branch.choices.items()
        if choice.role is Role.BASIS
    }
    return tuple(
        replace(variable, role=Role.BASIS) if variable.name in formed else variable
        for variable in variables
        if variable.name != study.branch.given
    )


def as_tested(
    sweep: Sweep | None, trust: Trust | None, partition: Partition, study: Study
) -> Tested:
    """Return how far the segments on show can be trusted.

    Parameters
    ----------
    sweep : Sweep or None
        That they come from; None for segments that are given.
    trust : Trust or None
        What the test made of the sweep; None before it.
    partition : Partition
        On show.
    study : Study

    Returns
    -------
    Tested
        The test speaks of segments as they were found. Where the customers are one population, so
        are the same segments merged or split; of segments made by a rule or given nothing is known.
    """
    if sweep is None:
        return Tested(by_hand=True)
    k = sweep.extraction.shown_k(study.branch.k)
    as_found = tested_of(sweep.extraction, trust, k)
    if partition.key == key_of(sweep.matrix, study, k):
        return as_found
    nothing_found = as_found.nothing_found and not study.branch.pins
    return Tested(nothing_found=nothing_found, by_hand=True)


def put_partition(table: CustomerTable, partition: Partition) -> str:
    """Store the segments in the engine and return the name of their table.

    Customers who belong to no segment are not in it. The others are in the order of the file, so
    that a whole table and its labels can be laid side by side. The name depends on rows and labels,
    too: other customers may be in segments of the same key.
    """
    mark = hashlib.sha256(np.ascontiguousarray(partition.rows).data)
    mark.update(np.ascontiguousarray(partition.labels).data)
    name = f"labels_{partition.key}_{mark.hexdigest()[:8]}"
    if not table.session.has(name):
        order = np.argsort(partition.rows)
        inside = order[partition.labels[order] >= 0]
        columns = {"__row": partition.rows[inside], "segment": partition.labels[inside]}
        table.session.put(name, pa.table(columns))
    return name


def _pins(table: CustomerTable, study: Study) -> tuple[Pin, ...]:
    names = [column.name for column in table.columns]
    return tuple(pin for pin in study.branch.pins if pin.fits(names))
