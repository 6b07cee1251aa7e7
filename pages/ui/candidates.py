"""Segments that are tried beside those on show: another split, number, method or choice.

Enters: a visit and a study that is not the visit's. Leaves: its segments, once they are there.
Refuses to begin by itself, and to change the study.
"""

from __future__ import annotations

from pages.ui import compute
from pages.ui.visits import Visit
from segmentation.errors import JobCancelled
from segmentation.structure import Partition
from segmentation.study import Study


def begin(visit: Visit, study: Study) -> None:
    """Begin to compute the segments of a study; what else was computed is stopped."""
    with visit.lock:
        visit.stop_job()
        visit.asked = compute.partition_key(study)


def is_asked(visit: Visit, study: Study) -> bool:
    """Tell whether the segments of a study were asked for last."""
    return visit.asked == compute.partition_key(study)


def look(visit: Visit, study: Study) -> Partition | None:
    """Return the segments of a study; None where nobody asked for them or they are not there yet.

    Raises
    ------
    SegmentationError
        What the computation refused.
    """
    if not (is_asked(visit, study) or visit.memo.has(compute.partition_key(study))):
        return None
    try:
        return compute.partition_now(visit, study)
    except JobCancelled:
        compute.restart(visit)
        visit.asked = None
        return None
