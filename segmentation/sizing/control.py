"""How many customers a test needs: those who are addressed, and those who are not.

Enters: a base rate and the lift that should be seen. Leaves: customers in each arm. Refuses rates
outside of what they can be.
"""

from __future__ import annotations

import math

from scipy import special


def control_size(base: float, lift: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Customers in each of two arms so that a lift is seen: 2 p (1 - p) (z + z)² / lift².

    Parameters
    ----------
    base : float
        Response rate without contact, in (0, 1).
    lift : float
        Difference in the rate that should be seen, above 0.
    alpha : float
        How often chance alone may look like a lift, two-sided.
    power : float
        How often a lift of that size is to be seen.

    Returns
    -------
    float
        Not rounded; infinite where the lift is 0 or the rate is 0 or 1.

    Examples
    --------
    >>> round(control_size(0.05, 0.01))
    7456
    """
    if not (0 < base < 1 and lift > 0):
        return math.inf
    z = float(special.ndtri(1 - alpha / 2) + special.ndtri(power))
    return 2 * base * (1 - base) * z * z / (lift * lift)
