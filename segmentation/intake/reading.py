"""Read a file into the engine as text: the one door for every upload, large or small.

Enters: a file on disk and the user's reading options. Leaves: a :class:`RawTable` in the engine.
Refuses to convert values, and to trust a file's name: the content decides what it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from segmentation.engine import DuckSession
from segmentation.errors import CatalogueAlone, EmptyFile
from segmentation.intake.archive import Content, content_of
from segmentation.intake.arriving import INCOMING, Read, finished, forget, store_rejects
from segmentation.intake.catalogues import is_catalogue
from segmentation.intake.encoding import guess_encoding, sample_of
from segmentation.intake.limits import check_archive, check_size
from segmentation.intake.options import ReadOptions
from segmentation.intake.parquet import load_parquet
from segmentation.intake.sheets import read_sheet
from segmentation.intake.statistical import form_of, load_statistical
from segmentation.intake.table import RAW, RawTable, Source, digest
from segmentation.intake.text import load_text
from segmentation.notes import Note
from segmentation.parsing.statistical import StatisticalFile

_HEAD_BYTES = 64
_WORKBOOKS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}


def read_file(
    session: DuckSession,
    path: Path,
    name: str,
    options: ReadOptions | None = None,
    *,
    into: str = RAW,
    as_customers: bool | None = None,
) -> RawTable:
    """Read a text table, workbook, Parquet or statistical file into a table of the engine.

    A ZIP or GZ file is read as the table that it holds. Whoever watches the session
    (:meth:`DuckSession.watched_by`) is told of the bytes, and may end the reading.

    Parameters
    ----------
    session : DuckSession
        Where the rows go; ``path`` must lie in its folder.
    path : Path
        The file.
    name : str
        Its name as the user knows it.
    options : ReadOptions, optional
        The user's corrections.
    into : str
        The engine's table: ``raw`` for the customers' file, which takes the place of everything
        that was made from the former one; any other name stands beside it.
    as_customers : bool, optional
        Whether the rows are to be typed as they are, and not put together with others: a large
        text then stays in its file (:mod:`segmentation.intake.scanning`). So it is by default
        where ``into`` is ``raw``.

    Returns
    -------
    RawTable

    Raises
    ------
    TableError
        ``EmptyFile``, ``HeaderOnly``, ``UnreadableFile``, ``ProtectedFile``, ``ReaderStopped``,
        ``UnknownFormat``, ``FileTooLarge``, ``OutOfProportion``, ``NoTableInside``,
        ``NestedArchive``, ``CatalogueAlone``, ``TooManyColumns`` or ``CellTooLong``, each with what
        was found.
    """
    options = options or ReadOptions()
    check_size(path)
    source, folder = Source(name, "csv", path.stat().st_size), session.folder
    stays = into == RAW if as_customers is None else as_customers
    try:
        with content_of(path, name, options.member, folder, session.watch) as content:
            source = replace(source, member=content.member, members=content.members)
            read = _read_content(session, content, source, options, stays=stays)
        return finished(session, replace(read, notes=(*content.notes, *read.notes)), into)
    finally:
        forget(session, INCOMING)  # there only where it was refused


def _read_content(
    session: DuckSession, content: Content, source: Source, options: ReadOptions, *, stays: bool
) -> Read:
    path = content.path
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise EmptyFile
    if head.startswith(b"PAR1"):
        return _read_parquet(session, path, source)
    if head[:4] in _WORKBOOKS:
        return _read_workbook(session, path, source, options)
    if is_catalogue(path):
        raise CatalogueAlone(name=source.member or source.name)
    form = form_of(head)
    if form:
        given = StatisticalFile(path, source.name, form, options.encoding, content.catalogue)
        return _read_statistical(session, given, source)
    return _read_text(session, path, source, options, stays=stays)


def _read_text(
    session: DuckSession, path: Path, source: Source, options: ReadOptions, *, stays: bool
) -> Read:
    guess = guess_encoding(sample_of(path), source.name, options.encoding)
    known = replace(source, encoding=guess.encoding, delimiter=options.delimiter)
    loaded = load_text(session, path, INCOMING, known, stays=stays)
    source = replace(
        source,
        encoding=guess.encoding,
        delimiter=loaded.dialect.delimiter,
        confidence=guess.confidence,
        alternatives=guess.alternatives,
    )
    return Read(
        source,
        loaded.dialect.names,
        loaded.notes,
        n_rejected=loaded.n_rejected,
        scanned=loaded.scanned,
    )


def _read_workbook(session: DuckSession, path: Path, source: Source, options: ReadOptions) -> Read:
    with path.open("rb") as file:
        zipped = file.read(4) == b"PK\x03\x04"
    if zipped:
        check_archive(path, source.name)
    found = read_sheet(path, source.name, options.sheet, session.folder, session.watch)
    with session.watch.step("loading", path.stat().st_size):
        session.fill(INCOMING, f"*, {digest(found.names)} AS __digest", [found.cells])
    store_rejects(session, INCOMING, found.set_aside)
    notes = found.notes
    if (source.member or source.name).lower().endswith((".csv", ".tsv", ".txt")):
        notes = (Note.of("name-says-text"), *notes)
    if len(found.sheets) > 1 and options.sheet not in found.sheets:
        notes = (Note.of("sheet-chosen", sheet=found.sheet, n=len(found.sheets)), *notes)
    source = replace(source, format="workbook", sheet=found.sheet, sheets=found.sheets)
    return Read(source, found.names, notes, n_rejected=len(found.set_aside))


def _read_statistical(session: DuckSession, file: StatisticalFile, source: Source) -> Read:
    loaded = load_statistical(session, file, INCOMING)
    source = replace(source, format=file.form.partition("-")[0], encoding=loaded.encoding)
    return Read(source, loaded.names, loaded.notes, loaded.codebook)


def _read_parquet(session: DuckSession, path: Path, source: Source) -> Read:
    names, notes = load_parquet(session, path, INCOMING, source.name)
    return Read(replace(source, format="parquet"), names, notes)


def read_parts(
    session: DuckSession,
    source: Source,
    names: tuple[str, ...],
    parts: Iterable[pa.Table],
    notes: tuple[Note, ...] = (),
) -> RawTable:
    """Let rows that come from no file take the place of the customers' file.

    Parameters
    ----------
    session : DuckSession
        Where the rows go.
    source : Source
        Where they come from.
    names : tuple of str
        Unique column names.
    parts : iterable of pyarrow.Table
        ``__row`` from 0 on, and ``r0 …`` as text, one for each name. What making a part raises is
        raised here, and the former file stays.
    notes : tuple of Note
        What there is to say about the rows.

    Returns
    -------
    RawTable

    Raises
    ------
    HeaderOnly
        When there are no rows.
    """
    session.fill(INCOMING, f"*, {digest(names)} AS __digest", parts)
    return finished(session, Read(source, names, notes), RAW)


def adopt(
    made_of: RawTable,
    names: tuple[str, ...],
    select: str,
    notes: tuple[Note, ...],
    *,
    into: str = RAW,
) -> RawTable:
    """Make a raw table from others in the engine, as if it had been read from a file.

    Parameters
    ----------
    made_of : RawTable
        Where its rows come from; it lends its source.
    names : tuple of str
        The new columns' names, unique ignoring case.
    select : str
        A SELECT of ``__row`` (from 0 on) and ``r0 … rN`` (text, NULL where blank), written by the
        library itself.
    notes : tuple of Note
        What was done on the way.
    into : str
        As in :func:`read_file`.

    Returns
    -------
    RawTable

    Raises
    ------
    HeaderOnly
        When there is no row.
    """
    session = made_of.session
    # Cells that are read once or twice are not worth the time of packing them.
    cells = "".join(f", r{i} VARCHAR USING COMPRESSION 'uncompressed'" for i in range(len(names)))
    named = ", ".join(f"r{i}" for i in range(len(names)))
    session.create(
        INCOMING,
        f"SELECT __row, {named}, {digest(names)} FROM ({select})",
        f"__row BIGINT{cells}, __digest UBIGINT",
    )
    made = finished(session, Read(made_of.source, names, notes), into)
    return replace(made, n_rejected=made_of.n_rejected)
