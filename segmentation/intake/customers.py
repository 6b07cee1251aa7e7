"""From a file's text to typed customers: kinds chosen on a sample, failures counted on all rows.

Enters: a :class:`RawTable` and the user's decisions (kinds, id, population). Leaves: a
:class:`CustomerTable` in the engine. Refuses to drop a row: what cannot be read is counted and
left empty, and the raw text stays beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from segmentation.engine.duck import quoted
from segmentation.errors import NoCustomersLeft, UnknownColumn
from segmentation.intake.filters import Condition
from segmentation.intake.kinds import (
    SQL_TYPES,
    Kind,
    choose,
    counting,
    missing,
    reading,
    trimmed,
)
from segmentation.intake.reading import RAW
from segmentation.intake.table import Column, CustomerTable, RawTable
from segmentation.notes import Note

KIND_SAMPLE = 100_000
_COLUMNS_A_QUERY = 20
_EXAMPLES = 4


def open_customers(
    raw: RawTable,
    *,
    kinds: Mapping[str, Kind] | None = None,
    id_name: str | None = None,
    conditions: Sequence[Condition] = (),
) -> CustomerTable:
    """Type the columns of a raw table and fix the canonical order of its customers.

    Parameters
    ----------
    raw : RawTable
        The file's text.
    kinds : mapping of str to Kind, optional
        The user's corrections by column name; other kinds are chosen on at most 100,000 rows
        spread evenly over the file.
    id_name : str, optional
        The column that names a customer.
    conditions : sequence of Condition
        The population filter.

    Returns
    -------
    CustomerTable

    Raises
    ------
    UnknownColumn
        When a decision names a column that is not in the file.
    NoCustomersLeft
        When the population filter leaves nobody.
    """
    corrections = dict(kinds or {})
    for wanted in (*corrections, *(c.column for c in conditions), *([id_name] if id_name else [])):
        if wanted not in raw.names:
            raise UnknownColumn.from_names(wanted, raw.names)
    chosen = _choose_kinds(raw, corrections)
    name = _table_name(raw, chosen, id_name)
    unique = id_name is not None and _is_unique(raw, id_name)
    if not raw.session.has(name):
        raw.session.create(name, _typed(raw, chosen, id_name if unique else None))
    columns = _count(raw, name, chosen, corrections)
    notes = _notes(raw, columns, id_name=id_name, unique=unique)
    table = CustomerTable(raw, name, columns, id_name, tuple(conditions), raw.n_rows, notes)
    return _counted(table) if conditions else table


def _counted(table: CustomerTable) -> CustomerTable:
    counted = table.population().aggregate(n=lambda rows: rows.count())
    n_customers = int(table.session.arrow(counted)["n"][0].as_py())
    if not n_customers:
        raise NoCustomersLeft(n_before=table.raw.n_rows)
    return CustomerTable(
        table.raw,
        table.name,
        table.columns,
        table.id_name,
        table.conditions,
        n_customers,
        table.notes,
    )


def _choose_kinds(raw: RawTable, corrections: Mapping[str, Kind]) -> dict[str, Kind]:
    step = max(1, raw.n_rows // KIND_SAMPLE)
    chosen: dict[str, Kind] = {}
    for start in range(0, len(raw.names), _COLUMNS_A_QUERY):
        part = range(start, min(start + _COLUMNS_A_QUERY, len(raw.names)))
        items = ", ".join(f"{counting(f'r{i}')} AS f{i}" for i in part)
        rows = raw.session.rows(f"SELECT {items} FROM {RAW} WHERE __row % {step} = 0")
        for i, facts in zip(part, rows[0].values(), strict=True):
            chosen[raw.names[i]] = corrections.get(raw.names[i], choose(facts))
    return chosen


def _table_name(raw: RawTable, chosen: Mapping[str, Kind], id_name: str | None) -> str:
    parts = json.dumps([raw.fingerprint, sorted(chosen.items()), id_name])
    return f"customers_{hashlib.sha256(parts.encode()).hexdigest()[:12]}"


def _is_unique(raw: RawTable, id_name: str) -> bool:
    key = trimmed(f"r{raw.names.index(id_name)}")
    sql = f"SELECT count(*) = count(DISTINCT nullif({key}, '')) AS yes FROM {RAW}"
    return bool(raw.session.rows(sql)[0]["yes"])


def _typed(raw: RawTable, chosen: Mapping[str, Kind], id_name: str | None) -> str:
    """Write the SELECT of the typed table.

    The key of a customer is md5 of its id where ids are unique, else of the row's content and how
    often that content came before: shuffled rows keep their keys, and so do other engines.
    """
    if id_name:
        identity = trimmed(f"r{raw.names.index(id_name)}")
    elif raw.n_duplicates:
        identity = "__digest || '#' || row_number() OVER (PARTITION BY __digest ORDER BY __row)"
    else:
        identity = "__digest || '#1'"
    cells = ", ".join(
        f"CAST({reading(f'r{i}', chosen[name])} AS {SQL_TYPES[chosen[name]]}) AS c{i}"
        for i, name in enumerate(raw.names)
    )
    return f"SELECT __row, md5_number_lower({identity}) AS __key, {cells} FROM {RAW} ORDER BY __row"


def _count(
    raw: RawTable, name: str, chosen: Mapping[str, Kind], corrections: Mapping[str, Kind]
) -> tuple[Column, ...]:
    columns: list[Column] = []
    for start in range(0, len(raw.names), _COLUMNS_A_QUERY):
        part = list(range(start, min(start + _COLUMNS_A_QUERY, len(raw.names))))
        items = ", ".join(_facts(i, chosen[raw.names[i]], raw.n_rows) for i in part)
        sql = f"SELECT {items} FROM {RAW} JOIN {quoted(name)} USING (__row)"
        for i, facts in zip(part, raw.session.rows(sql)[0].values(), strict=True):
            column = raw.names[i]
            columns.append(_column(column, i, chosen[column], facts, column in corrections))
    return tuple(columns)


def _facts(position: int, kind: Kind, n_rows: int) -> str:
    typed, raw = f"c{position}", f"r{position}"
    distinct = (
        f"approx_count_distinct({typed})" if n_rows > KIND_SAMPLE else (f"count(DISTINCT {typed})")
    )
    numbers = kind is Kind.NUMBER
    whole = f"coalesce(bool_and({typed} = floor({typed})), false)" if numbers else "false"
    low, high = (f"min({typed})", f"max({typed})") if numbers else ("NULL", "NULL")
    return (
        f"{{'missing': count(*) FILTER ({missing(raw, kind)}), "
        f"'failed': count(*) FILTER ({typed} IS NULL AND NOT {missing(raw, kind)}), "
        f"'distinct': {distinct}, 'whole': {whole}, 'low': {low}, 'high': {high}, "
        f"'length': avg(length({raw})), "
        f"'examples': list_slice(list_distinct(list({trimmed(raw)}) "
        f"FILTER (__row < 50 AND {typed} IS NOT NULL)), 1, {_EXAMPLES})}} AS f{position}"
    )


def _column(name: str, position: int, kind: Kind, facts: dict[str, Any], chosen: bool) -> Column:
    return Column(
        name=name,
        key=f"c{position}",
        kind=kind,
        n_missing=facts["missing"],
        n_failed=facts["failed"],
        n_distinct=facts["distinct"],
        whole=facts["whole"],
        low=facts["low"],
        high=facts["high"],
        length=facts["length"] or 0.0,
        chosen=chosen,
        examples=tuple(sorted(facts["examples"] or ())),
    )


def _notes(
    raw: RawTable, columns: tuple[Column, ...], *, id_name: str | None, unique: bool
) -> tuple[Note, ...]:
    notes = list(raw.notes)
    if raw.n_duplicates:
        notes.append(Note.of("duplicate-rows", n=raw.n_duplicates))
    if id_name and not unique:
        notes.append(Note.of("duplicate-ids", name=id_name))
    for column in columns:
        if column.n_failed:
            notes.append(
                Note.of("cells-failed", name=column.name, n=column.n_failed, kind=column.kind.value)
            )
        if column.n_missing + column.n_failed == raw.n_rows:
            notes.append(Note.of("column-empty", name=column.name))
    return tuple(notes)
