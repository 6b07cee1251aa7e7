"""The doors to the prepared basis and the segments found in it, remembered in the visit.

Enters: a visit, or a study of it. Leaves: sweeps, each computed in a job of its own. ``compute``
shows them on; pages need no other door.
"""

from __future__ import annotations

from collections.abc import Hashable

from pages.ui.opened import customers, study_of, suggested, variables_key_of
from pages.ui.opening import table_key
from pages.ui.visits import Visit, pool
from segmentation import arranging, workflow
from segmentation.arranging import Sweep
from segmentation.errors import JobCancelled
from segmentation.intake import CustomerTable
from segmentation.jobs import Job, JobState
from segmentation.preparation import BasisMatrix
from segmentation.study import Study
from segmentation.variables import resolve
from segmentation.workflow import Extraction, ExtractionTask

PATIENCE_SECONDS = 0.6


def learning(visit: Visit) -> CustomerTable:
    """Return the customers who are segmented: all whom no rule pinned."""
    return learning_of(visit, study_of(visit))


def learning_of(visit: Visit, study: Study) -> CustomerTable:
    """Return the customers whom no rule of a study pinned."""
    if not study.branch.pins:
        return customers(visit)
    return visit.memo.get(learning_key(study), lambda: arranging.learning(customers(visit), study))


def learning_key(study: Study) -> Hashable:
    """Return what the customers whom no rule pinned depend on."""
    return ("learning", table_key(study), study.branch.pins)


def matrix(visit: Visit) -> BasisMatrix:
    """Return the prepared basis of the customers who are segmented."""
    return matrix_of(visit, learning(visit), study_of(visit))


def matrix_of(visit: Visit, table: CustomerTable, study: Study) -> BasisMatrix:
    """Return the prepared basis of some of the customers, as a study says."""

    def prepared() -> BasisMatrix:
        chosen = resolve(suggested(visit), study.branch.choices_in_force)
        return workflow.matrix_of(table, chosen, study)

    return visit.memo.get(("matrix", variables_key_of(study), table.within), prepared)


def extraction(visit: Visit) -> Extraction | None:
    """Return the sweep when it is there; start it, or go on waiting, when it is not.

    Raises
    ------
    JobCancelled
        When the user cancelled it; :func:`restart` begins anew.
    SegmentationError
        What the computation refused.
    """
    return sweep_of(visit, matrix(visit), study_of(visit))


def sweep_of(visit: Visit, prepared: BasisMatrix, study: Study) -> Extraction | None:
    """Return the sweep of a prepared basis as :func:`extraction` does."""
    key = sweep_key(prepared, study)
    if visit.memo.has(key):
        return visit.memo.get(key, never)
    job = _job_for(visit, key, workflow.task_of(prepared, study))
    job.wait(PATIENCE_SECONDS)
    if job.state in (JobState.QUEUED, JobState.RUNNING):
        return None
    found: Extraction = job.result
    return visit.memo.get(key, lambda: found)


def _job_for(visit: Visit, key: Hashable, task: ExtractionTask) -> Job[Extraction]:
    # The memo stays outside this lock: whoever makes a result there may be waiting for it.
    with visit.lock:
        if visit.job is None or visit.job_key != key:
            visit.stop_job()
            visit.job = pool().submit(workflow.extract, task, owner=visit.token)
            visit.job_key = key
        return visit.job


def running_job(visit: Visit) -> Job[Extraction] | None:
    """Return the job of the visit, if one is waiting or running."""
    job = visit.job
    return job if job and job.state in (JobState.QUEUED, JobState.RUNNING) else None


def restart(visit: Visit) -> None:
    """Forget a cancelled or failed job, so that the next look starts anew."""
    visit.stop_job()


def extraction_key(visit: Visit) -> Hashable:
    """Return what the study's sweep depends on."""
    return extraction_key_of(visit, study_of(visit))


def extraction_key_of(visit: Visit, study: Study) -> tuple[object, ...]:
    """Return what the sweep of a study with the same variables depends on."""
    return sweep_key(matrix(visit), study)


def sweep_key(prepared: BasisMatrix, study: Study) -> tuple[object, ...]:
    """Return what the sweep of a prepared basis depends on."""
    return ("extraction", prepared.fingerprint, workflow.spec_of(prepared, study))


def method_in_use(visit: Visit) -> str:
    """Return the method that finds the segments, whether it was chosen or suggested."""
    key = extraction_key(visit)
    if visit.memo.has(key):  # k-means may have taken over
        return visit.memo.get(key, never).family.spec.method
    return workflow.spec_of(matrix(visit), study_of(visit)).method


def finished_extraction(visit: Visit) -> Extraction:
    """Return the sweep that a page has required (raises ``JobCancelled`` while there is none)."""
    found = extraction(visit)
    if found is None:
        raise JobCancelled
    return found


def sweep_behind(visit: Visit, study: Study) -> Sweep | None:
    """Return the sweep that a study's segments come from; None where they are given.

    Raises
    ------
    JobCancelled
        While there is none.
    """
    if arranging.given_of(customers(visit), study) is not None:
        return None
    prepared = matrix_of(visit, learning_of(visit, study), study)
    found = sweep_of(visit, prepared, study)
    if found is None:
        raise JobCancelled
    return Sweep(prepared, found)


def never() -> Extraction:
    """Make nothing: the result is remembered."""
    raise LookupError("the result is remembered")
