"""Load a delimited text file: every cell as it stands, nothing converted, nothing lost.

Enters: a text file. Leaves: a table of text cells in the engine, a table of the rows that were set
aside, and what was repaired. Refuses to guess silently: each repair is a note.

The rows are copied within the visit's folder so that the engine's own fast reader takes every cell
exactly (:mod:`segmentation.intake.copying`), and loaded from the copy by one query, or by a few
where there are many columns; rows that are too short or too long are counted.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from segmentation.engine import DuckSession
from segmentation.engine.duck import literal, quoted
from segmentation.errors import CellTooLong, EngineFailure, UnreadableFile
from segmentation.intake.arriving import forget, store_rejects
from segmentation.intake.below import Copy, table_below
from segmentation.intake.beside import table_beside_others
from segmentation.intake.copying import Copied, copy_as_it_stands, copy_record_by_record
from segmentation.intake.dialect import Dialect
from segmentation.intake.ending import set_aside_notes
from segmentation.intake.limits import MAX_LINE_BYTES, check_columns
from segmentation.intake.records import DELIMITERS, PADDING, Syntax, UnclosedQuotes
from segmentation.intake.scanned import Scanned
from segmentation.intake.scanning import scan
from segmentation.intake.sheets import Sheet
from segmentation.intake.storing import store_cells
from segmentation.intake.table import RawTable, Source, digest
from segmentation.intake.typed import AT_ONCE as TYPED_AT_ONCE
from segmentation.intake.window import Window, find_window
from segmentation.notes import Note

# No cell is this text: marks of byte order are removed from the copy.
_NO_CELL = "\ufeff"
_SHORT, _LONG, _LONGER, _DROPPED = 1, 2, 4, 8
# A larger text stays in its file where it may; a smaller one is quickly stored.
STAYS_FROM_BYTES = 32_000_000


@dataclass(frozen=True, slots=True)
class LoadedText:
    """How a text was laid out and what was repaired while it was loaded."""

    dialect: Dialect
    notes: tuple[Note, ...]
    n_rejected: int = 0
    scanned: Scanned | None = None


def load_text(
    session: DuckSession, path: Path, into: str, source: Source, *, stays: bool
) -> LoadedText:
    """Load a delimited text into the engine.

    Parameters
    ----------
    session : DuckSession
        Where the rows go.
    path : Path
        The file.
    into : str
        Table to create: ``__row`` (0-based file order), ``__digest`` (of the row's content) and
        ``r0 … rN`` (text, NULL where empty). Rows of blanks alone are no rows.
        Beside it a table of the rows set aside, see
        :func:`segmentation.intake.table.rejects_of`.
    source : Source
        With its encoding; the delimiter is found out where it has none.
    stays : bool
        Whether a large text may stay in its file (:mod:`segmentation.intake.scanning`).

    Returns
    -------
    LoadedText

    Raises
    ------
    TableError
        ``EmptyFile``, ``HeaderOnly``, ``TooManyColumns``, ``CellTooLong`` or ``UnreadableFile``.
    """
    name, encoding, delimiter = source.name, source.encoding or "utf-8", source.delimiter
    if delimiter is not None and delimiter not in DELIMITERS:
        raise UnreadableFile(name=name, detail=f"delimiter {delimiter!r}")
    csv.field_size_limit(MAX_LINE_BYTES)  # one setting for the process, the same at every call
    try:
        dialect, window = find_window(path, encoding, delimiter)
        if largest := table_beside_others(window, dialect, delimiter, session.watch):
            return _load_cells(session, largest, dialect, into)
        check_columns(len(dialect.heads))
        wanted = _Wanted(RawTable(session, source, (), 0, "", 0, table=into), stays)
        loaded = _load(wanted, window, dialect)
    except (LookupError, UnicodeError) as cause:  # an encoding that does not exist or fit
        raise UnreadableFile(name=name, detail=str(cause)[:120]) from cause
    except UnclosedQuotes as cause:
        raise UnreadableFile(name=name, detail=f'line {cause}: "…') from cause
    except csv.Error as cause:
        raise CellTooLong(limit_mb=MAX_LINE_BYTES // 1_000_000) from cause
    dialect, copied = loaded.dialect, loaded.copied
    counts = copied.counts + Counter(reject.reason for reject in dialect.rejects)
    store_rejects(session, into, [*dialect.rejects, *copied.rejects])
    notes = (*dialect.notes, *_repairs(copied, loaded.shapes), *set_aside_notes(counts))
    return LoadedText(dialect, notes, counts.total(), loaded.scanned)


def _load_cells(session: DuckSession, sheet: Sheet, dialect: Dialect, into: str) -> LoadedText:
    """Load the largest of the tables that stand side by side."""
    with session.watch.step("loading"):
        session.fill(into, f"*, {digest(sheet.names)} AS __digest", [sheet.cells])
    store_rejects(session, into, sheet.set_aside)
    return LoadedText(replace(dialect, names=sheet.names), sheet.notes, len(sheet.set_aside))


def _repairs(copied: Copied, shapes: Counter[int]) -> list[Note]:
    notes = []
    if copied.broken:
        notes.append(Note.of("characters-broken", n=copied.broken))
    if copied.removed:
        notes.append(Note.of("characters-removed", n=copied.removed))
    if lines := copied.unclosed:
        notes.append(Note.of("quotes-unclosed", n=len(lines), line=lines[0]))
    if n := sum(times for shape, times in shapes.items() if shape & _SHORT):
        notes.append(Note.of("rows-short", n=n))
    if n := sum(times for shape, times in shapes.items() if shape & _LONG):
        notes.append(Note.of("cells-beyond-header", n=n))
    return notes


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Where a text goes, and whether it may stay in its file."""

    raw: RawTable
    stays: bool


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What was found of a text: its layout, its copy, its rows by their shape."""

    dialect: Dialect
    copied: Copied
    shapes: Counter[int]
    scanned: Scanned | None = None


def _load(wanted: _Wanted, window: Window, dialect: Dialect) -> _Loaded:
    """Copy the rows and load the copy; once more where the first reading was not right.

    A row with two cells too many is read record by record, and a column without a name in which
    something stands after all is kept.
    """
    session = wanted.raw.session
    # Where the text stays, others of the visit may still be there.
    copy, watch = session.folder / f"text-{uuid4().hex}.csv", session.watch
    window, size = replace(window, advance=watch.advance), window.path.stat().st_size
    loaded, stays = None, False
    try:
        with watch.step("copying", size):
            copied = copy_as_it_stands(window, dialect, copy)
        if copied:
            loaded = _load_copy(wanted, copy, dialect, copied)
        if loaded is None or any(shape & _LONGER for shape in loaded.shapes):
            with watch.step("copying", size):
                copied = copy_record_by_record(window, dialect, copy)
            loaded = _load_copy(wanted, copy, dialect, copied)
        if any(shape & _DROPPED for shape in loaded.shapes):
            loaded = _load_copy(wanted, copy, dialect.with_all_columns(), loaded.copied)
        loaded = _with_table_below(wanted.raw, copy, loaded)
        stays = loaded.scanned is not None
        if stays:
            session.keep_file(copy)
    finally:
        if not stays:
            copy.unlink(missing_ok=True)
    return loaded


def _with_table_below(raw: RawTable, copy: Path, loaded: _Loaded) -> _Loaded:
    """Say whether another table begins far below, and let go of the rows' shapes."""
    dialect, session, rows = loaded.dialect, raw.session, quoted(raw.table)
    if loaded.scanned:
        shaped = _rows(copy, dialect, loaded.copied.syntax)
        rows = f"(SELECT row_number() OVER () - 1 AS __row, * FROM ({shaped}))"
    aside = tuple(sorted(reject.line for reject in loaded.copied.rejects))
    from_file = Copy(copy, dialect.delimiter, dialect.n_lines, aside)
    odd = [shape for shape in loaded.shapes if shape & (_SHORT | _LONG | _LONGER)]
    with session.in_order():
        below = table_below(session, rows, dialect.names, from_file, odd)
    if not loaded.scanned:
        session.execute(f"ALTER TABLE {rows} DROP COLUMN __shape")
    return replace(loaded, dialect=replace(dialect, notes=(*dialect.notes, *below)))


def _load_copy(wanted: _Wanted, copy: Path, dialect: Dialect, copied: Copied) -> _Loaded:
    """Load the copy and count the rows by their shape."""
    raw, syntax = wanted.raw, copied.syntax
    forget(raw.session, raw.table)  # what a first reading made that was not right
    size, few = copy.stat().st_size, len(dialect.names) <= TYPED_AT_ONCE
    try:
        if wanted.stays and few and size > STAYS_FROM_BYTES:
            source = replace(raw.source, delimiter=dialect.delimiter)
            shapes, scanned = scan(
                replace(raw, source=source, names=dialect.names),
                copy,
                lambda text: _rows(text, dialect, syntax),
                syntax.quote if copied.is_regular else None,
            )
            return _Loaded(dialect, copied, shapes, scanned)
        rows = f"({_rows(copy, dialect, syntax)})"
        return _Loaded(dialect, copied, store_cells(raw, rows, size, dialect.names))
    except EngineFailure as failure:
        if "line size" in str(failure.__cause__).lower():
            raise CellTooLong(limit_mb=MAX_LINE_BYTES // 1_000_000) from failure
        raise


def _rows(copy: Path, dialect: Dialect, syntax: Syntax) -> str:
    """Write the SELECT of the rows with something in them: their cells and their shape."""
    width = len(dialect.heads)
    blanks = literal(PADDING)
    parsed = [f"trim(x{i}, {blanks})" if dialect.syntax.padded else f"x{i}" for i in range(width)]
    kept = ", ".join(f"nullif({parsed[i]}, '') AS r{j}" for j, i in enumerate(dialect.kept))
    dropped = [parsed[i] for i in range(width) if i not in set(dialect.kept)]
    # A cell that is not there is NULL, a blank one is empty.
    last = dialect.kept[-1]
    short = f"CASE WHEN x{last} IS NULL THEN {_SHORT} ELSE 0 END"
    long = f"CASE WHEN trim(x{width}, {blanks}) <> '' THEN {_LONG} ELSE 0 END"
    longer = f"CASE WHEN x{width + 1} IS NOT NULL THEN {_LONGER} ELSE 0 END"
    odd = " OR ".join(f"trim({cell}, {blanks}) <> ''" for cell in dropped) or "false"
    odd = f"CASE WHEN {odd} THEN {_DROPPED} ELSE 0 END"
    # Nearly all rows end with a cell that begins with a plain sign: they are quickly told.
    whole = f"x{last} BETWEEN '!' AND '~'"
    shape = f"CASE WHEN {whole} AND x{width} IS NULL THEN 0 ELSE {short} + {long} + {longer} END"
    some = " OR ".join(f"trim(x{i}, {blanks}) <> ''" for i in range(width + 1))
    columns = ", ".join(f"'x{i}': 'VARCHAR'" for i in range(width + 2))
    return (
        f"SELECT {kept}, {shape} + {odd} AS __shape "
        f"FROM read_csv({literal(str(copy))}, auto_detect=false, header=false, "
        f"delim={literal(syntax.delimiter)}, quote={literal(syntax.quote)}, "
        f"escape={literal(syntax.quote)}, new_line='\\n', nullstr={literal(_NO_CELL)}, "
        f"columns={{{columns}}}, null_padding=true, strict_mode=false, parallel=false, "
        f"max_line_size={MAX_LINE_BYTES}, buffer_size={2 * MAX_LINE_BYTES}) WHERE {whole} OR {some}"
    )
