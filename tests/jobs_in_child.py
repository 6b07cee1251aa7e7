"""What the tests of ``segmentation.jobs`` run in a child process; a child imports it by name."""

import os
import signal
import sys
import time
from pathlib import Path
from threading import Lock

import numpy as np

from segmentation.errors import TooFewCustomers
from segmentation.jobs import Progress
from segmentation.notes import Note


def add(one: int, other: int, *, progress: Progress) -> int:
    return one + other


def process_id(*, progress: Progress) -> int:
    return os.getpid()


def write(path: str, line: str, *, progress: Progress) -> None:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def hold(gate: str, *, progress: Progress) -> int:
    """Say the process id, then wait until the file ``gate`` exists."""
    progress(0.5, Note.of("held", process=os.getpid()))
    while not Path(gate).exists():
        time.sleep(0.01)
    return os.getpid()


def climb(gates: list[str], *, progress: Progress) -> None:
    """Take one step a gate, reporting each before it waits for the gate."""
    for step, gate in enumerate(gates, start=1):
        progress(step / 10, Note.of(f"step-{step}"))
        while not Path(gate).exists():
            time.sleep(0.01)


def hurry(times: int, *, progress: Progress) -> None:
    for done in range(times):
        progress(done / times, Note.of("hurrying", done=done))


def refuse(*, progress: Progress) -> None:
    raise TooFewCustomers(n_customers=3, needed=10)


class PeculiarRefusal(TooFewCustomers):
    """An error that cannot be made again from its values."""

    def __init__(self, anything: object) -> None:
        super().__init__(n_customers=1)


def refuse_peculiarly(*, progress: Progress) -> None:
    raise PeculiarRefusal(...)


def be_deaf(*, progress: Progress) -> int:
    """Hold the interpreter for about a minute, so that no other thread of the child runs."""
    progress(0.5, Note.of("deaf"))
    return sum(range(4_000_000_000))


def stumble(*, progress: Progress) -> None:
    raise ZeroDivisionError("a bug of ours")


def return_a_lock(*, progress: Progress) -> object:
    return Lock()


def exhaust_memory(*, progress: Progress) -> None:
    np.ones((1 << 40, 1 << 10))


def leave(exit_code: int, *, progress: Progress) -> None:
    os._exit(exit_code)


def leave_politely(exit_code: int, *, progress: Progress) -> None:
    sys.exit(exit_code)


def be_killed(*, progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def chatter(*, progress: Progress) -> str:
    """Write where the messages used to go, and read where the calls come from."""
    print("to whom it may concern")  # noqa: T201
    os.write(1, b"\x00\x01\x02")
    return sys.stdin.read()


def double(values: np.ndarray, *, progress: Progress) -> np.ndarray:
    return 2 * values


def environment(*names: str, progress: Progress) -> list[str | None]:
    return [os.environ.get(name) for name in names]


def modules_there(*names: str, progress: Progress) -> list[bool]:
    return [name in sys.modules for name in names]


def file_of_main(*, progress: Progress) -> str | None:
    return getattr(sys.modules["__main__"], "__file__", None)
