"""The hold-out: customers who are not addressed, so that the effect of addressing is seen.

Enters: an audience, a base rate and the lift that should be seen. Leaves: the share of all draws
that is held out. Refuses to hold out more than half: the other arm has to be as large.

Every customer draws a number in [0, 1) from a seed and the customer's id, and is held out when it
is below the share. With the same share and seed a customer therefore stays held out in every file,
whichever platform and segments it is for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from segmentation.audiences.building import Audience
from segmentation.engine.duck import quoted
from segmentation.errors import BadHoldOut
from segmentation.sizing import control_size

# Shares are rounded up to so many parts, so that they can be typed in again.
PARTS = 10_000
MOST = 0.5
# Of every draw, so that a customer stays held out in all files of all visits.
SEED = 1


@dataclass(frozen=True, slots=True)
class HoldOut:
    """Who is held out of an audience.

    Attributes
    ----------
    share : float
        Of all draws, in [0, 0.5].
    needed : int
        Customers in each arm so that the lift is seen; 0 where a share was given.
    held : int
        People of the audience below the share.
    lift : float
        The smallest lift that will be seen with so many in each arm; infinite with nobody held.
    """

    share: float
    needed: int
    held: int
    lift: float

    @property
    def suffices(self) -> bool:
        """Whether as many are held out as are needed."""
        return self.held >= self.needed


def planned(audience: Audience, base: float, lift: float) -> HoldOut:
    """Hold out as many people as are needed to see a lift, at most half of them.

    Parameters
    ----------
    audience : Audience
    base : float
        Response rate without contact, in (0, 1).
    lift : float
        Difference in the rate that should be seen, in (0, 1).

    Returns
    -------
    HoldOut

    Raises
    ------
    BadHoldOut
        When one of them cannot be.
    """
    if not (0 < base < 1 and 0 < lift < 1):
        raise BadHoldOut(base=base, lift=lift)
    needed = math.ceil(control_size(base, lift))
    wanted = min(needed, audience.people // 2)
    return _held(audience, _share_of(audience, wanted), needed, base)


def repeated(audience: Audience, share: float, base: float) -> HoldOut:
    """Hold out by the share of an earlier file.

    Parameters
    ----------
    audience : Audience
    share : float
        In [0, 0.5].
    base : float
        Response rate without contact, in (0, 1).

    Raises
    ------
    BadHoldOut
        When the share or the rate cannot be.
    """
    if not (0 <= share <= MOST and 0 < base < 1):
        raise BadHoldOut(base=base, lift=share)
    return _held(audience, share, 0, base)


def _share_of(audience: Audience, wanted: int) -> float:
    """The smallest share, to four places, below which so many people's draws lie."""
    if wanted <= 0:
        return 0.0
    sql = f"SELECT draw FROM {quoted(audience.name)} ORDER BY draw LIMIT 1 OFFSET {wanted - 1}"
    last = float(audience.table.session.rows(sql)[0]["draw"])
    return min(MOST, (math.floor(last * PARTS) + 1) / PARTS)


def _held(audience: Audience, share: float, needed: int, base: float) -> HoldOut:
    where = f"draw < {share!r}"
    sql = f"SELECT count(*) FILTER ({where}) AS n FROM {quoted(audience.name)}"
    held = int(audience.table.session.rows(sql)[0]["n"])
    return HoldOut(share, needed, held, seen_lift(held, base))


def seen_lift(n: int, base: float) -> float:
    """Return the smallest lift that is seen with ``n`` people in each of two arms.

    The inverse of :func:`~segmentation.sizing.control_size`.

    Examples
    --------
    >>> round(seen_lift(7456, 0.05), 4)
    0.01
    """
    if n <= 0:
        return math.inf
    return math.sqrt(control_size(base, 1.0) / n)
