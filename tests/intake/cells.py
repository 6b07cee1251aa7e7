"""What a raw table holds, as plain values to compare."""

from typing import Any

from segmentation.intake import Column, CustomerTable, RawTable

Row = tuple[str | None, ...]


def cells(raw: RawTable) -> list[Row]:
    """All cells in file order; blank ones are None."""
    rows = raw.session.rows("SELECT * FROM raw ORDER BY __row")
    assert [row["__row"] for row in rows] == list(range(raw.n_rows))
    return [tuple(row[f"r{i}"] for i in range(len(raw.names))) for row in rows]


def typed(table: CustomerTable, name: str) -> list[object]:
    """One typed column in file order."""
    return in_order(table, table.column(name).key)


def in_order(table: CustomerTable, key: str) -> list[Any]:
    """One physical column of the typed table in file order."""
    rows = table.everyone()
    return list(table.session.arrow(rows.order_by("__row").select(key))[key].to_pylist())


def codes(table: RawTable | CustomerTable) -> list[str]:
    """Codes of the notes."""
    return [note.code for note in table.notes]


def counts(column: Column) -> tuple[int, int, int]:
    """Missing, failed and distinct."""
    return column.n_missing, column.n_failed, column.n_distinct
