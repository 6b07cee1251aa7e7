"""The doors to a visit's files: open one, read it otherwise, sum orders up, join others.

Enters: a visit and files in its folder. Leaves: the visit with customers and a study. A step that
is refused leaves the customers as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pages.ui.visits import Visit
from segmentation.intake import ReadOptions, open_customers, read_file
from segmentation.intake.codebook import Codebook
from segmentation.intake.codebook_file import open_codebook
from segmentation.intake.codebook_use import refuse_codebook_of_another_table
from segmentation.study import Study
from segmentation.transactions import (
    NO_DECISIONS,
    Composed,
    Composition,
    OrderColumns,
    Upload,
    compose,
    detect,
)

_BESIDE = "looked_at"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a file that may be joined: its columns, and whether it holds orders."""

    names: tuple[str, ...]
    fingerprint: str
    orders: OrderColumns | None


def open_path(visit: Visit, path: Path, name: str) -> None:
    """Read a file into the visit and begin its study; a former study of the same file goes on."""
    former = [upload for upload in (visit.main, *visit.uploads.values()) if upload]
    former_study = visit.study
    made = compose(visit.engine, Upload(path, name), Composition(), {})
    study = Study.of(made.raw)
    if former_study and former_study.source.fingerprint == study.source.fingerprint:
        study = replace(former_study.moved_to(made.raw), composition=Composition())
    _keep(visit, Upload(path, name), {}, made, study)
    for upload in former:
        if upload.path != path:
            upload.path.unlink(missing_ok=True)


def read_again(visit: Visit, options: ReadOptions) -> None:
    """Read the same file with other options; the decisions go with it."""
    if visit.main and visit.study:
        main = replace(visit.main, options=options)
        _replay(visit, main, visit.study.composition, visit.uploads)


def put_together(visit: Visit, plan: Composition, *added: Upload) -> None:
    """Put the customers together in another way, perhaps with another file.

    Raises
    ------
    TableError
        What reading, summing up and joining refuse; the customers stay as they were.
    """
    if visit.main:
        uploads = {**visit.uploads, **{upload.name: upload for upload in added}}
        _replay(visit, visit.main, plan, uploads)


def take_up(visit: Visit, loaded: Study) -> None:
    """Put the customers together as a loaded study says.

    Raises
    ------
    StudyOfAnotherFile
        When they are not those that the study was made from; the customers stay as they were.
    TableError
        As :func:`put_together`.
    """
    if visit.main:
        main = replace(visit.main, options=loaded.source.options)
        accept = loaded.refuse_other_file
        made = compose(
            visit.engine, main, loaded.composition, visit.uploads, loaded.columns, accept
        )
        _keep(visit, main, visit.uploads, made, loaded)


def look_at(visit: Visit, upload: Upload) -> Beside:
    """Tell what a file holds that may be joined."""
    before = visit.engine.tables()
    try:
        raw = read_file(visit.engine, upload.path, upload.name, upload.options, into=_BESIDE)
        return Beside(raw.names, raw.fingerprint, detect(open_customers(raw)))
    finally:
        visit.engine.drop(visit.engine.tables() - before)


def codebook_of(visit: Visit, upload: Upload) -> Codebook:
    """Read a codebook of the visit's customers; what of it is not understood stays to be told.

    Raises
    ------
    EmptyCodebook, NotACodebook, CodebookOfAnotherTable
        When the file is none; a former codebook stays.
    """
    read = open_codebook(visit.engine, upload.path, upload.name)
    if visit.raw is not None:
        refuse_codebook_of_another_table(read.codebook, visit.raw, upload.name)
    visit.codebook = read
    return read.codebook


def _replay(visit: Visit, main: Upload, plan: Composition, uploads: dict[str, Upload]) -> None:
    former = visit.study
    decisions = former.columns if former else NO_DECISIONS
    made = compose(visit.engine, main, plan, uploads, decisions)
    study = former.moved_to(made.raw, main.options) if former else Study.of(made.raw, main.options)
    _keep(visit, main, uploads, made, replace(study, composition=plan))


def _keep(
    visit: Visit, main: Upload, uploads: dict[str, Upload], made: Composed, study: Study
) -> None:
    visit.open(made.raw, study)
    visit.main, visit.uploads, visit.composed = main, uploads, made
