"""Load a delimited text file: every cell as it stands, nothing converted, nothing lost.

Enters: a text file. Leaves: a table of text cells in the engine, and what was repaired. Refuses to
guess where a quotation mark that is never closed should have been.

There are two roads with the same result. A text without quotation marks has no cell that holds a
delimiter or a line end, so the engine's own fast reader takes a UTF-8 copy with uniform line ends.
A text with quotation marks goes through Python's ``csv``, whose reading of stray quotes and mixed
line ends inside cells is exact; the engine's readers lose or join cells there.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

import pyarrow as pa
import pyarrow.compute as pc

from segmentation.engine import DuckSession
from segmentation.engine.duck import literal, quoted
from segmentation.errors import CellTooLong, EngineFailure, UnreadableFile
from segmentation.intake.dialect import DELIMITERS, Dialect, sniff
from segmentation.intake.limits import MAX_LINE_BYTES, check_columns
from segmentation.intake.table import digest
from segmentation.notes import Note

_SNIFFED = 1 << 20
_CHUNK = 1 << 22
_ROWS = 50_000
_BROKEN = "\ufffd"


@dataclass(frozen=True, slots=True)
class LoadedText:
    """How a text was laid out and what was repaired while it was loaded."""

    dialect: Dialect
    notes: tuple[Note, ...]


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
        ``r0 … rN`` (text, NULL where blank).
        Rows without a single filled cell are no rows.
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
        with _opened(path, encoding) as text:
            dialect = sniff(text.read(_SNIFFED), delimiter)
        check_columns(len(dialect.names))
        seen = _load_unquoted(session, path, encoding, dialect, into)
        if seen is None:
            rows = _Rows(path, encoding, dialect, name)
            session.fill(into, f"*, {digest(dialect.names)} AS __digest", rows.batches())
            seen = rows.seen
    except (LookupError, UnicodeError) as cause:  # an encoding that does not exist or fit
        raise UnreadableFile(name=name, detail=str(cause)[:120]) from cause
    notes = list(dialect.notes)
    if seen.broken:
        notes.append(Note.of("characters-broken", n=seen.broken))
    if seen.extra:
        notes.append(Note.of("cells-beyond-header", n=seen.extra))
    return LoadedText(dialect, tuple(notes))


@dataclass(slots=True)
class _Seen:
    """Characters that could not be decoded, and rows with cells beyond the header."""

    broken: int = 0
    extra: int = 0


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[TextIO]:
    """Open a text with its line ends as they are; what cannot be decoded becomes U+FFFD."""
    with path.open("r", encoding=encoding, errors="replace", newline="") as text:
        yield text


def _copy_unquoted(path: Path, encoding: str, dialect: Dialect, copy: Path) -> int | None:
    """Write the customers' lines as UTF-8 with uniform line ends; None at a quotation mark.

    Returns
    -------
    int or None
        Number of characters that could not be decoded.
    """
    broken = 0
    with (
        _opened(path, encoding) as text,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        text.read(dialect.skip)
        while chunk := text.read(_CHUNK):
            if '"' in chunk:
                return None
            broken += chunk.count(_BROKEN)
            # A line end cut in two becomes a blank line, and a blank line is no customer.
            lines = chunk.replace("\r\n", "\n").replace("\r", "\n")
            target.write(lines.replace("\0", ""))
    return broken


def _load_unquoted(
    session: DuckSession, path: Path, encoding: str, dialect: Dialect, into: str
) -> _Seen | None:
    """Load a text that has no quotation marks; None where it has one."""
    copy = session.folder / "reading.csv"
    try:
        broken = _copy_unquoted(path, encoding, dialect, copy)
        return None if broken is None else _Seen(broken, _load_copy(session, copy, dialect, into))
    finally:
        copy.unlink(missing_ok=True)


def _load_copy(session: DuckSession, copy: Path, dialect: Dialect, into: str) -> int:
    """Load the copy and count the rows with cells beyond the header."""
    width = len(dialect.names)
    cells = [quoted(f"r{i}") for i in range(width)]
    columns = ", ".join(f"'r{i}': 'VARCHAR'" for i in range(width + 1))
    parsed = (
        f"read_csv({literal(str(copy))}, auto_detect=false, header=false, "
        f"delim={literal(dialect.delimiter)}, quote='', escape='', columns={{{columns}}}, "
        f"null_padding=true, strict_mode=false, max_line_size={MAX_LINE_BYTES})"
    )
    extra = quoted(f"r{width}")
    some = " OR ".join(f"{cell} IS NOT NULL" for cell in (*cells, extra))
    select = f"row_number() OVER () - 1 AS __row, {digest(dialect.names)} AS __digest, *"
    try:
        session.create(into, f"SELECT {select} FROM {parsed} WHERE {some}")
    except EngineFailure as failure:
        if "line size" in str(failure.__cause__).lower():
            raise CellTooLong(limit_mb=MAX_LINE_BYTES // 1_000_000) from failure
        raise
    beyond = int(session.rows(f"SELECT count({extra}) AS n FROM {quoted(into)}")[0]["n"])
    session.execute(f"ALTER TABLE {quoted(into)} DROP COLUMN {extra}")
    return beyond


class _Rows:
    """The customers of a text with quotation marks, and what was seen while reading them."""

    def __init__(self, path: Path, encoding: str, dialect: Dialect, name: str) -> None:
        self._path, self._encoding, self._dialect, self._name = path, encoding, dialect, name
        self._width = len(dialect.names)
        self.seen = _Seen()

    def batches(self) -> Iterator[pa.Table]:
        """Yield the rows as text columns, ``__row`` first."""
        start = 0
        try:
            with self._lines() as lines:
                records = self._records(lines)
                while part := list(itertools.islice(records, _ROWS)):
                    yield self._table(part, start)
                    start += len(part)
        except csv.Error as cause:
            raise CellTooLong(limit_mb=MAX_LINE_BYTES // 1_000_000) from cause

    @contextmanager
    def _lines(self) -> Iterator[Iterator[str]]:
        with _opened(self._path, self._encoding) as text:
            text.read(self._dialect.skip)
            yield map(self._line, iter(partial(text.readline, MAX_LINE_BYTES), ""))

    def _line(self, line: str) -> str:
        if len(line) >= MAX_LINE_BYTES:
            raise CellTooLong(limit_mb=MAX_LINE_BYTES // 1_000_000)
        self.seen.broken += line.count(_BROKEN)
        return line.replace("\0", "")

    def _records(self, lines: Iterator[str]) -> Iterator[list[str]]:
        reader = csv.reader(
            lines, delimiter=self._dialect.delimiter, skipinitialspace=self._dialect.spaced
        )
        n_lines = height = 0
        for cells in reader:
            height, n_lines = reader.line_num - n_lines, reader.line_num
            if any(cells):
                yield self._fitted(cells)
        if height > 1:
            self._refuse_unclosed(n_lines - height)

    def _fitted(self, cells: list[str]) -> list[str]:
        short = self._width - len(cells)
        if short < 0:
            self.seen.extra += any(cells[self._width :])
            return cells[: self._width]
        return cells + [""] * short if short else cells

    def _refuse_unclosed(self, n_before: int) -> None:
        """Refuse a last record of several lines whose quotation mark is never closed."""
        with self._lines() as lines:
            last = itertools.islice(lines, n_before, None)
            try:
                list(csv.reader(last, delimiter=self._dialect.delimiter, strict=True))
            except csv.Error as cause:
                if "unexpected end" in str(cause):
                    line = n_before + self._dialect.n_lines + 1
                    raise UnreadableFile(name=self._name, detail=f'line {line}: "…') from cause

    def _table(self, records: list[list[str]], start: int) -> pa.Table:
        blank = pa.scalar(None, pa.string())
        columns = {"__row": pa.array(range(start, start + len(records)), pa.int64())}
        for i, cells in enumerate(zip(*records, strict=True)):
            texts = pa.array(cells, pa.string())
            columns[f"r{i}"] = pc.if_else(pc.equal(texts, ""), blank, texts)
        return pa.table(columns)
