"""The arrows of the product as functions: file → table → variables → matrix → segments → checks.

Enters: a session, a file and a study. Leaves: each result in turn. Pages and the command line call
the same functions; the pages cache them. Refuses to keep anything.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from segmentation.criteria import ChannelReach, Check, check_segments, reach
from segmentation.criteria.measurability import filled_shares
from segmentation.extraction import ExtractionSpec, Solution, SolutionFamily, sweep
from segmentation.extraction.sweep import Progress, quiet
from segmentation.intake import CustomerTable, RawTable, narrowed, open_customers
from segmentation.intake.codebook_use import with_codebook
from segmentation.preparation import BasisMatrix, prepare
from segmentation.profiles import Profile, profile
from segmentation.receiving import described, open_files
from segmentation.study import Study, solution_key
from segmentation.validation import (
    Choice,
    Criterion,
    GapTest,
    Trust,
    calinski_harabasz,
    choose,
    davies_bouldin,
    gap_test,
    silhouette,
    trust,
)
from segmentation.validation.separation import largest_of
from segmentation.variables import Role, Variable, resolve, suggest

__all__ = [
    "Extraction",
    "ExtractionTask",
    "Judged",
    "Progress",
    "customers_of",
    "described",
    "extract",
    "judge",
    "key_of",
    "matrix_of",
    "open_files",
    "put_labels",
    "role_names",
    "task_of",
    "validate",
    "variables_of",
]


@dataclass(frozen=True, slots=True, eq=False)
class Extraction:
    """A sweep and what it says about the number of segments.

    Attributes
    ----------
    family : SolutionFamily
    silhouettes : dict of int to float
        By number of segments.
    gap : GapTest
    choice : Choice
        The recommendation.
    calinski_harabasz, davies_bouldin : Criterion
        Two more opinions, which do not enter the recommendation.
    """

    family: SolutionFamily
    silhouettes: dict[int, float]
    gap: GapTest
    choice: Choice
    calinski_harabasz: Criterion
    davies_bouldin: Criterion

    @property
    def preferred(self) -> dict[str, int | None]:
        """The number of segments that each criterion prefers, by its name in code."""
        return {
            "silhouette": largest_of(self.silhouettes),
            "calinski_harabasz": self.calinski_harabasz.preferred,
            "davies_bouldin": self.davies_bouldin.preferred,
            "gap": self.gap.preferred,
        }

    def shown_k(self, asked: int | None) -> int:
        """Return the k to show: as asked, else as recommended, else the smallest worth a look."""
        ks = sorted(self.family.solutions)
        if asked is not None:
            return min(max(asked, ks[0]), ks[-1])
        return max(self.choice.recommended_k, ks[0])


def customers_of(raw: RawTable, study: Study) -> CustomerTable:
    """Type the customers as the study and its codebook say."""
    table = open_customers(
        with_codebook(raw, study.codebook),
        decisions=study.decisions_for(raw.names),
        id_name=study.id_for(raw.names),
    )
    return narrowed(table, study.conditions_for(column.name for column in table.columns))


def variables_of(table: CustomerTable, study: Study) -> tuple[Variable, ...]:
    """Suggest the variables and apply the study's choices."""
    return resolve(suggest(table), study.branch.choices)


def matrix_of(table: CustomerTable, variables: tuple[Variable, ...], study: Study) -> BasisMatrix:
    """Prepare the basis as the study's recipe says."""
    return prepare(table, variables, study.branch.recipe)


@dataclass(frozen=True, slots=True, eq=False)
class ExtractionTask:
    """All that :func:`extract` needs, small enough to send to another process.

    Attributes
    ----------
    values : ndarray of shape (n_customers, n_features)
    weights : ndarray of shape (n_customers,) or None
    spec : ExtractionSpec
    n_learning : int
    yes_no : bool
    groups : tuple of tuple of int
        The columns of each variable.
    fingerprint : str
        All as in the basis matrix and the study.
    """

    values: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float64] | None
    spec: ExtractionSpec
    n_learning: int
    yes_no: bool
    groups: tuple[tuple[int, ...], ...]
    fingerprint: str


def task_of(matrix: BasisMatrix, study: Study) -> ExtractionTask:
    """Return what is to be extracted from a matrix, as the study says."""
    return ExtractionTask(
        values=matrix.values,
        weights=matrix.weights,
        spec=study.branch.extraction,
        n_learning=matrix.n_learning,
        yes_no=matrix.yes_no,
        groups=matrix.groups,
        fingerprint=matrix.fingerprint,
    )


def extract(task: ExtractionTask, *, progress: Progress = quiet) -> Extraction:
    """Sweep all numbers of segments and judge them; made to run in a job of its own.

    Parameters
    ----------
    task : ExtractionTask
    progress : callable
        Called with the share done in [0, 1] and a note.

    Returns
    -------
    Extraction

    Raises
    ------
    TooFewCustomers, DegenerateSolution
        When there is nobody, or nothing, to tell apart.
    """

    def part(start: float, end: float) -> Progress:
        return lambda done, note: progress(start + done * (end - start), note)

    family = sweep(
        task.values,
        task.weights,
        task.spec,
        n_learning=task.n_learning,
        fingerprint=task.fingerprint,
        progress=part(0.0, 0.5),
    )
    silhouettes = {k: silhouette(task.values, s.labels) for k, s in family.solutions.items()}
    gap = gap_test(
        task.values,
        yes_no=task.yes_no,
        k_max=max(family.solutions),
        seed=task.spec.seed,
        progress=part(0.5, 1.0),
    )
    smallest = {k: min(s.sizes) for k, s in family.solutions.items()}
    choice = choose(silhouettes, smallest, len(task.values), gap)
    overlap = davies_bouldin(task.values, task.weights, family.solutions)
    return Extraction(family, silhouettes, gap, choice, calinski_harabasz(family), overlap)


def validate(task: ExtractionTask, extraction: Extraction, *, progress: Progress = quiet) -> Trust:
    """Judge how far to trust a sweep; made to run in a job of its own.

    Parameters
    ----------
    task : ExtractionTask
    extraction : Extraction
        What :func:`extract` found for it.
    progress : callable
        Called with the share done in [0, 1] and a note.

    Returns
    -------
    Trust
    """
    evidence = (extraction.silhouettes, extraction.gap)
    return trust(
        task.values, task.weights, task.groups, extraction.family, evidence, progress=progress
    )


def put_labels(table: CustomerTable, matrix: BasisMatrix, solution: Solution, key: str) -> str:
    """Store a solution's labels in the engine and return the name of their table.

    The name depends on the rows, too: other customers with the same values have the same solution.
    """
    rows_mark = hashlib.sha256(np.ascontiguousarray(matrix.rows).data).hexdigest()[:8]
    name = f"labels_{key}_{rows_mark}"
    if not table.session.has(name):
        rows = pa.table({"__row": matrix.rows, "segment": solution.labels})
        table.session.put(name, rows)
    return name


def key_of(matrix: BasisMatrix, study: Study, k: int) -> str:
    """Return the identity of the study's solution of k segments."""
    return solution_key(matrix.fingerprint, study.branch.extraction, k)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A solution described and checked."""

    profile: Profile
    channels: tuple[ChannelReach, ...]
    filled: tuple[float, ...]
    checks: tuple[Check, ...]


def judge(
    table: CustomerTable, variables: tuple[Variable, ...], labels: str, k: int, study: Study
) -> Judged:
    """Describe and check the segments of one solution."""
    described = profile(table, variables, labels, k)
    channels = reach(table, variables, labels, k)
    filled = filled_shares(table, variables, labels, k)
    checks = check_segments(described.sizes, filled, channels, study.thresholds_in_force())
    return Judged(described, channels, filled, checks)


def role_names(variables: tuple[Variable, ...], role: Role) -> tuple[str, ...]:
    """Return the names of the variables with a role."""
    return tuple(v.name for v in variables if v.role is role)
