"""The computations that run in a process of their own, and what travels there and back.

Enters: a prepared basis as plain arrays. Leaves: a sweep with what it says about the number of
segments, and how far to trust it. Refuses to know the engine and tables: a process that only
computes shall not hold their libraries in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from segmentation.errors import DegenerateSolution
from segmentation.extraction import ExtractionSpec, SolutionFamily
from segmentation.extraction.sweep import Progress, quiet
from segmentation.methods import DEFAULT, Rows, method_called
from segmentation.notes import Note
from segmentation.validation import (
    Choice,
    Criterion,
    GapTest,
    Trust,
    calinski_harabasz,
    choose,
    davies_bouldin,
    gap_test,
    silhouettes,
    trust,
)
from segmentation.validation.separation import largest_of


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
        """The number of segments that each criterion prefers, by its name in code.

        BIC and ICL are there where the method has a likelihood.
        """
        likely = {k: s.likelihood for k, s in self.family.solutions.items() if s.likelihood}
        preferred = {
            "silhouette": largest_of(self.silhouettes),
            "calinski_harabasz": self.calinski_harabasz.preferred,
            "davies_bouldin": self.davies_bouldin.preferred,
            "gap": self.gap.preferred,
        }
        if likely:
            preferred["bic"] = largest_of({k: -own.bic for k, own in likely.items()})
            preferred["icl"] = largest_of({k: -own.icl for k, own in likely.items()})
        return preferred

    def shown_k(self, asked: int | None) -> int:
        """Return the k to show: as asked, else as recommended, else the smallest worth a look.

        Where there is no solution for the number asked for, the nearest that has one.
        """
        ks = sorted(self.family.solutions)
        if asked is not None:
            return min(ks, key=lambda k: (abs(k - asked), k))
        return max(self.choice.recommended_k, ks[0])


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
    suggested : bool
        Whether nobody chose the method: where it finds nothing, k-means takes over.
    """

    values: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float64] | None
    spec: ExtractionSpec
    n_learning: int
    yes_no: bool
    groups: tuple[tuple[int, ...], ...]
    fingerprint: str
    suggested: bool = False


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

    family = _solved(task, part(0.0, 0.5))
    values = family.fitted(task.values)
    widths = silhouettes(values, {k: s.labels for k, s in family.solutions.items()})
    gap = gap_test(
        values,
        yes_no=task.yes_no and family.space is None,
        k_max=max(family.solutions),
        seed=task.spec.seed,
        progress=part(0.5, 1.0),
    )
    smallest = {k: min(s.sizes) for k, s in family.solutions.items()}
    choice = choose(widths, smallest, len(task.values), gap)
    overlap = davies_bouldin(values, task.weights, family.solutions)
    return Extraction(family, widths, gap, choice, calinski_harabasz(family), overlap)


def _solved(task: ExtractionTask, progress: Progress) -> SolutionFamily:
    """Let the method solve the task, and k-means where a suggested one finds nothing."""
    rows = Rows(task.values, task.weights, task.groups, task.n_learning, task.fingerprint)
    try:
        return method_called(task.spec.method).solve(rows, task.spec, progress)
    except DegenerateSolution:
        if not task.suggested or task.spec.method == DEFAULT:
            raise
    spec = replace(task.spec, method=DEFAULT)
    family = method_called(DEFAULT).solve(rows, spec, progress)
    return replace(family, notes=(Note.of("method-instead"), *family.notes))


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
