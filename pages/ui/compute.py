"""The doors to the library's expensive calls: each remembered in the visit by what it depends on.

Enters: a visit. Leaves: results, made at most once for the same decisions. Results are kept in the
visit rather than in Streamlit's caches: they end with it, no other visit can reach them, and large
matrices are not copied on every run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from pages.ui.opening import frozen, table_key, take_up
from pages.ui.visits import Visit, pool
from segmentation import workflow
from segmentation.audit import Audit
from segmentation.audit import audit as audit_table
from segmentation.errors import JobCancelled
from segmentation.geography.spots import spots_of
from segmentation.intake import (
    CustomerTable,
    RawTable,
)
from segmentation.jobs import Job, JobState
from segmentation.preparation import BasisMatrix
from segmentation.study import Branch, Study
from segmentation.typing_tool import TypingTool
from segmentation.typing_tool import typing_tool as make_typing_tool
from segmentation.variables import Variable, VariableChoice, likely_id, resolve, suggest
from segmentation.wording import Words
from segmentation.wording.terms import segment_names
from segmentation.workflow import Extraction, Judged

PATIENCE_SECONDS = 0.6


def raw_of(visit: Visit) -> RawTable:
    """Return the visit's file; the page has made sure that there is one."""
    if visit.raw is None:
        raise LookupError("no file is open")
    return visit.raw


def study_of(visit: Visit) -> Study:
    """Return the visit's study; the page has made sure that there is one."""
    if visit.study is None:
        raise LookupError("no study is open")
    return visit.study


def customers(visit: Visit) -> CustomerTable:
    """Return the typed customers of the population."""
    study = study_of(visit)
    return visit.memo.get(
        ("customers", table_key(study)), lambda: workflow.customers_of(raw_of(visit), study)
    )


def suggested(visit: Visit) -> tuple[Variable, ...]:
    """Return the suggestions for all columns."""
    return visit.memo.get(
        ("suggested", table_key(study_of(visit))), lambda: suggest(customers(visit))
    )


def variables(visit: Visit) -> tuple[Variable, ...]:
    """Return the variables as the study decided."""
    return visit.memo.get(
        ("variables", variables_key(visit)),
        lambda: workflow.variables_of(customers(visit), study_of(visit)),
    )


def id_offered(visit: Visit) -> str | None:
    """Return the column that seems to name the customers, where none is chosen."""
    table = customers(visit)
    return None if table.id_name else likely_id(variables(visit), table.raw.n_rows)


def audit(visit: Visit) -> Audit:
    """Return what may harm a segmentation; a date is in the future as of today."""
    today = dt.datetime.now(dt.UTC).date()
    return visit.memo.get(
        ("audit", variables_key(visit), today),
        lambda: audit_table(
            customers(visit),
            variables(visit),
            as_of=today,
            n_rejected=raw_of(visit).n_rejected,
        ),
    )


def matrix(visit: Visit) -> BasisMatrix:
    """Return the prepared basis."""
    return visit.memo.get(
        ("matrix", variables_key(visit)),
        lambda: workflow.matrix_of(customers(visit), variables(visit), study_of(visit)),
    )


def extraction(visit: Visit) -> Extraction | None:
    """Return the sweep when it is there; start it, or go on waiting, when it is not.

    Raises
    ------
    JobCancelled
        When the user cancelled it; :func:`restart` begins anew.
    SegmentationError
        What the computation refused.
    """
    key = extraction_key(visit)
    if visit.memo.has(key):
        return visit.memo.get(key, never)
    job = _job_for(visit, key)
    job.wait(PATIENCE_SECONDS)
    if job.state in (JobState.QUEUED, JobState.RUNNING):
        return None
    found: Extraction = job.result
    return visit.memo.get(key, lambda: found)


def _job_for(visit: Visit, key: Hashable) -> Job[Extraction]:
    task = workflow.task_of(matrix(visit), study_of(visit))
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
    return ("extraction", matrix(visit).fingerprint, workflow.spec_of(matrix(visit), study))


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


def shown_k(visit: Visit) -> int:
    """Return the number of segments on show."""
    return finished_extraction(visit).shown_k(study_of(visit).branch.k)


def solution_key(visit: Visit, k: int) -> str:
    """Return the identity of a solution, under which its names are kept."""
    return workflow.key_of(matrix(visit), study_of(visit), k)


def labels(visit: Visit, k: int) -> str:
    """Return the engine table that holds the labels of a solution."""
    key = solution_key(visit, k)
    solution = finished_extraction(visit).family.solution(k)
    return workflow.put_labels(customers(visit), matrix(visit), solution, key)


def judged(visit: Visit, k: int) -> Judged:
    """Return the profile and the checks of a solution."""
    study = study_of(visit)
    key = ("judged", solution_key(visit, k), variables_key(visit), frozen(study.thresholds))
    return visit.memo.get(
        key,
        lambda: workflow.judge(customers(visit), variables(visit), labels(visit, k), k, study),
    )


def typing_tool(visit: Visit, k: int) -> TypingTool:
    """Return the questions and rules that tell the segments of a solution."""
    key = ("typing_tool", solution_key(visit, k), variables_key(visit))
    return visit.memo.get(
        key, lambda: make_typing_tool(customers(visit), variables(visit), labels(visit, k))
    )


def given_names(visit: Visit, k: int) -> tuple[str, ...]:
    """Return the user's names of the segments, blank where none was given."""
    return study_of(visit).branch.names_of(solution_key(visit, k), k)


def names(visit: Visit, k: int, words: Words) -> tuple[str, ...]:
    """Return the names of the segments to show."""
    return segment_names(given_names(visit, k), words)


def renamed(visit: Visit, k: int, typed: Sequence[str]) -> Branch:
    """Return the extraction's decisions with the segments named as typed."""
    branch, key = study_of(visit).branch, solution_key(visit, k)
    for segment, name in enumerate(typed):
        branch = branch.with_name(key, k, segment, name)
    return branch


def private_columns(visit: Visit) -> frozenset[str]:
    """Return the names of the columns with personal data."""
    return frozenset(v.name for v in variables(visit) if v.private)


def check_population(visit: Visit, study: Study) -> None:
    """Raise ``NoCustomersLeft`` when the population of a changed study leaves nobody."""
    workflow.customers_of(raw_of(visit), study)


def check_choices(visit: Visit, changed: Mapping[str, VariableChoice]) -> None:
    """Raise ``UnsuitableBasis`` when a changed column must not form segments."""
    resolve(suggested(visit), {**study_of(visit).branch.choices, **changed})


def check_study(visit: Visit, loaded: Study) -> Study:
    """Return a loaded study for the open files; ``StudyOfAnotherFile`` unless it is theirs.

    Orders are summed up and files joined as the study says. Where the open files make the same
    customers in another way, such as one file that was several, that way stays.
    """
    for plan in loaded.nearby:
        spots_of(visit.engine, plan)  # refused where the file of its places is missing
    now = study_of(visit)
    files = (loaded.composition, loaded.source.options, loaded.codebook)
    if loaded.source.fingerprint != now.source.fingerprint and files != (
        now.composition,
        now.source.options,
        now.codebook,
    ):
        take_up(visit, loaded)
    loaded.refuse_other_file(raw_of(visit))
    now = study_of(visit)
    return replace(loaded, source=now.source, composition=now.composition)


def changed_thresholds(study: Study, chosen: Mapping[str, float]) -> dict[str, float]:
    """Return the thresholds that differ from those in force."""
    in_force = study.thresholds_in_force()
    return {code: value for code, value in chosen.items() if value != in_force.value(code)}


def never() -> Extraction:
    """Make nothing: the result is remembered."""
    raise LookupError("the result is remembered")


def reached(visit: Visit) -> frozenset[str]:
    """Return which steps have a result already: ``table``, ``variables``, ``segments``."""
    if visit.raw is None or visit.study is None:
        return frozenset()
    if not visit.memo.has(("matrix", variables_key(visit))):
        return frozenset({"table"})
    key = extraction_key(visit)
    ended = visit.job_key == key and visit.job is not None and visit.job.state is JobState.DONE
    if ended or visit.memo.has(key):
        return frozenset({"table", "variables", "segments"})
    return frozenset({"table", "variables"})


def variables_key(visit: Visit) -> Hashable:
    """Return what the variables, and everything made from them, depend on."""
    study = study_of(visit)
    return (table_key(study), frozen(study.branch.choices), study.branch.recipe)
