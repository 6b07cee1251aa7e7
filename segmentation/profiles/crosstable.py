"""A category against the segments: counts, what chance would give, and which cells stand out.

Enters: the facts of a profile about one category. Leaves: a :class:`CrossTable`. Refuses to count
customers without an answer, but says how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.profiles.facts import LevelFact, Profile

# Beyond it, chance alone puts one cell in twenty.
STANDS_OUT = 1.959963984540054
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class CrossTable:
    """Levels × segments of one category.

    Attributes
    ----------
    variable : str
    levels : tuple of (str or None)
        None gathers the levels beyond the twelve most frequent.
    observed : ndarray of shape (n_levels, k)
        Customers with an answer; with survey weights their weight, scaled so that all together
        are the effective number of customers.
    """

    variable: str
    levels: tuple[str | None, ...]
    observed: Numbers

    @property
    def expected(self) -> Numbers:
        """What each cell would have if the segments did not differ."""
        total = self.observed.sum()
        across = np.outer(self.observed.sum(axis=1), self.observed.sum(axis=0))
        return np.asarray(across / total) if total > 0 else across

    @property
    def residuals(self) -> Numbers:
        """Adjusted standardized residuals [1]_: normal with spread one if nothing differs.

        NaN where a level or a segment has nobody, or everybody.

        References
        ----------
        .. [1] Haberman (1973), The analysis of residuals in cross-classified tables, Biometrics
           29:205-220.
        """
        total = max(float(self.observed.sum()), 1e-12)
        rows = 1 - self.observed.sum(axis=1, keepdims=True) / total
        columns = 1 - self.observed.sum(axis=0, keepdims=True) / total
        variance = self.expected * rows * columns
        enough = variance > 1e-12
        away = self.observed - self.expected
        found = np.full_like(away, np.nan)
        found[enough] = away[enough] / np.sqrt(variance[enough])
        return found


def cross_table(described: Profile, variable: str) -> CrossTable:
    """Return the levels of a category against the segments.

    Parameters
    ----------
    described : Profile
    variable : str
        A category.

    Returns
    -------
    CrossTable
    """
    return tabulated([f for f in described.levels if f.variable == variable], described.k)


def tabulated(facts: Sequence[LevelFact], k: int) -> CrossTable:
    """Return the cross-table of one category from its facts, in their order."""
    levels = list(dict.fromkeys(fact.level for fact in facts))
    mass, squares = np.zeros((len(levels), k)), np.zeros(k)
    for fact in facts:
        mass[levels.index(fact.level), fact.segment] = fact.mass
    own = mass.sum(axis=0)
    for fact in facts:
        if fact.effective > 0:
            squares[fact.segment] = own[fact.segment] ** 2 / fact.effective
    scale = own.sum() / squares.sum() if squares.sum() > 0 else 1.0
    return CrossTable(facts[0].variable if facts else "", tuple(levels), mass * scale)
