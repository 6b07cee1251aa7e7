"""Shadow values and gorges say how near customers are to the border of their segment."""

import numpy as np

from segmentation.validation import borders

CENTERS = np.array([[0.0, 0.0], [10.0, 0.0]])


def test_at_the_center_there_is_no_shadow_and_on_the_border_a_full_one() -> None:
    values = np.array([[0, 0], [0, 0], [10, 0], [5.001, 0]], dtype=np.float32)
    shadows = borders(values, CENTERS).shadows
    assert np.isclose(shadows[0], 0)
    assert np.isclose(shadows[1], 0.5, atol=1e-3)


def test_separate_segments_leave_a_gorge() -> None:
    rng = np.random.default_rng(1)
    apart = rng.normal(size=(400, 2)) + np.repeat(CENTERS, 200, axis=0)
    found = borders(apart.astype(np.float32), CENTERS)
    assert np.allclose(found.similarities.sum(axis=1), 1)
    assert found.similarities[:, [0, -1]].sum(axis=1).min() > 0.95
    between = borders(rng.uniform([4, -1], [6, 1], (400, 2)).astype(np.float32), CENTERS)
    assert between.similarities[:, [0, -1]].sum(axis=1).max() < 0.2


def test_gaps_and_empty_segments_are_no_failure() -> None:
    values = np.array([[0, np.nan], [1, 0]], dtype=np.float32)
    shadows = borders(values, CENTERS).shadows
    assert shadows[0] < 0.3
    assert np.isnan(shadows[1])
