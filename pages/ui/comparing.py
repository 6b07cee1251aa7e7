"""Other ways of finding segments in the same customers, computed on request and remembered.

Enters: a visit with a sweep. Leaves: the sweeps of other methods, once they are there. Refuses to
change the study: to look at another method is not to choose it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pages.ui import compute, worth
from pages.ui.visits import Visit, pool
from segmentation import workflow
from segmentation.criteria import Scorecard
from segmentation.jobs import Job, JobState
from segmentation.methods import METHODS
from segmentation.structure import found as partition_of
from segmentation.study import Study
from segmentation.validation import silhouette
from segmentation.validation.agreement import adjusted_rand, cross_tables, with_rest
from segmentation.workflow import Extraction


@dataclass(frozen=True, slots=True)
class Compared:
    """A method's solution beside the one on show.

    Attributes
    ----------
    method : str
    extraction : Extraction
    k : int
        Its number of segments nearest to the one on show.
    agreement : float
        Adjusted Rand index with the solution on show.
    separation : float
        Mean silhouette width among the prepared variables, the same for all methods.
    card : Scorecard
        What the criteria say of its segments.
    """

    method: str
    extraction: Extraction
    k: int
    agreement: float
    separation: float
    card: Scorecard


def methods_known(visit: Visit) -> tuple[str, ...]:
    """Return which methods have been computed for the present variables, the one on show first."""
    shown = compute.method_in_use(visit)
    others = [m for m in METHODS if m != shown and visit.memo.has(_key(visit, m))]
    return (shown, *others)


def begin(visit: Visit, method: str) -> None:
    """Begin to find segments by another method, in a job of its own."""
    task = workflow.task_of(compute.matrix(visit), _with(visit, method))
    with visit.lock:
        visit.stop_job()
        visit.job = pool().submit(workflow.extract, task, owner=visit.token)
        visit.job_key = _key(visit, method)


def is_comparing(visit: Visit, method: str) -> bool:
    """Whether the visit's job computes that method for the present variables."""
    return visit.job is not None and visit.job_key == _key(visit, method)


def take(visit: Visit, method: str) -> bool:
    """Remember the method's sweep if its job has ended; tell whether it is known now.

    Raises
    ------
    JobCancelled
        When the user cancelled it.
    SegmentationError
        What the computation refused.
    """
    key = _key(visit, method)
    if visit.memo.has(key):
        return True
    if not is_comparing(visit, method) or visit.job is None:
        return False
    job: Job[Extraction] = visit.job
    job.wait(compute.PATIENCE_SECONDS)
    if job.state in (JobState.QUEUED, JobState.RUNNING):
        return False
    visit.memo.put(key, job.result)
    return True


def compared(visit: Visit, method: str, k: int) -> Compared:
    """Put a method's solution beside the one on show.

    Parameters
    ----------
    visit : Visit
    method : str
        One of :func:`methods_known`.
    k : int
        The number of segments on show.

    Returns
    -------
    Compared
    """
    decided = worth.decided(compute.study_of(visit))
    key = ("compared", _key(visit, method), compute.solution_key(visit, k), decided)
    return visit.memo.get(key, lambda: _compared(visit, method, k))


def _compared(visit: Visit, method: str, k: int) -> Compared:
    own = compute.finished_extraction(visit).family.solution(k)
    found: Extraction = visit.memo.get(_key(visit, method), compute.never)
    nearest = min(found.family.solutions, key=lambda each: (abs(each - k), each))
    other = found.family.solution(nearest)
    matrix, study = compute.matrix(visit), _with(visit, method)
    one, _, n = with_rest(own.labels)
    two, _, m = with_rest(other.labels)
    weights = np.ones(len(one)) if matrix.weights is None else matrix.weights
    agreement = float(adjusted_rand(cross_tables(one[None], two[None], weights, (n, m)))[0])
    study = replace(study, branch=replace(study.branch, k=nearest))
    as_found = partition_of(other, matrix.rows, workflow.key_of(matrix, study, nearest))
    card = worth.worth_of(visit, study, as_found).card
    separation = silhouette(matrix.values, other.labels)
    return Compared(method, found, nearest, agreement, separation, card)


def _with(visit: Visit, method: str) -> Study:
    study = compute.study_of(visit)
    spec = replace(study.branch.extraction, method=method)
    return replace(study, branch=replace(study.branch, extraction=spec))


def _key(visit: Visit, method: str) -> tuple[object, ...]:
    return compute.extraction_key_of(visit, _with(visit, method))
