"""How sure a share or a mean is: 95 % intervals on the effective number of customers.

Enters: a share or a mean with what stands behind it. Leaves: lower and upper bounds. Refuses an
interval where fewer than two customers stand behind a mean.
"""

from __future__ import annotations

import math

from scipy import special

_Z95 = 1.959963984540054
_TAIL = 0.975


def wilson(share: float, n: float) -> tuple[float, float]:
    """95 % score interval of a share (Wilson 1927).

    Parameters
    ----------
    share : float
        Observed, in [0, 1].
    n : float
        Effective sample size.

    Returns
    -------
    tuple of float
        Lower and upper bound in [0, 1].

    Examples
    --------
    >>> [round(bound, 3) for bound in wilson(0.5, 100)]
    [0.404, 0.596]
    """
    if n <= 0 or math.isnan(share):
        return 0.0, 1.0
    spread = _Z95**2 / n
    middle = (share + spread / 2) / (1 + spread)
    half = _Z95 * math.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def mean_interval(mean: float, sd: float, n: float) -> tuple[float, float]:
    """95 % interval of a mean by Student's t.

    Parameters
    ----------
    mean, sd : float
        Of the customers looked at; ``sd`` divides by their number, not by one less.
    n : float
        Effective sample size (sum of weights)² / sum of squared weights.

    Returns
    -------
    tuple of float
        Lower and upper bound; NaN where fewer than two customers stand behind it.

    Examples
    --------
    >>> [round(bound, 2) for bound in mean_interval(10.0, 2.0, 25)]
    [9.16, 10.84]
    """
    if not n >= 2 or math.isnan(mean):
        return math.nan, math.nan
    half = float(special.stdtrit(n - 1, _TAIL)) * sd / math.sqrt(n - 1)
    return mean - half, mean + half


def effective_size(mass: float, squares: float) -> float:
    """Kish's effective sample size, (sum of weights)² / sum of squared weights; 0 for nobody."""
    return mass * mass / squares if squares > 0 else 0.0
