"""Finding segments, and judging them where asked: what ``segment`` and ``sweep`` have in common.

Enters: a session and arguments. Leaves: :class:`Found`. Refuses to choose a number of segments.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, field

from segmentation import workflow
from segmentation.arguments import listed
from segmentation.commands.opening import typed, with_basis
from segmentation.engine import DuckSession
from segmentation.extraction import SUGGESTED
from segmentation.intake import CustomerTable
from segmentation.methods import DEFAULT
from segmentation.methods.suggestion import suggest_method
from segmentation.notes import Note
from segmentation.preparation import BasisMatrix
from segmentation.study import Study
from segmentation.terminal import stages_told, tell
from segmentation.validation import Trust
from segmentation.variables import Variable
from segmentation.warehouse import OpenedTable
from segmentation.warehouse.assignment import refuse_method
from segmentation.wording import Words
from segmentation.wording.methods import METHOD_NAMES
from segmentation.wording.notes import say
from segmentation.workflow import Extraction


@dataclass(slots=True)
class Clock:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)
    _start: float = field(default_factory=time.perf_counter)

    def stop(self, stage: str) -> None:
        """End a stage, and begin the next."""
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._start, 3)
        self._start = now


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Customers, and the solutions found among them.

    Attributes
    ----------
    table : CustomerTable
    variables : tuple of Variable
    matrix : BasisMatrix
    study : Study
        As the arguments changed it.
    source : OpenedTable or None
        The warehouse's table that the customers are of.
    extraction : Extraction
    """

    table: CustomerTable
    variables: tuple[Variable, ...]
    matrix: BasisMatrix
    study: Study
    source: OpenedTable | None
    extraction: Extraction


def found_segments(
    session: DuckSession, asked: argparse.Namespace, words: Words, clock: Clock
) -> Found:
    """Find segments as the arguments say; stages are told on standard error.

    Parameters
    ----------
    session : DuckSession
    asked : argparse.Namespace
    words : Words
    clock : Clock
        It is stopped after each stage.

    Returns
    -------
    Found
    """
    table, study, source = typed(session, asked, words)
    clock.stop("read")
    if source:
        refuse_method(study.branch.extraction.method)
    names = [column.name for column in table.columns]
    variables, study = with_basis(table, study, listed(asked.basis, names))
    matrix = workflow.matrix_of(table, variables, study)
    for note in matrix.notes:
        tell(say(note, words))
    clock.stop("prepare")
    extraction, study = _extracted(matrix, study, words)
    for note in extraction.family.notes:
        tell(say(note, words))
    clock.stop("extract")
    return Found(table, variables, matrix, study, source, extraction)


def _extracted(matrix: BasisMatrix, study: Study, words: Words) -> tuple[Extraction, Study]:
    """Find segments, and name the method that found them in the study.

    A suggested method gives way to k-means where it does not form as many segments as asked for.
    """
    is_suggested = study.branch.extraction.method == SUGGESTED
    suggested = suggest_method(workflow.rows_of(matrix))
    if is_suggested and suggested.method != DEFAULT:
        name, reason = words(METHOD_NAMES[suggested.method]), say(suggested.reason, words)
        tell(words("Method: {name}", name=name) + f" ({suggested.method}). {reason}")
    found = workflow.extract(workflow.task_of(matrix, study), progress=stages_told(words))
    used = workflow.named(study, found.family.spec.method)
    missed = study.branch.k not in (None, *found.family.solutions)
    if is_suggested and missed and used.branch.extraction.method != DEFAULT:
        tell(say(Note.of("method-instead"), words))
        used = workflow.named(study, DEFAULT)
        found = workflow.extract(workflow.task_of(matrix, used), progress=stages_told(words))
    return found, used


def trust_asked(
    found: Found, asked: argparse.Namespace, words: Words, clock: Clock
) -> Trust | None:
    """Judge the solutions where ``--validate`` asks for it; None elsewhere.

    Parameters
    ----------
    found : Found
    asked : argparse.Namespace
    words : Words
    clock : Clock
        It is stopped after the judging.

    Returns
    -------
    Trust or None
    """
    if not asked.validate:
        return None
    task = workflow.task_of(found.matrix, found.study)
    trust = workflow.validate(task, found.extraction, progress=stages_told(words))
    clock.stop("validate")
    return trust
