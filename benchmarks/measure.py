"""What a whole process costs: wall clock, processor time and peak memory of it and its children."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one process.

    Attributes
    ----------
    wall, cpu : float
        Seconds.
    peak_mb : float
        Largest resident memory, megabytes.
    output : str
        What it printed.
    """

    wall: float
    cpu: float
    peak_mb: float
    output: str

    def __str__(self) -> str:
        """Write the cost as in the tables."""
        return f"{self.wall:.1f} / {self.cpu:.1f}, {self.peak_mb:.0f}"


def measured(arguments: list[str], *, threads: int | None = None) -> Cost:
    """Run Python with arguments from the project's root and return what it cost.

    Parameters
    ----------
    arguments : list of str
        As after ``python``.
    threads : int, optional
        What OpenMP and the linear algebra may use; what they like when absent.

    Returns
    -------
    Cost

    Raises
    ------
    RuntimeError
        When the process fails; its messages are passed on.
    """
    environment = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}
    if threads is not None:
        environment |= dict.fromkeys(_THREADS, str(threads))
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as messages:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=output, stderr=messages
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        messages.seek(0)
        if process.returncode:
            raise RuntimeError(messages.read()[-2000:])
        unit = 1024 if sys.platform.startswith("linux") else 1024 * 1024
        cpu = used.ru_utime + used.ru_stime
        return Cost(wall, cpu, used.ru_maxrss / unit, output.read())
