"""The embedded engine: one locked-down DuckDB per visit, compiled Ibis in, Arrow out.

Enters: a folder of the visit's own and limits. Leaves: a :class:`DuckSession`. Refuses to read or
write outside that folder, whatever text reaches its SQL: external access is off, the configuration
is locked, and Python variables cannot be reached from a query.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis.backends.sql.datatypes import DuckDBType

from segmentation.errors import Cancelled, EngineError, EngineFailure, OutOfDisk, OutOfMemory

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one session may use.

    Attributes
    ----------
    memory_mb : int
        Memory of the engine's buffers in megabytes; beyond it the engine spills to disk.
    disk_mb : int
        Largest size of the spilled data in megabytes.
    threads : int
        Threads one query may use.
    """

    memory_mb: int = 1000
    disk_mb: int = 20_000
    threads: int = 2


def quoted(identifier: str) -> str:
    """Return an SQL identifier in double quotes, safe for any text.

    Examples
    --------
    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return an SQL string literal in single quotes, safe for any text.

    Examples
    --------
    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


class DuckSession:
    """A visit's private DuckDB: a database file in the visit's folder, locked to that folder.

    Parameters
    ----------
    folder : Path
        The visit's own folder; created when absent. Nothing outside it can be reached.
    limits : Limits
        Memory, disk and threads of this session.
    """

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.folder = folder.resolve()
        self.limits = limits or Limits()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._root = duckdb.connect(str(self.folder / "visit.duckdb"), config=dict(_STARTUP))
        self._lock_down()
        self._writing = threading.RLock()
        self._registry = threading.Lock()
        self._running: set[duckdb.DuckDBPyConnection] = set()

    def _lock_down(self) -> None:
        """Set limits, then close the doors; the order matters, the last line is final."""
        spill = self.folder / "spill"
        for statement in (
            f"SET memory_limit = '{self.limits.memory_mb}MB'",
            f"SET threads = {self.limits.threads}",
            f"SET temp_directory = {literal(str(spill))}",
            f"SET max_temp_directory_size = '{self.limits.disk_mb}MB'",
            "SET TimeZone = 'UTC'",
            "SET enable_progress_bar = false",
            f"SET allowed_directories = [{literal(str(self.folder))}]",
            "SET enable_external_access = false",
            "SET python_enable_replacements = false",
            "SET lock_configuration = true",
        ):
            self._root.execute(statement)

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor of its own to one query, known to :meth:`cancel` while it runs."""
        with _translated(self.limits):
            cursor = self._root.cursor()
            with self._registry:
                self._running.add(cursor)
            try:
                yield cursor
            finally:
                with self._registry:
                    self._running.discard(cursor)
                cursor.close()

    def table(self, name: str) -> ir.Table:
        """Return a table of the session as an unbound Ibis expression."""
        with self._cursor() as cursor:
            described = cursor.execute(f"DESCRIBE {quoted(name)}").fetchall()
        schema = {row[0]: DuckDBType.from_string(row[1]) for row in described}
        return ibis.table(schema, name=name)

    def has(self, name: str) -> bool:
        """Tell whether the session holds a table of that name."""
        sql = "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?"
        with self._cursor() as cursor:
            row = cursor.execute(sql, [name]).fetchone()
        return bool(row and row[0])

    def arrow(self, query: ir.Table) -> pa.Table:
        """Run a query and return all of its rows as an Arrow table."""
        with self._cursor() as cursor:
            return cursor.execute(_compiled(query)).to_arrow_table()

    def frame(self, query: ir.Table) -> pd.DataFrame:
        """Run a query and return all of its rows as a pandas frame."""
        frame: pd.DataFrame = self.arrow(query).to_pandas()
        return frame

    def batches(self, query: ir.Table, rows: int = 100_000) -> Iterator[pa.RecordBatch]:
        """Run a query and yield its rows in batches of about ``rows``."""
        with self._cursor() as cursor:
            yield from cursor.execute(_compiled(query)).to_arrow_reader(rows)

    def put(self, name: str, rows: pa.Table) -> None:
        """Store rows as a table of the session, replacing one of the same name."""
        self.fill(name, "*", [rows])

    def create(self, name: str, select: str) -> None:
        """Create or replace a table from a SELECT written by the library itself."""
        self.execute(f"CREATE OR REPLACE TABLE {quoted(name)} AS {select}")

    def fill(self, name: str, select: str, parts: Iterable[pa.Table]) -> None:
        """Create or replace a table from parts that are made one after the other.

        Parameters
        ----------
        name : str
        select : str
            What becomes of a part: a SELECT list over its columns, written by the library itself.
        parts : iterable of pyarrow.Table
            What making a part raises is raised here, and the table then holds the parts before it.
        """
        verb = f"CREATE OR REPLACE TABLE {quoted(name)} AS"
        with self._writing, self._cursor() as cursor:
            for part in parts:
                cursor.register("incoming_rows", part)
                cursor.execute(f"{verb} SELECT {select} FROM incoming_rows")
                cursor.unregister("incoming_rows")
                verb = f"INSERT INTO {quoted(name)}"

    def tables(self) -> frozenset[str]:
        """Return the names of all tables of the session."""
        found = self.rows("SELECT table_name AS name FROM duckdb_tables()")
        return frozenset(str(row["name"]) for row in found)

    def drop(self, names: Iterable[str]) -> None:
        """Drop tables; one that does not exist is no failure."""
        drops = [f"DROP TABLE IF EXISTS {quoted(name)}" for name in names]
        if drops:
            self.execute("; ".join(drops))

    def keep_only(self, name: str, renamed: str, *beside: tuple[str, str]) -> None:
        """Drop every table but one and rename that one, all at once or not at all.

        Parameters
        ----------
        name, renamed : str
        *beside : tuple of (str, str)
            Other tables to keep and rename.
        """
        names = dict([(name, renamed), *beside])
        drops = [f"DROP TABLE {quoted(table)}" for table in self.tables() - names.keys()]
        renames = [
            f"ALTER TABLE {quoted(old)} RENAME TO {quoted(new)}" for old, new in names.items()
        ]
        self.execute("; ".join(["BEGIN", *drops, *renames, "COMMIT"]))

    def rename(self, name: str, renamed: str) -> None:
        """Give a table another name, in place of the table that had it."""
        drop = f"DROP TABLE IF EXISTS {quoted(renamed)}"
        change = f"ALTER TABLE {quoted(name)} RENAME TO {quoted(renamed)}"
        self.execute("; ".join(["BEGIN", drop, change, "COMMIT"]))

    def execute(self, sql: str) -> None:
        """Run one statement that changes the session; written by the library itself."""
        with self._writing, self._cursor() as cursor:
            cursor.execute(sql)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Run SQL written by the library itself and return its rows as dictionaries."""
        with self._cursor() as cursor:
            found: list[dict[str, Any]] = cursor.execute(sql).to_arrow_table().to_pylist()
        return found

    def cancel(self) -> None:
        """Stop every running query of this session; each raises ``Cancelled``."""
        with self._registry:
            running = list(self._running)
        for cursor in running:
            cursor.interrupt()

    def close(self) -> None:
        """End the session and release its memory and files."""
        self.cancel()
        self._root.close()


_STARTUP: Mapping[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}


def _compiled(query: ir.Table) -> str:
    return str(ibis.to_sql(query, dialect="duckdb"))


@contextmanager
def _translated(limits: Limits) -> Iterator[None]:
    """Turn the engine's own failures into ours, which keep the original as their cause."""
    try:
        yield
    except duckdb.Error as cause:
        raise _ours(cause, limits) from cause
    except OSError as cause:  # what stops a result that is handed over in batches
        raise _ours(cause, limits) from cause


def _ours(failure: duckdb.Error | OSError, limits: Limits) -> EngineError:
    text = str(failure)
    if isinstance(failure, duckdb.InterruptException) or text.startswith("INTERRUPT"):
        return Cancelled()
    if "max_temp_directory_size" in text or "No space left" in text:
        return OutOfDisk(limit=limits.disk_mb)
    if isinstance(failure, duckdb.OutOfMemoryException) or text.startswith("Out of Memory"):
        return OutOfMemory(limit=limits.memory_mb)
    _LOG.info("the engine refused a query", exc_info=failure)
    return EngineFailure(detail=text.partition("\n")[0][:200])
