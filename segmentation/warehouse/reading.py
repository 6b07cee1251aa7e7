"""A warehouse's cells as the visit reads them: the same numbers, words and gaps, as SQL.

Enters: an opened table and the columns of its typed sample. Leaves: a SELECT for Postgres. Refuses
to read text by rules of its own: every different text of a column is brought out once, read by
``segmentation.intake`` in the visit's engine, and what it was read as is written into the SQL.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

import pyarrow as pa

from segmentation.engine.duck import literal, quoted
from segmentation.errors import NotInWarehouse, TooManyTexts
from segmentation.intake import Column, Decision, Kind, RawTable, Style, open_customers
from segmentation.warehouse.cells import Native, moment_of, number_of, text_of
from segmentation.warehouse.opening import OpenedTable

MAX_TEXTS = 10_000
TYPED = "customers"
_PLAIN = (None, Style.POINT, Style.YEAR_FIRST)
Value = float | bool | str | dt.datetime | None
_SQL_TYPES = {
    Kind.NUMBER: "double precision",
    Kind.YESNO: "boolean",
    Kind.DATE: "timestamp",
    Kind.TEXT: "text",
}


def typed_sql(opened: OpenedTable, columns: Iterable[Column], kept: Sequence[str] = ()) -> str:
    """Return SQL for all customers of the warehouse, typed as their sample is.

    Parameters
    ----------
    opened : OpenedTable
    columns : iterable of Column
        The columns that are needed, as the sample's table has them.
    kept : sequence of str
        Columns to pass on as they are, by the sample's names.

    Returns
    -------
    str
        Physical columns as in the typed sample (``c0 …``), and ``k0 …`` for what is passed on.

    Raises
    ------
    TooManyTexts
        When a column of text has too many different values to be read one by one.
    NotInWarehouse
        When a column is an answer that its cells were split into here, or was worked out here.
    """
    natives = dict(zip(opened.raw.names, opened.columns, strict=True))
    cells = [f'{quoted(natives[name].name)} AS "k{i}"' for i, name in enumerate(kept)]
    needed = {column.key: column for column in columns}
    for column in needed.values():
        if column.of is not None:
            raise NotInWarehouse(name=column.of or column.name)
    cells += [f"{_typed(opened, natives[c.name], c)} AS {quoted(c.key)}" for c in needed.values()]
    return f"SELECT {', '.join(cells)} FROM {opened.relation.sql} OFFSET 0"


def _typed(opened: OpenedTable, native: Native, column: Column) -> str:
    # What the user decided about how a column is written is about its texts.
    as_it_is = not column.missing and column.style in _PLAIN
    if as_it_is and native.is_number and column.kind is Kind.NUMBER:
        return number_of(native)
    if as_it_is and native.is_day and column.kind is Kind.DATE:
        return moment_of(native)
    texts = _texts(opened, native, column)
    read = _read(opened.raw, column, texts)
    text, kind = text_of(native), _SQL_TYPES[column.kind]
    if column.kind is Kind.TEXT:  # a text that comes later is itself
        changed = {of: value for of, value in read.items() if value != of}
        return f"CASE {text} {_cases(changed, kind)} ELSE {text} END" if changed else text
    cases = _cases(read, kind)
    return f"CASE {text} {cases} END" if cases else f"CAST(NULL AS {kind})"


def _texts(opened: OpenedTable, native: Native, column: Column) -> list[str]:
    """Bring out the different texts of a column."""
    found = opened.warehouse.rows(
        f"SELECT DISTINCT {text_of(native)} AS text FROM {opened.relation.sql} "
        f"WHERE {quoted(native.name)} IS NOT NULL LIMIT {MAX_TEXTS + 2}"
    )
    texts = sorted(row["text"] for row in found if row["text"] is not None)
    if len(texts) > MAX_TEXTS:
        raise TooManyTexts(name=column.name, limit=MAX_TEXTS)
    return texts


def _read(raw: RawTable, column: Column, texts: Sequence[str]) -> dict[str, Value]:
    """Read texts as the column is read, in the visit's engine."""
    if not texts:
        return {}
    mark = hashlib.sha256("\x1f".join([column.name, *texts]).encode()).hexdigest()[:24]
    name = f"texts_{mark}"
    cells = pa.array(texts, pa.string())
    rows = pa.array(range(len(texts)), pa.int64())
    raw.session.put(
        name, pa.table({"__row": rows, "__digest": rows.cast(pa.uint64()), "r0": cells})
    )
    alone = RawTable(
        raw.session,
        raw.source,
        (column.name,),
        len(texts),
        fingerprint=mark,
        n_duplicates=0,
        table=name,
        codebook=raw.codebook,
    )
    decided = Decision(kind=column.kind, style=column.style, missing=column.missing)
    typed = open_customers(alone, decisions={column.name: decided}).name
    sql = f"SELECT __row, c0 FROM {quoted(typed)} ORDER BY __row"
    values = [row["c0"] for row in raw.session.rows(sql)]
    for done in (name, typed):
        raw.session.execute(f"DROP TABLE {quoted(done)}")
    return dict(zip(texts, values, strict=True))


def _cases(read: dict[str, Value], kind: str) -> str:
    return " ".join(f"WHEN {literal(of)} THEN {_value(v, kind)}" for of, v in read.items())


def _value(value: Value, kind: str) -> str:
    if value is None:
        return f"CAST(NULL AS {kind})"
    if isinstance(value, bool):
        return str(value).lower()
    written = repr(value) if isinstance(value, float) else str(value)
    return f"CAST({literal(written)} AS {kind})"
