"""Read a file into the engine as text: the one door for every upload, large or small.

Enters: a file on disk and the user's reading options. Leaves: a :class:`RawTable` in the engine.
Refuses to convert values, and to trust a file's name: the content decides what it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from segmentation.engine import DuckSession
from segmentation.errors import CatalogueAlone, EmptyFile, HeaderOnly
from segmentation.intake.archive import Content, content_of
from segmentation.intake.catalogues import is_catalogue
from segmentation.intake.codebook import Codebook
from segmentation.intake.encoding import guess_encoding, sample_of
from segmentation.intake.limits import check_archive, check_size
from segmentation.intake.options import ReadOptions
from segmentation.intake.parquet import load_parquet
from segmentation.intake.sheets import read_sheet
from segmentation.intake.statistical import form_of, load_statistical
from segmentation.intake.table import RAW, RawTable, Source, digest, rejects_of
from segmentation.intake.text import load_text, store_rejects
from segmentation.notes import Note
from segmentation.parsing.statistical import StatisticalFile

_INCOMING = "incoming"
_HEAD_BYTES = 64
_WORKBOOKS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}


@dataclass(frozen=True, slots=True)
class _Read:
    """What a format's own reader found; the rows wait in the engine's incoming table."""

    source: Source
    names: tuple[str, ...]
    notes: tuple[Note, ...]
    codebook: Codebook = field(default_factory=dict)
    n_rejected: int = 0


def read_file(
    session: DuckSession,
    path: Path,
    name: str,
    options: ReadOptions | None = None,
    *,
    into: str = RAW,
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
    try:
        with content_of(path, name, options.member, folder, session.watch) as content:
            source = replace(source, member=content.member, members=content.members)
            read = _read_content(session, content, source, options)
        return _finished(session, replace(read, notes=(*content.notes, *read.notes)), into)
    finally:
        session.drop((_INCOMING, rejects_of(_INCOMING)))  # there only where it was refused


def _read_content(
    session: DuckSession, content: Content, source: Source, options: ReadOptions
) -> _Read:
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
    return _read_text(session, path, source, options)


def _read_text(session: DuckSession, path: Path, source: Source, options: ReadOptions) -> _Read:
    guess = guess_encoding(sample_of(path), source.name, options.encoding)
    loaded = load_text(
        session,
        path,
        _INCOMING,
        name=source.name,
        encoding=guess.encoding,
        delimiter=options.delimiter,
    )
    source = replace(
        source,
        encoding=guess.encoding,
        delimiter=loaded.dialect.delimiter,
        confidence=guess.confidence,
        alternatives=guess.alternatives,
    )
    return _Read(source, loaded.dialect.names, loaded.notes, n_rejected=loaded.n_rejected)


def _read_workbook(session: DuckSession, path: Path, source: Source, options: ReadOptions) -> _Read:
    with path.open("rb") as file:
        zipped = file.read(4) == b"PK\x03\x04"
    if zipped:
        check_archive(path, source.name)
    found = read_sheet(path, source.name, options.sheet, session.folder, session.watch)
    with session.watch.step("loading", path.stat().st_size):
        session.fill(_INCOMING, f"*, {digest(found.names)} AS __digest", [found.cells])
    store_rejects(session, _INCOMING, found.set_aside)
    notes = found.notes
    if (source.member or source.name).lower().endswith((".csv", ".tsv", ".txt")):
        notes = (Note.of("name-says-text"), *notes)
    if len(found.sheets) > 1 and options.sheet not in found.sheets:
        notes = (Note.of("sheet-chosen", sheet=found.sheet, n=len(found.sheets)), *notes)
    source = replace(source, format="workbook", sheet=found.sheet, sheets=found.sheets)
    return _Read(source, found.names, notes, n_rejected=len(found.set_aside))


def _read_statistical(session: DuckSession, file: StatisticalFile, source: Source) -> _Read:
    loaded = load_statistical(session, file, _INCOMING)
    source = replace(source, format=file.form.partition("-")[0], encoding=loaded.encoding)
    return _Read(source, loaded.names, loaded.notes, loaded.codebook)


def _read_parquet(session: DuckSession, path: Path, source: Source) -> _Read:
    names, notes = load_parquet(session, path, _INCOMING, source.name)
    return _Read(replace(source, format="parquet"), names, notes)


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
    session.fill(_INCOMING, f"*, {digest(names)} AS __digest", parts)
    return _finished(session, _Read(source, names, notes), RAW)


def _finished(session: DuckSession, read: _Read, into: str) -> RawTable:
    """Take the fingerprint, and only then let the file take the place of the former one.

    The fingerprint does not change with the order of rows or columns. Whatever was made from the
    former file goes with it: it is kept under names that the content gives, and its row numbers
    are those of the former file even where the content is the same.
    """
    with session.watch.step("comparing", read.source.size_bytes):
        facts = session.rows(
            "SELECT count(*) AS n, count(DISTINCT __digest) AS n_distinct, "
            "sum(CAST(__digest AS HUGEINT))::VARCHAR AS total, "
            "sum(CAST(__digest >> 32 AS HUGEINT) * (__digest & 4294967295))::VARCHAR AS mixed "
            f"FROM {_INCOMING}"
        )[0]
    if not facts["n"]:
        raise HeaderOnly
    rejects = rejects_of(_INCOMING), rejects_of(into)
    if not read.n_rejected:
        store_rejects(session, _INCOMING, ())
    if into == RAW:
        session.keep_only(_INCOMING, into, rejects)
    else:
        session.rename(_INCOMING, into)
        session.rename(*rejects)
    parts = json.dumps([sorted(read.names), facts["n"], facts["total"], facts["mixed"]])
    return RawTable(
        session=session,
        source=read.source,
        names=read.names,
        n_rows=facts["n"],
        fingerprint=hashlib.sha256(parts.encode()).hexdigest()[:32],
        n_duplicates=facts["n"] - facts["n_distinct"],
        notes=read.notes,
        table=into,
        codebook=read.codebook,
        n_rejected=read.n_rejected,
    )


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
        _INCOMING,
        f"SELECT __row, {named}, {digest(names)} FROM ({select})",
        f"__row BIGINT{cells}, __digest UBIGINT",
    )
    made = _finished(session, _Read(made_of.source, names, notes), into)
    return replace(made, n_rejected=made_of.n_rejected)
