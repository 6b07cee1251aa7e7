"""What a program is worth: responses, revenue, profit, and the smallest segment that pays.

Enters: people, rates, margins and costs, one program a segment and channel. Leaves: an
:class:`Outcome`. Refuses figures that cannot be: they are named, never bent into shape.
METHODS: ROI = (sum of N u m - N c - F) / (sum of N c + F), u = response less the response without
contact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

from segmentation.notes import Note

# The figures of a program that may be varied.
FIGURES = ("people", "response", "margin", "contact", "fixed")


@dataclass(frozen=True, slots=True)
class Program:
    """One segment addressed through one channel.

    Attributes
    ----------
    name : str
        Of the segment.
    channel : str
        Blank where it does not matter.
    people : float
        N, who are addressed.
    response : float
        r, share of them who respond, in [0, 1].
    margin : float
        m, earned by one response before the cost of contact.
    contact : float
        c, cost of addressing one person.
    fixed : float
        F, cost of the program, however many are addressed.
    control : float
        Share who would respond without being addressed, in [0, 1]; 0 counts every response.
    """

    name: str = ""
    channel: str = ""
    people: float = 0.0
    response: float = 0.0
    margin: float = 0.0
    contact: float = 0.0
    fixed: float = 0.0
    control: float = 0.0

    @property
    def label(self) -> str:
        """What it is called: its segment and its channel.

        Examples
        --------
        >>> Program("A", "email").label, Program("A").label
        ('A · email', 'A')
        """
        return " · ".join(part for part in (self.name, self.channel) if part)

    @property
    def uplift(self) -> float:
        """Share who respond because they were addressed; negative where contact puts off."""
        return self.response - self.control

    @property
    def gain(self) -> float:
        """Earned by addressing one person, after the cost of contact: u m - c."""
        return self.uplift * self.margin - self.contact

    @property
    def flaw(self) -> Note | None:
        """The first figure that cannot be; None where all can.

        Examples
        --------
        >>> Program("A", people=10, response=1.2).flaw.code
        'money-beyond-one'
        >>> Program("A", people=10, contact=-1).flaw.code
        'money-negative'
        """
        for figure in fields(self)[2:]:
            value = getattr(self, figure.name)
            named = {"program": self.name, "figure": figure.name, "value": value}
            if not math.isfinite(value):
                return Note.of("money-no-number", program=self.name, figure=figure.name)
            if value < 0:
                return Note.of("money-negative", **named)
            if figure.name in ("response", "control") and value > 1:
                return Note.of("money-beyond-one", **named)
        return None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What programs bring together.

    Attributes
    ----------
    responses, revenue, cost, profit : float
        ``responses`` and ``revenue`` are those that contact brings about.
    roi : float
        Profit over cost; NaN where nothing is spent.
    break_even : float
        Response rate at which one program pays, the response without contact included; NaN where no
        response earns anything or for several programs.
    smallest : float
        N*, people from which one program pays; infinite where no number does, NaN for several.
    payback_months : float
        Months until the margins have paid the cost, when they come in evenly; infinite where they
        never do within the months they come in for.
    """

    responses: float
    revenue: float
    cost: float
    profit: float
    roi: float
    break_even: float
    smallest: float
    payback_months: float


def outcome(program: Program, months: float = 12.0) -> Outcome:
    """Work out one program.

    Parameters
    ----------
    program : Program
        Without a flaw.
    months : float
        Over which the margin of a response comes in.

    Examples
    --------
    >>> program = Program("A", people=4000, response=0.02, margin=50, contact=0.5, fixed=1000)
    >>> found = outcome(program)
    >>> found.profit, found.smallest, round(found.roi, 3)
    (1000.0, 2000.0, 0.333)
    """
    return _outcome([program], months, break_even(program), smallest_paying(program))


def together(programs: Sequence[Program], months: float = 12.0) -> Outcome:
    """Add up several programs."""
    return _outcome(programs, months, math.nan, math.nan)


def _outcome(programs: Sequence[Program], months: float, needed: float, smallest: float) -> Outcome:
    responses = sum(p.people * p.uplift for p in programs)
    revenue = sum(p.people * p.uplift * p.margin for p in programs)
    cost = sum(p.people * p.contact + p.fixed for p in programs)
    profit = revenue - cost
    roi = profit / cost if cost > 0 else math.nan
    return Outcome(
        responses, revenue, cost, profit, roi, needed, smallest, _payback(revenue, cost, months)
    )


def _payback(revenue: float, cost: float, months: float) -> float:
    if cost <= 0:
        return 0.0
    return months * cost / revenue if revenue >= cost else math.inf


def break_even(program: Program) -> float:
    """Response rate at which a program pays: r* = c/m + F/(N m), and what responds anyway.

    Returns
    -------
    float
        Above 1 where not even everybody's response would pay; NaN where a response earns nothing.

    Examples
    --------
    >>> round(break_even(Program(people=1, margin=32, contact=2)), 4)
    0.0625
    """
    if program.margin <= 0 or (program.fixed > 0 and program.people <= 0):
        return math.nan
    spread = program.fixed / (program.people * program.margin) if program.fixed > 0 else 0.0
    return program.control + program.contact / program.margin + spread


def smallest_paying(program: Program) -> float:
    """Smallest number of people that pays: N* = F / (u m - c).

    Returns
    -------
    float
        Not rounded; infinite where each contact costs as much as it earns or more and there is
        something to pay.
    """
    if program.gain > 0:
        return program.fixed / program.gain
    return 0.0 if program.gain == 0 and program.fixed == 0 else math.inf


def profit_of(programs: Sequence[Program]) -> float:
    """Return what programs earn together after all costs."""
    return sum(p.people * p.gain - p.fixed for p in programs)


def sound(programs: Sequence[Program]) -> tuple[tuple[Program, ...], tuple[Note, ...]]:
    """Part programs that can be worked out from notes about those that cannot."""
    flaws = tuple(flaw for program in programs if (flaw := program.flaw) is not None)
    return tuple(program for program in programs if program.flaw is None), flaws
