"""Tables with a known answer."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from sklearn.datasets import load_iris


@pytest.fixture(scope="session")
def iris() -> npt.NDArray[np.float32]:
    """The flowers as measured, 150 × 4."""
    return load_iris().data.astype(np.float32)


@pytest.fixture(scope="session")
def vacmot(shared_data: Path) -> npt.NDArray[np.float32]:
    """The yes/no items of the vacation motives, 1,000 × 20."""
    table = pd.read_csv(shared_data / "vacmot_with_descriptors.csv")
    items = [name for name in table if set(table[name].dropna().unique()) <= {0, 1}]
    return table[items[:20]].to_numpy(np.float32)
