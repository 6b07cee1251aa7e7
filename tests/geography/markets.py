"""Tiny real tables with places, and the labels of a solution beside them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segmentation.geography import Places, places_of
from segmentation.intake import CustomerTable
from segmentation.variables import Variable

LABELS = "labels_x"


@dataclass(frozen=True)
class Market:
    """An opened table, what its columns are for, and where its labels are."""

    table: CustomerTable
    variables: tuple[Variable, ...]
    labels: str = LABELS

    @property
    def places(self) -> Places:
        return places_of(self.variables)

    def variable(self, name: str) -> Variable:
        return next(v for v in self.variables if v.name == name)

    def key(self, name: str) -> str:
        return self.table.column(name).key


OpenMarket = Callable[..., Market]


def scattered(n: int = 600, k: int = 3, seed: int = 1) -> pd.DataFrame:
    """Customers around three towns, of ``k`` segments; each town has a favourite."""
    rng = np.random.default_rng(seed)
    town = rng.integers(0, 3, n)
    segment = np.where(rng.random(n) < 0.5, town % k, rng.integers(0, k, n))
    return pd.DataFrame(
        {
            "latitude": (np.array([48.1, 52.5, 40.4])[town] + rng.normal(0, 0.1, n)).round(4),
            "longitude": (np.array([11.6, 13.4, -3.7])[town] + rng.normal(0, 0.1, n)).round(4),
            "city": np.array(["Munich", "Berlin", "Madrid"])[town],
            "spend": rng.gamma(2.0, 50.0, n).round(2),
            "survey_weight": rng.uniform(0.2, 3.0, n).round(3),
            "segment": segment,
        }
    )
