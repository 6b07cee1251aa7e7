"""How sure a profit is: one figure after the other, and all at once.

Enters: programs and how far their figures may be off. Leaves: the swings of a tornado chart, or a
range from random draws. Refuses to draw without a seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from segmentation.money import FIGURES, Program, profit_of

DRAWS = 10_000
# How much the likely value weighs in the mean of a PERT distribution.
_PERT = 4.0


@dataclass(frozen=True, slots=True)
class Spread:
    """How low and how high a figure may turn out, as factors of its likely value."""

    low: float = 0.8
    high: float = 1.2

    @property
    def is_sound(self) -> bool:
        """Whether the likely value lies between both."""
        return 0 <= self.low <= 1 <= self.high < float("inf")


Spreads = Mapping[str, Spread]


@dataclass(frozen=True, slots=True)
class Swing:
    """The profit when one figure is at its low and at its high end and all others as likely."""

    figure: str
    low: float
    high: float

    @property
    def width(self) -> float:
        """How far apart both profits are."""
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True)
class Range:
    """Profit over many draws.

    Attributes
    ----------
    low, middle, high : float
        The 5 %, 50 % and 95 % points.
    loss : float
        Share of the draws that lose money.
    draws, seed : int
    counts : tuple of int
        Draws in each of the bins.
    edges : tuple of float
        Of the bins, one more than there are counts.
    """

    low: float
    middle: float
    high: float
    loss: float
    draws: int
    seed: int
    counts: tuple[int, ...]
    edges: tuple[float, ...]


def tornado(programs: Sequence[Program], spreads: Spreads) -> tuple[Swing, ...]:
    """Move one figure of all programs at a time; the largest swing first.

    Parameters
    ----------
    programs : sequence of Program
        Without flaws.
    spreads : mapping of str to Spread
        By figure; a figure that is not named is known.
    """
    swings = [
        Swing(
            figure,
            profit_of([_scaled(p, {figure: spreads[figure].low}) for p in programs]),
            profit_of([_scaled(p, {figure: spreads[figure].high}) for p in programs]),
        )
        for figure in FIGURES
        if figure in spreads
    ]
    return tuple(sorted(swings, key=lambda s: -s.width))


def profit_range(
    programs: Sequence[Program], spreads: Spreads, *, seed: int = 1, draws: int = DRAWS
) -> Range:
    """Draw all figures at once and look how the profit spreads.

    Each figure follows a PERT distribution over its low, likely and high value: a beta
    distribution with mean (low + 4 likely + high) / 6. One draw of a figure holds for all programs,
    as a good year is good for all. Response rates end at 1.

    Parameters
    ----------
    programs : sequence of Program
    spreads : mapping of str to Spread
    seed : int
        The same seed draws the same.
    draws : int

    Returns
    -------
    Range

    References
    ----------
    .. [1] Malcolm, Roseboom, Clark & Fazar (1959), Application of a technique for research and
       development program evaluation, Operations Research 7:646-669.
    """
    rng = np.random.default_rng(seed)
    factors = {figure: _pert(rng, spreads.get(figure), draws) for figure in FIGURES}
    profits = np.zeros(draws)
    for p in programs:
        response = np.minimum(p.response * factors["response"], 1.0)
        gain = (response - p.control) * p.margin * factors["margin"] - p.contact * factors[
            "contact"
        ]
        profits += p.people * factors["people"] * gain - p.fixed * factors["fixed"]
    low, middle, high = np.quantile(profits, [0.05, 0.5, 0.95])
    counts, edges = np.histogram(profits, bins=30)
    loss = float((profits < 0).mean())
    bins = (tuple(counts.tolist()), tuple(edges.tolist()))
    return Range(float(low), float(middle), float(high), loss, draws, seed, *bins)


def _pert(rng: np.random.Generator, spread: Spread | None, draws: int) -> np.ndarray:
    if spread is None or spread.high <= spread.low:
        rng.beta(1, 1, draws)  # every figure takes its draws: one more range moves no other
        return np.full(draws, 1.0 if spread is None else spread.low)
    width = spread.high - spread.low
    a = 1 + _PERT * (1 - spread.low) / width
    b = 1 + _PERT * (spread.high - 1) / width
    drawn: np.ndarray = spread.low + width * rng.beta(a, b, draws)
    return drawn


def _scaled(program: Program, factors: Mapping[str, float]) -> Program:
    changed = {figure: getattr(program, figure) * factor for figure, factor in factors.items()}
    if "response" in changed:
        changed["response"] = min(1.0, changed["response"])
    return replace(program, **changed)
