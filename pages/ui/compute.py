"""The doors to the library's expensive calls: each remembered in the visit by what it depends on.

Enters: a visit. Leaves: results, made at most once for the same decisions. Results are kept in the
visit rather than in Streamlit's caches: they end with it, no other visit can reach them, and large
matrices are not copied on every run.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import partial

from pages.ui.opened import audit as audit
from pages.ui.opened import customers as customers
from pages.ui.opened import id_offered as id_offered
from pages.ui.opened import private_columns as private_columns
from pages.ui.opened import raw_of as raw_of
from pages.ui.opened import study_of as study_of
from pages.ui.opened import suggested as suggested
from pages.ui.opened import variables as variables
from pages.ui.opened import variables_key as variables_key
from pages.ui.opened import variables_key_of as variables_key_of
from pages.ui.opening import frozen, table_key
from pages.ui.visits import Visit, pool
from segmentation import arranging, workflow
from segmentation.arranging import Sweep
from segmentation.errors import JobCancelled
from segmentation.intake import CustomerTable
from segmentation.jobs import Job, JobState
from segmentation.preparation import BasisMatrix
from segmentation.structure import Partition
from segmentation.study import Branch, Study
from segmentation.variables import Variable, resolve
from segmentation.wording import Words
from segmentation.wording.structure import names_on_show
from segmentation.workflow import Extraction, ExtractionTask, Judged

PATIENCE_SECONDS = 0.6


def learning(visit: Visit) -> CustomerTable:
    """Return the customers who are segmented: all whom no rule pinned."""
    study = study_of(visit)
    if not study.branch.pins:
        return customers(visit)
    return visit.memo.get(_learning_key(study), lambda: arranging.learning(customers(visit), study))


def _learning_key(study: Study) -> Hashable:
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


class _Pending(Exception):
    """A sweep that the segments need is not there yet."""


def partition_now(visit: Visit, study: Study | None = None) -> Partition | None:
    """Return the segments of a study, the visit's where none is named; None while they compute.

    Raises
    ------
    JobCancelled
        When the user cancelled it; :func:`restart` begins anew.
    SegmentationError
        What the computation refused.
    """
    wanted = study or study_of(visit)
    key = partition_key(wanted)
    if not visit.memo.has(key):
        try:
            found = arranging.arranged(customers(visit), wanted, partial(_find, visit))
        except _Pending:
            return None
        visit.memo.put(key, found)
    return visit.memo.get(key, no_partition)


def _find(visit: Visit, table: CustomerTable, study: Study) -> Sweep:
    prepared = matrix_of(visit, table, study)
    found = sweep_of(visit, prepared, study)
    if found is None:
        raise _Pending
    return Sweep(prepared, found)


def partition_key(study: Study) -> Hashable:
    """Return what the segments of a study depend on."""
    return ("partition", table_key(study), study.branch.decisions)


def partition(visit: Visit) -> Partition:
    """Return the segments on show (raises ``JobCancelled`` while there are none)."""
    found = partition_now(visit)
    if found is None:
        raise JobCancelled
    return found


def before_merging(visit: Visit) -> Partition:
    """Return the segments before any were merged or split (raises as :func:`partition`)."""
    study = study_of(visit)
    found = partition_now(visit, replace(study, branch=replace(study.branch, merges={}, splits={})))
    if found is None:
        raise JobCancelled
    return found


def is_given(visit: Visit) -> bool:
    """Tell whether a column gives the segments."""
    return arranging.given_of(customers(visit), study_of(visit)) is not None


def is_changed(visit: Visit) -> bool:
    """Tell whether found segments were pinned, merged or split by hand."""
    found, study = partition(visit), study_of(visit)
    if is_given(visit):
        return bool(found.parent or study.branch.pins)
    k = finished_extraction(visit).shown_k(study.branch.k)
    return found.key != workflow.key_of(matrix(visit), study, k)


def shown_k(visit: Visit) -> int:
    """Return the number of segments on show."""
    return partition(visit).k


def solution_key(visit: Visit, k: int) -> str:
    """Return the identity of the ``k`` segments on show, under which their names are kept."""
    found = partition(visit)
    return found.key if k == found.k else workflow.key_of(matrix(visit), study_of(visit), k)


def labels(visit: Visit, k: int) -> str:
    """Return the engine table that holds the ``k`` segments on show."""
    found = partition(visit)
    if k != found.k:
        raise LookupError(f"{found.k} segments are on show, not {k}")
    return arranging.put_partition(customers(visit), found)


def telling(visit: Visit) -> tuple[Variable, ...]:
    """Return the variables that may tell about the segments on show."""
    return arranging.telling(variables(visit), study_of(visit), partition(visit))


def judged(visit: Visit, k: int) -> Judged:
    """Return the profile and the checks of a solution."""
    study = study_of(visit)
    key = ("judged", solution_key(visit, k), variables_key(visit), frozen(study.thresholds))
    return visit.memo.get(
        key,
        lambda: workflow.judge(customers(visit), telling(visit), labels(visit, k), k, study),
    )


def given_names(visit: Visit, k: int) -> tuple[str, ...]:
    """Return the user's names of the segments, blank where none was given."""
    return study_of(visit).branch.names_of(solution_key(visit, k), k)


def names(visit: Visit, k: int, words: Words) -> tuple[str, ...]:
    """Return the names of the segments to show."""
    found, branch = partition(visit), study_of(visit).branch
    macro = branch.names_of(found.macro.key, found.macro.k)
    return names_on_show(found, given_names(visit, k), macro, words)


def renamed(visit: Visit, k: int, typed: Sequence[str]) -> Branch:
    """Return the extraction's decisions with the segments named as typed."""
    branch, key = study_of(visit).branch, solution_key(visit, k)
    for segment, name in enumerate(typed):
        branch = branch.with_name(key, k, segment, name)
    return branch


def never() -> Extraction:
    """Make nothing: the result is remembered."""
    raise LookupError("the result is remembered")


def no_partition() -> Partition:
    """Make nothing, either."""
    raise LookupError("the result is remembered")


def reached(visit: Visit) -> frozenset[str]:
    """Return which steps have a result already: ``table``, ``variables``, ``segments``."""
    if visit.raw is None or visit.study is None:
        return frozenset()
    study = visit.study
    done = frozenset({"table", "variables", "segments"})
    if study.branch.given in visit.raw.names or visit.memo.has(partition_key(study)):
        return done
    within = None
    if study.branch.pins:
        if not visit.memo.has(_learning_key(study)):
            return frozenset({"table"})
        within = learning(visit).within
    if not visit.memo.has(("matrix", variables_key(visit), within)):
        return frozenset({"table"})
    key = extraction_key(visit)
    ended = visit.job_key == key and visit.job is not None and visit.job.state is JobState.DONE
    return done if ended or visit.memo.has(key) else frozenset({"table", "variables"})
