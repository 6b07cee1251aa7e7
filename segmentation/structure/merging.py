"""Two segments taken together by hand, step by step, so that the last step can be undone.

Enters: a partition and pairs of segments. Leaves: a partition. Refuses to leave fewer than two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from segmentation.errors import BadMerge
from segmentation.structure.partition import Partition, derived_key

Pair = tuple[int, int]
_FEWEST = 2


def merged(partition: Partition, pair: Pair) -> Partition:
    """Take two segments together.

    Parameters
    ----------
    partition : Partition
        Before segments are split.
    pair : (int, int)
        Two of its segments.

    Returns
    -------
    Partition
        The merged segment stands in the place of the first; those behind the second move up.

    Raises
    ------
    BadMerge
        When the two are not there, or are the same, or nothing would be left to tell apart.
    """
    first, second = sorted(pair)
    if not 0 <= first < second < partition.k or partition.k <= _FEWEST:
        raise BadMerge(first=first + 1, second=second + 1, k=partition.k)
    labels = np.where(partition.labels == second, np.int16(first), partition.labels)
    labels = np.where(labels > second, labels - np.int16(1), labels).astype(np.int16)
    names = [segment.called for segment in partition.segments]
    both = (names[first], names[second])
    names[first] = " + ".join(both) if all(both) else ""
    del names[second]
    segments = tuple(
        replace(segment, macro=place, called=name)
        for place, (segment, name) in enumerate(zip(partition.segments, names, strict=False))
    )
    key = derived_key(partition.key, "merged", first, second)
    return Partition(key, partition.rows, labels, segments)


def merged_all(partition: Partition, pairs: Iterable[Pair]) -> Partition:
    """Take segments together in steps; each pair is numbered as the steps before it left them."""
    for pair in pairs:
        partition = merged(partition, pair)
    return partition
