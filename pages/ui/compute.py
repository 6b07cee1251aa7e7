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
from pages.ui.opening import table_key
from pages.ui.sweeps import PATIENCE_SECONDS as PATIENCE_SECONDS
from pages.ui.sweeps import extraction as extraction
from pages.ui.sweeps import extraction_key as extraction_key
from pages.ui.sweeps import extraction_key_of as extraction_key_of
from pages.ui.sweeps import finished_extraction as finished_extraction
from pages.ui.sweeps import learning as learning
from pages.ui.sweeps import learning_key as learning_key
from pages.ui.sweeps import learning_of as learning_of
from pages.ui.sweeps import matrix as matrix
from pages.ui.sweeps import matrix_of as matrix_of
from pages.ui.sweeps import method_in_use as method_in_use
from pages.ui.sweeps import never as never
from pages.ui.sweeps import restart as restart
from pages.ui.sweeps import running_job as running_job
from pages.ui.sweeps import sweep_behind as sweep_behind
from pages.ui.sweeps import sweep_key as sweep_key
from pages.ui.sweeps import sweep_of as sweep_of
from pages.ui.visits import Visit
from segmentation import arranging, workflow
from segmentation.arranging import Sweep
from segmentation.errors import JobCancelled
from segmentation.intake import CustomerTable
from segmentation.jobs import JobState
from segmentation.structure import Partition
from segmentation.study import Branch, Study
from segmentation.variables import Variable
from segmentation.wording import Words
from segmentation.wording.structure import names_on_show
from segmentation.workflow import Judged


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
            found = arranging.arranged(customers(visit), wanted, partial(find_sweep, visit))
        except _Pending:
            return None
        visit.memo.put(key, found)
    return visit.memo.get(key, no_partition)


def find_sweep(visit: Visit, table: CustomerTable, study: Study) -> Sweep:
    """Return the sweep of some customers for a study; it is there once segments are on show."""
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
    """Return the profile of the segments on show, and how much is known of their members."""
    found = partition(visit)
    if k != found.k:
        raise LookupError(f"{found.k} segments are on show, not {k}")
    return judged_of(visit, study_of(visit), found)


def judged_of(visit: Visit, study: Study, found: Partition) -> Judged:
    """Return the profile of any segments by the variables on show, so that all are told alike."""

    def made() -> Judged:
        table, told = customers(visit), arranging.telling(variables(visit), study, found)
        return workflow.judge(table, told, arranging.put_partition(table, found), found.k)

    return visit.memo.get(("judged", found.key, told_by(visit, study)), made)


def told_by(visit: Visit, study: Study) -> Hashable:
    """Return what a description of a study's segments depends on, beside the segments."""
    return (variables_key(visit), variables_key_of(study))


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


def no_partition() -> Partition:
    """Make nothing: the result is remembered."""
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
        if not visit.memo.has(learning_key(study)):
            return frozenset({"table"})
        within = learning(visit).within
    if not visit.memo.has(("matrix", variables_key(visit), within)):
        return frozenset({"table"})
    key = extraction_key(visit)
    ended = visit.job_key == key and visit.job is not None and visit.job.state is JobState.DONE
    return done if ended or visit.memo.has(key) else frozenset({"table", "variables"})
