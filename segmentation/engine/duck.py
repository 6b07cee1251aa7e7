"""The embedded engine: one locked-down DuckDB per visit, compiled Ibis in, Arrow out.

Enters: a folder of the visit's own and limits. Leaves: a :class:`DuckSession`. Refuses to read or
write outside that folder, whatever text reaches its SQL: external access is off, the configuration
is locked, and Python variables cannot be reached from a query.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis.backends.sql.datatypes import DuckDBType

from segmentation.engine.compiling import compiled, preload
from segmentation.engine.failures import translated
from segmentation.engine.limits import Limits
from segmentation.engine.lock_down import open_locked
from segmentation.engine.parts import PART, taking_in
from segmentation.engine.quoting import literal, quoted
from segmentation.engine.relations import FilesOfViews, Kinds, drops, keep_only, listed, rename
from segmentation.engine.watching import OfThread, Progress, Watch

__all__ = ["DuckSession", "literal", "preload", "quoted"]

T = TypeVar("T")
_Connection = duckdb.DuckDBPyConnection


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
        self._root, self._reporting = open_locked(self.folder, self.limits)
        self._writing = threading.RLock()
        self._registry = threading.Lock()
        self._running: set[_Connection] = set()
        self._reporting_free = threading.Lock()
        self._thread = OfThread()
        self._files = FilesOfViews()

    @contextmanager
    def watched_by(self, progress: Progress) -> Iterator[None]:
        """Tell a watcher of what this thread does in a block; what it raises ends the work.

        Parameters
        ----------
        progress : Progress
            Called about ten times a second. Work that it ends leaves the session as it was.
        """
        former, self._thread.watch = self._thread.watch, Watch(progress)
        try:
            yield
        finally:
            self._thread.watch.close()
            self._thread.watch = former

    @property
    def watch(self) -> Watch:
        """The watch over what this thread does."""
        return self._thread.watch

    @contextmanager
    def undone_on_failure(self) -> Iterator[None]:
        """Drop the tables that this thread has created in a block that fails."""
        outer, made = self._thread.made, set[str]()
        self._thread.made = made
        try:
            with contextlib.ExitStack() as undoing:
                undoing.callback(lambda: self.drop(made))
                yield
                undoing.pop_all()
                outer |= made
        finally:
            self._thread.made = outer

    @contextmanager
    def _cursor(self) -> Iterator[_Connection]:
        """Lend a cursor of its own to one query, known to :meth:`cancel` while it runs."""
        with translated(self.limits):
            cursor = self._root.cursor()
            try:
                with self._known(cursor):
                    yield cursor
            finally:
                cursor.close()

    @contextmanager
    def _known(self, cursor: _Connection) -> Iterator[None]:
        with self._registry:
            self._running.add(cursor)
        try:
            yield
        finally:
            with self._registry:
                self._running.discard(cursor)

    def _attended(self, run: Callable[[_Connection], T], *, is_part: bool = False) -> T:
        """Run a statement under this thread's watch, if there is one."""
        watch = self.watch
        if watch.is_watched and self._reporting_free.acquire(blocking=False):
            cursor = self._reporting
            try:
                with translated(self.limits), self._known(cursor):
                    return watch.attend(cursor, lambda: run(cursor), is_part=is_part)
            finally:
                with contextlib.suppress(duckdb.TransactionException):  # none was left open
                    self._reporting.rollback()
                self._reporting_free.release()
        with self._cursor() as cursor:
            return watch.attend(cursor, lambda: run(cursor), is_part=True)

    def table(self, name: str) -> ir.Table:
        """Return a table of the session as an unbound Ibis expression."""
        with self._cursor() as cursor:
            described = cursor.execute(f"DESCRIBE {quoted(name)}").fetchall()
        schema = {row[0]: DuckDBType.from_string(row[1]) for row in described}
        return ibis.table(schema, name=name)

    def has(self, name: str) -> bool:
        """Tell whether the session holds a table or view of that name."""
        return name in self._kinds()

    def is_view(self, name: str) -> bool:
        """Tell whether the rows of a name are read from a file whenever they are asked for."""
        return self._kinds().get(name) == "VIEW"

    def _kinds(self) -> Kinds:
        with self._cursor() as cursor:
            return listed(cursor)

    def arrow(self, query: ir.Table) -> pa.Table:
        """Run a query and return all of its rows as an Arrow table."""
        sql = compiled(query)
        return self._attended(lambda cursor: cursor.execute(sql).to_arrow_table())

    def frame(self, query: ir.Table) -> pd.DataFrame:
        """Run a query and return all of its rows as a pandas frame."""
        frame: pd.DataFrame = self.arrow(query).to_pandas()
        return frame

    def batches(self, query: ir.Table, rows: int = 100_000) -> Iterator[pa.RecordBatch]:
        """Run a query and yield its rows in batches of about ``rows``."""
        with self._cursor() as cursor:
            yield from cursor.execute(compiled(query)).to_arrow_reader(rows)

    def put(self, name: str, rows: pa.Table) -> None:
        """Store rows as a table of the session, replacing one of the same name."""
        self.fill(name, "*", [rows])

    def create(
        self, name: str, select: str, columns: str | None = None, *, is_part: bool = False
    ) -> None:
        """Create or replace a table from a SELECT written by the library itself, or not at all.

        Parameters
        ----------
        name, select : str
        columns : str, optional
            The columns' definitions, where the SELECT alone does not say how they are kept.
        is_part : bool
            Whether it is one of several of a watched step.
        """
        self._thread.made.add(name)
        table = f"CREATE OR REPLACE TABLE {quoted(name)}"
        if columns is None:
            self.execute(f"{table} AS {select}", is_part=is_part)
            return
        fill = f"INSERT INTO {quoted(name)} {select}"
        statements = ["BEGIN", f"{table} ({columns})", fill, "COMMIT"]
        self.execute("; ".join(statements), is_part=is_part)

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
        self._thread.made.add(name)
        with self._writing, translated(self.limits):
            for part in parts:
                taking = taking_in(part, f"{verb} SELECT {select} FROM {PART}")
                self._attended(taking, is_part=True)
                verb = f"INSERT INTO {quoted(name)}"

    def view(self, name: str, select: str) -> None:
        """Create a view from a SELECT written by the library itself."""
        self._thread.made.add(name)
        self._at_once(lambda _: [f"CREATE VIEW {quoted(name)} AS {select}"])

    def keep_file(self, file: Path) -> None:
        """Delete a file of the session's folder, named like no other, once no view reads it."""
        self._files.keep(file)

    def tables(self) -> frozenset[str]:
        """Return the names of all tables and views of the session."""
        return frozenset(self._kinds())

    def drop(self, names: Iterable[str]) -> None:
        """Drop tables and views; one that does not exist is no failure."""
        if dropped := tuple(names):
            self._at_once(lambda known: drops(known, dropped))

    def keep_only(self, name: str, renamed: str, *beside: tuple[str, str]) -> None:
        """Drop all but one table or view and those to be kept, and rename that one, or do nothing.

        Parameters
        ----------
        name, renamed : str
        *beside : tuple of (str, str)
            Other tables to keep and rename, where they exist.
        """
        self._at_once(lambda known: keep_only(known, name, renamed, dict(beside)))

    def rename(self, name: str, renamed: str) -> None:
        """Give a table or view another name, in place of the one that had it."""
        self._thread.made.add(renamed)
        self._at_once(lambda known: [*drops(known, [renamed]), rename(known, name, renamed)])

    def _at_once(self, statements: Callable[[Kinds], list[str]]) -> None:
        """Run short statements that nobody watches, so that none is cancelled once it is done."""
        with self._writing, self._cursor() as cursor:
            if made := statements(listed(cursor)):
                cursor.execute("; ".join(["BEGIN", *made, "COMMIT"]))
            self._files.tidy(cursor)

    def execute(self, sql: str, *, is_part: bool = False) -> None:
        """Run one statement that changes the session; written by the library itself."""
        with self._writing:
            self._attended(lambda cursor: cursor.execute(sql), is_part=is_part)

    @contextmanager
    def in_order(self) -> Iterator[None]:
        """Work on one thread in a block whose statements take their rows one after the other.

        A second one could only wait, and asks again and again whether it may: that costs as much
        processor time as the work. Where another statement is running, all threads stay.
        """
        with self._writing, contextlib.ExitStack() as restoring:
            if not self._running and self.limits.threads > 1:
                restoring.callback(self._work_on, self.limits.threads)
                self._work_on(1)
            yield

    def _work_on(self, threads: int) -> None:
        # Unknown to cancel, or it would stay at one; a session closed meanwhile has no threads.
        with (
            contextlib.suppress(duckdb.ConnectionException),
            contextlib.closing(self._root.cursor()) as cursor,
        ):
            cursor.execute(f"SET threads = {int(threads)}")

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Run SQL written by the library itself and return its rows as dictionaries."""
        table = self._attended(lambda cursor: cursor.execute(sql).to_arrow_table())
        found: list[dict[str, Any]] = table.to_pylist()
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
        self._reporting.close()
        self._root.close()
