"""Who watches long work: how far it is, in bytes, and whether it is still wanted.

Enters: a watcher, and statements that run on a connection. Leaves: reports, and what the statements
return. Refuses to know what is being read, and to let a statement run on that nobody wants.

A watcher belongs to one thread's work: :meth:`DuckSession.watched_by` puts it in place, and all
that the thread then does in the session can be watched and cancelled. A statement runs in a second
thread while the first one asks the engine how far it is; so the watcher is always called from the
thread that it belongs to, and an interruption of that thread reaches the statement, too.

An interruption can come between any two steps of the first thread, also right after it has taken
a lock and before it could see to letting go of it. So the second thread never waits for a lock
that the first one takes: it says that it is done in a plain flag.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Final, Generic, Protocol, TypeVar

import duckdb

T = TypeVar("T")
SECONDS_BETWEEN_LOOKS: Final = 0.1
_NEVER: Final = float("-inf")


class Progress(Protocol):
    """Told how far a step is; what it raises, such as ``Cancelled``, ends the work."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Hear of a step.

        Parameters
        ----------
        step : str
            Its code, such as ``loading``.
        done, total : int
            Bytes of the file; where an engine's statement works through its rows, as many as its
            share of the rows. Both are 0 for a step that has no such measure.
        """


class Watch:
    """The work of one thread, as its watcher sees it.

    Parameters
    ----------
    progress : Progress, optional
        Nobody watches when absent.
    """

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress = progress
        self._statements: SimpleQueue[_Statement[Any] | None] | None = None
        self._step, self._done, self._total = "", 0, 0
        self._told = _NEVER

    @property
    def is_watched(self) -> bool:
        """Whether anybody is told."""
        return self._progress is not None

    @contextmanager
    def step(self, code: str, total: int = 0) -> Iterator[None]:
        """Name what is done in a block, and of how many bytes it is; at its end all are done."""
        outer = self._step, self._done, self._total
        self._step, self._done, self._total = code, 0, total
        try:
            self._tell()
            yield
            if total:
                self._done = total
                self._tell()
        finally:
            if outer[0]:
                self._step, self._done, self._total = outer

    def advance(self, done: int) -> None:
        """Say how many bytes of the step are done; cheap enough for a hot loop."""
        self._done = max(self._done, min(done, self._total))
        if time.monotonic() - self._told >= SECONDS_BETWEEN_LOOKS:
            self._tell()

    def advance_to_share(self, share: float) -> None:
        """Say which share of the step, in [0, 1], is done."""
        self.advance(round(share * self._total))

    def look(self) -> None:
        """Let the watcher say whether the work is still wanted."""
        if self._step:
            self._tell()

    def attend(
        self,
        connection: duckdb.DuckDBPyConnection,
        run: Callable[[], T],
        *,
        is_part: bool = False,
    ) -> T:
        """Run a statement, tell how far it is, and stop it when it is no longer wanted.

        Parameters
        ----------
        connection : DuckDBPyConnection
            The one that ``run`` uses.
        run : callable
            The statement, as far as its result is fetched.
        is_part : bool
            Whether it is one of several of its step, so that its own share says little.
        """
        if self._progress is None:
            return run()
        self.look()
        statement = _Statement(run)
        try:
            self._second_thread().put(statement)
            while not statement.ends_within(SECONDS_BETWEEN_LOOKS):
                share = 0.0 if is_part else connection.query_progress() / 100
                self.advance_to_share(share)
        finally:
            while not statement.has_ended and not statement.withdraw():
                connection.interrupt()  # again and again: one before the start has no effect
                statement.ends_within(SECONDS_BETWEEN_LOOKS)
        return statement.result()

    def close(self) -> None:
        """End the second thread."""
        if self._statements is not None:
            self._statements.put(None)
            self._statements = None

    def _second_thread(self) -> SimpleQueue[_Statement[Any] | None]:
        if self._statements is None:
            self._statements = SimpleQueue()
            threading.Thread(
                target=_work_off, args=(self._statements,), name="statement", daemon=True
            ).start()
        return self._statements

    def _tell(self) -> None:
        if self._progress is not None:
            self._told = time.monotonic()
            self._progress(self._step, self._done, self._total)


class OfThread(threading.local):
    """What a session knows of one thread: who watches it, and which tables it has made."""

    def __init__(self) -> None:
        self.watch = Watch()
        self.made: set[str] = set()


class _Statement(Generic[T]):
    """A statement that one thread hands to another; it begins once or never."""

    def __init__(self, run: Callable[[], T]) -> None:
        self._run = run
        self._first = threading.Lock()
        self._woken = threading.Lock()
        self._woken.acquire()
        self._results: list[T] = []
        self._failure: BaseException | None = None
        self.has_ended = False

    def work(self) -> None:
        """Run it, unless it was withdrawn before."""
        if not self._first.acquire(blocking=False):
            return
        with self:
            self._results.append(self._run())

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """End; what was raised is kept for whoever waits for the result."""
        self._failure = failure
        self.has_ended = True
        self._woken.release()
        return True

    def withdraw(self) -> bool:
        """Return whether it has not begun; then it never will."""
        return self._first.acquire(blocking=False)

    def ends_within(self, seconds: float) -> bool:
        """Wait for the end, no longer than this."""
        self._woken.acquire(timeout=seconds)
        return self.has_ended

    def result(self) -> T:
        """Return what it gave, or raise what it raised."""
        if self._failure is not None:
            raise self._failure
        return self._results[0]


def _work_off(statements: SimpleQueue[_Statement[Any] | None]) -> None:
    """Run what is handed over until there is no more."""
    while statement := statements.get():
        statement.work()
