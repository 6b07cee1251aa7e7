"""``segment``: find, profile and check segments.

Enters: a session and arguments. Leaves: the record of a run, and files where asked. Refuses more
segments than customers differ.
"""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from segmentation import workflow
from segmentation.arranging import Sweep
from segmentation.assigning import Model
from segmentation.commands.finding import Clock, customers_asked, trust_asked
from segmentation.commands.models import write_model
from segmentation.commands.questions import write_asked
from segmentation.commands.reporting import check_endings, write_reports
from segmentation.commands.segmented import Assessed, Segmented, segmented
from segmentation.commands.taking import take_away
from segmentation.commands.weighing import outlier_segments, weighed
from segmentation.engine import DuckSession
from segmentation.errors import SegmentsNotInWarehouse
from segmentation.export import (
    added_columns,
    scorecard_record,
    segment_record,
    trust_record,
    write_csv,
)
from segmentation.study import dump
from segmentation.terminal import tell
from segmentation.validation import Trust
from segmentation.warehouse import Placing
from segmentation.warehouse_command import everybody
from segmentation.wording import Words


def segment(session: DuckSession, asked: argparse.Namespace, words: Words) -> dict[str, Any]:
    """Find segments, or take those that are given, and record one solution.

    Parameters
    ----------
    session : DuckSession
    asked : argparse.Namespace
    words : Words

    Returns
    -------
    dict
        As documented in ``docs/cli.md``.

    Raises
    ------
    BadNumberOfSegments
        When fewer customers differ than segments were asked for.
    SegmentsNotInWarehouse
        When segments of a warehouse's table are given, or changed by hand.
    """
    check_endings(asked.report)
    clock = Clock()
    customers = customers_asked(session, asked, words, clock)
    found = segmented(customers, words, clock)
    assessed = _assessed(found, asked, words, clock)
    record = _record(assessed, words) | _tested(assessed, words, clock)
    if asked.out:
        record |= _written(asked, assessed, words, clock)
    record |= take_away(assessed, asked, words)
    write_reports(assessed, asked.report, asked.owner, words)
    clock.stop("take")
    if customers.source:
        record["whole_table"] = _everybody(found, asked.out)
        clock.stop("place")
    record["seconds"] = clock.seconds
    return _kept(record, asked.out)


def model_asked(session: DuckSession, asked: argparse.Namespace, words: Words) -> Model:
    """Find segments as a saved study says, and return the model of them.

    Parameters
    ----------
    session : DuckSession
    asked : argparse.Namespace
        As of ``segment``.
    words : Words

    Returns
    -------
    Model
    """
    clock = Clock()
    return segmented(customers_asked(session, asked, words, clock), words, clock).model(words)


def _assessed(found: Segmented, asked: argparse.Namespace, words: Words, clock: Clock) -> Assessed:
    """Test the segments where that is asked for, and judge them."""
    trust, own = None, found.customers
    if found.sweep:
        trust = trust_asked(found.sweep, own.study, asked, words, clock)
    elif asked.validate:
        told = words("Given segments are not tested: the test looks whether segments come back.")
        tell(told)
    judged = workflow.judge(own.table, own.variables, found.labels, found.partition.k)
    worth = found.worth(judged, trust)
    clock.stop("judge")
    return Assessed(found, judged, trust, worth, found.names(words)[0])


def _record(assessed: Assessed, words: Words) -> dict[str, Any]:
    """Record the segments and what the criteria say of them."""
    found, own = assessed.found, assessed.found.customers
    k = found.n_found
    swept = (found.sweep.extraction, k) if found.sweep and k else None
    record = segment_record(
        assessed.judged, own.variables, found.partition, assessed.names, swept, words
    )
    return record | scorecard_record(assessed.worth, own.study.thresholds_in_force(), words)


def _tested(assessed: Assessed, words: Words, clock: Clock) -> dict[str, Any]:
    """How far to trust the segments as they were found, where they were tested."""
    found, trust, k = assessed.found, assessed.trust, assessed.found.n_found
    if trust is None or found.sweep is None or k is None:
        return {}
    told = _trusted(found.sweep, trust, k, words)
    return told | weighed(found.customers, found.sweep, k, words, clock)


def _trusted(found: Sweep, trust: Trust, k: int, words: Words) -> dict[str, Any]:
    return {
        **trust_record(found.extraction, trust, k, words),
        "outlier_segments": outlier_segments(found, k),
    }


def _everybody(found: Segmented, folder: Path | None) -> dict[str, Any]:
    """Place all customers of the warehouse's table in the segments."""
    customers, sweep, k = found.customers, found.sweep, found.n_found
    if sweep is None or k is None or customers.source is None:
        raise SegmentsNotInWarehouse
    if found.partition.key != workflow.key_of(sweep.matrix, customers.study, k):
        raise SegmentsNotInWarehouse
    placing = Placing(
        customers.table,
        customers.variables,
        customers.study.branch.recipe,
        sweep.matrix,
        sweep.extraction.family.solution(k),
        customers.study.branch.extraction.method,
    )
    return everybody(customers.source, placing, folder)


def _written(
    asked: argparse.Namespace, assessed: Assessed, words: Words, clock: Clock
) -> dict[str, Any]:
    """Write all but the record, and tell what came out when the model met its own customers."""
    found = assessed.found
    told = write_asked(found.customers, found.labels, assessed.names, asked.out, words)
    clock.stop("ask")
    _write(asked.out, assessed, words)
    clock.stop("write")
    model = found.model(words)
    write_model(asked.out, model, asked.sql)
    clock.stop("model")
    return {**told, "model": {"checked": model.check.n, "other_segment": model.check.n_other}}


def _kept(record: dict[str, Any], folder: Path | None) -> dict[str, Any]:
    """Write the record where a folder is named, and return it."""
    if folder is None:
        return record
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / "run.json").write_text(text + "\n", encoding="utf-8")
    return record


def _write(folder: Path, assessed: Assessed, words: Words) -> None:
    found = assessed.found
    table, study, levels = found.customers.table, found.customers.study, found.levels(words)
    target = table.session.folder / "customers.csv"
    inside = write_csv(table, found.labels, assessed.names, target, levels)
    shutil.copyfile(inside, folder / "customers.csv")
    repeated = replace(study, branch=replace(study.branch, k=found.n_found))
    (folder / "study.toml").write_text(dump(repeated), encoding="utf-8")
    tell(f"{folder / 'customers.csv'}: {', '.join(added_columns(table, levels))}")
