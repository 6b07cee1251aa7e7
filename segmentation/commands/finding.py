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
from segmentation.intake import CustomerTable
from segmentation.preparation import BasisMatrix
from segmentation.study import Study
from segmentation.terminal import stages_told, tell
from segmentation.validation import Trust
from segmentation.variables import Variable
from segmentation.warehouse import OpenedTable
from segmentation.warehouse.assignment import refuse_method
from segmentation.wording import Words
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
    variables, study = with_basis(table, study, listed(asked.basis, table.raw.names))
    matrix = workflow.matrix_of(table, variables, study)
    for note in matrix.notes:
        tell(say(note, words))
    clock.stop("prepare")
    extraction = workflow.extract(workflow.task_of(matrix, study), progress=stages_told(words))
    for note in extraction.family.notes:
        tell(say(note, words))
    clock.stop("extract")
    return Found(table, variables, matrix, study, source, extraction)


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
