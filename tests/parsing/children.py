"""What a parser may do to its process; module-level, so that a child can find it."""

import os
import signal

from segmentation.errors import EmptyFile
from segmentation.parsing.apart import MEMORY_MB


def add(one: int, other: int) -> int:
    return one + other


def refuse() -> None:
    raise EmptyFile


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def stumble() -> None:
    raise IndexError("list assignment index out of range")


def devour() -> int:
    return len(bytes((MEMORY_MB + 100) * 1024 * 1024))
