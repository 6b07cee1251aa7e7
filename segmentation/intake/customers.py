"""From a file's text to typed customers: kinds chosen on a sample, failures counted on all rows.

Enters: a :class:`RawTable` and the user's decisions (kinds, id, population). Leaves: a
:class:`CustomerTable` in the engine. Refuses to drop a row: what cannot be read is counted and
left empty, and the raw text stays beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from segmentation.engine.duck import quoted
from segmentation.errors import NoCustomersLeft, UnknownColumn
from segmentation.intake.filters import Condition
from segmentation.intake.kinds import (
    NUMERIC_MISSING_MARKERS,
    SQL_TYPES,
    Kind,
    choose,
    facts_of_columns,
    missing,
    reading,
    trimmed,
)
from segmentation.intake.table import Column, CustomerTable, RawTable
from segmentation.notes import Note

KIND_SAMPLE = 100_000
_COLUMNS_AT_ONCE = 50
_CELLS_AT_ONCE = 20_000_000
_EXAMPLES = 4
_CANDIDATES = 20


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
    return replace(table, n_customers=n_customers)


def _choose_kinds(raw: RawTable, corrections: Mapping[str, Kind]) -> dict[str, Kind]:
    step = -(-raw.n_rows // KIND_SAMPLE)
    found: dict[str, dict[str, Any]] = {}
    for part in _parts(raw, min(raw.n_rows, KIND_SAMPLE)):
        sql = facts_of_columns(
            [f"r{i}" for i in part], f"{quoted(raw.table)} WHERE __row % {step} = 0"
        )
        found |= {facts["of"]: facts for facts in raw.session.rows(sql)}
    return {
        name: corrections.get(name, choose(found.get(f"r{i}"))) for i, name in enumerate(raw.names)
    }


def _parts(raw: RawTable, n_rows: int) -> Iterator[range]:
    """Cut the columns into parts whose states fit into memory together."""
    width = max(1, min(_COLUMNS_AT_ONCE, _CELLS_AT_ONCE // n_rows))
    for start in range(0, len(raw.names), width):
        yield range(start, min(start + width, len(raw.names)))


def _table_name(raw: RawTable, chosen: Mapping[str, Kind], id_name: str | None) -> str:
    parts = json.dumps([raw.fingerprint, sorted(chosen.items()), id_name])
    return f"customers_{hashlib.sha256(parts.encode()).hexdigest()[:12]}"


def _is_unique(raw: RawTable, id_name: str) -> bool:
    key = trimmed(f"r{raw.names.index(id_name)}")
    sql = f"SELECT count(*) = count(DISTINCT nullif({key}, '')) AS yes FROM {quoted(raw.table)}"
    return bool(raw.session.rows(sql)[0]["yes"])


def _typed(raw: RawTable, chosen: Mapping[str, Kind], id_name: str | None) -> str:
    """Write the SELECT of the typed table.

    The key of a customer is md5 of its id where ids are unique, else of the row's content and how
    often that content came before: shuffled rows keep their keys, and so do other engines.
    """
    identity, order = "__digest || '#1'", ""
    if id_name:
        identity = f"t{raw.names.index(id_name)}"
    elif raw.n_duplicates:
        identity = "__digest || '#' || row_number() OVER (PARTITION BY __digest ORDER BY __row)"
        order = " ORDER BY __row"
    texts = ", ".join(f"{trimmed(f'r{i}')} AS t{i}" for i in range(len(raw.names)))
    cells = ", ".join(
        f"CAST({reading(f't{i}', chosen[name])} AS {SQL_TYPES[chosen[name]]}) AS c{i}"
        for i, name in enumerate(raw.names)
    )
    return (
        f"SELECT __row, md5_number_lower({identity}) AS __key, {cells} "
        f"FROM (SELECT __row, __digest, {texts} FROM {quoted(raw.table)}){order}"
    )


def _count(
    raw: RawTable, name: str, chosen: Mapping[str, Kind], corrections: Mapping[str, Kind]
) -> tuple[Column, ...]:
    columns: list[Column] = []
    for part in _parts(raw, raw.n_rows):
        kinds = {i: chosen[raw.names[i]] for i in part}
        typed = ", ".join(_typed_facts(i, kind) for i, kind in kinds.items())
        facts = raw.session.rows(f"SELECT {typed} FROM {quoted(name)}")[0]
        written = ", ".join(_written_facts(i) for i in part)
        facts |= raw.session.rows(f"SELECT {written} FROM {quoted(raw.table)}")[0]
        failed = _failed(raw, name, {i: k for i, k in kinds.items() if facts[f"n{i}"] < raw.n_rows})
        for i, kind in kinds.items():
            gaps = raw.n_rows - facts[f"n{i}"] - failed.get(i, 0)
            own = {"missing": gaps, "failed": failed.get(i, 0), **facts[f"f{i}"], **facts[f"w{i}"]}
            columns.append(_column(raw.names[i], i, kind, own, raw.names[i] in corrections))
    return tuple(columns)


def _typed_facts(position: int, kind: Kind) -> str:
    typed = f"c{position}"
    whole, low, high = "false", "NULL", "NULL"
    if kind is Kind.NUMBER:
        whole = f"coalesce(bool_and({typed} = floor({typed})), false)"
        low, high = f"min({typed})", f"max({typed})"
    return (
        f"count({typed}) AS n{position}, {{'distinct': count(DISTINCT {typed}), "
        f"'whole': {whole}, 'low': {low}, 'high': {high}}} AS f{position}"
    )


def _written_facts(position: int) -> str:
    """The mean length and some cells as written, the same however the rows are shuffled."""
    raw = f"r{position}"
    return (
        f"{{'length': avg(length({raw})), "
        f"'examples': arg_min({raw}, __digest, {_CANDIDATES})}} AS w{position}"
    )


def _failed(raw: RawTable, name: str, kinds: Mapping[int, Kind]) -> dict[int, int]:
    """Count the cells with text that could not be read as their kind, by column.

    Only rows with a gap are looked at again; a text column has no cell that cannot be read.
    """
    kinds = {i: kind for i, kind in kinds.items() if kind is not Kind.TEXT}
    if not kinds:
        return {}
    texts = ", ".join(f"{trimmed(f'r{i}')} AS t{i}" for i in kinds)
    gaps = " OR ".join(f"c{i} IS NULL" for i in kinds)
    counts = ", ".join(
        f"count(*) FILTER (c{i} IS NULL AND NOT {missing(f't{i}', kind)}) AS f{i}"
        for i, kind in kinds.items()
    )
    sql = (
        f"SELECT {counts} FROM (SELECT __row, {texts} FROM {quoted(raw.table)}) "
        f"JOIN (FROM {quoted(name)} WHERE {gaps}) USING (__row)"
    )
    found = raw.session.rows(sql)[0]
    return {i: found[f"f{i}"] for i in kinds}


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
        examples=_examples(facts["examples"] or ()),
    )


def _examples(cells: Iterable[str]) -> tuple[str, ...]:
    values = dict.fromkeys(cell.strip() for cell in cells)
    known = [value for value in values if value.lower() not in NUMERIC_MISSING_MARKERS]
    return tuple(sorted(known[:_EXAMPLES]))


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
