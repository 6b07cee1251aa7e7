"""A large text that stays in its file: read once, typed on the way, and read again when asked.

Enters: a copy of its rows that the engine reads exactly. Leaves: a view over it in place of a table
of its cells, the typed table as nobody has decided anything yet, a spread sample of its rows, and
the rows with the smallest digests. Refuses to choose how a column is read.

One statement takes the rows apart, digests and types them, and says of each whether it has the
right shape and whether a cell could not be read. The text itself is not stored a second time: what
needs it afterwards scans the file, and what needs it often stores it after all (:func:`stored`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from segmentation.engine.duck import quoted
from segmentation.intake.cells import Reading, value_sql
from segmentation.intake.kinds import Kind
from segmentation.intake.scanned import Scanned
from segmentation.intake.shapes import shapes_of, step_of
from segmentation.intake.spread import count_rows, write_spread
from segmentation.intake.survey import choose_readings
from segmentation.intake.table import RawTable, digest, drawn_of, spread_of
from segmentation.intake.typed import kept_as

# Enough of the rows with the smallest digests that sparse columns show examples, too.
_DRAWN = 2000
_UNREAD = 128
_DIGESTS = 1 << 64


def foreseen_of(table: str) -> str:
    """Return the name of the typed table that is made while a text is read."""
    return f"{table}_foreseen"


def scan(
    raw: RawTable, copy: Path, rows: Callable[[Path], str], quote: str | None
) -> tuple[Counter[int], Scanned]:
    """Make a view over a text, and the tables that can be made of it while it is read once.

    Parameters
    ----------
    raw : RawTable
        Of which only session, source, names and table are known; ``table`` becomes the view.
    copy : Path
        The text.
    rows : callable
        Returns the SELECT of the rows of such a text: ``r0 …`` and ``__shape``, below 128.
    quote : str or None
        The mark, where marks are regular, so that the rows are where lines end.

    Returns
    -------
    Counter of int
        The rows by their shape.
    Scanned
    """
    session, n_bytes = raw.session, copy.stat().st_size
    session.drop([raw.table])
    session.view(raw.table, _viewed(raw, rows(copy)))
    with session.watch.step("choosing"), session.in_order():
        n_rows = _spread_by_lines(raw, copy, rows, quote) if quote else _spread(raw)
        known = _known(raw, n_rows)
    with session.watch.step("loading", n_bytes), session.in_order():
        shapes = _typed(raw, known.readings, rows(copy), n_rows)
    found = sum(shapes.values())
    if found != n_rows:  # rows of blanks alone were counted as rows
        with session.watch.step("choosing"):
            former, known = known, _known(raw, _spread(raw, found))
        if known.readings != former.readings:
            with session.watch.step("loading", n_bytes), session.in_order():
                shapes = _typed(raw, known.readings, rows(copy), found)
    is_clean = not any(shape & _UNREAD for shape in shapes)
    n_drawn = int(session.rows(f"SELECT count(*) AS n FROM {quoted(drawn_of(raw.table))}")[0]["n"])
    told = Counter[int]()
    for shape, times in shapes.items():
        told[shape & ~_UNREAD] += times
    return told, replace(known, is_clean=is_clean, n_drawn=n_drawn)


def stored(raw: RawTable) -> RawTable:
    """Store the cells of a text that was only scanned, for whoever asks for them again and again.

    Parameters
    ----------
    raw : RawTable

    Returns
    -------
    RawTable
        The same.
    """
    session, name = raw.session, f"{raw.table}_stored"
    if raw.scanned is None or not session.is_view(raw.table):
        return raw
    columns = _cells(raw, "__digest UBIGINT")
    with session.undone_on_failure(), session.in_order():
        session.create(name, f"SELECT * FROM {quoted(raw.table)}", columns, is_part=True)
        session.rename(name, raw.table)
    return raw


def _viewed(raw: RawTable, rows: str) -> str:
    cells = ", ".join(f"r{i}" for i in range(len(raw.names)))
    return (
        f"SELECT row_number() OVER () - 1 AS __row, {digest(raw.names)} AS __digest, {cells} "
        f"FROM ({rows})"
    )


def _known(raw: RawTable, n_rows: int) -> Scanned:
    """Choose on the sample how columns are read, as if nothing had been decided."""
    raw = replace(raw, n_rows=n_rows, scanned=Scanned())
    known = Scanned(shapes=shapes_of(raw, [()] * len(raw.names)))
    chosen = choose_readings(replace(raw, scanned=known), {})
    return replace(known, readings=tuple(column.reading for column in chosen))


def _spread_by_lines(raw: RawTable, copy: Path, rows: Callable[[Path], str], quote: str) -> int:
    """Write the sample from the lines of the text; return how many there are."""
    n_rows, some = count_rows(copy, quote), copy.with_suffix(".some")
    step = step_of(n_rows)
    try:
        write_spread(copy, quote, step, some)
        select = f"SELECT (row_number() OVER () - 1) * {step}, * EXCLUDE (__shape)"
        raw.session.create(spread_of(raw.table), f"{select} FROM ({rows(some)})", _cells(raw))
    finally:
        some.unlink(missing_ok=True)
    return n_rows


def _spread(raw: RawTable, n_rows: int | None = None) -> int:
    """Write the sample from the view; return how many rows it has."""
    session, view = raw.session, quoted(raw.table)
    if n_rows is None:
        n_rows = int(session.rows(f"SELECT count(*) AS n FROM {view}")[0]["n"])
    select = f"SELECT * EXCLUDE (__digest) FROM {view} WHERE __row % {step_of(n_rows)} = 0"
    session.create(spread_of(raw.table), select, _cells(raw))
    return n_rows


def _cells(raw: RawTable, *more: str) -> str:
    """The columns of rows as text; to pack them would cost more than it saves."""
    texts = (f"r{i} {kept_as(Kind.TEXT)}" for i in range(len(raw.names)))
    return ", ".join(("__row BIGINT", *more, *texts))


def _typed(raw: RawTable, readings: Sequence[Reading], rows: str, n_rows: int) -> Counter[int]:
    """Write the typed table and the rows with the smallest digests; count the rows by shape."""
    session, name = raw.session, foreseen_of(raw.table)
    places = range(len(readings))
    cells = ", ".join(f"r{i}" for i in places)
    values = ", ".join(f"{value_sql(r, f'r{i}')} AS c{i}" for i, r in enumerate(readings))
    read = (i for i, reading in enumerate(readings) if reading.kind is not Kind.TEXT)
    unread = " OR ".join(f"(c{i} IS NULL AND r{i} IS NOT NULL)" for i in read) or "false"
    small = min(_DIGESTS - 1, _DIGESTS * _DRAWN // max(n_rows, 1))
    select = (
        f"SELECT row_number() OVER () - 1, __key, {', '.join(f'c{i}' for i in places)}, "
        f"__shape + CASE WHEN {unread} THEN {_UNREAD} ELSE 0 END, "
        f"CASE WHEN __key <= {small} THEN [{cells}] END "
        f"FROM (SELECT {digest(raw.names)} AS __key, {values}, {cells}, __shape FROM ({rows}))"
    )
    kept = [f"c{i} {kept_as(reading.kind)}" for i, reading in enumerate(readings)]
    columns = ["__row BIGINT", "__key UBIGINT", *kept, "__shape UTINYINT", "__cells VARCHAR[]"]
    session.create(name, select, ", ".join(columns))
    table = quoted(name)
    counted = session.rows(f"SELECT __shape AS s, count(*) AS n FROM {table} GROUP BY s")
    drawn = ", ".join(f"__cells[{i + 1}] AS r{i}" for i in places)
    session.create(
        drawn_of(raw.table),
        f"SELECT __row, __key AS __digest, {drawn} FROM {table} WHERE __cells IS NOT NULL",
        is_part=True,
    )
    for column in ("__shape", "__cells"):
        session.execute(f"ALTER TABLE {table} DROP COLUMN {column}", is_part=True)
    return Counter({row["s"]: row["n"] for row in counted})
