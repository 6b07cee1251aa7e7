"""Tiny real tables with places, and the labels of a solution beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from segmentation.engine import DuckSession
from segmentation.geography import Places, places_of
from segmentation.intake import Condition, CustomerTable, Kind, open_customers, read_file
from segmentation.variables import Variable, VariableChoice, resolve, suggest

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


@pytest.fixture
def open_market(tmp_path: Path) -> OpenMarket:
    """Open a frame as a customer file; its column ``segment`` becomes the labels instead."""
    opened = 0

    def opening(
        frame: pd.DataFrame,
        *,
        conditions: Sequence[Condition] = (),
        choices: dict[str, VariableChoice] | None = None,
        kinds: dict[str, Kind] | None = None,
    ) -> Market:
        nonlocal opened
        opened += 1
        folder = tmp_path / f"visit{opened}"
        session = DuckSession(folder)
        path = folder / "customers.csv"
        frame.drop(columns="segment").to_csv(path, index=False)
        raw = read_file(session, path, path.name)
        table = open_customers(raw, kinds=kinds, conditions=conditions)
        labelled = frame["segment"].notna().to_numpy()
        session.put(
            LABELS,
            pa.table(
                {
                    "__row": np.flatnonzero(labelled),
                    "segment": frame["segment"].to_numpy()[labelled].astype(np.int16),
                }
            ),
        )
        return Market(table, resolve(suggest(table), choices or {}))

    return opening


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


@pytest.fixture
def customers() -> pd.DataFrame:
    """Six hundred customers around three towns, all with coordinates."""
    return scattered()


@pytest.fixture
def gaps() -> pd.DataFrame:
    """Customers of whom some cannot be on a map: 3 + 2 + 4 + 5 of them, in this order."""
    frame = scattered().astype({"segment": "float64"})
    frame.loc[[0, 1], "latitude"] = np.nan
    frame.loc[[2], "longitude"] = np.nan
    frame.loc[[10], "latitude"] = 95.5
    frame.loc[[11], "longitude"] = -181.25
    frame.loc[20:23, ["latitude", "longitude"]] = 0.0
    frame.loc[30:34, "segment"] = np.nan
    frame.loc[[0, 10, 20], "segment"] = np.nan
    return frame
