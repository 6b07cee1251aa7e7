"""From a file's text to typed customers: kinds chosen on a sample, failures counted on all rows.

Enters: a :class:`RawTable` and the user's decisions (columns, id, population). Leaves: a
:class:`CustomerTable` in the engine. Refuses to drop a row: what cannot be read is counted and
left empty, and the raw text stays beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from segmentation.engine.duck import quoted
from segmentation.errors import NoCustomersLeft, UnknownColumn
from segmentation.intake.candidates import Chosen
from segmentation.intake.cells import Reading
from segmentation.intake.columns import Typed, describe
from segmentation.intake.decisions import Decision
from segmentation.intake.filters import WHOLE_ROW, Condition, Operator
from segmentation.intake.items import Items, items_of
from segmentation.intake.kinds import Kind, trimmed
from segmentation.intake.scanning import stored
from segmentation.intake.survey import choose_readings
from segmentation.intake.table import RAW, CustomerTable, RawTable
from segmentation.intake.typed import write_typed
from segmentation.notes import Note


def open_customers(
    raw: RawTable,
    *,
    decisions: Mapping[str, Decision] | None = None,
    id_name: str | None = None,
    conditions: Sequence[Condition] = (),
) -> CustomerTable:
    """Type the columns of a raw table and fix the canonical order of its customers.

    Parameters
    ----------
    raw : RawTable
        The file's text.
    decisions : mapping of str to Decision, optional
        What the user decided, by column name; the rest is chosen on at most 100,000 rows spread
        evenly over the file, and on all rows where those leave a style open.
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
    decided = dict(decisions or {})
    for wanted in (*decided, *([id_name] if id_name else [])):
        if wanted not in raw.names:
            raise UnknownColumn.from_names(wanted, raw.names)
    watch = raw.session.watch
    with watch.step("choosing"):
        chosen = choose_readings(raw, decided)
        items = _items(raw, chosen, decided)
        unique = id_name is not None and _is_unique(raw, id_name)
    name = typed_name(raw, [column.reading for column in chosen], items, id_name)
    with raw.session.undone_on_failure():
        if not raw.session.has(name):
            with watch.step("typing", raw.source.size_bytes):
                write_typed(raw, name, chosen, items, id_name if unique else None)
        with watch.step("counting"):
            described = describe(Typed(raw, name, chosen, items), decided)
    notes = (*_notes(raw, id_name=id_name, unique=unique), *described.notes)
    table = CustomerTable(raw, name, described.columns, id_name, (), raw.n_rows, notes)
    return narrowed(table, conditions)


def narrowed(table: CustomerTable, conditions: Sequence[Condition]) -> CustomerTable:
    """Return a table with another population filter.

    Raises
    ------
    UnknownColumn
        When a condition names a column that the table does not have.
    NoCustomersLeft
        When nobody is left.
    """
    for name in (name for condition in conditions for name in condition.columns):
        table.column(name)
    if not conditions:
        return replace(table, conditions=(), n_customers=table.raw.n_rows)
    if any(c.operator is Operator.ONCE and c.column == WHOLE_ROW for c in conditions):
        stored(table.raw)  # every question about the population looks at its digests
    filtered = replace(table, conditions=tuple(conditions))
    counted = filtered.population().aggregate(n=lambda rows: rows.count())
    n_customers = int(table.session.arrow(counted)["n"][0].as_py())
    if not n_customers:
        raise NoCustomersLeft(n_before=table.raw.n_rows)
    return replace(filtered, n_customers=n_customers)


def _items(
    raw: RawTable, chosen: Sequence[Chosen], decisions: Mapping[str, Decision]
) -> tuple[Items, ...]:
    """Find the items of the columns that are to be split; only text can be."""
    return tuple(
        items_of(raw, position, separator, column.reading)
        for position, (name, column) in enumerate(zip(raw.names, chosen, strict=True))
        if (separator := decisions.get(name, Decision()).items) and column.reading.kind is Kind.TEXT
    )


def typed_name(
    raw: RawTable,
    readings: Sequence[Reading],
    items: Sequence[Items] = (),
    id_name: str | None = None,
) -> str:
    """Return the name of the typed table of a raw one.

    Parameters
    ----------
    raw : RawTable
    readings : sequence of Reading
        How its columns are read, in their order.
    items : sequence of Items
        The answers that become columns of their own.
    id_name : str, optional
        The column that names a customer.
    """
    named = dict(zip(raw.names, map(repr, readings), strict=True))
    split = sorted((raw.names[i.position], i.separator) for i in items)
    parts = json.dumps([raw.fingerprint, sorted(named.items()), split, id_name])
    return f"{_typed_stem(raw)}{hashlib.sha256(parts.encode()).hexdigest()[:12]}"


def _typed_stem(raw: RawTable) -> str:
    """Begin the name of a typed table: one that waits to take a place has a name of its own."""
    return "customers_" if raw.table == RAW else f"{raw.table}_customers_"


def moved(table: CustomerTable, raw: RawTable) -> CustomerTable:
    """Return typed customers as those of the same rows under another name.

    Parameters
    ----------
    table : CustomerTable
        Whose engine table the caller renames, to the result's ``name``.
    raw : RawTable
        The rows it was made of, under the name that they now have.

    Examples
    --------
    >>> from segmentation.intake.table import Source
    >>> rows = RawTable(None, Source("a.csv", "csv", 1), ("a",), 1, "f", 0, table="main_file")
    >>> typed = CustomerTable(rows, "main_file_customers_1a2b", (), None, (), 1)
    >>> moved(typed, replace(rows, table="raw")).name
    'customers_1a2b'
    """
    digest = table.name.removeprefix(_typed_stem(table.raw))
    return replace(table, raw=raw, name=f"{_typed_stem(raw)}{digest}")


def _is_unique(raw: RawTable, id_name: str) -> bool:
    key = trimmed(f"r{raw.names.index(id_name)}")
    sql = f"SELECT count(*) = count(DISTINCT nullif({key}, '')) AS yes FROM {quoted(raw.table)}"
    return bool(raw.session.rows(sql)[0]["yes"])


def _notes(raw: RawTable, *, id_name: str | None, unique: bool) -> tuple[Note, ...]:
    notes = list(raw.notes)
    if raw.n_duplicates:
        notes.append(Note.of("duplicate-rows", n=raw.n_duplicates))
    if id_name and not unique:
        notes.append(Note.of("duplicate-ids", name=id_name))
    return tuple(notes)
