"""The command line: the same library without a browser.

Enters: arguments. Leaves: one JSON object on standard output, messages on standard error, files
where asked, and an exit code: 0, 2 for input that cannot be used, or 130 when it was interrupted.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import locale
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from segmentation import workflow
from segmentation.arguments import listed, number_of_segments, parser
from segmentation.audit import audit
from segmentation.engine import DuckSession
from segmentation.errors import (
    BadNumberOfSegments,
    FilesOfOneName,
    NotInStudy,
    SegmentationError,
    UnknownColumn,
    UnreadableStudy,
)
from segmentation.export import (
    audit_record,
    describe_record,
    export_columns,
    segment_record,
    write_csv,
)
from segmentation.intake import CustomerTable, RawTable
from segmentation.notes import Note
from segmentation.study import Study, dump, load
from segmentation.terminal import reading_told, stages_told, tell, unheard
from segmentation.transactions import (
    NO_DECISIONS,
    Composition,
    JoinPlan,
    OrderOptions,
    OrderPlan,
)
from segmentation.variables import Role, Variable, VariableChoice, suggest
from segmentation.warehouse import OpenedTable, Placing
from segmentation.warehouse_command import connected, everybody, offered, opened
from segmentation.wording import Words, language_of, words_in
from segmentation.wording.errors import explain
from segmentation.wording.findings import audit_lines
from segmentation.wording.notes import say
from segmentation.wording.terms import segment_names

BAD_INPUT, INTERRUPTED = 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process when absent.

    Returns
    -------
    int
        0, 2 when the input cannot be used, or 130 when the user interrupted it.
    """
    parsing = parser({"describe": _describe, "segment": _segment})
    asked = parsing.parse_args(arguments)
    if asked.file is None and (asked.orders or asked.join):
        parsing.error("--orders and --join need a FILE")
    words = words_in(asked.language or language_of(locale.getlocale()[0]))
    try:
        record = _answered(asked, words)
    except KeyboardInterrupt:
        tell(words("Stopped before the end, as asked."))
        return INTERRUPTED
    except SegmentationError as error:
        told = explain(error, words)
        tell(f"{told.happened} {told.next_step}")
        return BAD_INPUT
    except OSError as error:
        tell(str(error))
        return BAD_INPUT
    if isinstance(sys.stdout, io.TextIOWrapper):  # JSON is UTF-8, whatever the terminal speaks
        sys.stdout.reconfigure(encoding="utf-8")
    json.dump(record, sys.stdout, ensure_ascii=False, allow_nan=False)
    sys.stdout.write("\n")
    return 0


def _answered(asked: argparse.Namespace, words: Words) -> dict[str, Any]:
    with ExitStack() as ending:
        if asked.table is not None:
            asked.warehouse = ending.enter_context(connected())
        if asked.table == "":
            return {"tables": offered(asked.warehouse)}
        folder = tempfile.TemporaryDirectory(prefix="segment-studio-")
        session = DuckSession(Path(ending.enter_context(folder)))
        ending.callback(session.close)
        # So that an interruption reaches each statement.
        ending.enter_context(session.watched_by(unheard))
        record: dict[str, Any] = asked.command(session, asked, words)
        return record


@dataclass(slots=True)
class _Clock:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)
    _start: float = field(default_factory=time.perf_counter)

    def stop(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._start, 3)
        self._start = now


def _plan(asked: argparse.Namespace, study: Study | None) -> Composition:
    """Return how the customers are put together: as the study says, else as the arguments do.

    Beside a study, ``--join`` only says where the files are that it needs.
    """
    names = [Path(file).name for file, _ in asked.join]
    if len(set(names)) < len(names):
        raise FilesOfOneName(name=max(names, key=names.count))
    if study:
        known = {join.name for join in study.composition.joins}
        if unknown := [name for name in names if name not in known]:
            raise NotInStudy(name=unknown[0])
        if asked.orders and study.composition.orders is None:
            raise NotInStudy(name="--orders")
        return study.composition
    joins = tuple(JoinPlan.by(Path(file).name, on) for file, on in asked.join)
    order = {None: None, "day-first": True, "month-first": False}[asked.dates]
    orders = OrderPlan(options=OrderOptions(day_first=order)) if asked.orders else None
    return Composition(orders, joins)


def _read(
    session: DuckSession, asked: argparse.Namespace, study: Study | None, words: Words
) -> tuple[RawTable, OpenedTable | None]:
    plan = _plan(asked, study)
    if asked.table:
        table = opened(session, asked.warehouse, asked.table, getattr(asked, "id", None))
        return table.raw, table
    others = {Path(file).name: Path(file) for file, _ in asked.join}
    options, columns = (study.source.options, study.columns) if study else (None, NO_DECISIONS)
    with reading_told(session, words):
        return workflow.open_files(session, asked.file, plan, others, options, columns), None


def _describe(session: DuckSession, asked: argparse.Namespace, words: Words) -> dict[str, Any]:
    raw, _ = _read(session, asked, None, words)
    study = workflow.described(Study.of(raw), raw, asked.codebook, _teller(words))
    with reading_told(session, words):
        table = workflow.customers_of(raw, study)
    variables = suggest(table)
    audited = audit(
        table, variables, as_of=dt.datetime.now(dt.UTC).date(), n_rejected=raw.n_rejected
    )
    record = describe_record(table, variables, words, show_personal=asked.show_personal)
    record["audit"] = audit_lines(audited, words)
    record["findings"] = audit_record(audited, words)
    return record


def _typed(
    session: DuckSession, asked: argparse.Namespace, words: Words
) -> tuple[CustomerTable, Study, OpenedTable | None]:
    """Return the customers, what is decided about them, and the warehouse's table they are of."""
    saved = _saved(asked.study) if asked.study else None
    raw, source = _read(session, asked, saved, words)
    study = _decided(raw, asked, saved, words)
    if source and not study.id_name:
        study = replace(study, id_name=source.id_name)
    with reading_told(session, words):
        return workflow.customers_of(raw, study), study, source


def _segment(session: DuckSession, asked: argparse.Namespace, words: Words) -> dict[str, Any]:
    clock = _Clock()
    table, study, source = _typed(session, asked, words)
    clock.stop("read")
    variables, study = _variables(table, study, listed(asked.basis, table.raw.names))
    matrix = workflow.matrix_of(table, variables, study)
    for note in matrix.notes:
        tell(say(note, words))
    clock.stop("prepare")
    extraction = workflow.extract(workflow.task_of(matrix, study), progress=stages_told(words))
    clock.stop("extract")
    k = extraction.shown_k(study.branch.k)
    if study.branch.k not in (None, k):  # fewer customers differ than segments were asked for
        raise BadNumberOfSegments(k=study.branch.k, k_max=k)
    key = workflow.key_of(matrix, study, k)
    solution = extraction.family.solution(k)
    labels = workflow.put_labels(table, matrix, solution, key)
    judged = workflow.judge(table, variables, labels, k, study)
    clock.stop("judge")
    given = study.branch.names_of(key, k)
    record = segment_record(extraction, judged, k, given, words)
    if asked.out:
        names = segment_names(given, words)
        _write(asked.out, table, labels, names, replace(study, branch=replace(study.branch, k=k)))
        clock.stop("write")
    if source:
        placing = Placing(table, variables, study.branch.recipe, matrix, solution)
        record["whole_table"] = everybody(source, placing, asked.out)
        clock.stop("place")
    record["seconds"] = clock.seconds
    if asked.out:
        _write_record(asked.out, record)
    return record


def _write_record(folder: Path, record: dict[str, Any]) -> None:
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / "run.json").write_text(text + "\n", encoding="utf-8")


def _saved(path: Path) -> Study:
    try:
        return load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as cause:
        raise UnreadableStudy(detail=str(cause)) from cause


def _decided(raw: RawTable, asked: argparse.Namespace, saved: Study | None, words: Words) -> Study:
    """Merge the saved study with the arguments; the arguments win."""
    study = saved or replace(Study.of(raw), composition=_plan(asked, None))
    if saved and saved.source.fingerprint != raw.fingerprint:
        try:
            saved.refuse_other_file(raw)
        except SegmentationError as other:
            tell(explain(other, words).happened)
        study = saved.moved_to(raw, saved.source.options)
    study = workflow.described(study, raw, asked.codebook, _teller(words))
    if asked.id:
        if asked.id not in raw.names:
            raise UnknownColumn.from_names(asked.id, raw.names)
        study = replace(study, id_name=asked.id)
    spec = study.branch.extraction
    spec = replace(
        spec,
        k_max=asked.k_max if asked.k_max is not None else spec.k_max,
        seed=asked.seed if asked.seed is not None else spec.seed,
    )
    k = number_of_segments(asked.k, study.branch.k)
    if k is not None and asked.k_max is None:
        spec = replace(spec, k_max=max(spec.k_max, k))
    if spec.k_max < 2 or (k is not None and not 2 <= k <= spec.k_max):
        raise BadNumberOfSegments(k=k if k is not None else spec.k_max, k_max=max(spec.k_max, 2))
    return replace(study, branch=replace(study.branch, extraction=spec, k=k))


def _variables(
    table: CustomerTable, study: Study, basis: tuple[str, ...]
) -> tuple[tuple[Variable, ...], Study]:
    """Give exactly the named columns the basis role; the other basis columns then describe."""
    variables = workflow.variables_of(table, study)
    if not basis:
        return variables, study
    branch = study.branch
    for variable in variables:
        if variable.name in basis and variable.role is not Role.BASIS:
            branch = branch.with_choice(variable.name, VariableChoice(role=Role.BASIS))
        elif variable.name not in basis and variable.role is Role.BASIS:
            branch = branch.with_choice(variable.name, VariableChoice(role=Role.DESCRIPTOR))
    study = replace(study, branch=branch)
    return workflow.variables_of(table, study), study


def _write(
    folder: Path, table: CustomerTable, labels: str, names: Sequence[str], study: Study
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    inside = write_csv(table, labels, names, table.session.folder / "customers.csv")
    shutil.copyfile(inside, folder / "customers.csv")
    (folder / "study.toml").write_text(dump(study), encoding="utf-8")
    number, name = export_columns(table)
    tell(f"{folder / 'customers.csv'}: {number}, {name}")


def _teller(words: Words) -> Callable[[Note], None]:
    return lambda note: tell(say(note, words))
