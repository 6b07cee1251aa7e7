"""Repeatable random columns for the sample tables.

What enters: a seed, a number of rows and the name of what is drawn. What leaves: one NumPy
array per name. It refuses to know which sample asks.

Every name has a stream of its own, so a new column leaves the existing ones as they were. All
values are derived from plain uniform numbers: the raw PCG64 stream is fixed for good, while NumPy
may change how its other distributions use it from one version to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

_HALF_STEP = 2.0**-54
"""Half the spacing of uniform numbers: keeps them away from 0, where the normal has no value."""


@dataclass(frozen=True, slots=True)
class Draws:
    """Named random columns of one length, the same on every machine.

    Parameters
    ----------
    seed : int
        Seed of the sample.
    n_rows : int
        Length of every column.

    Examples
    --------
    >>> draws = Draws(seed=1, n_rows=3)
    >>> bool((draws.uniform("age") == draws.uniform("age")).all())
    True
    """

    seed: int
    n_rows: int

    def uniform(self, name: str) -> FloatArray:
        """Numbers between 0 and 1, both excluded.

        Parameters
        ----------
        name : str
            Name of the stream, such as a column name.

        Returns
        -------
        FloatArray
            Array of shape (n_rows,).
        """
        sequence = np.random.SeedSequence([self.seed, crc32(name.encode())])
        return np.random.Generator(np.random.PCG64(sequence)).random(self.n_rows) + _HALF_STEP

    def normal(self, name: str) -> FloatArray:
        """Standard normal numbers, by inverting the distribution function.

        Parameters
        ----------
        name : str
            Name of the stream.

        Returns
        -------
        FloatArray
            Array of shape (n_rows,), mean 0 and standard deviation 1.
        """
        inverse = NormalDist().inv_cdf
        return np.array([inverse(level) for level in self.uniform(name).tolist()], dtype=np.float64)

    def flag(self, name: str, share: FloatArray | float) -> BoolArray:
        """Yes or no, true with the given probability.

        Parameters
        ----------
        name : str
            Name of the stream.
        share : FloatArray or float
            Probability of true, one for all rows or one for each.

        Returns
        -------
        BoolArray
            Array of shape (n_rows,).
        """
        return np.asarray(self.uniform(name) < share, dtype=np.bool_)

    def pick(self, name: str, weights: FloatArray) -> IntArray:
        """Index of one option for each row, drawn in proportion to its weight.

        Parameters
        ----------
        name : str
            Name of the stream.
        weights : FloatArray
            Non-negative weights of shape (n_options,), or (n_rows, n_options) where every row has
            its own.

        Returns
        -------
        IntArray
            Array of shape (n_rows,), values 0 to n_options - 1.
        """
        bounds = np.cumsum(np.atleast_2d(weights), axis=1)
        levels = self.uniform(name)[:, None] * bounds[:, -1:]
        return np.asarray((levels >= bounds[:, :-1]).sum(axis=1), dtype=np.int64)

    def order(self, name: str) -> IntArray:
        """The row numbers 0 to n_rows - 1 in random order.

        Parameters
        ----------
        name : str
            Name of the stream.

        Returns
        -------
        IntArray
            Permutation of shape (n_rows,).
        """
        return np.asarray(np.argsort(self.uniform(name), kind="stable"), dtype=np.int64)
