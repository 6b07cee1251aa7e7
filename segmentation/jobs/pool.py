"""The jobs, the queue in front of the slots, and the threads that keep the slots filled.

Enters: functions with their arguments, and for whom they are computed. Leaves: jobs. Refuses to
know: what is computed and who watches.

Each slot has one thread here, which blocks on the pipe of its child; nothing polls. Every change of
a job or the queue happens under one lock.
"""

from __future__ import annotations

import atexit
import contextlib
import enum
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from segmentation.errors import JobCancelled, JobFailed, OutOfMemory, SegmentationError
from segmentation.jobs.child import Child
from segmentation.jobs.pipe import Kind, pack, unpack
from segmentation.jobs.turns import Turns
from segmentation.notes import Note

T = TypeVar("T")
PRELOAD: Final = ("numpy", "pandas", "sklearn.cluster", "sklearn.mixture")
_log = logging.getLogger("segmentation.jobs")


class JobState(enum.Enum):
    """Where a job stands; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(eq=False, slots=True)
class Job(Generic[T]):
    """One computation: how far it is and, at its end, what came of it. Only its pool writes to it.

    Attributes
    ----------
    name, owner : str
        The function, and for whom it is computed (a visit).
    state : JobState
        Where the job stands.
    progress : float
        Share done, in [0, 1]; 1 when done.
    note : Note or None
        What the computation said last.
    error : SegmentationError or None
        Why there is no result: what the function refused, ``OutOfMemory``, ``JobCancelled``, or
        ``JobFailed`` with ``detail`` (type of an unexpected exception) or ``exit_code`` (of a
        process that died; negative: minus the signal).
    """

    name: str
    owner: str
    _pool: JobPool
    _call: bytes
    state: JobState = JobState.QUEUED
    progress: float = 0.0
    note: Note | None = None
    error: SegmentationError | None = None
    _answer: bytes = b""
    _value: Any = None
    _started: float | None = None
    _ended: float | None = None
    _over: threading.Event = field(default_factory=threading.Event)
    _opening: threading.Lock = field(default_factory=threading.Lock)

    @property
    def position(self) -> int:
        """How many running jobs must end before this one starts, as things stand; else 0."""
        return self._pool._place(self)

    @property
    def seconds(self) -> float:
        """How long the job has run, in seconds; its time in the queue does not count."""
        if self._started is None:
            return 0.0
        return (self._ended or time.monotonic()) - self._started

    @property
    def result(self) -> T:
        """What the function returned; raises ``error``, or ``RuntimeError`` before the end."""
        if self.state is not JobState.DONE:
            raise self.error or RuntimeError(f"{self.name} is {self.state.value}: wait() first")
        with self._opening:
            if self._answer:  # opened here, so that the slot's thread never runs foreign code
                self._value = unpack(self._answer)
                self._answer = b""
            value: T = self._value
        return value

    def cancel(self) -> None:
        """End the job at once, waiting or running; one that has ended stays as it is."""
        self._pool._cancel(self)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait up to ``timeout`` seconds; whether the job has ended."""
        return self._over.wait(timeout)


class JobPool:
    """A few warm child processes, and a fair queue in front of them.

    Owners take turns (``Turns`` has the rule); running jobs are never interrupted for fairness.

    Parameters
    ----------
    slots : int
        How many jobs run at the same time.
    preload : tuple of str
        Modules a child imports before its first job, so that no job pays for them.
    threads_per_job : int
        Threads of OpenMP and BLAS within a job. One by default: a parallel sum depends on how many
        threads add and in which order, so one seed would give several results; and the cores that
        are left answer clicks.
    """

    def __init__(
        self, slots: int = 2, preload: tuple[str, ...] = PRELOAD, *, threads_per_job: int = 1
    ) -> None:
        self._slots, self._preload, self._threads_per_job = slots, preload, threads_per_job
        self._changed = threading.Condition()
        self._keepers: list[threading.Thread] = []
        self._children: set[Child] = set()
        self._turns: Turns[Job[Any]] = Turns(slots)
        self._at_work: dict[Job[Any], Child | None] = {}
        self._closed = False

    def warm(self) -> None:
        """Start the children without waiting for them; the first ``submit`` does so too."""
        with self._changed:
            if self._closed:
                raise RuntimeError("the pool is closed")
            if not self._keepers:
                atexit.register(self.close)
            while len(self._keepers) < self._slots:
                self._keepers.append(threading.Thread(target=self._keep_slot, daemon=True))
                self._keepers[-1].start()

    def submit(
        self, function: Callable[..., T], *args: object, owner: str = "", **kwargs: object
    ) -> Job[T]:
        """Queue ``function(*args, progress=…, **kwargs)`` for the next free child.

        Parameters
        ----------
        function : callable
            Module-level; takes the keyword ``progress`` (a ``Progress``).
        owner : str
            For whom it is computed; owners take turns.

        Returns
        -------
        Job
            Queued. The arguments are copied now; changing them later changes nothing.

        Raises
        ------
        ValueError
            When the function lives in ``__main__``, where no child can find it.
        """
        name = getattr(function, "__qualname__", repr(function))
        if getattr(function, "__module__", None) == "__main__":
            raise ValueError(f"{name} must live in a module that can be imported, not in __main__")
        job: Job[T] = Job(name, owner, self, pack((function, args, kwargs)))
        with self._changed:
            self.warm()
            self._turns.join(job)
            self._changed.notify()
        return job

    def close(self) -> None:
        """Cancel every job and end every child; a closed pool takes no more jobs."""
        with self._changed:
            self._closed = True
            for job in self._turns.everyone():
                self._cancel(job)
            for child in self._children:
                child.kill()
            self._changed.notify_all()
        for keeper in self._keepers:
            keeper.join()
        atexit.unregister(self.close)

    def _keep_slot(self) -> None:
        while not self._closed:
            child, ready = self._start_child()
            while (job := self._take(child, ready)) is not None and self._follow(job, child):
                pass
            if child is not None:
                child.bury()
                with self._changed:
                    self._children.discard(child)

    def _start_child(self) -> tuple[Child | None, bool]:
        """Start a child and wait until it can take a job; whether it can."""
        try:
            child = Child(self._preload, self._threads_per_job)
        except OSError:
            _log.exception("no child process could be started")
            return None, False
        with self._changed:
            self._children.add(child)
            if self._closed:
                child.kill()
        kind, data = child.pipe.receive()
        if kind is Kind.RAISED:
            _log.error("a child could not import %s\n%s", self._preload, unpack(data)[1])
        return child, kind is Kind.READY

    def _take(self, child: Child | None, ready: bool) -> Job[Any] | None:
        """Wait for the next job; None when the pool has closed or a ready child died while idle.

        A child that never got ready does take a job, which then fails with the reason: replacing
        it silently could go on for ever.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._turns.anyone_waiting() or self._closed)
            if self._closed or (ready and child is not None and child.has_ended()):
                self._changed.notify()  # another slot may be free for the job
                return None
            job = self._turns.start_next()
            self._at_work[job] = child
            job.state, job._started = JobState.RUNNING, time.monotonic()
            return job

    def _place(self, job: Job[Any]) -> int:
        with self._changed:
            return self._turns.ahead_of(job)

    def _follow(self, job: Job[Any], child: Child | None) -> bool:
        """See a running job to its end; whether its child can take another one."""
        if child is None:
            self._settle(job, JobState.FAILED, JobFailed(detail="OSError", exit_code=None))
            return False
        with contextlib.suppress(OSError):  # a child that is gone shows in the next line
            child.pipe.send(Kind.CALL, job._call)
        try:
            kind, data = child.pipe.receive()
            while kind is Kind.PROGRESS:
                job.progress, job.note = unpack(data)
                kind, data = child.pipe.receive()
        except MemoryError:  # the answer does not fit on this side
            child.kill()
            kind, data = Kind.EXHAUSTED, b""
        if kind is Kind.RESULT:
            return self._settle(job, JobState.DONE, answer=data)
        if kind is Kind.REFUSED:
            return self._settle(job, JobState.FAILED, unpack(data))
        error, story = _cause_of_death(child, kind, data)
        if self._settle(job, JobState.FAILED, error):
            _log.error("%s failed in its child process: %s", job.name, story)
        return False

    def _settle(
        self,
        job: Job[Any],
        state: JobState,
        error: SegmentationError | None = None,
        answer: bytes = b"",
    ) -> bool:
        """End a job, unless it was cancelled meanwhile; whether it was ended here."""
        with self._changed:
            if job._over.is_set():
                return False
            self._turns.leave(job)
            self._at_work.pop(job, None)
            job._call, job._answer, job.error = b"", answer, error
            job._ended = time.monotonic()
            job.progress = 1.0 if state is JobState.DONE else job.progress
            job.state = state
            job._over.set()
            return True

    def _cancel(self, job: Job[Any]) -> None:
        with self._changed:
            child = self._at_work.get(job)
            if self._settle(job, JobState.CANCELLED, JobCancelled()) and child is not None:
                child.kill()


def _cause_of_death(child: Child, kind: Kind, data: bytes) -> tuple[SegmentationError, str]:
    """Say why a child could not finish its job: for the user, and for the log."""
    if kind is Kind.EXHAUSTED:
        return OutOfMemory(limit=None), "out of memory"
    if kind is Kind.RAISED:
        name, story = unpack(data)
        return JobFailed(detail=name, exit_code=None), story
    exit_code = child.bury()
    return JobFailed(detail=None, exit_code=exit_code), f"exit code {exit_code}"
