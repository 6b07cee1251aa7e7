"""``segment``: find, profile and check segments.

Enters: a session and arguments. Leaves: the record of a run, and files where asked. Refuses more
segments than customers differ.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from segmentation import workflow
from segmentation.arranging import (
    Finder,
    Sweep,
    arranged,
    as_tested,
    given_of,
    put_partition,
    telling,
)
from segmentation.assigning import Model, Shown, learned, remembering
from segmentation.commands.finding import (
    Clock,
    Customers,
    customers_asked,
    finder,
    sweep_asked,
    trust_asked,
)
from segmentation.commands.models import write_model
from segmentation.commands.questions import write_asked
from segmentation.commands.weighing import outlier_segments, weighed
from segmentation.engine import DuckSession
from segmentation.errors import BadNumberOfSegments, SegmentsNotInWarehouse
from segmentation.export import (
    Levels,
    export_columns,
    micro_columns,
    scorecard_record,
    segment_record,
    trust_record,
    write_csv,
)
from segmentation.notes import Note
from segmentation.structure import Partition
from segmentation.study import dump
from segmentation.terminal import tell
from segmentation.typing_tool.tool import rules_of
from segmentation.validation import Trust
from segmentation.warehouse import Placing
from segmentation.warehouse_command import everybody
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.wording.structure import names_on_show
from segmentation.workflow import Judged


@dataclass(frozen=True, slots=True, eq=False)
class _Segmented:
    """Customers in segments, and the sweep that these come from."""

    customers: Customers
    sweep: Sweep | None
    partition: Partition
    labels: str
    find: Finder

    @property
    def n_found(self) -> int | None:
        """Number of segments that were found, before anything was done by hand."""
        asked = self.customers.study.branch.k
        return self.sweep.extraction.shown_k(asked) if self.sweep else asked

    def names(self, words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what the segments are called, and those of the first level."""
        whole, branch = self.partition.macro, self.customers.study.branch
        macro = branch.names_of(whole.key, whole.k)
        own = branch.names_of(self.partition.key, self.partition.k)
        return (
            names_on_show(self.partition, own, macro, words),
            names_on_show(whole, macro, macro, words),
        )


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
    clock = Clock()
    customers = customers_asked(session, asked, words, clock)
    found = _segmented(customers, words, clock)
    trust = None
    if found.sweep:
        trust = trust_asked(found.sweep, found.customers.study, asked, words, clock)
    elif asked.validate:
        told = words("Given segments are not tested: the test looks whether segments come back.")
        tell(told)
    described = found.customers
    judged = workflow.judge(
        described.table,
        described.variables,
        found.labels,
        found.partition.k,
    )
    names, _ = found.names(words)
    k = found.n_found
    swept = (found.sweep.extraction, k) if found.sweep and k else None
    record = segment_record(judged, described.variables, found.partition, names, swept, words)
    record |= _scorecard(found, judged, trust, words)
    clock.stop("judge")
    if trust and found.sweep and k:
        record |= _tested(found.sweep, trust, k, words) | weighed(
            described, found.sweep, k, words, clock
        )
    if asked.out:
        record |= _written(asked, found, words, clock)
    if customers.source:
        record["whole_table"] = _everybody(found, asked.out)
        clock.stop("place")
    record["seconds"] = clock.seconds
    return _kept(record, asked.out)


def _segmented(customers: Customers, words: Words, clock: Clock) -> _Segmented:
    """Put the customers in segments as the study says."""
    table, study, sweep = customers.table, customers.study, None
    if given_of(table, study) is None:
        customers, sweep = sweep_asked(customers, words, clock)
        study = customers.study
        k = sweep.extraction.shown_k(study.branch.k)
        if study.branch.k not in (None, k):  # fewer customers differ than were asked for
            raise BadNumberOfSegments(k=study.branch.k, k_max=k)
    find = remembering(finder(sweep, study, words))
    partition = arranged(table, study, find)
    if sweep is None and partition.n_unassigned:
        tell(say(Note.of("given-missing", n=partition.n_unassigned), words))
    variables = telling(customers.variables, study, partition)
    labels = put_partition(table, partition)
    own = replace(customers, variables=variables)
    return _Segmented(own, sweep, partition, labels, find)


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
    return _model(_segmented(customers_asked(session, asked, words, clock), words, clock), words)


def _model(found: _Segmented, words: Words) -> Model:
    customers = found.customers
    names, macro_names = found.names(words)
    return learned(
        Shown(
            customers.table,
            customers.study,
            found.partition,
            names,
            macro_names,
            found.find,
            workflow.variables_of,
        )
    )


def _tested(found: Sweep, trust: Trust, k: int, words: Words) -> dict[str, Any]:
    """How far to trust the segments as they were found."""
    return {
        **trust_record(found.extraction, trust, k, words),
        "outlier_segments": outlier_segments(found, k),
    }


def _everybody(found: _Segmented, folder: Path | None) -> dict[str, Any]:
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


def _scorecard(
    found: _Segmented, judged: Judged, trust: Trust | None, words: Words
) -> dict[str, Any]:
    """Judge the segments by every criterion, as of today."""
    table, variables, study = (
        found.customers.table,
        found.customers.variables,
        found.customers.study,
    )
    known = workflow.Found(
        judged,
        workflow.reach_of(table, variables, found.labels, judged.profile.k, study),
        rules_of(table, variables, found.labels),
        as_tested(found.sweep, trust, found.partition, study),
        found.partition.key,
    )
    today = dt.datetime.now(dt.UTC).date()
    worth = workflow.worth_of(table, variables, known, study, today)
    return scorecard_record(worth, study.thresholds_in_force(), words)


def _written(
    asked: argparse.Namespace, found: _Segmented, words: Words, clock: Clock
) -> dict[str, Any]:
    """Write all but the record, and tell what came out when the model met its own customers."""
    names, _ = found.names(words)
    told = write_asked(found.customers, found.labels, names, asked.out, words)
    clock.stop("ask")
    _write(asked.out, found, words)
    clock.stop("write")
    model = _model(found, words)
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


def _write(folder: Path, found: _Segmented, words: Words) -> None:
    table, study = found.customers.table, found.customers.study
    names, macro_names = found.names(words)
    levels = Levels.of(found.partition, macro_names)
    inside = write_csv(table, found.labels, names, table.session.folder / "customers.csv", levels)
    shutil.copyfile(inside, folder / "customers.csv")
    repeated = replace(study, branch=replace(study.branch, k=found.n_found))
    (folder / "study.toml").write_text(dump(repeated), encoding="utf-8")
    added = [*export_columns(table), *(micro_columns(table) if levels else ())]
    tell(f"{folder / 'customers.csv'}: {', '.join(added)}")
