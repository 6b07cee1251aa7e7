"""Opens tiny tables of customers with places."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from segmentation.engine import DuckSession
from segmentation.intake import CustomerTable, open_customers, read_file

Opening = Callable[[pd.DataFrame], CustomerTable]


@pytest.fixture
def open_table(tmp_path: Path) -> Opening:
    """Open a frame as a customer file."""

    def opening(frame: pd.DataFrame) -> CustomerTable:
        session = DuckSession(tmp_path / "visit")
        path = tmp_path / "visit" / "customers.csv"
        frame.to_csv(path, index=False)
        return open_customers(read_file(session, path, path.name))

    return opening
