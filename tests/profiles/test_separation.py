"""The plane of the largest differences, against scikit-learn's principal components."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from segmentation.profiles import separation
from segmentation.profiles.separation import POINTS_SHOWN

RNG = np.random.default_rng(4)
N = 3_000
LABELS = RNG.integers(0, 3, N).astype(np.int16)
MIDDLES = np.array([[0, 0, 0, 0], [6, 0, 0, 0], [0, 5, 0, 0]])
VALUES = (RNG.normal(size=(N, 4)) + MIDDLES[LABELS]).astype(np.float32)


def test_the_plane_is_that_of_the_principal_components() -> None:
    found = separation(VALUES, LABELS, 3)
    expected = PCA(2).fit(VALUES.astype(float))
    assert found.kept == pytest.approx(expected.explained_variance_ratio_, rel=1e-6)
    assert np.abs(found.arrows.T) == pytest.approx(np.abs(expected.components_), abs=1e-6)
    scores = expected.transform(VALUES[:POINTS_SHOWN].astype(float))
    assert np.abs(found.points) == pytest.approx(np.abs(scores), abs=1e-4)


def test_everybody_counts_although_few_are_drawn() -> None:
    found = separation(VALUES, LABELS, 3)
    assert (found.n, len(found.points)) == (N, POINTS_SHOWN)
    assert 0.98 * N < found.counts.sum() <= N
    for segment in range(3):
        assert len(found.outlines[segment]) >= 4
        assert (found.outlines[segment][0] == found.outlines[segment][-1]).all()


def test_the_same_customers_are_drawn_every_time() -> None:
    once, again = (separation(VALUES, LABELS, 3) for _ in range(2))
    assert (once.points == again.points).all()


def test_a_space_of_the_fit_is_told_in_the_variables() -> None:
    turned, _ = np.linalg.qr(RNG.normal(size=(4, 4)))
    straight = separation(VALUES, LABELS, 3)
    found = separation((VALUES @ turned).astype(np.float32), LABELS, 3, axes=turned)
    assert np.abs(found.arrows) == pytest.approx(np.abs(straight.arrows), abs=1e-4)


def test_weights_move_the_plane_as_copies_do() -> None:
    weights = 1.0 + (LABELS == 1)
    copies = np.repeat(np.arange(N), weights.astype(int))
    weighed = separation(VALUES, LABELS, 3, weights)
    copied = separation(VALUES[copies], LABELS[copies], 3)
    assert weighed.kept == pytest.approx(copied.kept, rel=1e-9)


SMALL = {
    "one customer": (np.ones((1, 2)), [0]),
    "one column": (np.arange(8.0)[:, None], [0, 0, 0, 0, 1, 1, 1, 1]),
    "all alike": (np.ones((9, 3)), [0] * 5 + [1] * 4),
    "on one line": (np.arange(20.0)[:, None] * [1.0, 2.0], [0] * 10 + [1] * 10),
    "nobody in the second": (np.eye(6), [0] * 6),
    "all gaps in a column": (np.column_stack([np.arange(6.0), np.full(6, np.nan)]), [0, 1] * 3),
}


@pytest.mark.parametrize("name", SMALL)
def test_what_has_no_plane_is_drawn_without_one(name: str) -> None:
    values, labels = SMALL[name]
    found = separation(values.astype(np.float32), np.array(labels, dtype=np.int16), 2)
    assert all(0 <= share <= 1 for share in found.kept)
    assert np.isfinite(found.points).all()
    assert len(found.strongest) <= values.shape[1]
