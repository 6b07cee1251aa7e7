"""Customers who belong to planted segments and differ from their segment as people do.

What enters: random draws, the planted segment of every customer and a table of traits. What
leaves: one array of values per trait. It refuses to know which columns a sample has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sample_data.draws import Draws, FloatArray, IntArray


def planted_segments(draws: Draws, shares: tuple[float, ...]) -> IntArray:
    """Planted segment of every customer, in an order that tells nothing.

    Parameters
    ----------
    draws : Draws
        Stream ``segment`` is used.
    shares : tuple of float
        Size of each segment as a share of all customers; they add up to 1.

    Returns
    -------
    IntArray
        Segment number from 0, of shape (n_rows,); the sizes are the shares, rounded.

    Examples
    --------
    >>> sorted(planted_segments(Draws(seed=1, n_rows=4), (0.75, 0.25)).tolist())
    [0, 0, 0, 1]
    """
    bounds = np.round(np.cumsum(shares) * draws.n_rows)
    return np.asarray(np.searchsorted(bounds, draws.order("segment"), side="right"), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Trait:
    """How the segments differ in one respect, and how much their customers vary.

    Parameters
    ----------
    typical : tuple of float
        Middle value of each segment, in the unit of the column.
    spread : float or tuple of float
        Standard deviation inside the segments, one for all or one for each: of the value itself,
        of its logarithm or of its log-odds, according to the method of `People` that reads it.
    zest : float
        Correlation, inside a segment, with the customer's liveliness. It ties columns together:
        a lively customer visits, opens and orders more than the others of the same segment.
    """

    typical: tuple[float, ...]
    spread: float | tuple[float, ...]
    zest: float = 0.0


@dataclass(frozen=True, slots=True)
class People:
    """Who the customers are, before anything is written down about them.

    Parameters
    ----------
    draws : Draws
        Source of every column.
    segment : IntArray
        Planted segment, from 0, of shape (n_rows,).
    traits : Mapping of str to Trait
        Respects in which the segments differ.
    """

    draws: Draws
    segment: IntArray
    traits: Mapping[str, Trait]

    def each(self, values: tuple[float, ...]) -> FloatArray:
        """Give every customer the value of its segment.

        Parameters
        ----------
        values : tuple of float
            One value per segment.

        Returns
        -------
        FloatArray
            Array of shape (n_rows,).
        """
        return np.array(values, dtype=np.float64)[self.segment]

    def zest(self) -> FloatArray:
        """Liveliness of every customer compared with the segment's others, standard normal.

        Returns
        -------
        FloatArray
            Array of shape (n_rows,).
        """
        return self.draws.normal("zest")

    def around(self, name: str) -> FloatArray:
        """Values of a trait that vary evenly around what is typical of the segment.

        Parameters
        ----------
        name : str
            Name of the trait.

        Returns
        -------
        FloatArray
            Array of shape (n_rows,), in the unit of the trait.
        """
        return self.each(self.traits[name].typical) + self._scatter(name)

    def positive(self, name: str) -> FloatArray:
        """Values of a trait that are above zero and vary by a factor, hence skewed.

        Parameters
        ----------
        name : str
            Name of the trait.

        Returns
        -------
        FloatArray
            Array of shape (n_rows,), in the unit of the trait.
        """
        return self.each(self.traits[name].typical) * np.exp(self._scatter(name))

    def share(self, name: str) -> FloatArray:
        """Values of a trait that lie between 0 and 1 and vary in their log-odds.

        Parameters
        ----------
        name : str
            Name of the trait.

        Returns
        -------
        FloatArray
            Array of shape (n_rows,).
        """
        typical = self.each(self.traits[name].typical)
        return typical / (typical + (1 - typical) * np.exp(-self._scatter(name)))

    def _scatter(self, name: str) -> FloatArray:
        trait = self.traits[name]
        own = self.draws.normal(name)
        if trait.zest:
            own = trait.zest * self.zest() + np.sqrt(1 - trait.zest**2) * own
        if isinstance(trait.spread, tuple):
            return self.each(trait.spread) * own
        return trait.spread * own
