"""What is judged: customers as the segments were formed from them, and how that is done again.

Enters: prepared customers and a sweep. Leaves: :class:`Market`. Refuses to hold a result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction import SolutionFamily
from segmentation.methods import Method, method_called


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Customers in the space of the fit.

    Attributes
    ----------
    values : ndarray of shape (n_customers, n_features)
        Canonical order, NaN in gaps.
    weights : ndarray of shape (n_customers,) or None
    groups : tuple of tuple of int
        The columns of each variable in this space.
    method : Method
        How segments are found in it.
    """

    values: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float64] | None
    groups: tuple[tuple[int, ...], ...]
    method: Method

    @classmethod
    def of(
        cls,
        values: npt.NDArray[np.float32],
        weights: npt.NDArray[np.float64] | None,
        groups: Sequence[tuple[int, ...]],
        family: SolutionFamily,
    ) -> Market:
        """Bring prepared customers into the space where a sweep found its solutions."""
        fitted = family.fitted(values)
        own = groups if family.space is None else [(i,) for i in range(fitted.shape[1])]
        return cls(fitted, weights, tuple(own), method_called(family.spec.method))

    def first(self, n: int) -> Market:
        """Return the first customers in canonical order."""
        weights = None if self.weights is None else self.weights[:n]
        return Market(self.values[:n], weights, self.groups, self.method)
