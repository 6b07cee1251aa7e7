"""Read a file into the engine as text: the one door for every upload, large or small.

Enters: a file on disk and the user's reading options. Leaves: a :class:`RawTable` in the engine.
Refuses to convert values, and to trust a file's name: the content decides what it is.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from segmentation.engine import DuckSession
from segmentation.engine.duck import literal, quoted
from segmentation.errors import EmptyFile, EngineFailure, HeaderOnly, UnreadableFile
from segmentation.intake.dialect import unique_names
from segmentation.intake.encoding import SAMPLE_BYTES, Guess, guess_encoding
from segmentation.intake.limits import check_archive, check_columns, check_size
from segmentation.intake.sheets import read_sheet
from segmentation.intake.table import RAW, RawTable, Source, digest
from segmentation.intake.text import load_text
from segmentation.notes import Note

_INCOMING = "incoming"
_WORKBOOKS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How the user wants a file read; None means that it is found out.

    Attributes
    ----------
    encoding, delimiter, sheet : str or None
        The user's corrections to what was guessed.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """What a format's own reader found; the rows wait in the engine's incoming table."""

    source: Source
    names: tuple[str, ...]
    notes: tuple[Note, ...]


def read_file(
    session: DuckSession,
    path: Path,
    name: str,
    options: ReadOptions | None = None,
    *,
    into: str = RAW,
) -> RawTable:
    """Read a CSV, TSV, workbook or Parquet file into a table of the engine.

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
        ``EmptyFile``, ``HeaderOnly``, ``UnreadableFile``, ``UnknownFormat``, ``FileTooLarge``,
        ``TooManyColumns`` or ``CellTooLong``, each with what was found.
    """
    options = options or ReadOptions()
    check_size(path)
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    if not head:
        raise EmptyFile
    source = Source(name, "csv", path.stat().st_size)
    if head.startswith(b"PAR1"):
        read = _read_parquet(session, path, source)
    elif head[:4] in _WORKBOOKS:
        read = _read_workbook(session, path, source, options)
    else:
        read = _read_text(session, path, head, source, options)
    return _finished(session, read, into)


def _read_text(
    session: DuckSession, path: Path, head: bytes, source: Source, options: ReadOptions
) -> _Read:
    guess = Guess(options.encoding, 1.0) if options.encoding else guess_encoding(head, source.name)
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
    )
    return _Read(source, loaded.dialect.names, loaded.notes)


def _read_workbook(session: DuckSession, path: Path, source: Source, options: ReadOptions) -> _Read:
    with path.open("rb") as file:
        zipped = file.read(4) == b"PK\x03\x04"
    if zipped:
        check_archive(path, source.name)
    sheet, all_sheets, names, cells, notes = read_sheet(path, source.name, options.sheet)
    session.fill(_INCOMING, f"*, {digest(names)} AS __digest", [cells])
    if source.name.lower().endswith((".csv", ".tsv", ".txt")):
        notes = (Note.of("name-says-text"), *notes)
    if len(all_sheets) > 1:
        notes = (Note.of("sheet-chosen", sheet=sheet, n=len(all_sheets)), *notes)
    source = replace(source, format="workbook", sheet=sheet, sheets=all_sheets)
    return _Read(source, names, notes)


def _read_parquet(session: DuckSession, path: Path, source: Source) -> _Read:
    file = literal(str(path))
    try:
        described = session.rows(f"DESCRIBE SELECT * FROM read_parquet({file})")
        check_columns(len(described))
        texts = ", ".join(
            f"nullif(CAST({quoted(str(row['column_name']))} AS VARCHAR), '') AS r{i}"
            for i, row in enumerate(described)
        )
        names, notes = unique_names([str(row["column_name"]) for row in described])
        session.create(
            _INCOMING,
            f"SELECT row_number() OVER () - 1 AS __row, {digest(names)} AS __digest, * "
            f"FROM (SELECT {texts} FROM read_parquet({file}))",
        )
    except EngineFailure as failure:
        detail = str(failure.values["detail"])
        raise UnreadableFile(name=source.name, detail=detail[:120]) from failure
    return _Read(replace(source, format="parquet"), names, notes)


def _finished(session: DuckSession, read: _Read, into: str) -> RawTable:
    """Take the fingerprint, and only then let the file take the place of the former one.

    The fingerprint does not change with the order of rows or columns. Whatever was made from the
    former file goes with it: it is kept under names that the content gives, and its row numbers
    are those of the former file even where the content is the same.
    """
    facts = session.rows(
        "SELECT count(*) AS n, count(DISTINCT __digest) AS n_distinct, "
        "sum(CAST(md5_number_lower(__digest) AS HUGEINT))::VARCHAR AS low, "
        f"sum(CAST(md5_number_upper(__digest) AS HUGEINT))::VARCHAR AS high FROM {_INCOMING}"
    )[0]
    if not facts["n"]:
        raise HeaderOnly
    if into == RAW:
        session.keep_only(_INCOMING, into)
    else:
        session.rename(_INCOMING, into)
    parts = json.dumps([sorted(read.names), facts["n"], facts["low"], facts["high"]])
    return RawTable(
        session=session,
        source=read.source,
        names=read.names,
        n_rows=facts["n"],
        fingerprint=hashlib.sha256(parts.encode()).hexdigest()[:32],
        n_duplicates=facts["n"] - facts["n_distinct"],
        notes=read.notes,
        table=into,
    )
