"""Gaps are filled with what the learning customers have on average."""

import numpy as np

from segmentation.gaps import filled_with_mean


def test_filling_keeps_complete_values_and_survives_a_column_without_any() -> None:
    whole = np.ones((3, 2), dtype=np.float32)
    assert filled_with_mean(whole, 3) is whole
    gappy = np.array([[1, np.nan], [3, np.nan], [np.nan, np.nan]], dtype=np.float32)
    assert filled_with_mean(gappy, 3).tolist() == [[1, 0], [3, 0], [2, 0]]
