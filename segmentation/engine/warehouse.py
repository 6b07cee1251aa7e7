"""A warehouse by address: PostgreSQL, asked in transactions that can only read.

Enters: an :class:`Address` and limits. Leaves: a :class:`Warehouse`. Refuses to write, to wait
without end, and to say where it is: what the server or the driver says in a failure may hold the
host, the user or a customer's cell, so only the kind of failure becomes part of an error of ours,
and the original is not even kept as its cause.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import ibis
import ibis.expr.types as ir
import pandas as pd
import psycopg
import pyarrow as pa
from ibis.backends.sql.datatypes import PostgresType
from psycopg.rows import TupleRow, dict_row

from segmentation.engine.address import Address
from segmentation.engine.duck import literal
from segmentation.engine.fence import fenced
from segmentation.errors import (
    BadWarehouseAddress,
    Cancelled,
    EngineError,
    EngineFailure,
    ReadOnlyWarehouse,
    UnknownTable,
    WarehouseTooSlow,
    WarehouseUnreachable,
)

_LOG = logging.getLogger(__name__)
_CANCEL_SECONDS = 5.0
Connection = psycopg.Connection[TupleRow]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a warehouse may take.

    Attributes
    ----------
    connect_seconds : int
        Until a connection stands.
    statement_seconds : int
        For one statement; the server itself stops it then.
    """

    connect_seconds: int = 10
    statement_seconds: int = 300


class Warehouse:
    """One visit's way to a warehouse: a connection for each query that runs, kept for the next.

    It fulfils :class:`segmentation.engine.Session`; :meth:`put` alone is refused.

    Parameters
    ----------
    address : Address
    patience : Patience
    """

    def __init__(self, address: Address, patience: Patience | None = None) -> None:
        self._address = address
        self._patience = patience or Patience()
        self._registry = threading.Lock()
        self._idle: list[Connection] = []
        self._running: set[Connection] = set()
        self._cancelled: set[Connection] = set()
        self._closed = False

    def __repr__(self) -> str:
        return "<warehouse>"

    def table(self, name: str) -> ir.Table:
        """Return a table as an unbound Ibis expression.

        Parameters
        ----------
        name : str
            ``schema.table``, or the table's name alone in the schema ``public``.

        Raises
        ------
        UnknownTable
            When there is none of that name that may be read.
        """
        schema, _, own = name.rpartition(".")
        found = self.rows(_COLUMNS.format(schema=literal(schema or "public"), name=literal(own)))
        if not found:
            raise UnknownTable(name=name)
        types = {row["name"]: PostgresType.from_string(row["type"]) for row in found}
        return ibis.table(types, name=own, database=schema or "public")

    def has(self, name: str) -> bool:
        """Tell whether there is a table or view of that name, as :meth:`table` takes it."""
        try:
            self.table(name)
        except UnknownTable:
            return False
        return True

    def arrow(self, query: ir.Table) -> pa.Table:
        """Run a query and return all of its rows as an Arrow table, exact decimals as doubles."""
        schema = _doubled(query)
        sql = fenced(query)
        return _table(self._run(lambda connection: connection.execute(sql).fetchall()), schema)

    def frame(self, query: ir.Table) -> pd.DataFrame:
        """Run a query and return all of its rows as a pandas frame."""
        frame: pd.DataFrame = self.arrow(query).to_pandas()
        return frame

    def batches(self, query: ir.Table, rows: int = 100_000) -> Iterator[pa.RecordBatch]:
        """Run a query and yield its rows in batches of about ``rows``, as :meth:`arrow` does."""
        schema = _doubled(query)
        for part in self.stream(fenced(query), rows):
            yield from _table(part, schema).to_batches()

    def put(self, name: str, rows: pa.Table) -> None:
        """Refuse: nothing is ever written to a warehouse (raises ``ReadOnlyWarehouse``)."""
        raise ReadOnlyWarehouse

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Run SQL written by the library itself and return its rows as dictionaries."""

        def work(connection: Connection) -> list[dict[str, Any]]:
            with connection.cursor(row_factory=dict_row) as cursor:
                return cursor.execute(sql.encode()).fetchall()

        return self._run(work)

    def stream(self, sql: str, rows: int) -> Iterator[list[TupleRow]]:
        """Run SQL written by the library itself and yield its rows, ``rows`` at a time."""
        connection = self._borrow()
        try:
            with connection.cursor(name="stream") as cursor:
                cursor.execute(sql.encode())
                while part := cursor.fetchmany(rows):
                    yield part
        except psycopg.Error as failure:
            refusal = self._ours(failure, connection)
        else:
            return
        finally:
            self._give_back(connection)
        raise refusal  # here, where the driver's own error is no longer its context

    def cancel(self) -> None:
        """Stop every running query; each raises ``Cancelled``."""
        with self._registry:
            running = list(self._running)
            self._cancelled.update(running)
        for connection in running:
            with suppress(psycopg.Error):
                connection.cancel_safe(timeout=_CANCEL_SECONDS)

    def close(self) -> None:
        """End all connections; running queries are cancelled."""
        with self._registry:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        self.cancel()

    def _run(self, work: Callable[[Connection], Answer]) -> Answer:
        connection = self._borrow()
        try:
            return work(connection)
        except psycopg.Error as failure:
            refusal = self._ours(failure, connection)
        finally:
            self._give_back(connection)
        raise refusal  # here, where the driver's own error is no longer its context

    def _borrow(self) -> Connection:
        """Lend a connection of its own to one query, in a new transaction that can only read."""
        with self._registry:
            if self._closed:
                raise EngineFailure(detail="closed")
            connection = self._idle.pop() if self._idle else None
        kept = connection is not None
        connection = connection or self._connect()
        try:
            connection.execute(_SETTINGS.format(ms=self._patience.statement_seconds * 1000))
        except psycopg.Error as failure:
            connection.close()
            refusal = None if kept else self._ours(failure, connection)
        else:
            with self._registry:
                self._running.add(connection)
            return connection
        if refusal:
            raise refusal
        return self._borrow()  # the server had ended a connection that was kept: take the next

    def _connect(self) -> Connection:
        try:
            connection = psycopg.connect(
                self._address.reveal(),
                connect_timeout=self._patience.connect_seconds,
                application_name="segment-studio",
                client_encoding="utf8",
                prepare_threshold=None,
            )
        except psycopg.ProgrammingError:
            refusal: EngineError = BadWarehouseAddress()
        except psycopg.Error as failure:
            _LOG.warning("the warehouse cannot be reached (%s)", _kind(failure))
            refusal = WarehouseUnreachable()
        else:
            connection.read_only = True
            return connection
        raise refusal

    def _give_back(self, connection: Connection) -> None:
        with self._registry:
            self._running.discard(connection)
            spoiled = connection in self._cancelled or self._closed
            self._cancelled.discard(connection)
        if not spoiled:
            with suppress(psycopg.Error):
                connection.rollback()
        with self._registry:
            keep = not (spoiled or connection.closed or self._closed)
            if keep:
                self._idle.append(connection)
        if not keep:  # a cancellation on its way must not meet the next query
            connection.close()

    def _ours(self, failure: psycopg.Error, connection: Connection) -> EngineError:
        """Turn the driver's failure into ours, by its kind alone."""
        with self._registry:
            cancelled = connection in self._cancelled
        if cancelled:
            return Cancelled()
        if isinstance(failure, psycopg.errors.QueryCanceled):
            return WarehouseTooSlow(seconds=self._patience.statement_seconds)
        _LOG.info("the warehouse refused a query (%s)", _kind(failure))
        if connection.closed:
            return WarehouseUnreachable()
        return EngineFailure(detail=_kind(failure))


# Set anew in every transaction, so that poolers between us and the server may share connections.
_SETTINGS = (
    "SELECT set_config('statement_timeout', '{ms}', true), set_config('TimeZone', 'UTC', true), "
    "set_config('DateStyle', 'ISO, YMD', true), set_config('extra_float_digits', '1', true), "
    "set_config('standard_conforming_strings', 'on', true), "
    "set_config('search_path', 'pg_catalog', true)"
)
_COLUMNS = (
    "SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type "
    "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = {schema} AND c.relname = {name} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') "
    "AND a.attnum > 0 AND NOT a.attisdropped AND has_schema_privilege(n.oid, 'USAGE') "
    "AND has_table_privilege(c.oid, 'SELECT') ORDER BY a.attnum"
)


def _kind(failure: psycopg.Error) -> str:
    return " ".join(filter(None, (type(failure).__name__, failure.sqlstate)))


def _doubled(query: ir.Table) -> pa.Schema:
    """The result's schema; a decimal of the server may have more digits than Arrow's holds."""
    fields = [
        field.with_type(pa.float64()) if pa.types.is_decimal(field.type) else field
        for field in query.schema().to_pyarrow()
    ]
    return pa.schema(fields)


def _table(rows: Sequence[TupleRow], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.table(
        [_column(cells, field.type) for cells, field in zip(columns, schema, strict=True)],
        schema=schema,
    )


def _column(cells: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_floating(kind):
        cells = [None if cell is None else float(cell) for cell in cells]
    return pa.array(cells, kind)
