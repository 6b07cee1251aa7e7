"""``segment``: find, profile and check segments.

Enters: a session and arguments. Leaves: the record of a run, and files where asked. Refuses more
segments than customers differ.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from segmentation import workflow
from segmentation.commands.finding import Clock, Found, found_segments, trust_asked
from segmentation.commands.questions import write_asked
from segmentation.commands.weighing import outlier_segments, weighed
from segmentation.engine import DuckSession
from segmentation.errors import BadNumberOfSegments
from segmentation.export import export_columns, segment_record, trust_record, write_csv
from segmentation.intake import CustomerTable
from segmentation.study import Study, dump
from segmentation.terminal import tell
from segmentation.validation import Trust
from segmentation.warehouse import Placing
from segmentation.warehouse_command import everybody
from segmentation.wording import Words
from segmentation.wording.terms import segment_names


def segment(session: DuckSession, asked: argparse.Namespace, words: Words) -> dict[str, Any]:
    """Find segments and record one solution.

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
    """
    clock = Clock()
    found = found_segments(session, asked, words, clock)
    table, study = found.table, found.study
    k = found.extraction.shown_k(study.branch.k)
    if study.branch.k not in (None, k):  # fewer customers differ than segments were asked for
        raise BadNumberOfSegments(k=study.branch.k, k_max=k)
    trust = trust_asked(found, asked, words, clock)
    key = workflow.key_of(found.matrix, study, k)
    solution = found.extraction.family.solution(k)
    labels = workflow.put_labels(table, found.matrix, solution, key)
    judged = workflow.judge(table, found.variables, labels, k, study)
    clock.stop("judge")
    given = study.branch.names_of(key, k)
    record = segment_record(found.extraction, judged, k, given, words)
    if trust:
        record |= _tested(found, trust, k, words, clock)
    if asked.out:
        names = segment_names(given, words)
        record |= write_asked(found, labels, names, asked.out, words)
        clock.stop("ask")
        _write(asked.out, table, labels, names, replace(study, branch=replace(study.branch, k=k)))
        clock.stop("write")
    if found.source:
        placing = Placing(
            table,
            found.variables,
            study.branch.recipe,
            found.matrix,
            solution,
            study.branch.extraction.method,
        )
        record["whole_table"] = everybody(found.source, placing, asked.out)
        clock.stop("place")
    record["seconds"] = clock.seconds
    if asked.out:
        _write_record(asked.out, record)
    return record


def _tested(found: Found, trust: Trust, k: int, words: Words, clock: Clock) -> dict[str, Any]:
    """How far to trust the segments, and what adds nothing to them."""
    return {
        **trust_record(found.extraction, trust, k, words),
        "outlier_segments": outlier_segments(found, k),
        **weighed(found, k, words, clock),
    }


def _write_record(folder: Path, record: dict[str, Any]) -> None:
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / "run.json").write_text(text + "\n", encoding="utf-8")


def _write(
    folder: Path, table: CustomerTable, labels: str, names: Sequence[str], study: Study
) -> None:
    inside = write_csv(table, labels, names, table.session.folder / "customers.csv")
    shutil.copyfile(inside, folder / "customers.csv")
    (folder / "study.toml").write_text(dump(study), encoding="utf-8")
    number, name = export_columns(table)
    tell(f"{folder / 'customers.csv'}: {number}, {name}")
