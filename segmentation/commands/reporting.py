"""``--report``: the report of a run as HTML, PowerPoint or PDF, by the ending of its file.

Enters: what was found. Leaves: files. Refuses an ending it does not know before anything is found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from segmentation import workflow
from segmentation.audit import audit
from segmentation.commands.segmented import Assessed
from segmentation.errors import UnknownReportEnding
from segmentation.report import (
    WRITERS,
    Found,
    Results,
    ask_engine,
    report_of,
)
from segmentation.terminal import tell
from segmentation.wording import Words


def check_endings(paths: Sequence[Path]) -> None:
    """Refuse a report that cannot be written, before anything is computed for it.

    Raises
    ------
    UnknownReportEnding
    """
    for path in paths:
        if path.suffix.lower() not in WRITERS:
            raise UnknownReportEnding(name=path.name)


def write_reports(assessed: Assessed, paths: Sequence[Path], owner: str, words: Words) -> None:
    """Write every report that was asked for.

    Parameters
    ----------
    assessed : Assessed
    paths : sequence of Path
        Their endings say as what.
    owner : str
        Who answers for the segmentation.
    words : Words
    """
    if not paths:
        return
    report = report_of(_results(assessed, owner, words), words)
    for path in paths:
        path.write_bytes(WRITERS[path.suffix.lower()](report))
        tell(str(path))


def _results(assessed: Assessed, owner: str, words: Words) -> Results:
    found = assessed.found
    customers, partition = found.customers, found.partition
    table, variables, study = customers.table, customers.variables, customers.study
    today = dt.datetime.now(dt.UTC).date()
    plan = (study.sizing, partition.key)
    return Results(
        table=table,
        study=study,
        variables=variables,
        judged=assessed.judged,
        worth=assessed.worth,
        partition=partition,
        names=assessed.names,
        audit=audit(table, variables, as_of=today, n_rejected=table.raw.n_rejected),
        found=_found(assessed),
        engine=ask_engine(table, variables, found.labels, assessed.names, plan, words),
        today=today,
        owner=owner,
    )


def _found(assessed: Assessed) -> Found | None:
    """Return how the segments were found; None where they were given."""
    found = assessed.found
    k, sweep = found.n_found, found.sweep
    if sweep is None or k is None:
        return None
    changed = found.partition.key != workflow.key_of(sweep.matrix, found.customers.study, k)
    return Found(sweep.extraction, k, assessed.trust, sweep.matrix.notes, changed)
