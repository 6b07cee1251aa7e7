"""Whose job starts next: the rule of fairness, as a plain data structure.

Enters: jobs with an owner. Leaves: the next job, and how long the way is for the others. Refuses to
know: threads, processes and time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Owned(Protocol):
    """Anything computed for somebody."""

    owner: str


J = TypeVar("J", bound=Owned)


class Turns(Generic[J]):
    """Waiting and running jobs; a free slot goes to whoever has least.

    A free slot goes to the owner with the fewest running jobs; among equals to the one whose last
    turn is longest ago; within an owner first in, first out. So nobody is given the last slot while
    somebody else waits with none. A running job is never interrupted for fairness.

    Parameters
    ----------
    slots : int
        How many jobs run at the same time.
    """

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._waiting: list[J] = []
        self._running: list[J] = []  # in the order of their start
        self._turn_of: dict[str, int] = {}  # owner -> number of the last turn

    def anyone_waiting(self) -> bool:
        """Whether a job waits."""
        return bool(self._waiting)

    def everyone(self) -> list[J]:
        """All jobs, waiting and running."""
        return [*self._waiting, *self._running]

    def join(self, job: J) -> None:
        """Let a job wait."""
        self._waiting.append(job)

    def start_next(self) -> J:
        """Take the next waiting job; it counts as running until it leaves."""
        _, job = next(self._forecast())
        self._waiting.remove(job)
        self._running.append(job)
        self._turn_of[job.owner] = _next_turn(self._turn_of)
        if not self._waiting:  # old turns matter only while somebody waits
            busy = {other.owner for other in self._running}
            self._turn_of = {who: turn for who, turn in self._turn_of.items() if who in busy}
        return job

    def leave(self, job: J) -> None:
        """Forget a job, because it has ended or is no longer wanted."""
        for jobs in (self._waiting, self._running):
            if job in jobs:
                jobs.remove(job)

    def ahead_of(self, job: J) -> int:
        """How many running jobs must end before this one starts, as things stand; 0 if running."""
        return next((ended for ended, other in self._forecast() if other is job), 0)

    def _forecast(self) -> Iterator[tuple[int, J]]:
        """Yield waiting jobs as they will start, with how many jobs must end first.

        Running jobs are taken to end in the order of their start.
        """
        busy = [job.owner for job in self._running]
        waiting, turn_of = list(self._waiting), dict(self._turn_of)
        ended = 0
        while waiting:
            if len(busy) >= self._slots:
                busy.pop(0)
                ended += 1
            job = min(waiting, key=lambda one: (busy.count(one.owner), turn_of.get(one.owner, 0)))
            yield ended, job
            waiting.remove(job)
            busy.append(job.owner)
            turn_of[job.owner] = _next_turn(turn_of)


def _next_turn(turn_of: dict[str, int]) -> int:
    return 1 + max(turn_of.values(), default=0)
