"""What a command works on: the customers as its arguments, or a saved study, put them together.

Enters: a session and arguments. Leaves: typed customers, the study, the variables. Refuses to find
segments.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from segmentation import workflow
from segmentation.arguments import number_of_segments
from segmentation.commands.nearby import PlaceFiles, with_places
from segmentation.engine import DuckSession
from segmentation.errors import (
    BadNumberOfSegments,
    FilesOfOneName,
    NotInStudy,
    SegmentationError,
    UnknownColumn,
    UnreadableStudy,
)
from segmentation.intake import CustomerTable, RawTable
from segmentation.intake.catalogues import is_catalogue
from segmentation.intake.codebook_file import ReadCodebook
from segmentation.notes import Note
from segmentation.study import Study, load
from segmentation.terminal import reading_told, tell
from segmentation.transactions import (
    Composition,
    JoinPlan,
    LinesKnown,
    OrderOptions,
    OrderPlan,
    PartPlan,
)
from segmentation.variables import Variable
from segmentation.warehouse import OpenedTable
from segmentation.warehouse_command import opened
from segmentation.wording import Words
from segmentation.wording.errors import explain
from segmentation.wording.notes import say


def codebook_asked(session: DuckSession, asked: argparse.Namespace) -> ReadCodebook | None:
    """Read the codebook that the arguments name; None where they name none.

    Raises
    ------
    UnknownSheet
        When it has no sheet of the name that was asked for.
    """
    if not asked.codebook:
        return None
    return workflow.codebook_of(session, asked.codebook, asked.codebook_sheet)


def read(
    session: DuckSession,
    asked: argparse.Namespace,
    study: Study | None,
    book: ReadCodebook | None,
    words: Words,
) -> tuple[RawTable, OpenedTable | None]:
    """Open files, or a table of the warehouse, which is returned beside them."""
    plan = _plan(asked, study)
    if asked.table:
        table = opened(session, asked.warehouse, asked.table, getattr(asked, "id", None))
        return table.raw, table
    main, *parts = _main_first(asked.files, plan)
    beside = (*parts, *filter(_is_catalogue, asked.files), *(Path(file) for file, _ in asked.join))
    others = {path.name: path for path in beside if path is not main}
    options = study.source.options if study else None
    codebook = book.codebook if book else study.codebook if study else {}
    known = LinesKnown(study.columns if study else {}, codebook)
    with reading_told(session, words):
        return workflow.open_files(session, main, plan, others, options, known), None


def typed(
    session: DuckSession, asked: argparse.Namespace, words: Words
) -> tuple[CustomerTable, Study, OpenedTable | None]:
    """Return the customers, what is decided about them, and the warehouse's table they are of."""
    saved = _saved(asked.study) if asked.study else None
    book = codebook_asked(session, asked)
    raw, source = read(session, asked, saved, book, words)
    study = _decided(raw, asked, saved, words)
    if book:
        study = workflow.described(study, raw, book, asked.codebook.name, teller(words))
    if source:
        study = workflow.for_warehouse(study)
        study = replace(study, id_name=study.id_name or source.id_name)
    with reading_told(session, words):
        files = PlaceFiles(asked.places, asked.places_columns)
        study = with_places(raw, study, files, teller(words))
        return workflow.customers_of(raw, study), study, source


def with_basis(
    table: CustomerTable, study: Study, basis: tuple[str, ...]
) -> tuple[tuple[Variable, ...], Study]:
    """Give exactly the named columns the basis role; the other basis columns then describe."""
    variables = workflow.variables_of(table, study)
    if not basis:
        return variables, study
    study = replace(study, branch=study.branch.with_basis(variables, basis))
    return workflow.variables_of(table, study), study


def teller(words: Words) -> Callable[[Note], None]:
    """Return what tells each note on a line of standard error."""
    return lambda note: tell(say(note, words))


def _plan(asked: argparse.Namespace, study: Study | None) -> Composition:
    """Return how the customers are put together: as the study says, else as the arguments do.

    Beside a study, ``--join`` only says where the files are that it needs.
    """
    joined = [Path(file).name for file, _ in asked.join]
    beside = [file.name for file in asked.files] if len(asked.files) > 1 else []
    names = [*joined, *beside]
    if len(set(names)) < len(names):
        raise FilesOfOneName(name=max(names, key=names.count))
    if study:
        known = study.composition.file_names()
        others = [file.name for file in _main_first(asked.files, study.composition)[1:]]
        if unknown := [name for name in (*joined, *others) if name not in known]:
            raise NotInStudy(name=unknown[0])
        if asked.orders and study.composition.orders is None:
            raise NotInStudy(name="--orders")
        return study.composition
    joins = tuple(JoinPlan.by(Path(file).name, on) for file, on in asked.join)
    order = {None: None, "day-first": True, "month-first": False}[asked.dates]
    orders = OrderPlan(options=OrderOptions(day_first=order)) if asked.orders else None
    parts = tuple(PartPlan(file.name) for file in _main_first(asked.files, Composition())[1:])
    return Composition(orders, joins, parts)


def _main_first(files: Sequence[Path], plan: Composition) -> list[Path]:
    """Return tables by name, those that a plan puts under or beside the main one after it."""
    known = plan.file_names()
    tables = [file for file in files if not _is_catalogue(file)]
    return sorted(tables or files, key=lambda file: (file.name in known, file.name))


def _is_catalogue(file: Path) -> bool:
    """Tell whether a file explains others; a pipe is not looked into, it can be read only once."""
    return file.is_file() and is_catalogue(file)


def _saved(path: Path) -> Study:
    try:
        return load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as cause:
        raise UnreadableStudy(detail=str(cause)) from cause


def _decided(raw: RawTable, asked: argparse.Namespace, saved: Study | None, words: Words) -> Study:
    """Merge the saved study with the arguments; the arguments win."""
    study = saved
    if study is None:
        study = replace(Study.of(raw), composition=_plan(asked, None).confirmed(raw.source))
    if saved and saved.source.fingerprint != raw.fingerprint:
        try:
            saved.refuse_other_file(raw)
        except SegmentationError as other:
            tell(explain(other, words).happened)
        study = saved.moved_to(raw, saved.source.options)
    if asked.id:
        study = replace(study, id_name=_present(asked.id, raw))
    if given := getattr(asked, "given", None):
        study = replace(study, branch=replace(study.branch, given=_present(given, raw)))
    return _extracting(study, asked)


def _present(name: str, raw: RawTable) -> str:
    """Return the name of a column (raises ``UnknownColumn`` where the file has none so called)."""
    if name not in raw.names:
        raise UnknownColumn.from_names(name, raw.names)
    return name


def _extracting(study: Study, asked: argparse.Namespace) -> Study:
    """Let the arguments say how segments are found, and how many."""
    spec = study.branch.extraction
    spec = replace(
        spec,
        method=asked.method or spec.method,
        k_max=asked.k_max if asked.k_max is not None else spec.k_max,
        seed=asked.seed if asked.seed is not None else spec.seed,
    )
    k = number_of_segments(asked.k, study.branch.k)
    if k is not None and asked.k_max is None:
        spec = replace(spec, k_max=max(spec.k_max, k))
    if spec.k_max < 2 or (k is not None and not 2 <= k <= spec.k_max):
        raise BadNumberOfSegments(k=k if k is not None else spec.k_max, k_max=max(spec.k_max, 2))
    return replace(study, branch=replace(study.branch, extraction=spec, k=k))
