"""How far to trust a sweep: begun on request, computed in a job, remembered in the visit.

Enters: a visit with a sweep. Leaves: its :class:`Trust`, once it is there. Refuses to begin by
itself.
"""

from __future__ import annotations

from collections.abc import Hashable

from pages.ui import compute
from pages.ui.visits import Visit, pool
from segmentation import workflow
from segmentation.jobs import Job, JobState
from segmentation.validation import Borders, Trust
from segmentation.validation import borders as borders_of
from segmentation.validation.borders import BORDER_ROWS


def trust(visit: Visit) -> Trust | None:
    """Return how far to trust the sweep, once it was judged; None before that.

    Raises
    ------
    JobCancelled
        When the user cancelled it.
    SegmentationError
        What the computation refused.
    """
    key = _trust_key(visit)
    if visit.memo.has(key):
        return known_trust(visit)
    if not is_judging(visit) or visit.job is None:
        return None
    job: Job[Trust] = visit.job
    job.wait(compute.PATIENCE_SECONDS)
    if job.state in (JobState.QUEUED, JobState.RUNNING):
        return None
    found = job.result
    return visit.memo.get(key, lambda: found)


def known_trust(visit: Visit) -> Trust | None:
    """Return how far to trust the sweep if that is known already; neither waits nor raises."""
    return known_trust_of(visit, compute.extraction_key(visit))


def known_trust_of(visit: Visit, sweep_key: Hashable) -> Trust | None:
    """Return how far to trust any sweep, if that is known already."""
    key = ("trust", sweep_key)
    return visit.memo.get(key, _remembered) if visit.memo.has(key) else None


def start_judging(visit: Visit) -> None:
    """Begin to judge the sweep, in a job of its own."""
    found = compute.finished_extraction(visit)
    task = workflow.task_of(compute.matrix(visit), compute.study_of(visit))
    key = _trust_key(visit)
    with visit.lock:
        visit.stop_job()
        visit.job = pool().submit(workflow.validate, task, found, owner=visit.token)
        visit.job_key = key


def is_judging(visit: Visit) -> bool:
    """Whether the visit's job judges the present sweep."""
    return visit.job is not None and visit.job_key == _trust_key(visit)


def borders(visit: Visit, k: int) -> Borders:
    """Return how near customers are to the borders of ``k`` segments."""
    family = compute.finished_extraction(visit).family
    return visit.memo.get(
        ("borders", compute.extraction_key(visit), k),
        lambda: borders_of(
            family.fitted(compute.matrix(visit).values[:BORDER_ROWS]), family.solution(k).centers
        ),
    )


def _trust_key(visit: Visit) -> Hashable:
    return ("trust", compute.extraction_key(visit))


def _remembered() -> Trust:
    raise LookupError("the result is remembered")
