"""Finding segments, and judging them where asked: what ``segment`` and ``sweep`` have in common.

Enters: a session and arguments. Leaves: :class:`Found`. Refuses to choose a number of segments.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, field, replace

from segmentation import workflow
from segmentation.arguments import listed
from segmentation.arranging import Finder, Sweep, learning
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
class Customers:
    """Customers, and what is decided about them.

    Attributes
    ----------
    table : CustomerTable
    variables : tuple of Variable
    study : Study
        As the arguments changed it.
    source : OpenedTable or None
        The warehouse's table that the customers are of.
    """

    table: CustomerTable
    variables: tuple[Variable, ...]
    study: Study
    source: OpenedTable | None


def customers_asked(
    session: DuckSession, asked: argparse.Namespace, words: Words, clock: Clock
) -> Customers:
    """Read the customers as the arguments say; stages are told on standard error.

    Parameters
    ----------
    session : DuckSession
    asked : argparse.Namespace
    words : Words
    clock : Clock
        It is stopped after each stage.

    Returns
    -------
    Customers
    """
    table, study, source = typed(session, asked, words)
    clock.stop("read")
    if source:
        refuse_method(study.branch.extraction.method)
    names = [column.name for column in table.columns]
    variables, study = with_basis(table, study, listed(asked.basis, names))
    return Customers(table, variables, study, source)


def sweep_asked(customers: Customers, words: Words, clock: Clock) -> tuple[Customers, Sweep]:
    """Find segments among the customers whom no rule pinned.

    Parameters
    ----------
    customers : Customers
    words : Words
    clock : Clock
        It is stopped after each stage.

    Returns
    -------
    Customers
        The same; their study names the method that was used.
    Sweep
    """
    study = customers.study
    matrix = workflow.matrix_of(learning(customers.table, study), customers.variables, study)
    for note in matrix.notes:
        tell(say(note, words))
    clock.stop("prepare")
    found, used = _extracted(matrix, study, words)
    clock.stop("extract")
    return replace(customers, study=used), found


def finder(base: Sweep | None, study: Study, words: Words) -> Finder:
    """Return who finds segments: the sweep there is already, and new ones for parts of it."""

    def find(table: CustomerTable, asked: Study) -> Sweep:
        if base is not None and asked is study:
            return base
        matrix = workflow.matrix_of(table, workflow.variables_of(table, asked), asked)
        return _extracted(matrix, asked, words)[0]

    return find


def _extracted(matrix: BasisMatrix, study: Study, words: Words) -> tuple[Sweep, Study]:
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
    for note in found.family.notes:
        tell(say(note, words))
    return Sweep(matrix, found), used


def trust_asked(
    found: Sweep, study: Study, asked: argparse.Namespace, words: Words, clock: Clock
) -> Trust | None:
    """Judge the solutions where ``--validate`` asks for it; None elsewhere.

    Parameters
    ----------
    found : Sweep
    study : Study
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
    task = workflow.task_of(found.matrix, study)
    trust = workflow.validate(task, found.extraction, progress=stages_told(words))
    clock.stop("validate")
    return trust
