"""The recipe: how basis variables become numbers that can be compared.

Enters: nothing. Leaves: ``Recipe``, part of a study. The defaults were chosen by benchmark (see
``docs/methods.md``) and are written into every saved study, so that a study keeps its numbers when
a default changes later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Recipe:
    """Decisions about preparation.

    Attributes
    ----------
    log_skew : float
        Non-negative numbers with a skewness above this are replaced by log(1 + x).
    fence_iqr : float
        Numbers beyond this many interquartile ranges outside the quartiles are moved to that fence.
    lump_share : float
        Levels held by less than this share are lumped into "other", in [0, 1).
    missing : {"partial", "mean"}
        ``partial``: a customer is placed by the answers given (k-POD); ``mean``: a gap is filled
        with the variable's mean.
    battery_as_is : bool
        Whether items on one common scale are used as they are.
    """

    log_skew: float = 1.5
    fence_iqr: float = 3.0
    lump_share: float = 0.05
    missing: Literal["partial", "mean"] = "partial"
    battery_as_is: bool = True
