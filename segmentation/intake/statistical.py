"""SPSS, Stata and SAS files: their values into the engine, their labels into a codebook.

Enters: a SAV, ZSAV, DTA, SAS7BDAT or XPT file. Leaves: a table of text cells in the engine and what
its codes mean. Refuses to replace a code by its label, and to go by a file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from segmentation.engine import DuckSession
from segmentation.engine.duck import literal, quoted
from segmentation.engine.watching import Watch
from segmentation.errors import HeaderOnly
from segmentation.intake.codebook import Codebook, Entry
from segmentation.intake.encoding import Guess, guess_encoding
from segmentation.intake.header import unique_names
from segmentation.intake.limits import MAX_COLUMNS, MAX_LINE_BYTES
from segmentation.intake.table import digest
from segmentation.notes import Note
from segmentation.parsing.apart import apart
from segmentation.parsing.statistical import (
    ParsedStatistical,
    ParsedVariable,
    StatisticalFile,
    parse_statistical,
)

_SAS = bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011")
_MOST_CODES = 200
_SAMPLE = 10_000
# Stata says its encoding, which is UTF-8, from release 118 on.
_SAYS_ENCODING = re.compile(rb"<stata_dta><header><release>(?:11[89]|1[2-9]\d)<")
_ANY_BYTES = "ISO-8859-1"
_FORMS = (
    ("spss", (b"$FL2@(#)", b"$FL3@(#)")),
    ("stata", (b"<stata_dta>",)),
    ("sas", (_SAS,)),
    ("sas-transport", (b"HEADER RECORD*******LIB",)),
)
# Stata up to version 12: the release, the byte order (1 or 2), then 1 and 0.
_OLD_STATA = frozenset((104, 105, 108, 110, 111, 113, 114, 115))


def form_of(head: bytes) -> str | None:
    """Tell which statistical format a file has by its first bytes; None if it has none.

    Examples
    --------
    >>> [form_of(head) for head in (b"$FL2@(#) IBM SPSS", b"<stata_dta>", b"name,age")]
    ['spss', 'stata', None]
    """
    for form, marks in _FORMS:
        if head.startswith(marks):
            return form
    if len(head) > 4 and head[0] in _OLD_STATA and head[1] in (1, 2) and head[2:4] == b"\1\0":
        return "stata"
    return None


@dataclass(frozen=True, slots=True)
class LoadedStatistical:
    """The names of a statistical file's variables, what it says of them, and its encoding."""

    names: tuple[str, ...]
    codebook: Codebook
    encoding: str | None
    notes: tuple[Note, ...]


def load_statistical(session: DuckSession, file: StatisticalFile, into: str) -> LoadedStatistical:
    """Load a statistical file into the engine.

    Parameters
    ----------
    session : DuckSession
        Where the rows go.
    file : StatisticalFile
        Its form as :func:`form_of` tells.
    into : str
        Table to create: ``__row``, ``__digest`` and ``r0 … rN`` (text, NULL where blank).

    Returns
    -------
    LoadedStatistical

    Raises
    ------
    UnreadableFile, ReaderStopped, EmptyFile, HeaderOnly, TooManyColumns, CellTooLong
    """
    target = session.folder / "reading.arrow"
    try:
        with session.watch.step("parsing"):
            parsed, guess = _parse(session.watch, file, target)
        names, notes = unique_names([variable.name for variable in parsed.variables])
        with pa.memory_map(str(target)) as arrow:
            rows = pa.ipc.open_file(arrow)
            if not any(rows.get_batch(i).num_rows for i in range(rows.num_record_batches)):
                raise HeaderOnly
            with session.watch.step("loading", target.stat().st_size):
                parts = _parts(session.watch, rows, len(names))
                session.fill(into, f"*, {digest(names)} AS __digest", parts)
    finally:
        target.unlink(missing_ok=True)
    codebook = {
        own: _entry(session, into, i, variable)
        for i, (own, variable) in enumerate(zip(names, parsed.variables, strict=True))
    }
    if guess:
        share = guess.confidence
        notes = (*notes, Note.of("encoding-guessed", encoding=guess.encoding, share=share))
    told = {own: entry for own, entry in codebook.items() if entry != Entry()}
    if told:
        notes = (*notes, Note.of("codebook-in-file", n=len(told)))
    if file.catalogue:
        notes = (*notes, _said_of_catalogue(parsed))
    return LoadedStatistical(names, told, parsed.encoding, notes)


def _said_of_catalogue(parsed: ParsedStatistical) -> Note:
    """Say what the catalogue of formats brought."""
    if parsed.unlabelled:
        return Note.of("catalogue-unreadable")
    n = sum(bool(variable.values) for variable in parsed.variables)
    return Note.of("catalogue-applied", n=n) if n else Note.of("catalogue-of-others")


def _parse(
    watch: Watch, asked: StatisticalFile, target: Path
) -> tuple[ParsedStatistical, Guess | None]:
    """Parse a file; where it does not say its encoding, guess that from the texts in it."""

    def parse(tried: str | None) -> ParsedStatistical:
        wanted = (replace(asked, encoding=tried), target, (MAX_COLUMNS, MAX_LINE_BYTES))
        return apart(asked.name, parse_statistical, *wanted, look=watch.look)

    with asked.path.open("rb") as file:
        is_silent = asked.form == "stata" and not _SAYS_ENCODING.match(file.read(100))
    if asked.encoding or not is_silent:
        return parse(asked.encoding), None
    parsed = parse(_ANY_BYTES)
    texts = _strange(parsed, target)
    if not texts:
        return parsed, None
    guess = guess_encoding("\n".join(texts).encode(_ANY_BYTES), asked.name)
    return parse(guess.encoding), guess


def _strange(parsed: ParsedStatistical, target: Path) -> list[str]:
    """Return a sample of the texts with characters beyond ASCII."""
    with pa.memory_map(str(target)) as file:
        rows = pa.ipc.open_file(file)
        batches = [rows.get_batch(i) for i in range(min(1, rows.num_record_batches))]
        cells = [cell for b in batches for c in b.columns for cell in c[:_SAMPLE].to_pylist()]
    labels = [
        text for each in parsed.variables for text in (each.label, *dict(each.values).values())
    ]
    return [text for text in (*labels, *cells) if text and not text.isascii()]


def _parts(watch: Watch, rows: pa.ipc.RecordBatchFileReader, width: int) -> Iterator[pa.Table]:
    names = ["__row", *(f"r{i}" for i in range(width))]
    start = 0
    for i in range(rows.num_record_batches):
        watch.advance_to_share(i / rows.num_record_batches)
        batch = rows.get_batch(i)
        places = pa.array(range(start, start + batch.num_rows), pa.int64())
        yield pa.table([places, *batch.columns], names=names)
        start += batch.num_rows


def _entry(session: DuckSession, table: str, position: int, variable: ParsedVariable) -> Entry:
    known = [code for code, _ in variable.values]
    missing: dict[str, None] = {}
    for low, high in variable.missing:
        if isinstance(low, str) or low == high:
            missing |= dict.fromkeys([_written(low)])
        else:
            missing |= dict.fromkeys(code for code in known if _within(code, low, float(high)))
            missing |= dict.fromkeys(_found(session, table, position, (low, float(high))))
    said = bool(variable.values) and variable.is_ordered
    return Entry(variable.label, variable.values, tuple(missing), is_ordered=said)


def _written(code: str | float) -> str:
    if isinstance(code, str):
        return code
    return str(int(code)) if code.is_integer() else repr(code)


def _within(code: str, low: float, high: float) -> bool:
    try:
        return low <= float(code) <= high
    except ValueError:
        return False


def _found(session: DuckSession, table: str, position: int, bounds: Sequence[float]) -> list[str]:
    """Return the codes of the file within a range of user-missing values."""
    cell = quoted(f"r{position}")
    low, high = (f"CAST({literal(repr(float(bound)))} AS DOUBLE)" for bound in bounds)
    rows = session.rows(
        f"SELECT DISTINCT {cell} AS code FROM {quoted(table)} "
        f"WHERE try_cast({cell} AS DOUBLE) BETWEEN {low} AND {high} "
        f"ORDER BY try_cast({cell} AS DOUBLE) LIMIT {_MOST_CODES}"
    )
    return [str(row["code"]) for row in rows]
