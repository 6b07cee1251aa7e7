"""Files come in: copied to where the engine may read, put together, described by a codebook.

Enters: paths and decisions. Leaves: the customers as text, and a study that knows the codebook.
Refuses to type anything.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from segmentation.engine import DuckSession
from segmentation.engine.watching import Watch
from segmentation.intake import RawTable, ReadOptions
from segmentation.intake.codebook_file import ReadCodebook
from segmentation.intake.codebook_opening import open_codebook
from segmentation.intake.codebook_use import refuse_codebook_of_another_table, with_codebook
from segmentation.notes import Note
from segmentation.study import Study
from segmentation.transactions import (
    NOTHING_KNOWN,
    Composition,
    LinesKnown,
    Upload,
    compose,
    with_catalogues,
)

_PIECE = 1 << 22


def open_files(
    session: DuckSession,
    main: Path,
    plan: Composition,
    others: Mapping[str, Path],
    options: ReadOptions | None = None,
    known: LinesKnown = NOTHING_KNOWN,
) -> RawTable:
    """Copy files into the session's folder, the only place the engine may read, and open them.

    Whoever watches the session (:meth:`DuckSession.watched_by`) is told of the bytes, and may end
    it: then the session is as it was.

    Parameters
    ----------
    session : DuckSession
    main : Path
        The customers, or the orders they are made from.
    plan : Composition
        What is summed up and joined.
    others : mapping of str to Path
        The files to join, and further parts of the main one, by the name that the plan knows
        them by; and SAS catalogues of any of these.
    options : ReadOptions, optional
        How the main file is read.
    known : LinesKnown
        What was decided about columns, and a codebook, for order lines.

    Returns
    -------
    RawTable
        One row a customer; the copies are gone.
    """
    uploads: list[Upload] = []
    given: tuple[Upload, ...] = ()
    try:
        for name, path in ((main.name, main), *others.items()):
            uploads.append(Upload(session.folder / f"upload{len(uploads)}", name))
            _fetch(path, uploads[-1].path, session.watch)
        given = with_catalogues(uploads)
        first = replace(given[0], options=options or ReadOptions())
        beside = {upload.name: upload for upload in given[1:]}
        return compose(session, first, plan, beside, known).raw
    finally:
        for upload in (*uploads, *given):
            upload.path.unlink(missing_ok=True)


def _fetch(path: Path, target: Path, watch: Watch) -> None:
    """Copy a file in pieces, so that it can be watched."""
    size = path.stat().st_size
    with path.open("rb") as source, target.open("wb") as file, watch.step("fetching", size):
        while piece := source.read(_PIECE):
            file.write(piece)
            watch.advance(file.tell())


def codebook_of(session: DuckSession, codebook: Path, sheet: str | None = None) -> ReadCodebook:
    """Read the file of a codebook, before the customers that it is about.

    Parameters
    ----------
    session : DuckSession
    codebook : Path
    sheet : str, optional
        Of a workbook; found out when None.

    Raises
    ------
    UnknownSheet
        When it has no such sheet.
    EmptyCodebook, NotACodebook
        When the file is no codebook.
    TableError
        What reading any file refuses.
    """
    copy = session.folder / "codebook"
    shutil.copyfile(codebook, copy)
    try:
        return open_codebook(session, copy, codebook.name, (), ReadOptions(sheet=sheet))
    finally:
        copy.unlink()


def described(
    study: Study, raw: RawTable, read: ReadCodebook, name: str, tell: Callable[[Note], None]
) -> Study:
    """Return the study with a codebook that was read.

    Parameters
    ----------
    study : Study
        A codebook that it has already gives way.
    raw : RawTable
    read : ReadCodebook
    name : str
        Of its file.
    tell : callable
        Called with each note on how the file was read and on what does not fit the table.

    Raises
    ------
    CodebookOfAnotherTable
        When none of its variables is in the table.
    """
    refuse_codebook_of_another_table(read.codebook, raw, name)
    for note in (*read.notes, *with_codebook(raw, read.codebook).notes[len(raw.notes) :]):
        tell(note)
    return replace(study, codebook=read.codebook)
