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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from segmentation.engine import DuckSession
from segmentation.engine.duck import literal, quoted
from segmentation.errors import CellTooLong, EngineFailure, UnreadableFile
from segmentation.intake.below import Copy, table_below
from segmentation.intake.beside import table_beside_others
from segmentation.intake.copying import Copied, copy_as_it_stands, copy_record_by_record
from segmentation.intake.dialect import Dialect
from segmentation.intake.ending import Reject, set_aside_notes
from segmentation.intake.limits import MAX_LINE_BYTES, check_columns
from segmentation.intake.records import DELIMITERS, PADDING, Syntax, UnclosedQuotes
from segmentation.intake.sheets import Sheet
from segmentation.intake.table import digest, rejects_of
from segmentation.intake.window import Window, find_window
from segmentation.notes import Note

# No cell is this text: marks of byte order are removed from the copy.
_NO_CELL = "\ufeff"
_SHORT, _LONG, _LONGER, _DROPPED = 1, 2, 4, 8
_ROW, _DIGEST, _SHAPE = "__row", "__digest", "__shape"
# Up to this number of columns a text is loaded at once; a wider one by so many.
AT_ONCE = 500
_Sql = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LoadedText:
    """How a text was laid out and what was repaired while it was loaded."""

    dialect: Dialect
    notes: tuple[Note, ...]
    n_rejected: int = 0


def load_text(
    session: DuckSession, path: Path, into: str, *, name: str, encoding: str, delimiter: str | None
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
        Beside it a table of the rows set aside, see :func:`rejects_of`.
    name : str
        The file's name, for messages.
    encoding : str
        Python's name of its encoding.
    delimiter : str or None
        Found out when None.

    Returns
    -------
    LoadedText

    Raises
    ------
    TableError
        ``EmptyFile``, ``HeaderOnly``, ``TooManyColumns``, ``CellTooLong`` or ``UnreadableFile``.
    """
    if delimiter is not None and delimiter not in DELIMITERS:
        raise UnreadableFile(name=name, detail=f"delimiter {delimiter!r}")
    csv.field_size_limit(MAX_LINE_BYTES)  # one setting for the process, the same at every call
    try:
        dialect, window = find_window(path, encoding, delimiter)
        if largest := table_beside_others(window, dialect, delimiter, session.watch):
            return _load_cells(session, largest, dialect, into)
        check_columns(len(dialect.heads))
        dialect, copied, shapes = _load(session, window, dialect, into)
    except (LookupError, UnicodeError) as cause:  # an encoding that does not exist or fit
        raise UnreadableFile(name=name, detail=str(cause)[:120]) from cause
    except UnclosedQuotes as cause:
        raise UnreadableFile(name=name, detail=f'line {cause}: "…') from cause
    except csv.Error as cause:
        raise CellTooLong(limit_mb=MAX_LINE_BYTES // 1_000_000) from cause
    counts = copied.counts + Counter(reject.reason for reject in dialect.rejects)
    store_rejects(session, into, [*dialect.rejects, *copied.rejects])
    notes = (*dialect.notes, *_repairs(copied, shapes), *set_aside_notes(counts))
    return LoadedText(dialect, notes, counts.total())


def _load_cells(session: DuckSession, sheet: Sheet, dialect: Dialect, into: str) -> LoadedText:
    """Load the largest of the tables that stand side by side."""
    with session.watch.step("loading"):
        session.fill(into, f"*, {digest(sheet.names)} AS {_DIGEST}", [sheet.cells])
    store_rejects(session, into, sheet.set_aside)
    return LoadedText(replace(dialect, names=sheet.names), sheet.notes, len(sheet.set_aside))


def store_rejects(session: DuckSession, into: str, rejects: Iterable[Reject]) -> None:
    """Store the rows set aside beside a table: ``line``, ``reason`` and ``text``."""
    listed = sorted(rejects, key=lambda reject: reject.line)
    columns = {
        "line": pa.array([reject.line for reject in listed], pa.int64()),
        "reason": pa.array([reject.reason for reject in listed], pa.string()),
        "text": pa.array([reject.text for reject in listed], pa.string()),
    }
    session.put(rejects_of(into), pa.table(columns))


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


def _load(
    session: DuckSession, window: Window, dialect: Dialect, into: str
) -> tuple[Dialect, Copied, Counter[int]]:
    """Copy the rows and load the copy; once more where the first reading was not right.

    A row with two cells too many is read record by record, and a column without a name in which
    something stands after all is kept.
    """
    copy, watch = session.folder / "reading.csv", session.watch
    window, size = replace(window, advance=watch.advance), window.path.stat().st_size
    try:
        with watch.step("copying", size):
            copied = copy_as_it_stands(window, dialect, copy)
        shapes = _load_copy(session, copy, dialect, copied.syntax, into) if copied else None
        if copied is None or shapes is None or any(shape & _LONGER for shape in shapes):
            with watch.step("copying", size):
                copied = copy_record_by_record(window, dialect, copy)
            shapes = _load_copy(session, copy, dialect, copied.syntax, into)
        if any(shape & _DROPPED for shape in shapes):
            dialect = dialect.with_all_columns()
            shapes = _load_copy(session, copy, dialect, copied.syntax, into)
        aside = tuple(sorted(reject.line for reject in copied.rejects))
        loaded = Copy(copy, dialect.delimiter, dialect.n_lines, aside)
        odd = [shape for shape in shapes if shape & (_SHORT | _LONG | _LONGER)]
        below = table_below(session, into, dialect.names, loaded, odd)
        session.execute(f"ALTER TABLE {quoted(into)} DROP COLUMN {_SHAPE}")
    finally:
        copy.unlink(missing_ok=True)
    return replace(dialect, notes=(*dialect.notes, *below)), copied, shapes


def _load_copy(
    session: DuckSession, copy: Path, dialect: Dialect, syntax: Syntax, into: str
) -> Counter[int]:
    """Load the copy and count the rows by their shape."""
    names = [f"r{i}" for i in range(len(dialect.names))]
    # Cells of a file that is read once or twice are not worth the time of packing them.
    columns = {
        _ROW: "BIGINT",
        _DIGEST: "UBIGINT",
        _SHAPE: "UTINYINT",
        **dict.fromkeys(names, "VARCHAR USING COMPRESSION 'uncompressed'"),
    }
    values = {_ROW: "row_number() OVER () - 1", _DIGEST: digest(dialect.names)}
    rows = f"({_rows(copy, dialect, syntax)})"
    load = _load_whole if len(names) <= AT_ONCE else _load_in_parts
    try:
        with session.watch.step("loading", copy.stat().st_size), session.in_order():
            load(session, into, columns, values, rows)
    except EngineFailure as failure:
        if "line size" in str(failure.__cause__).lower():
            raise CellTooLong(limit_mb=MAX_LINE_BYTES // 1_000_000) from failure
        raise
    shapes = session.rows(f"SELECT __shape AS s, count(*) AS n FROM {quoted(into)} GROUP BY s")
    return Counter({row["s"]: row["n"] for row in shapes})


def _load_whole(
    session: DuckSession,
    into: str,
    columns: _Sql,
    values: _Sql,
    rows: str,
    *,
    is_part: bool = False,
) -> None:
    """Write some columns of the rows; those without a value of their own as they are."""
    kept = ", ".join(f"{name} {sql_type}" for name, sql_type in columns.items())
    cells = ", ".join(values.get(name, name) for name in columns)
    session.execute(f"CREATE OR REPLACE TABLE {quoted(into)} ({kept})", is_part=is_part)
    session.execute(f"INSERT INTO {quoted(into)} SELECT {cells} FROM {rows}", is_part=is_part)


def _load_in_parts(session: DuckSession, into: str, columns: _Sql, values: _Sql, rows: str) -> None:
    """Write a part of the columns at a time, then lay the parts side by side.

    What the engine works with grows with the columns it writes at once. The rows are in one order.
    """
    others = [name for name in columns if name != _DIGEST]
    cut = [others[start : start + AT_ONCE] for start in range(0, len(others), AT_ONCE)]
    parts: list[str] = []
    try:
        for names in (*cut, [_DIGEST]):  # which looks at all cells, best at those that are loaded
            source = rows if names != [_DIGEST] else _side_by_side(parts)
            parts.append(f"{into}_part_{len(parts)}")
            part = {name: columns[name] for name in names}
            _load_whole(session, parts[-1], part, values, source, is_part=True)
            session.watch.advance_to_share(len(parts) / (len(cut) + 2))
        _load_whole(session, into, columns, {}, _side_by_side(parts), is_part=True)
    finally:
        session.drop(parts)


def _side_by_side(tables: Iterable[str]) -> str:
    return " POSITIONAL JOIN ".join(quoted(table) for table in tables)


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
