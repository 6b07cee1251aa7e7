"""One child process: how it is started, what it does, and how the two sides talk.

Enters: pickled calls. Leaves: progress and pickled answers. Refuses to know: queues, slots, owners.

A child is ``python -c`` on this module, listening on its standard input. ``multiprocessing`` would
import the parent's ``__main__`` again in every child, and under ``streamlit run`` that is the page
script; here a child has a ``__main__`` of its own, so nothing of the application runs twice and a
plain script needs no ``__main__`` guard. Verified: a test counts the runs of an unguarded script
that uses a pool, and ADR 0005 the runs of a page under ``streamlit run``.

The pipe is also the leash: when it closes, in whatever way the parent ended, the child ends too.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Protocol, cast

from segmentation.errors import SegmentationError
from segmentation.jobs.pipe import Kind, Pipe, pack, unpack
from segmentation.notes import Note

SECONDS_BETWEEN_REPORTS: Final = 0.1
THREAD_LIMITS: Final = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
_START: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from segmentation.jobs.child import serve; serve(sys.argv[2:])"
)


class Progress(Protocol):
    """How a computation says how far it is; cheap enough for a hot loop."""

    def __call__(self, done: float, note: Note | None = None) -> None:
        """Report the share done, in [0, 1], and what is being done."""


class Child:
    """A child process as its parent sees it.

    Parameters
    ----------
    preload : sequence of str
        Modules to import before the first call.
    threads : int
        Threads of OpenMP and BLAS. Set in the environment, because these libraries read it once,
        when they are loaded.

    Raises
    ------
    OSError
        When the system has no memory or no process left.
    """

    def __init__(self, preload: Sequence[str], threads: int) -> None:
        path = json.dumps([entry or str(Path.cwd()) for entry in sys.path])
        # OpenMP threads that spin while they wait starve the server; the operator may choose it.
        environment = {"OMP_WAIT_POLICY": "PASSIVE"} | os.environ
        self._process = subprocess.Popen(  # noqa: S603 - our interpreter, our code
            [sys.executable, "-P", "-c", _START, path, *preload],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment | dict.fromkeys(THREAD_LIMITS, str(threads)),
        )
        self.pipe = Pipe(
            cast("BinaryIO", self._process.stdout), cast("BinaryIO", self._process.stdin)
        )

    def has_ended(self) -> bool:
        """Whether the process has ended."""
        return self._process.poll() is not None

    def kill(self) -> None:
        """End the process now, whatever it is doing and whichever signals it handles."""
        self._process.kill()

    def bury(self) -> int:
        """Wait for the end of the process and return its exit code (minus the signal)."""
        with contextlib.suppress(OSError):  # half a call may be left that nobody will read
            self.pipe.close()
        return self._process.wait()


def serve(preload: Sequence[str]) -> None:
    """Live as a child: import ``preload``, then answer calls until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's; the pipe tells us
    pipe = _take_over_standard_streams()
    sys.excepthook = partial(_die_loudly, pipe)
    calls: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, calls), daemon=True).start()
    for name in preload:
        importlib.import_module(name)
    pipe.send(Kind.READY)
    while True:
        _answer(calls.get(), pipe)


def _take_over_standard_streams() -> Pipe:
    """Keep the pipe to ourselves: what a job prints goes to stderr, and it has no input."""
    pipe = Pipe(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return pipe


def _listen(pipe: Pipe, calls: queue.SimpleQueue[bytes]) -> None:
    while True:
        kind, call = pipe.receive()
        if kind is Kind.GONE:
            os._exit(0)  # nobody is left to compute for; the main thread may be deep in C code
        calls.put(call)


def _answer(call: bytes, pipe: Pipe) -> None:
    function, args, kwargs = unpack(call)
    report = _Report(pipe)
    kind = Kind.RESULT
    try:
        answer = function(*args, progress=report, **kwargs)
    except SegmentationError as error:
        kind, answer = Kind.REFUSED, error
        unpack(pack(error))  # one that cannot travel is a bug, and shall show here
    data = pack(answer)
    report.catch_up()
    pipe.send(kind, data)


def _die_loudly(
    pipe: Pipe, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Tell the parent of an unexpected exception and end: after a bug, a fresh child is safer."""
    if issubclass(kind, MemoryError):
        pipe.send(Kind.EXHAUSTED)
    else:
        story = "".join(traceback.format_exception(kind, error, trace))
        pipe.send(Kind.RAISED, pack((kind.__name__, story)))
    os._exit(1)


class _Report:
    """The ``Progress`` of one call: a new step (note code) at once, the rest ten times a second."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._sent_at = -SECONDS_BETWEEN_REPORTS
        self._step: str | None = None
        self._held: tuple[float, Note | None] | None = None

    def __call__(self, done: float, note: Note | None = None) -> None:
        self._held = (min(max(done, 0.0), 1.0), note)
        step = note.code if note else None
        now = time.monotonic()
        if step != self._step or now - self._sent_at >= SECONDS_BETWEEN_REPORTS:
            self._step, self._sent_at = step, now
            self.catch_up()

    def catch_up(self) -> None:
        """Send what is still held back."""
        if self._held is not None:
            self._pipe.send(Kind.PROGRESS, pack(self._held))
            self._held = None
