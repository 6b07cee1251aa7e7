"""Segments split again: each part lies inside one segment, and the parts add up to it.

Enters: a partition and the parts of some of its segments. Leaves: a partition of two levels, and
what speaks against a split. Refuses to lose anybody: who is in none of the parts makes one more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from segmentation.criteria import Check, Thresholds, Verdict
from segmentation.structure.partition import Partition, Segment, derived_key


def enough_to_split(thresholds: Thresholds) -> int:
    """Return how many customers a segment needs, so that two parts can be large enough.

    Examples
    --------
    >>> enough_to_split(Thresholds())
    60
    """
    return 2 * math.ceil(thresholds.value("size-n"))


def with_parts(macro: Partition, parts: Mapping[int, Partition]) -> Partition:
    """Split segments.

    Parameters
    ----------
    macro : Partition
        The first level.
    parts : mapping of int to Partition
        By segment: the same customers in parts. Who belongs to none of them makes a further part.

    Returns
    -------
    Partition
        The second level, in the order of the first; segments that were not split stay whole.
    """
    if not parts:
        return macro
    labels = macro.labels.copy()
    segments: list[Segment] = []
    for segment, whole in enumerate(macro.segments):
        start, own = len(segments), macro.labels == segment
        if segment not in parts:
            labels[own] = start
            segments.append(whole)
            continue
        inner = parts[segment]
        places = inner.at(macro.rows[own])
        n_parts = inner.k + bool((places < 0).any())
        labels[own] = start + np.where(places < 0, np.int16(inner.k), places)
        called = [part.called for part in inner.segments] + [""] * (n_parts - inner.k)
        segments += [Segment(segment, part, name) for part, name in enumerate(called)]
    keys = [f"{segment}:{parts[segment].key}" for segment in sorted(parts)]
    key = derived_key(macro.key, "split", *keys)
    return replace(macro, key=key, labels=labels, segments=tuple(segments), parent=macro)


def too_small(checks: Sequence[Check], partition: Partition, segment: int) -> tuple[Check, ...]:
    """Return the checks of size that the parts of a segment do not pass.

    Parameters
    ----------
    checks : sequence of Check
        Of the partition's segments.
    partition : Partition
        Of two levels.
    segment : int
        The one that was split, at the first level.

    Returns
    -------
    tuple of Check
    """
    return tuple(
        check
        for check in checks
        if check.criterion == "size"
        and check.verdict is not Verdict.PASS
        and partition.segments[check.segment].macro == segment
        and partition.segments[check.segment].part is not None
    )
