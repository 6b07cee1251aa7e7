"""Open a table of a warehouse: a sample of its customers becomes the visit's own table.

Enters: a warehouse, one of its tables and the visit's engine. Leaves: an :class:`OpenedTable`.
Refuses to bring out more than 50,000 customers; all others are counted and placed where they are.

The sample is drawn by the md5 of a customer's id, or of the row's content where nothing names
customers: the same customers each time, and those that the embedded engine would draw.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from segmentation.engine import DuckSession
from segmentation.engine.address import Address
from segmentation.errors import CellTooLong, EmptyTable, NoWarehouseDriver
from segmentation.intake import RawTable, Source
from segmentation.intake.header import unique_names
from segmentation.intake.limits import MAX_LINE_BYTES, check_columns
from segmentation.intake.reading import read_parts
from segmentation.notes import Note
from segmentation.warehouse.catalogue import Relation, columns_of, count_rows, suggested_id
from segmentation.warehouse.cells import Native, sample_sql, trimmed

if TYPE_CHECKING:
    from segmentation.engine.warehouse import Warehouse

# As many as all learn the transforms and the segments (``segmentation.preparation``).
SAMPLE_CUSTOMERS = 50_000
FORMAT = "warehouse"
_ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class OpenedTable:
    """A table of a warehouse and the customers of it that are here.

    Attributes
    ----------
    warehouse : Warehouse
    relation : Relation
    columns : tuple of Native
        In the order of ``raw.names``.
    id_name : str or None
        The column of ``raw`` that names each customer once, if there is one.
    n_customers : int
        In the whole table, when it was opened.
    raw : RawTable
        The sample in the visit's engine, or everybody where there are few.
    """

    warehouse: Warehouse
    relation: Relation
    columns: tuple[Native, ...]
    id_name: str | None
    n_customers: int
    raw: RawTable

    @property
    def is_sample(self) -> bool:
        """Whether the warehouse has more customers than are here."""
        return self.n_customers > self.raw.n_rows


def connect(address: Address) -> Warehouse:
    """Return the way to a warehouse; the first query connects.

    Raises
    ------
    NoWarehouseDriver
        When the package that talks to PostgreSQL is not installed.
    """
    try:
        from segmentation.engine.warehouse import Warehouse
    except ImportError as cause:
        raise NoWarehouseDriver from cause
    return Warehouse(address)


def open_table(
    session: DuckSession,
    warehouse: Warehouse,
    relation: Relation,
    *,
    id_name: str | None = None,
    n_sample: int = SAMPLE_CUSTOMERS,
) -> OpenedTable:
    """Open a table of a warehouse in a visit's engine, in place of the file that was open.

    Parameters
    ----------
    session : DuckSession
        Where the sample goes.
    warehouse : Warehouse
    relation : Relation
        The table or view; a row is a customer.
    id_name : str, optional
        The column that names a customer; the primary key when absent. It counts only where each
        value is there once, ignoring white space around it.
    n_sample : int
        How many customers to bring at most.

    Returns
    -------
    OpenedTable

    Raises
    ------
    EmptyTable, TooManyColumns, CellTooLong
        When the table cannot be opened.
    EngineError
        When the warehouse does not answer.
    """
    columns = columns_of(warehouse, relation)
    check_columns(len(columns))
    names, notes = unique_names([column.name for column in columns])
    n_customers = count_rows(warehouse, relation)
    if not n_customers:
        raise EmptyTable(name=relation.label)
    wanted = id_name or suggested_id(warehouse, relation)
    own = next((c for c in columns if c.name == wanted), None)
    if own is not None and not _is_unique(warehouse, relation, own):
        notes, own = (*notes, Note.of("duplicate-ids", name=own.name)), None
    sql = sample_sql(relation.sql, columns, own.name if own else None, n_sample)
    parts = _parts(warehouse.stream(sql, _ROWS_AT_ONCE), len(columns))
    if n_customers > n_sample:
        sampled = Note.of(
            "warehouse-sample", n=n_sample, n_customers=n_customers, name=relation.label
        )
        notes = (sampled, *notes)
    source = Source(relation.label, FORMAT, relation.size_bytes)
    raw = read_parts(session, source, names, parts, notes)
    shown = names[columns.index(own)] if own else None
    return OpenedTable(warehouse, relation, columns, shown, n_customers, raw)


def _is_unique(warehouse: Warehouse, relation: Relation, column: Native) -> bool:
    found = warehouse.rows(
        f"SELECT count(*) = count(DISTINCT nullif({trimmed(column)}, '')) AS yes "
        f"FROM {relation.sql}"
    )
    return bool(found[0]["yes"])


def _parts(rows: Iterator[list[tuple[str | None, ...]]], width: int) -> Iterator[pa.Table]:
    """Make Arrow tables of texts, numbered from 0."""
    start = 0
    names = [f"r{i}" for i in range(width)]
    for part in rows:
        columns = {"__row": pa.array(range(start, start + len(part)), pa.int64())}
        for name, cells in zip(names, zip(*part, strict=True), strict=True):
            if any(cell is not None and len(cell) > MAX_LINE_BYTES for cell in cells):
                raise CellTooLong(limit_mb=MAX_LINE_BYTES // 1_000_000)
            columns[name] = pa.array(cells, pa.string())
        start += len(part)
        yield pa.table(columns)
