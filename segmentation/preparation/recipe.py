"""The recipe: how basis variables become numbers that can be compared.

Enters: nothing. Leaves: ``Recipe``, part of a study. The defaults were chosen by benchmark (see
``docs/methods.md``) and are written into every saved study, so that a study keeps its numbers when
a default changes later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Scaling = Literal["unit", "range", "robust", "none"]
Collinear = Literal["keep", "weigh", "one"]
ResponseStyle = Literal["keep", "center"]


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
    scale : {"unit", "range", "robust", "none"}
        What makes variables comparable: the same variance; the same range; the same spread of the
        middle half; or nothing.
    collinear : {"keep", "weigh", "one"}
        Of variables that say nearly the same, ``keep``: each counts; ``weigh``: together they count
        about once; ``one``: only the best filled one counts.
    response_style : {"keep", "center"}
        ``center``: an answer to an item of a battery is taken as its difference from the mean of
        all answers that the same customer gave to the battery.
    emphasis : tuple of (str, float)
        How often a variable counts, by name; all others count once.
    """

    log_skew: float = 1.5
    fence_iqr: float = 3.0
    lump_share: float = 0.05
    missing: Literal["partial", "mean"] = "partial"
    battery_as_is: bool = True
    scale: Scaling = "unit"
    collinear: Collinear = "keep"
    response_style: ResponseStyle = "keep"
    emphasis: tuple[tuple[str, float], ...] = ()

    def counts(self, name: str) -> float:
        """Return how often a variable counts.

        Examples
        --------
        >>> Recipe(emphasis=(("visits", 2.0),)).counts("visits")
        2.0
        """
        return dict(self.emphasis).get(name, 1.0)

    def with_emphasis(self, emphasis: Mapping[str, float]) -> Recipe:
        """Return the recipe with other emphasis; a variable that counts once needs none."""
        pairs = sorted((name, factor) for name, factor in emphasis.items() if factor != 1.0)
        return replace(self, emphasis=tuple(pairs))
