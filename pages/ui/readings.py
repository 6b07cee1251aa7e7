"""Files that are read in the background, one at a time for a visit.

Enters: what is to be done with a visit's files. Leaves: a :class:`Reading` to watch and to cancel.
Refuses to know Streamlit, and what a file holds. A thread and not a job of the pool: the visit's
engine lives in this process, and leaves the interpreter free while it works.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from segmentation.engine import DuckSession
from segmentation.errors import Cancelled

PATIENCE_SECONDS = 1.0


class Reading:
    """A file on its way into a visit.

    Parameters
    ----------
    engine : DuckSession
        The visit's.
    read : callable
        What is done, in a thread of its own; its statements and copies are watched.
    name : str
        The file's name, to be shown.
    in_place : bool
        Whether the table page asked for it, of the files that are open.
    is_choice : bool
        Whether a widget shows what was asked for, and is to go back where it is refused.
    """

    def __init__(
        self,
        engine: DuckSession,
        read: Callable[[], None],
        name: str,
        *,
        in_place: bool = False,
        is_choice: bool = False,
    ) -> None:
        self.name, self.in_place, self.is_choice = name, in_place, is_choice
        self.key: Hashable = (
            None  # under which what is found is remembered, where it is only a look
        )
        self.far = ("", 0, 0)  # the step, and of how many bytes how many are done
        self._unwanted = threading.Event()
        self._engine, self._read = engine, read
        helper = ThreadPoolExecutor(1, "reading")
        self._running: Future[None] = helper.submit(self._run)
        helper.shutdown(wait=False)  # the thread ends with the reading

    def _run(self) -> None:
        with self._engine.watched_by(self._hear):
            self._read()

    def _hear(self, step: str, done: int, total: int) -> None:
        if self._unwanted.is_set():
            raise Cancelled
        self.far = step, done, total

    @property
    def is_over(self) -> bool:
        """Whether the reading has ended, in whatever way."""
        return self._running.done()

    @property
    def has_opened(self) -> bool:
        """Whether the file is open: the reading has ended well."""
        return self.is_over and self._running.exception() is None

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end, at most so long; whether it has come."""
        return bool(wait([self._running], seconds).done)

    @property
    def is_cancelled(self) -> bool:
        """Whether it has been asked to end."""
        return self._unwanted.is_set()

    def cancel(self) -> None:
        """Ask the reading to end; the visit then holds what it held before."""
        self._unwanted.set()

    def settle(self) -> None:
        """Return when all went well; else raise what stopped the reading.

        Raises
        ------
        Cancelled
            When it was cancelled.
        SegmentationError
            What the library refused.
        """
        self._running.result()
