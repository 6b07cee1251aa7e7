"""How sure a profit is: one figure after the other, and all at once.

Enters: programs and how far their figures may be off. Leaves: the swings of a tornado chart, or a
range from random draws. Refuses to draw without a seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

from segmentation.money import FIGURES, Program, profit_of

Draws = npt.NDArray[np.float64]

DRAWS = 10_000
# How much the likely value weighs in the mean of a PERT distribution.
_PERT = 4.0
_BINS = 30


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
OwnSpreads = Mapping[str, Spreads]


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


def tornado(
    programs: Sequence[Program], spreads: Spreads, own: OwnSpreads | None = None
) -> tuple[Swing, ...]:
    """Move one figure of all programs at a time; the largest swing first.

    Parameters
    ----------
    programs : sequence of Program
        Without flaws.
    spreads : mapping of str to Spread
        By figure; a figure that is not named is known.
    own : mapping of str to mapping, optional
        Of single programs, by label; they come before ``spreads``.
    """
    ranged = [(program, spreads_of(program, spreads, own)) for program in programs]

    def at(figure: str, end: str) -> float:
        return profit_of([_at_end(program, ranges, figure, end) for program, ranges in ranged])

    swings = [
        Swing(figure, at(figure, "low"), at(figure, "high"))
        for figure in FIGURES
        if any(figure in ranges for _, ranges in ranged)
    ]
    return tuple(sorted(swings, key=lambda s: -s.width))


def spreads_of(program: Program, spreads: Spreads, own: OwnSpreads | None = None) -> Spreads:
    """Return how far the figures of one program may be off, by figure."""
    return {**spreads, **(own or {}).get(program.label, {})}


def _at_end(program: Program, ranges: Spreads, figure: str, end: str) -> Program:
    factor = getattr(ranges[figure], end) if figure in ranges else 1.0
    return _scaled(program, {figure: factor})


def profit_range(
    programs: Sequence[Program],
    spreads: Spreads,
    own: OwnSpreads | None = None,
    *,
    seed: int = 1,
    draws: int = DRAWS,
) -> Range:
    """Draw all figures at once and look how the profit spreads.

    Each figure follows a PERT distribution over its low, likely and high value: a beta
    distribution with mean (low + 4 likely + high) / 6. One draw of a figure holds for all programs,
    as a good year is good for all: it is the same quantile of each program's own distribution.
    Response rates end at 1.

    Parameters
    ----------
    programs : sequence of Program
    spreads : mapping of str to Spread
    own : mapping of str to mapping, optional
        Of single programs, by label; they come before ``spreads``.
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
    levels = {figure: rng.random(draws) for figure in FIGURES}
    drawn: dict[tuple[str, Spread | None], Draws] = {}
    profits = np.zeros(draws)
    for p in programs:
        ranges, f = spreads_of(p, spreads, own), {}
        for figure in FIGURES:
            key = (figure, ranges.get(figure))
            if key not in drawn:
                drawn[key] = _pert(levels[figure], key[1])
            f[figure] = drawn[key]
        uplift = np.minimum(p.response * f["response"], 1.0) - p.control
        gain = uplift * p.margin * f["margin"] - p.contact * f["contact"]
        profits += p.people * f["people"] * gain - p.fixed * f["fixed"]
    low, middle, high = np.quantile(profits, [0.05, 0.5, 0.95])
    counts, edges = np.histogram(profits, bins=_edges(float(profits.min()), float(profits.max())))
    loss = float((profits < 0).mean())
    bins = (tuple(counts.tolist()), tuple(edges.tolist()))
    return Range(float(low), float(middle), float(high), loss, draws, seed, *bins)


def _edges(low: float, high: float) -> Draws:
    """Return the edges of thirty bins, wide enough to tell one from the next."""
    least = 1e-9 * max(abs(low), abs(high), 1.0)
    return np.linspace(low, max(high, low + least), _BINS + 1)


def _pert(levels: Draws, spread: Spread | None) -> Draws:
    """Return the factors at these quantiles; 1 of a figure that is known."""
    if spread is None or spread.high <= spread.low:
        return np.full(len(levels), 1.0 if spread is None else spread.low)
    width = spread.high - spread.low
    a = 1 + _PERT * (1 - spread.low) / width
    b = 1 + _PERT * (spread.high - 1) / width
    factors: Draws = spread.low + width * betaincinv(a, b, levels)
    return factors


def _scaled(program: Program, factors: Mapping[str, float]) -> Program:
    changed = {figure: getattr(program, figure) * factor for figure, factor in factors.items()}
    if "response" in changed:
        changed["response"] = min(1.0, changed["response"])
    return replace(program, **changed)
