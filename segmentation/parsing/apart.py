"""Run a parser in a process of its own, within limits of memory, time and disk.

Enters: a module-level function and its arguments. Leaves: what it returns or refuses. Refuses to
let the process that asked for it end with it.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import Final, TypeVar

from segmentation.errors import JobFailed, OutOfMemory, ReaderStopped
from segmentation.jobs import Job, JobPool, Progress

if sys.platform != "win32":
    import resource

T = TypeVar("T")
MEMORY_MB: Final = 3000
CPU_SECONDS: Final = 900
WRITTEN_MB: Final = 8000
_MB: Final = 1024 * 1024
_SECONDS_BETWEEN_LOOKS: Final = 0.1


def apart(
    name: str, function: Callable[..., T], *args: object, look: Callable[[], None] | None = None
) -> T:
    """Call a parser in a child process that ends with the call.

    Parameters
    ----------
    name : str
        The file's name, for messages.
    function : callable
        Module-level, of this room.
    *args : object
        Its arguments.
    look : callable, optional
        Called about ten times a second meanwhile; what it raises ends the child at once.

    Returns
    -------
    object
        What the function returned.

    Raises
    ------
    ReaderStopped
        When the child ended without an answer: a damaged file, or one made to exhaust it.
    SegmentationError
        What the function itself refused.
    """
    with contextlib.closing(JobPool(slots=1, preload=())) as pool:
        job: Job[T] = pool.submit(_limited, function, *args)
        while not job.wait(_SECONDS_BETWEEN_LOOKS if look else None):
            if look:
                look()
        try:
            return job.result
        except (JobFailed, OutOfMemory) as stopped:
            raise ReaderStopped(name=name) from stopped


def _limited(function: Callable[..., T], *args: object, progress: Progress) -> T:
    """Call the parser under limits; it cannot say how far it is."""
    del progress
    _set_limits()
    return function(*args)


def _set_limits() -> None:
    """Limit this process, where the system can; what goes over a limit ends it."""
    if sys.platform != "win32":
        for what, most in (
            (resource.RLIMIT_AS, MEMORY_MB * _MB),
            (resource.RLIMIT_CPU, CPU_SECONDS),
            (resource.RLIMIT_FSIZE, WRITTEN_MB * _MB),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.getrlimit(what)
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (allowed, hard))
