"""The typed table in the engine: written at once, or in parts of columns where it is wide.

Enters: a raw table and how each of its columns is read. Leaves: a table of keys and values in the
engine. Refuses to choose how a column is read.

What the engine works with while it reads a cell grows with the columns, however few rows there
are: two thousand columns of numbers need more than a gigabyte at once. A wide table is therefore
typed a part of its columns at a time, and the parts, whose rows are in one order, are then laid
side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from segmentation.engine import DuckSession
from segmentation.engine.duck import literal, quoted
from segmentation.intake.candidates import Chosen
from segmentation.intake.cells import value_sql
from segmentation.intake.items import Items, split_sql
from segmentation.intake.kinds import SQL_TYPES, Kind, trimmed
from segmentation.intake.table import RawTable

# Up to this number of columns a table is written at once; a wider one by so many.
AT_ONCE = 200
_PART = 100


@dataclass(frozen=True, slots=True)
class _Written:
    """One column of the typed table: its name, its value as SQL, and how it is kept."""

    name: str
    value: str
    kept: str


def write_typed(
    raw: RawTable,
    name: str,
    chosen: Sequence[Chosen],
    items: Sequence[Items] = (),
    id_name: str | None = None,
) -> None:
    """Write the typed table of a raw one.

    Parameters
    ----------
    raw : RawTable
    name : str
        Of the table to create: ``__row``, ``__key`` and ``c0 …``.
    chosen : sequence of Chosen
        How the file's columns are read, in their order.
    items : sequence of Items
        The answers that become columns of their own, after those of the file.
    id_name : str, optional
        The column whose values name the customers, each once.
    """
    key, order = _key(raw, id_name)
    columns = [
        _Written("__row", "__row", "BIGINT"),
        _Written("__key", key, "UBIGINT"),
        *_values(chosen),
        *_answers(items, len(chosen)),
    ]
    rows = f"{_source(raw, chosen, items)}{order}"
    if len(columns) > AT_ONCE:
        _write_in_parts(raw, name, columns, rows)
        return
    with raw.session.in_order() if raw.scanned else nullcontext():
        raw.session.create(name, _select(columns, rows), _definitions(columns))


def _write_in_parts(raw: RawTable, name: str, columns: Sequence[_Written], rows: str) -> None:
    session, parts = raw.session, list[str]()
    for start in range(0, len(columns), _PART):
        part = columns[start : start + _PART]
        parts.append(f"{name}_part_{start}")
        session.create(parts[-1], _select(part, rows), _definitions(part), is_part=True)
        session.watch.advance_to_share((start + len(part)) / (len(columns) + _PART))
    beside = " POSITIONAL JOIN ".join(quoted(part) for part in parts)
    session.create(name, f"SELECT * FROM {beside}", _definitions(columns), is_part=True)
    session.drop(parts)


def _select(columns: Sequence[_Written], rows: str) -> str:
    return f"SELECT {', '.join(f'{c.value} AS {c.name}' for c in columns)} FROM {rows}"


def _definitions(columns: Sequence[_Written]) -> str:
    return ", ".join(f"{column.name} {column.kept}" for column in columns)


def _key(raw: RawTable, id_name: str | None) -> tuple[str, str]:
    """Write the key of a customer, and the order of the rows.

    The key is from the md5 of the customer's id where ids are unique, else of the row's content;
    a row that came before is told apart by how often it did. Shuffled rows keep their keys, and so
    do other engines.
    """
    if id_name:
        return f"md5_number_lower({trimmed(f'r{raw.names.index(id_name)}')})", ""
    if not raw.n_duplicates:
        return "__digest", ""
    nth = "row_number() OVER (PARTITION BY __digest ORDER BY __row)"
    repeated = _repeated("__digest", nth)
    return f"CASE WHEN {nth} = 1 THEN __digest ELSE {repeated} END", " ORDER BY __row"


def _repeated(digest: str, nth: str) -> str:
    """The key of a row whose content came before."""
    return f"md5_number_lower(lpad(lower(to_hex({digest})), 16, '0') || '#' || {nth})"


def tell_repeats_apart(session: DuckSession, name: str) -> None:
    """Give the repeated rows of a typed table, whose keys are digests, keys of their own.

    Parameters
    ----------
    session : DuckSession
    name : str
        Of the typed table.
    """
    table = quoted(name)
    session.execute(
        f"UPDATE {table} AS typed SET __key = {_repeated('typed.__key', 'again.nth')} FROM ("
        f"SELECT __row, row_number() OVER (PARTITION BY __key ORDER BY __row) AS nth FROM {table} "
        f"WHERE __key IN (SELECT __key FROM {table} GROUP BY __key HAVING count(*) > 1)"
        ") AS again WHERE typed.__row = again.__row AND again.nth > 1"
    )


def _values(chosen: Sequence[Chosen]) -> list[_Written]:
    return [
        _Written(f"c{i}", value_sql(column.reading, f"r{i}"), kept_as(column.reading.kind))
        for i, column in enumerate(chosen)
    ]


def _answers(items: Sequence[Items], first: int) -> list[_Written]:
    answers = [(part.position, answer) for part in items for answer in part.answers]
    return [
        _Written(f"c{i}", f"list_contains(s{of}, {literal(answer)})", kept_as(Kind.YESNO))
        for i, (of, answer) in enumerate(answers, start=first)
    ]


def kept_as(kind: Kind) -> str:
    """Return the type of a column; to pack its texts would cost a quarter of typing all."""
    return SQL_TYPES[kind] + (" USING COMPRESSION 'uncompressed'" if kind is Kind.TEXT else "")


def _source(raw: RawTable, chosen: Sequence[Chosen], items: Sequence[Items]) -> str:
    """The rows, with a list of answers for each column that is split."""
    lists = [
        f"{split_sql(i.position, i.separator, chosen[i.position].reading)} AS s{i.position}"
        for i in items
    ]
    table = quoted(raw.table)
    return f"(SELECT *, {', '.join(lists)} FROM {table})" if lists else table
