"""Whether the segments differ in a variable at all: tests, effect sizes, and how many were tested.

Enters: a profile. Leaves: an :class:`Association` for each variable. Refuses to test what formed
the segments: they differ there because they were made so. Everything is worked out from the
profile's counts, means and spreads; nobody is fetched.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

import numpy as np
from scipy import stats

from segmentation.profiles.crosstable import tabulated
from segmentation.profiles.facts import LevelFact, NumberFact, Profile
from segmentation.profiles.intervals import effective_size

# Below this expected count in a cell the chi-squared distribution is a rough guide (Cochran 1954).
SMALL_EXPECTED = 5.0
# Cohen (1988), Statistical power analysis for the behavioral sciences: small, medium, large.
ETA_SQUARED, CRAMERS_V = (0.01, 0.06, 0.14), (0.1, 0.3, 0.5)
LEVEL = 0.05
Fact = TypeVar("Fact", NumberFact, LevelFact)


class Test(StrEnum):
    """How it was tested."""

    __test__ = False  # not a case of the test suite, whatever its name

    CHI_SQUARED = "chi-squared"
    ANOVA = "anova"


@dataclass(frozen=True, slots=True)
class Association:
    """How much a variable goes with the segments.

    Attributes
    ----------
    variable : str
    test : Test
        Chi-squared for categories, one-way analysis of variance for numbers.
    statistic : float
        Chi-squared, or F; NaN where it cannot be worked out.
    df : (int, int)
        Degrees of freedom; the second is 0 for chi-squared.
    p_value : float
        Of this test alone.
    adjusted : float
        Among all that were tested (Holm [1]_); equal to ``p_value`` where one was.
    effect : float
        Eta squared (share of the variance between segments), or Cramer's V; in [0, 1].
    n, n_missing : int
        Customers with a value, and without.
    is_rough : bool
        Whether an expected count is below 5, so that p is a rough guide only.

    References
    ----------
    .. [1] Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian
       Journal of Statistics 6:65-70.
    """

    variable: str
    test: Test
    statistic: float
    df: tuple[int, int]
    p_value: float
    adjusted: float
    effect: float
    n: int
    n_missing: int
    is_rough: bool = False

    @property
    def strength(self) -> int:
        """0 negligible, 1 small, 2 medium, 3 large, by Cohen's conventions."""
        bounds = ETA_SQUARED if self.test is Test.ANOVA else CRAMERS_V
        return sum(self.effect >= bound for bound in bounds)

    @property
    def differs(self) -> bool:
        """Whether the segments differ beyond chance, all tests together."""
        return self.adjusted < LEVEL


def associations(described: Profile) -> tuple[Association, ...]:
    """Test every variable that did not form the segments.

    Parameters
    ----------
    described : Profile

    Returns
    -------
    tuple of Association
        Strongest first: by strength, then by effect.

    Notes
    -----
    With survey weights, shares and means are weighted, and the tests count as many customers as the
    effective sample size: the first-order correction of Kish [1]_, by the variance of the weights
    alone.

    References
    ----------
    .. [1] Kish (1965), Survey sampling, Wiley.
    """
    everybody = sum(size.n for size in described.sizes)
    numbers, levels = _by_variable(described.numbers), _by_variable(described.levels)
    outside = [name for name in dict.fromkeys([*numbers, *levels]) if name not in described.basis]
    found = [
        _of_numbers(numbers[name], everybody)
        if name in numbers and name not in levels
        else _of_levels(levels[name], described.k, everybody)
        for name in outside
    ]
    return tuple(
        sorted(adjusted_by_holm(found), key=lambda a: (-a.strength, -a.effect, a.variable))
    )


def _by_variable(facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.variable, []).append(fact)
    return found


def _of_numbers(facts: Sequence[NumberFact], everybody: int) -> Association:
    """One-way analysis of variance from each segment's count, mean and spread."""
    held = [fact for fact in facts if fact.n > 0]
    n, groups = sum(fact.n for fact in held), len(held)
    missing = everybody - n
    mass = np.array([fact.mass for fact in held])
    effective = effective_size(
        float(mass.sum()), float(sum(f.mass**2 / f.effective for f in held if f.effective > 0))
    )
    mass = mass * (effective / mass.sum()) if mass.sum() > 0 else mass
    means, spreads = np.array([f.mean for f in held]), np.array([f.sd for f in held])
    overall = float(mass @ means / effective) if effective > 0 else math.nan
    between = float(mass @ (means - overall) ** 2)
    within = float(mass @ spreads**2)
    df = (groups - 1, round(effective) - groups)
    if groups < 2 or df[1] < 1 or within + between <= 0:
        return Association(facts[0].variable, Test.ANOVA, math.nan, df, 1.0, 1.0, 0.0, n, missing)
    ratio = (between / df[0]) / (within / df[1]) if within > 0 else math.inf
    p_value = float(stats.f.sf(ratio, *df))
    effect = between / (between + within)
    return Association(
        facts[0].variable, Test.ANOVA, ratio, df, p_value, p_value, effect, n, missing
    )


def _of_levels(facts: Sequence[LevelFact], k: int, everybody: int) -> Association:
    """Chi-squared of levels by segments; levels beyond the twelve most frequent count as one."""
    counts = tabulated(facts, k).observed
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    n, effective = sum(fact.n for fact in facts), float(counts.sum())
    rows, columns = counts.shape
    name, df = facts[0].variable, (max(rows - 1, 0) * max(columns - 1, 0), 0)
    if not df[0]:
        return Association(name, Test.CHI_SQUARED, math.nan, df, 1.0, 1.0, 0.0, n, everybody - n)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / effective
    statistic = float(((counts - expected) ** 2 / expected).sum())
    p_value = float(stats.chi2.sf(statistic, df[0]))
    effect = math.sqrt(statistic / (effective * (min(rows, columns) - 1)))
    rough = bool(expected.min() < SMALL_EXPECTED)
    return Association(
        name, Test.CHI_SQUARED, statistic, df, p_value, p_value, effect, n, everybody - n, rough
    )


def adjusted_by_holm(found: Sequence[Association]) -> list[Association]:
    """Adjust the p-values for how many tests there were (Holm 1979).

    Parameters
    ----------
    found : sequence of Association

    Returns
    -------
    list of Association
        In the same order.
    """
    order = sorted(range(len(found)), key=lambda i: found[i].p_value)
    adjusted, reached = [0.0] * len(found), 0.0
    for rank, i in enumerate(order):
        reached = max(reached, min(1.0, (len(found) - rank) * found[i].p_value))
        adjusted[i] = reached
    return [replace(each, adjusted=p) for each, p in zip(found, adjusted, strict=True)]
