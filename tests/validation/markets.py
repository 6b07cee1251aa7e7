"""Markets to judge, segmented by k-means."""

from collections.abc import Sequence

import numpy as np

from segmentation.methods import method_called
from segmentation.validation.market import Market


def market(
    values: np.ndarray,
    weights: np.ndarray | None = None,
    groups: Sequence[tuple[int, ...]] | None = None,
) -> Market:
    alone = [(i,) for i in range(values.shape[1])]
    return Market(values, weights, tuple(groups or alone), method_called("kmeans"))
