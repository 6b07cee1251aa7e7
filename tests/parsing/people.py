"""A few people, and files of them as statistical programs write them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

PEOPLE = pd.DataFrame(
    {
        "sex": [1.0, 2.0, 9.0, np.nan],
        "name": ["Ann", "李雷", "", "Bo"],
        "spend": [1.5, 1e6, np.nan, 0.1],
        "joined": [dt.date(2024, 1, 2), None, dt.date(1899, 12, 31), dt.date(2024, 12, 31)],
        "seen": pd.to_datetime(
            ["2024-01-02 10:30:00", None, "2024-01-02 00:00:00", "2024-01-02 10:30:01"]
        ),
    }
)
EXPECTED = [
    ("1", "Ann", "1.5", "2024-01-02", "2024-01-02 10:30:00"),
    ("2", "李雷", "1000000", None, None),
    ("9", None, None, "1899-12-31", "2024-01-02"),
    (None, "Bo", "0.1", "2024-12-31", "2024-01-02 10:30:01"),
]
SEX = {2.0: "female", 1.0: "male", 9.0: "no answer"}


def written(
    folder: Path, write: Callable[..., Any], frame: pd.DataFrame = PEOPLE, **more: Any
) -> bytes:
    path = folder / "made"
    write(frame, str(path), **more)
    return path.read_bytes()
