"""Other preparations of the same variables, tried in a job; and which variables add nothing.

Enters: a visit with a sweep. Leaves: what a change does and what variables contribute, once that is
known. Refuses to begin by itself, and to change the study.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from pages.ui import compute
from pages.ui.opening import frozen, table_key
from pages.ui.visits import Visit, pool
from segmentation.jobs import JobState
from segmentation.preparation import prepare
from segmentation.preparation.alternatives import Situation, alternatives, situation
from segmentation.study import Branch
from segmentation.validation import (
    Contribution,
    Effect,
    Prepared,
    Standing,
    contributions,
    effect,
    outlying,
    standings,
)
from segmentation.validation.outlying import OUTLIER_ROWS
from segmentation.variables import Role, VariableChoice, resolve


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A change to try: its code, the names it is about, and the decisions with it."""

    code: str
    branch: Branch
    names: tuple[str, ...] = ()


def circumstances(visit: Visit) -> Situation:
    """Return which decisions about the preparation matter."""
    recipe = compute.study_of(visit).branch.recipe
    return visit.memo.get(
        ("situation", compute.variables_key(visit)),
        lambda: situation(compute.matrix(visit), compute.variables(visit), recipe),
    )


def changes(visit: Visit, k: int) -> tuple[Change, ...]:
    """Return the changes that are worth a try."""
    branch = compute.study_of(visit).branch
    offered = alternatives(branch.recipe, circumstances(visit))
    found = [Change(a.code, replace(branch, recipe=a.recipe)) for a in offered]
    idle = idle_variables(visit, k)
    if idle:
        changed = branch
        for name in idle:
            choice = branch.choices.get(name, VariableChoice())
            changed = changed.with_choice(name, replace(choice, role=Role.DESCRIPTOR))
        found.insert(0, Change("without", changed, idle))
    return tuple(found)


def idle_variables(visit: Visit, k: int) -> tuple[str, ...]:
    """Return the variables known to add nothing, if at least two others are left."""
    known = known_contributions(visit, k) or {}
    idle = tuple(name for name, found in known.items() if found.adds_nothing)
    return idle if len(known) - len(idle) >= 2 else ()


def known_effect(visit: Visit, k: int, change: Change) -> Effect | None:
    """Return what a change does if that is known already."""
    before, after = (_standing_key(visit, k, b) for b in (_present(visit), change.branch))
    if not (visit.memo.has(before) and visit.memo.has(after)):
        return None
    one, other = (cast("Standing", visit.memo.get(key, _remembered)) for key in (before, after))
    return effect(one, other)


def start_trying(visit: Visit, k: int, change: Change) -> None:
    """Begin to try a change, in a job of its own; what the present way does is kept for the next.

    Raises
    ------
    SegmentationError
        When the variables cannot be prepared so.
    """
    ways = {_standing_key(visit, k, b): b for b in (_present(visit), change.branch)}
    wanted = {key: _prepared(visit, b) for key, b in ways.items() if not visit.memo.has(key)}
    seed = compute.study_of(visit).branch.extraction.seed
    with visit.lock:
        visit.stop_job()
        visit.job = pool().submit(
            standings, tuple(wanted.values()), k, seed=seed, owner=visit.token
        )
        visit.job_key = ("trying", tuple(wanted))


def start_looking_for_noise(visit: Visit, k: int) -> None:
    """Begin to compare every variable with noise in its place."""
    matrix, spec = compute.matrix(visit), compute.study_of(visit).branch.extraction
    rows = Prepared.of(matrix.values, None).values
    with visit.lock:
        visit.stop_job()
        visit.job = pool().submit(
            contributions, rows, matrix.groups, k, seed=spec.seed, owner=visit.token
        )
        visit.job_key = ("noise", _noise_key(visit, k))


def known_contributions(visit: Visit, k: int) -> Mapping[str, Contribution] | None:
    """Return what each variable has to do with ``k`` segments if that is known already."""
    key = _noise_key(visit, k)
    if not visit.memo.has(key):
        return None
    found = cast("Sequence[Contribution]", visit.memo.get(key, _remembered))
    return dict(zip(compute.matrix(visit).basis, found, strict=True))


def is_trying(visit: Visit) -> bool:
    """Take up what has ended; tell whether something is still under way.

    Raises
    ------
    JobCancelled
        When the user cancelled it; asking again begins anew.
    SegmentationError
        What the computation refused.
    """
    key, job = visit.job_key, visit.job
    if job is None or not isinstance(key, tuple) or key[0] not in ("trying", "noise"):
        return False
    job.wait(compute.PATIENCE_SECONDS)
    if job.state in (JobState.QUEUED, JobState.RUNNING):
        return True
    with visit.lock:
        if visit.job is job:
            visit.job, visit.job_key = None, None
    results = job.result
    kept = zip(key[1], results, strict=True) if key[0] == "trying" else [(key[1], results)]
    for name, result in kept:
        visit.memo.put(name, result)
    return False


def outlying_segments(visit: Visit, k: int) -> tuple[int, ...]:
    """Return the segments of a solution that are probably outliers."""
    family = compute.finished_extraction(visit).family
    return visit.memo.get(
        ("outlying", compute.extraction_key(visit), k),
        lambda: outlying(
            family.fitted(compute.matrix(visit).values[:OUTLIER_ROWS]), family.solution(k)
        ),
    )


def _present(visit: Visit) -> Branch:
    return compute.study_of(visit).branch


def _standing_key(visit: Visit, k: int, branch: Branch) -> Hashable:
    table = table_key(compute.study_of(visit))
    return ("standing", table, frozen(branch.choices), branch.recipe, branch.extraction.seed, k)


def _noise_key(visit: Visit, k: int) -> Hashable:
    seed = compute.study_of(visit).branch.extraction.seed
    return (
        "contributions",
        compute.matrix(visit).fingerprint,
        compute.matrix(visit).basis,
        seed,
        k,
    )


def _prepared(visit: Visit, branch: Branch) -> Prepared:
    if branch == _present(visit):
        matrix = compute.matrix(visit)
    else:
        variables = resolve(compute.suggested(visit), branch.choices)
        matrix = prepare(compute.customers(visit), variables, branch.recipe)
    return Prepared.of(matrix.values, matrix.weights)


def _remembered() -> object:
    raise LookupError("the result is remembered")
