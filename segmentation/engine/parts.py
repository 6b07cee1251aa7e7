"""Handing rows that Python holds to the engine, for as long as one statement runs.

Enters: an Arrow table and a statement that reads it as :data:`PART`. Leaves: what runs the
statement on a connection. Refuses to leave the rows registered.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pyarrow as pa

PART = "incoming_rows"


def taking_in(part: pa.Table, sql: str) -> Callable[[duckdb.DuckDBPyConnection], None]:
    """Return the statement that reads a part, which is there only for as long as it runs."""

    def run(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.register(PART, part)
        try:
            cursor.execute(sql)
        finally:
            cursor.unregister(PART)

    return run
