"""Tiny order files, and what comes out of them as plain values to compare."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from segmentation.engine import DuckSession
from segmentation.intake import CustomerTable, Decision, Kind, RawTable, open_customers, read_file
from segmentation.notes import Note
from segmentation.transactions import OrderColumns, OrderOptions, customers_of, detect

Cells = dict[str, str | None]


def written(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([names, *rows])
    return text.getvalue()


def opened(
    session: DuckSession,
    content: str,
    kinds: Mapping[str, Kind] | None = None,
    name: str = "orders.csv",
) -> CustomerTable:
    path = session.folder / "upload"
    path.write_bytes(content.encode())
    decisions = {column: Decision(kind=kind) for column, kind in (kinds or {}).items()}
    return open_customers(read_file(session, path, name, into="orders"), decisions=decisions)


def summed(
    session: DuckSession,
    content: str,
    columns: OrderColumns | None = None,
    options: OrderOptions | None = None,
) -> RawTable:
    table = opened(session, content)
    columns = columns or detect(table)
    assert columns is not None
    return customers_of(table, columns, options)


def customers(raw: RawTable) -> dict[str, Cells]:
    """The cells of every customer, by id."""
    return {str(row[raw.names[0]]): row for row in table_of(raw)}


def table_of(raw: RawTable) -> list[Cells]:
    rows = raw.session.arrow(raw.session.table(raw.table).order_by("__row")).to_pylist()
    assert [row["__row"] for row in rows] == list(range(raw.n_rows))
    return [{name: row[f"r{i}"] for i, name in enumerate(raw.names)} for row in rows]


def told(notes: Iterable[Note]) -> dict[str, dict[str, Any]]:
    """The values of the notes, by code."""
    return {note.code: dict(note.values) for note in notes}
