"""The doors to new customers: the model, the file of new customers, their assignment.

Enters: a visit. Leaves: results, made once. The new file is read in an engine of its own, so that
the customers of the study stay as they are.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pages.ui import compute, naming
from pages.ui.visits import MEMORY_MB, Visit
from segmentation import workflow
from segmentation.assigning import (
    Assignment,
    Model,
    Shown,
    assign,
    customers_for,
    learned,
    missing_columns,
    read,
    renamed,
    suggested,
    written,
)
from segmentation.assigning.sql import assignment_sql
from segmentation.engine import DuckSession, Limits
from segmentation.errors import NotInSql, UnsuitableBasis
from segmentation.export import put_assignment, write_assigned, write_assigned_sheet
from segmentation.intake import CustomerTable, RawTable
from segmentation.study import Study
from segmentation.transactions import LinesKnown
from segmentation.variables import Variable, resolve
from segmentation.wording import Words
from segmentation.wording.errors import explain

WRITERS: Mapping[str, Callable[..., Path]] = {
    "csv": write_assigned,
    "excel": partial(write_assigned, for_excel=True),
    "workbook": write_assigned_sheet,
}


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """A model, and what tells it from another one."""

    model: Model
    key: Hashable


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """New customers as they came, and where they belong."""

    table: CustomerTable
    found: Assignment
    stored: str


def own_model(visit: Visit, words: Words) -> Chosen:
    """Return the model of the segments on show."""
    k = compute.shown_k(visit)
    names, macro_names = compute.names(visit, k, words), naming.macro_names(visit, words)
    study = compute.study_of(visit)
    key = ("model", compute.partition_key(study), names, macro_names)

    def variables_of(_: CustomerTable, asked: Study) -> tuple[Variable, ...]:
        return resolve(compute.suggested(visit), asked.branch.choices_in_force)

    def made() -> Model:
        return learned(
            Shown(
                compute.customers(visit),
                study,
                compute.partition(visit),
                names,
                macro_names,
                partial(compute.find_sweep, visit),
                variables_of,
            )
        )

    return Chosen(visit.memo.get(key, made), key)


def saved_model(visit: Visit, file_id: str, data: bytes) -> Chosen:
    """Return the model of an uploaded file (raises ``UnreadableModel``, ``NewerModel``)."""
    key = ("saved_model", file_id)
    text = data.decode("utf-8", errors="replace")
    return Chosen(visit.memo.get(key, lambda: read(text)), key)


def model_file(visit: Visit, words: Words) -> bytes:
    """Return the model of the segments on show as JSON."""
    return written(own_model(visit, words).model).encode()


def sql_file(visit: Visit, dialect: str, words: Words) -> bytes:
    """Return the assignment as SQL; a file that says why where there is none."""
    try:
        return assignment_sql(own_model(visit, words).model, dialect).encode()
    except (NotInSql, UnsuitableBasis) as error:
        told = explain(error, words)
        return f"-- {told.happened}\n-- {told.next_step}\n".encode()


def new_file(visit: Visit, chosen: Chosen, file_id: str, name: str, data: bytes) -> RawTable:
    """Read the file of new customers; it is summed up and joined as the model's customers were."""
    key = ("newcomers", chosen.key, file_id)

    def opened() -> RawTable:
        with visit.opening:
            if visit.newcomers is not None:
                visit.newcomers.close()
                shutil.rmtree(visit.newcomers.folder, ignore_errors=True)
            folder = visit.folder / f"newcomers-{dt.datetime.now(dt.UTC):%H%M%S%f}"
            visit.newcomers = DuckSession(folder, Limits(memory_mb=MEMORY_MB))
            path = folder / Path(name).name
            path.write_bytes(data)
            study = chosen.model.study
            plan = replace(study.composition, parts=())
            others = {u.name: u.path for u in visit.uploads.values() if u.name in plan.file_names()}
            known = LinesKnown(study.columns, study.codebook)
            try:
                return workflow.open_files(visit.newcomers, path, plan, others, None, known)
            finally:
                path.unlink(missing_ok=True)

    found = visit.memo.get(key, opened)
    if found.session is visit.newcomers:
        return found
    visit.memo.forget(key)  # another file took its place meanwhile
    return visit.memo.get(key, opened)


def lacking(chosen: Chosen, raw: RawTable) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """Return each column that the file lacks with the likeliest one, and the columns to choose."""
    likely = suggested(chosen.model, raw.names)
    lost = {name: likely.get(name) for name in missing_columns(chosen.model, raw.names)}
    return lost, tuple(name for name in raw.names if name not in chosen.model.needs)


def placed(visit: Visit, chosen: Chosen, raw: RawTable, mapping: Mapping[str, str]) -> Placed:
    """Place the new customers.

    Parameters
    ----------
    visit : Visit
    chosen : Chosen
    raw : RawTable
    mapping : mapping of str to str
        The model's name by the file's.
    """
    folder = raw.session.folder.name
    key = ("placed", chosen.key, raw.fingerprint, folder, tuple(sorted(mapping.items())))

    def made() -> Placed:
        table = customers_for(chosen.model, renamed(raw, chosen.model, mapping))
        found = assign(table, chosen.model)
        own = replace(table, raw=raw)
        return Placed(own, found, put_assignment(own, found))

    return visit.memo.get(key, made)


def file_of(made: Placed, chosen: Chosen, kind: str) -> bytes:
    """Write the new customers with their segments."""
    folder = made.table.session.folder
    target = folder / f"{dt.datetime.now(dt.UTC):%H%M%S%f}.{kind}"
    path = WRITERS[kind](made.table, made.stored, chosen.model, target)
    data = path.read_bytes()
    path.unlink()
    return data
