"""Opens tiny tables; see ``markets.py`` for what is in them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from segmentation.engine import DuckSession
from segmentation.intake import Condition, Decision, open_customers, read_file
from segmentation.variables import Role, VariableChoice, resolve, suggest
from tests.geography.markets import LABELS, Market, OpenMarket, scattered

# Said, not suggested: a column with impossible coordinates is not suggested as one.
AS_COORDINATES = {
    name: VariableChoice(role=Role.LOCATION, detail=name) for name in ("latitude", "longitude")
}


@pytest.fixture
def open_market(tmp_path: Path) -> OpenMarket:
    """Open a frame as a customer file; its column ``segment`` becomes the labels instead."""
    opened = 0

    def opening(
        frame: pd.DataFrame,
        *,
        conditions: Sequence[Condition] = (),
        choices: dict[str, VariableChoice] | None = None,
        decisions: dict[str, Decision] | None = None,
    ) -> Market:
        nonlocal opened
        opened += 1
        folder = tmp_path / f"visit{opened}"
        session = DuckSession(folder)
        path = folder / "customers.csv"
        frame.drop(columns="segment").to_csv(path, index=False)
        raw = read_file(session, path, path.name)
        table = open_customers(raw, decisions=decisions, conditions=conditions)
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
        return Market(table, resolve(suggest(table), AS_COORDINATES | (choices or {})))

    return opening


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
