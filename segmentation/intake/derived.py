"""Columns that are worked out from others and stand beside those of the file, such as distances.

Enters: a typed table and the new values, part by part. Leaves: another typed table with them.
Refuses to change a row, its key or a value: whoever does without the new columns finds the
customers as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from segmentation.engine.duck import quoted
from segmentation.intake.kinds import Kind
from segmentation.intake.table import Column, CustomerTable
from segmentation.notes import Note

# What stands for the column of origin: there is no single one.
FROM_SEVERAL = ""
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Derived:
    """A column to be.

    Attributes
    ----------
    name : str
        Another one is found where the table has it already.
    kind : Kind
    reason : Note
        What it was worked out from.
    """

    name: str
    kind: Kind
    reason: Note


def with_derived(
    table: CustomerTable,
    mark: str,
    columns: Sequence[Derived],
    values: Callable[[], Iterable[pa.Table]],
) -> CustomerTable:
    """Return the customers with further columns, kept in the engine under a name of their own.

    Parameters
    ----------
    table : CustomerTable
    mark : str
        Tells these values from others of the same table, such as a digest of what they depend on.
    columns : sequence of Derived
    values : callable
        Makes the parts of the values: ``__row``, and ``d0 …`` for ``columns``. It is not called
        where the engine has them already. Rows that are left out have no value.

    Returns
    -------
    CustomerTable
        The new columns come last.
    """
    session, name = table.session, f"{table.name}_{mark}"
    keys = [f"c{len(table.columns) + i}" for i in range(len(columns))]
    if not session.has(name):
        beside = f"{name}_beside"
        with session.undone_on_failure():
            session.fill(beside, "*", values())
            new = ", ".join(f"d.d{i} AS {key}" for i, key in enumerate(keys))
            session.create(
                name,
                f"SELECT c.*, {new} FROM {quoted(table.name)} c "
                f"LEFT JOIN {quoted(beside)} d ON d.__row = c.__row",
            )
            session.drop([beside])
    added: list[Column] = []
    for key, column in zip(keys, columns, strict=True):
        taken = {c.name for c in (*table.columns, *added)}
        added.append(_described(table, name, key, replace(column, name=_free(column.name, taken))))
    return replace(table, name=name, columns=(*table.columns, *added))


def _free(name: str, taken: set[str]) -> str:
    candidate, copy = name, 1
    while candidate in taken:
        copy += 1
        candidate = f"{name} ({copy})"
    return candidate


def _described(table: CustomerTable, name: str, key: str, column: Derived) -> Column:
    is_number = column.kind is Kind.NUMBER
    measures = f"min({key}) AS low, max({key}) AS high" if is_number else f"avg(len({key})) AS long"
    facts = table.session.rows(
        f"SELECT count({key}) AS n, approx_count_distinct({key}) AS differ, "
        f"{measures} FROM {quoted(name)}"
    )[0]
    shown = table.session.rows(
        f"SELECT DISTINCT CAST({key} AS VARCHAR) AS cell FROM (SELECT {key} FROM {quoted(name)} "
        f"WHERE {key} IS NOT NULL ORDER BY __row LIMIT {_EXAMPLES}) ORDER BY cell"
    )
    return Column(
        name=column.name,
        key=key,
        kind=column.kind,
        n_missing=table.raw.n_rows - int(facts["n"]),
        n_failed=0,
        n_distinct=int(facts["differ"]),
        low=facts["low"] if is_number else None,
        high=facts["high"] if is_number else None,
        length=0.0 if is_number else float(facts["long"] or 0.0),
        examples=tuple(row["cell"] for row in shown),
        reason=column.reason,
        of=FROM_SEVERAL,
    )
