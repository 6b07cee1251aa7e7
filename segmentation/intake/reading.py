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
from segmentation.errors import (
    CellTooLong,
    EmptyFile,
    EngineFailure,
    HeaderOnly,
    UnreadableFile,
)
from segmentation.intake import sheets
from segmentation.intake.dialect import Dialect, sniff, unique_names
from segmentation.intake.encoding import SAMPLE_BYTES, guess_encoding, transcode
from segmentation.intake.limits import (
    MAX_LINE_BYTES,
    check_archive,
    check_columns,
    check_size,
)
from segmentation.intake.table import RawTable, Source
from segmentation.notes import Note

RAW = "raw"
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


def read_file(
    session: DuckSession, path: Path, name: str, options: ReadOptions | None = None
) -> RawTable:
    """Read a CSV, TSV, workbook or Parquet file into the engine's table ``raw``.

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
        return _read_parquet(session, path, source)
    if head[:4] in _WORKBOOKS:
        return _read_workbook(session, path, source, options)
    return _read_text(session, path, head, source, options)


def _read_text(
    session: DuckSession, path: Path, head: bytes, source: Source, options: ReadOptions
) -> RawTable:
    guess = guess_encoding(head, source.name)
    encoding = options.encoding or guess.encoding
    copy = session.folder / "reading.csv"
    try:
        broken = transcode(path, encoding, copy)
        with copy.open("r", encoding="utf-8", newline="") as file:
            dialect = sniff(file.read(SAMPLE_BYTES), options.delimiter)
        check_columns(len(dialect.names))
        rejected = _load(session, copy, dialect)
    finally:
        copy.unlink(missing_ok=True)
    source = replace(
        source,
        encoding=encoding,
        delimiter=dialect.delimiter,
        confidence=1.0 if options.encoding else guess.confidence,
    )
    notes = list(dialect.notes)
    if broken:
        notes.append(Note.of("characters-broken", n=broken))
    if rejected:
        lines = tuple(str(line["line"]) for line in rejected[:5])
        notes.append(Note.of("lines-rejected", n=len(rejected), lines=lines))
    notes += _overflow(session, len(dialect.names))
    return _finished(session, source, dialect.names, tuple(notes))


def _load(session: DuckSession, copy: Path, dialect: Dialect) -> list[dict[str, object]]:
    """Load every cell as text; a column more than the header catches cells beyond its end."""
    width = len(dialect.names)
    columns = ", ".join(f"'r{i}': 'VARCHAR'" for i in range(width + 1))
    parsed = (
        f"read_csv({literal(str(copy))}, auto_detect=false, header=false, skip={dialect.skip}, "
        f"delim={literal(dialect.delimiter)}, quote='\"', escape='\"', columns={{{columns}}}, "
        f"null_padding=true, strict_mode=false, ignore_errors=true, store_rejects=true, "
        f"max_line_size={MAX_LINE_BYTES}, parallel=%s)"
    )
    select = _numbered(dialect.names, parsed)
    try:
        return session.load_csv(RAW, select % "true")
    except EngineFailure as failure:
        detail = str(failure.values.get("detail", ""))
        if "line size" in detail.lower():
            raise CellTooLong(limit_mb=MAX_LINE_BYTES // 1_000_000) from failure
        if "null_padding" not in str(failure.__cause__):
            raise
    return session.load_csv(RAW, select % "false")


def _numbered(names: tuple[str, ...], parsed: str) -> str:
    """Number the rows in file order and digest each row's content in column-name order."""
    order = sorted(range(len(names)), key=lambda i: names[i])
    content = ", ".join(f"coalesce({quoted(f'r{i}')}, '')" for i in order)
    some = " OR ".join(f"{quoted(f'r{i}')} IS NOT NULL" for i in order)
    return (
        f"SELECT row_number() OVER () - 1 AS __row, md5(concat_ws(chr(31), {content})) AS __digest,"
        f" * FROM (SELECT * FROM {parsed} WHERE {some})"
    )


def _overflow(session: DuckSession, width: int) -> list[Note]:
    """Count rows with more cells than the header has names; the extra cells are left out."""
    extra = quoted(f"r{width}")
    found = session.rows(f"SELECT count({extra}) AS n FROM {RAW}")[0]["n"]
    session.execute(f"ALTER TABLE {RAW} DROP COLUMN {extra}")
    return [Note.of("cells-beyond-header", n=found)] if found else []


def _read_workbook(
    session: DuckSession, path: Path, source: Source, options: ReadOptions
) -> RawTable:
    with path.open("rb") as file:
        zipped = file.read(4) == b"PK\x03\x04"
    if zipped:
        check_archive(path, source.name)
    names_of_sheets = sheets.sheet_names(path, source.name)
    sheet, names, cells, notes = sheets.read_sheet(path, source.name, options.sheet)
    session.put("reading", cells)
    session.create(RAW, _numbered(names, "reading"))
    session.execute("DROP TABLE reading")
    if source.name.lower().endswith((".csv", ".tsv", ".txt")):
        notes = (Note.of("name-says-text"), *notes)
    if len(names_of_sheets) > 1:
        notes = (Note.of("sheet-chosen", sheet=sheet, n=len(names_of_sheets)), *notes)
    source = replace(source, format="workbook", sheet=sheet, sheets=names_of_sheets)
    return _finished(session, source, names, notes)


def _read_parquet(session: DuckSession, path: Path, source: Source) -> RawTable:
    file = literal(str(path))
    try:
        described = session.rows(f"DESCRIBE SELECT * FROM read_parquet({file})")
    except EngineFailure as failure:
        detail = str(failure.values["detail"])
        raise UnreadableFile(name=source.name, detail=detail[:120]) from failure
    check_columns(len(described))
    names, notes = unique_names([str(row["column_name"]) for row in described])
    texts = ", ".join(
        f"CAST({quoted(str(row['column_name']))} AS VARCHAR) AS r{i}"
        for i, row in enumerate(described)
    )
    session.create(RAW, _numbered(names, f"(SELECT {texts} FROM read_parquet({file}))"))
    return _finished(session, replace(source, format="parquet"), names, notes)


def _finished(
    session: DuckSession, source: Source, names: tuple[str, ...], notes: tuple[Note, ...]
) -> RawTable:
    """Count the rows and take the fingerprint, which no order of rows or columns changes."""
    facts = session.rows(
        "SELECT count(*) AS n, count(DISTINCT __digest) AS n_distinct, "
        "sum(CAST(md5_number_lower(__digest) AS HUGEINT))::VARCHAR AS low, "
        f"sum(CAST(md5_number_upper(__digest) AS HUGEINT))::VARCHAR AS high FROM {RAW}"
    )[0]
    if not facts["n"]:
        raise HeaderOnly
    parts = json.dumps([sorted(names), facts["n"], facts["low"], facts["high"]])
    return RawTable(
        session=session,
        source=source,
        names=names,
        n_rows=facts["n"],
        fingerprint=hashlib.sha256(parts.encode()).hexdigest()[:32],
        n_duplicates=facts["n"] - facts["n_distinct"],
        notes=notes,
    )
