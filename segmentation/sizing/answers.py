"""How many customers meet a filter, what they are worth, and whom of them one can reach.

Enters: a ground and a filter. Leaves: an :class:`Answer`, from a sample with 95 % intervals or
exact. Refuses to fetch customers. A share is weighted by the survey weight, a number of customers
and of people reached is of rows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import ibis.expr.types as ir

from segmentation.profiles.intervals import effective_size, wilson
from segmentation.sizing.filters import Group, met
from segmentation.sizing.ground import AGREED, VALID, Ground, Totals, sums

_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its 95 % interval; both ends are the number itself where it is exact."""

    likely: float
    low: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> Estimate:
        """Return a number that is known."""
        return cls(value, value, value)

    @property
    def is_exact(self) -> bool:
        """Whether nothing is left open."""
        return self.low == self.high

    def times(self, factor: float) -> Estimate:
        """Return the estimate of so many times as much; the factor is not negative."""
        return Estimate(self.likely * factor, self.low * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Answer:
    """Who meets a filter.

    Attributes
    ----------
    customers : Estimate
        Rows.
    share : Estimate
        Of everybody, weighted, in [0, 1].
    mass : Estimate
        Sum of weights; the customers without weights.
    value : Estimate or None
        Weighted sum of the outcome.
    agreed, valid, reached : Estimate or None
        Customers who may be addressed by the channel, who have an address for it, who have both.
    n_asked : int
        How many customers were looked at.
    is_exact : bool
    """

    customers: Estimate
    share: Estimate
    mass: Estimate
    value: Estimate | None
    agreed: Estimate | None
    valid: Estimate | None
    reached: Estimate | None
    n_asked: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """What the engine counted among those who meet a filter."""

    n: float
    mass: float
    value: float = 0.0
    value_squares: float = 0.0
    agreed: float = 0.0
    valid: float = 0.0
    reached: float = 0.0


def ask(ground: Ground, group: Group) -> Answer:
    """Answer a what-if from a ground, everyone's or a sample's.

    Parameters
    ----------
    ground : Ground
    group : Group
        All of its conditions apply (see ``in_force``).

    Returns
    -------
    Answer
    """
    rows = ground.rows(group)
    chosen = rows.filter(met(rows, group, ground.table.key_of)) if group.members else rows
    measures = sums(chosen, squares=ground.sample is not None) | _reach(chosen)
    found = ground.table.session.arrow(chosen.aggregate(**measures)).to_pylist()[0]
    counted = Counted(**{"mass": found["n"], **{n: float(x or 0) for n, x in found.items()}})
    return answered(ground, counted)


def _reach(rows: ir.Table) -> dict[str, ir.Scalar]:
    if AGREED not in rows.columns:
        return {}
    agreed, valid = rows[AGREED], rows[VALID]
    return {
        "agreed": rows.count(where=agreed),
        "valid": rows.count(where=valid),
        "reached": rows.count(where=agreed & valid),
    }


def answered(ground: Ground, counted: Counted) -> Answer:
    """Project what was counted onto everybody.

    A share of a sample without replacement has Wilson's interval for a sample that is larger by the
    finite population factor, (N - 1) / (N - n); a sum the normal one with the same factor. What
    was counted bounds both: those seen are certain.
    """
    everyone, drawn = ground.everyone, ground.drawn
    asks_value, asks_reach = ground.question.outcome, ground.question.channel
    total = drawn or everyone
    share = _share(counted.mass, total, everyone, effective_size(total.mass, total.squares))
    reach = [_customers(x, total, everyone) for x in (counted.agreed, counted.valid)]
    reached = _customers(counted.reached, total, everyone)
    return Answer(
        customers=_customers(counted.n, total, everyone),
        share=share,
        mass=share.times(everyone.mass),
        value=_value(counted, total, everyone) if asks_value else None,
        agreed=reach[0] if asks_reach else None,
        valid=reach[1] if asks_reach else None,
        reached=reached if asks_reach else None,
        n_asked=total.n,
        is_exact=drawn is None,
    )


def _customers(counted: float, total: Totals, everyone: Totals) -> Estimate:
    if total is everyone:
        return Estimate.exactly(counted)
    low, high = wilson(counted / total.n, _stretched(total.n, total, everyone))
    unseen = everyone.n - total.n
    return Estimate(
        counted / total.n * everyone.n,
        max(math.floor(low * everyone.n), counted),
        min(math.ceil(high * everyone.n), counted + unseen),
    )


def _share(mass: float, total: Totals, everyone: Totals, n: float) -> Estimate:
    if total.mass <= 0:
        return Estimate.exactly(math.nan)
    share = mass / total.mass
    if total is everyone:
        return Estimate.exactly(share)
    low, high = wilson(min(1.0, share), _stretched(n, total, everyone))
    return Estimate(share, low, high)


def _stretched(n: float, total: Totals, everyone: Totals) -> float:
    return n * (everyone.n - 1) / max(1, everyone.n - total.n)


def _value(counted: Counted, total: Totals, everyone: Totals) -> Estimate:
    if total is everyone:
        return Estimate.exactly(counted.value)
    n, scale = total.n, everyone.n / total.n
    spread = max(0.0, counted.value_squares - counted.value**2 / n) / max(1, n - 1)
    half = _Z95 * everyone.n * math.sqrt(spread / n * (1 - n / everyone.n))
    likely = counted.value * scale
    return Estimate(likely, likely - half, likely + half)


def of_market(share: Estimate, n_effective: float, low: float, high: float) -> Estimate:
    """Project a share onto a market of a size that is known between two bounds.

    The customers of the file count as a random sample of that market. The ends are the worst cases
    of both: the share's lower end of the smaller market, its upper end of the larger.

    Parameters
    ----------
    share : Estimate
        Of the customers in the file, in [0, 1].
    n_effective : float
        How many customers the share stands on: Kish's effective number.
    low, high : float
        Smallest and largest size of the market.

    Examples
    --------
    >>> found = of_market(Estimate.exactly(0.5), 100, 1000, 2000)
    >>> round(found.low), round(found.likely), round(found.high)
    (404, 750, 1192)
    """
    below, above = wilson(share.likely, n_effective)
    return Estimate(
        share.likely * (low + high) / 2, min(below, share.low) * low, max(above, share.high) * high
    )


def if_consent(answer: Answer, consent: float) -> Estimate | None:
    """Return whom a channel would reach if another share of them agreed.

    Parameters
    ----------
    answer : Answer
    consent : float
        Share of those who meet the filter, in [0, 1].

    Returns
    -------
    Estimate or None
        More consent brings new people with an address as often as those without consent have one;
        less takes people away evenly. None where no channel was asked for.
    """
    if answer.agreed is None or answer.valid is None or answer.reached is None:
        return None
    n, agreed = answer.customers.likely, answer.agreed.likely
    if n <= 0:
        return Estimate.exactly(0.0)
    now = agreed / n
    if consent <= now:
        return answer.reached.times(consent / now if now else 0.0)
    others = max(n - agreed, 1e-9)
    addressed = max(0.0, answer.valid.likely - answer.reached.likely) / others
    more = (consent - now) * n * addressed
    reached = answer.reached
    return Estimate(reached.likely + more, reached.low + more, reached.high + more)
