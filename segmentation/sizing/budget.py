"""Where the next euro goes: a budget over segments and channels, and two segments or one.

Enters: programs. Leaves: whom to address, or which of two plans earns more. Refuses to spend more
than the budget, to address anybody twice, and to call a plan the best one that is not proven so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

from segmentation.money import Program, profit_of

SECONDS = 10.0
_OPTIMAL = 0
_GAP = 1e-9


@dataclass(frozen=True, slots=True)
class Allocation:
    """Whom to address under a budget.

    Attributes
    ----------
    programs : tuple of Program
        As given, with the people to address; none is 0.
    spent, profit : float
    is_proven : bool
        Whether no other plan earns more; else the search ended after its time.
    """

    programs: tuple[Program, ...]
    spent: float
    profit: float
    is_proven: bool


def allocate(programs: Sequence[Program], budget: float) -> Allocation:
    """Share a budget so that the profit is the largest there is.

    A fixed cost is paid once a program addresses anybody, so the best next step is not always the
    best plan (a knapsack): solved as an integer program by HiGHS [1]_, whole people, each segment's
    people addressed by one channel at most.

    Parameters
    ----------
    programs : sequence of Program
        Without flaws. Programs of the same name share the people of that segment: as many as the
        largest of them has.
    budget : float
        Not negative.

    Returns
    -------
    Allocation

    References
    ----------
    .. [1] Huangfu & Hall (2018), Parallelizing the dual revised simplex method, Mathematical
       Programming Computation 10:119-142.
    """
    n = len(programs)
    if not n:
        return Allocation((), 0.0, 0.0, is_proven=True)
    most = np.array([math.floor(p.people) for p in programs], dtype=float)
    gains = np.array([p.gain for p in programs])
    costs = np.array([p.contact for p in programs])
    fixed = np.array([p.fixed for p in programs])
    diagonal = np.eye(n)
    segments = sorted({p.name for p in programs})
    shared = np.array([[float(p.name == name) for p in programs] for name in segments])
    room = [max(m for p, m in zip(programs, most, strict=True) if p.name == s) for s in segments]
    rows = vstack(
        [
            csr_array(np.concatenate([costs, fixed])[None, :]),
            hstack([csr_array(diagonal), csr_array(-np.diag(most))]),
            hstack([csr_array(shared), csr_array((len(segments), n))]),
        ]
    )
    upper = np.concatenate([[max(0.0, budget)], np.zeros(n), room])
    found = milp(
        np.concatenate([-gains, fixed]),
        integrality=np.ones(2 * n),
        bounds=Bounds(0, np.concatenate([most, np.ones(n)])),
        constraints=LinearConstraint(rows, ub=upper),
        options={"time_limit": SECONDS, "mip_rel_gap": _GAP},
    )
    people = np.zeros(n) if found.x is None else np.round(found.x[:n])
    return _allocated(programs, people, is_proven=found.status == _OPTIMAL)


def _allocated(programs: Sequence[Program], people: np.ndarray, *, is_proven: bool) -> Allocation:
    addressed = tuple(
        replace(p, people=float(x), fixed=p.fixed if x > 0 else 0.0)
        for p, x in zip(programs, people, strict=True)
    )
    spent = sum(p.people * p.contact + p.fixed for p in addressed)
    return Allocation(addressed, spent, profit_of(addressed), is_proven)


@dataclass(frozen=True, slots=True)
class Merger:
    """Two segments with a program each, or one program for both.

    Attributes
    ----------
    apart, merged : float
        Profits.
    program : Program
        The one for both.
    """

    apart: float
    merged: float
    program: Program

    @property
    def keeps_apart(self) -> bool:
        """Whether two programs earn more than one, after the fixed cost of both."""
        return self.apart > self.merged


def merge(first: Program, second: Program, less: float) -> Merger:
    """Compare two programs with one that speaks to both.

    Parameters
    ----------
    first, second : Program
        Without flaws.
    less : float
        Share of the uplift that is lost where the message fits neither fully, in [0, 1].

    Returns
    -------
    Merger
        The one program addresses the people of both with their mean response less that loss, their
        mean margin a response and cost a contact, and the larger of the two fixed costs.
    """
    people = first.people + second.people
    both = (first, second)
    if people <= 0:
        return Merger(profit_of(both), -max(p.fixed for p in both), first)

    def mean(values: Sequence[float], weights: Sequence[float]) -> float:
        total = sum(weights)
        paired = zip(values, weights, strict=True)
        return sum(v * w for v, w in paired) / total if total else sum(values) / len(values)

    crowd = [p.people for p in both]
    control = mean([p.control for p in both], crowd)
    uplift = mean([p.uplift for p in both], crowd) * (1 - less)
    margin = mean([p.margin for p in both], [p.people * max(p.uplift, 0.0) for p in both])
    one = Program(
        name=first.name,
        channel=first.channel,
        people=people,
        response=control + uplift,
        margin=margin,
        contact=mean([p.contact for p in both], crowd),
        fixed=max(p.fixed for p in both),
        control=control,
    )
    return Merger(profit_of(both), profit_of([one]), one)
