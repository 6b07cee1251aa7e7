"""The arrows of the product as functions: file → table → variables → matrix → segments → checks.

Enters: a session, a file and a study. Leaves: each result in turn. Pages and the command line call
the same functions; the pages cache them. Refuses to keep anything.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from segmentation.computations import Extraction, ExtractionTask, extract, validate
from segmentation.criteria import (
    Evidence,
    Place,
    Reach,
    Scorecard,
    Tested,
    places,
    reach,
    scorecard,
)
from segmentation.criteria.attractiveness import value_outcome
from segmentation.criteria.differentiability import outcome_tests
from segmentation.criteria.freshness import dates_of
from segmentation.criteria.measurability import filled_shares
from segmentation.criteria.speciality import neighbours
from segmentation.extraction import SUGGESTED, ExtractionSpec
from segmentation.extraction.sweep import Progress
from segmentation.geography.distances import with_distances
from segmentation.intake import CustomerTable, RawTable, narrowed, open_customers
from segmentation.intake.codebook_use import with_codebook
from segmentation.methods import DEFAULT, Rows
from segmentation.methods.suggestion import suggest_method
from segmentation.preparation import BasisMatrix, prepare
from segmentation.profiles import Profile, profile
from segmentation.receiving import codebook_of, described, open_files
from segmentation.study import Study, solution_key
from segmentation.typing_tool import SegmentRule
from segmentation.validation import Trust
from segmentation.variables import Role, Variable, resolve, suggest
from segmentation.whereabouts import with_places

__all__ = [
    "Extraction",
    "ExtractionTask",
    "Found",
    "Judged",
    "Progress",
    "Worth",
    "codebook_of",
    "customers_of",
    "described",
    "extract",
    "for_warehouse",
    "judge",
    "key_of",
    "matrix_of",
    "named",
    "open_files",
    "reach_of",
    "role_names",
    "rows_of",
    "spec_of",
    "task_of",
    "tested_of",
    "validate",
    "variables_of",
    "worth_of",
]


def customers_of(raw: RawTable, study: Study) -> CustomerTable:
    """Type the customers as the study and its codebook say, and measure its distances."""
    table = open_customers(
        with_codebook(raw, study.codebook),
        decisions=study.decisions_for(raw.names),
        id_name=study.id_for(raw.names),
    )
    table = with_places(table, study.places_for(column.name for column in table.columns))
    table = with_distances(table, study.nearby)
    return narrowed(table, study.conditions_for(column.name for column in table.columns))


def variables_of(table: CustomerTable, study: Study) -> tuple[Variable, ...]:
    """Suggest the variables and apply the study's choices."""
    return resolve(suggest(table), study.branch.choices_in_force)


def matrix_of(table: CustomerTable, variables: tuple[Variable, ...], study: Study) -> BasisMatrix:
    """Prepare the basis as the study's recipe says."""
    return prepare(table, variables, study.branch.recipe)


def rows_of(matrix: BasisMatrix) -> Rows:
    """Return a matrix as what a method takes."""
    return Rows(matrix.values, matrix.weights, matrix.groups, matrix.n_learning, matrix.fingerprint)


def spec_of(matrix: BasisMatrix, study: Study) -> ExtractionSpec:
    """Return how segments are found: by the study's method, or by the one that suits the matrix."""
    spec = study.branch.extraction
    if spec.method != SUGGESTED:
        return spec
    return replace(spec, method=suggest_method(rows_of(matrix)).method)


def for_warehouse(study: Study) -> Study:
    """Name k-means where the study names no method: others cannot be worked out in a warehouse."""
    return named(study, DEFAULT) if study.branch.extraction.method == SUGGESTED else study


def named(study: Study, method: str) -> Study:
    """Name the method in the study."""
    spec = replace(study.branch.extraction, method=method)
    return replace(study, branch=replace(study.branch, extraction=spec))


def task_of(matrix: BasisMatrix, study: Study) -> ExtractionTask:
    """Return what is to be extracted from a matrix, as the study says."""
    return ExtractionTask(
        values=matrix.values,
        weights=matrix.weights,
        spec=spec_of(matrix, study),
        n_learning=matrix.n_learning,
        yes_no=matrix.yes_no,
        groups=matrix.groups,
        fingerprint=matrix.fingerprint,
        suggested=study.branch.extraction.method == SUGGESTED,
    )


def key_of(matrix: BasisMatrix, study: Study, k: int) -> str:
    """Return the identity of the study's solution of k segments."""
    return solution_key(matrix.fingerprint, spec_of(matrix, study), k)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A solution described, with the share of members whose basis variables are all filled."""

    profile: Profile
    filled: tuple[float, ...]


def judge(table: CustomerTable, variables: tuple[Variable, ...], labels: str, k: int) -> Judged:
    """Describe the segments of one solution."""
    described = profile(table, variables, labels, k)
    return Judged(described, filled_shares(table, variables, labels, k))


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """What the criteria say of a solution, and where its segments stand in the evaluation."""

    card: Scorecard
    places: tuple[Place, ...]
    reach: Reach
    outcome: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What is known of one solution, whichever: that of the page, or one to compare it with.

    Attributes
    ----------
    judged : Judged
    reach : Reach
    rules : tuple of SegmentRule
        Empty where none could be learned.
    tested : Tested
        See :func:`tested_of`.
    key : str
        The solution's identity, under which its plans are kept.
    """

    judged: Judged
    reach: Reach
    rules: tuple[SegmentRule, ...]
    tested: Tested
    key: str


def reach_of(
    table: CustomerTable, variables: tuple[Variable, ...], labels: str, k: int, study: Study
) -> Reach:
    """Count whom each channel reaches, as the study reads consent and numbers."""
    return reach(table, variables, labels, k, study.criteria.reach)


def tested_of(extraction: Extraction, trust: Trust | None, k: int) -> Tested:
    """Return how far ``k`` segments can be trusted; before the test, what is recommended."""
    if trust is None:
        return Tested(nothing_found=extraction.choice.recommended_k == 1)
    verdict = trust.verdict
    structure = verdict.by_k.get(k)
    return Tested(structure, not verdict.any_structure, trust.stability.segments(k))


def worth_of(
    table: CustomerTable,
    variables: tuple[Variable, ...],
    found: Found,
    study: Study,
    today: dt.date,
) -> Worth:
    """Judge the segments of one solution by every criterion.

    Parameters
    ----------
    table : CustomerTable
    variables : tuple of Variable
    found : Found
        The solution.
    study : Study
        Whose thresholds, points, plans and other decisions hold.
    today : date
        Data grow old from here; the segments count as found today.

    Returns
    -------
    Worth
    """
    described = found.judged.profile
    outcomes = role_names(variables, Role.OUTCOME)
    evidence = Evidence(
        sizes=described.sizes,
        filled=found.judged.filled,
        reach=found.reach,
        tests=outcome_tests(described, outcomes),
        tested=found.tested,
        rules=found.rules,
        plans=study.branch.plans_of(found.key, described.k),
        dates=dates_of(table, variables, study.criteria.cut_off, today, today),
        neighbours=neighbours(described),
    )
    outcome = value_outcome(described, outcomes)
    rated = places(evidence, described, outcome, study.criteria.points)
    card = scorecard(evidence, study.thresholds_in_force())
    return Worth(card, rated, found.reach, outcome)


def role_names(variables: tuple[Variable, ...], role: Role) -> tuple[str, ...]:
    """Return the names of the variables with a role."""
    return tuple(v.name for v in variables if v.role is role)
