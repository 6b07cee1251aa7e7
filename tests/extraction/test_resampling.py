"""Resamples solved together are solved as well as each alone, and a drawn row counts as often."""

import numpy as np
from sklearn.cluster import KMeans

from segmentation.extraction.points import collapse
from segmentation.extraction.resampling import drawn_weights, fit_resamples

RNG = np.random.default_rng(5)
SHARES = RNG.choice([0.2, 0.8], (4, 12))
VALUES = (RNG.random((400, 12)) < SHARES[RNG.integers(0, 4, 400)]).astype(np.float32)
POINTS = collapse(VALUES)


def test_a_sample_draws_as_many_customers_as_there_are() -> None:
    drawn = drawn_weights(POINTS, 20, np.random.default_rng(1))
    assert drawn.shape == (20, POINTS.n_distinct)
    assert (drawn.sum(axis=1) == 400).all()
    assert abs(float(drawn[:, 0].mean()) - float(POINTS.weights[0])) < 1


def test_resamples_are_solved_as_well_as_by_scikit_learn() -> None:
    rng = np.random.default_rng(2)
    drawn = drawn_weights(POINTS, 12, rng)
    ours = fit_resamples(POINTS, drawn, 4, restarts=50, rng=rng).objective
    theirs = [
        KMeans(4, n_init=50, random_state=b).fit(POINTS.values, sample_weight=w).inertia_
        for b, w in enumerate(drawn)
    ]
    assert ours.sum() <= 1.002 * sum(theirs)


def test_a_weight_is_as_many_rows() -> None:
    weights = np.random.default_rng(3).integers(0, 3, (1, POINTS.n_distinct)).astype(np.float32)
    rows = np.repeat(POINTS.values, weights[0].astype(int), axis=0)
    again = collapse(rows)
    for k in (2, 3):
        one = fit_resamples(POINTS, weights, k, restarts=60, rng=np.random.default_rng(4))
        two = fit_resamples(
            again, again.weights[None], k, restarts=60, rng=np.random.default_rng(4)
        )
        assert np.isclose(one.objective[0], two.objective[0], rtol=2e-3)


def test_rows_that_were_not_drawn_have_the_nearest_segment() -> None:
    rng = np.random.default_rng(6)
    drawn = drawn_weights(POINTS, 3, rng)
    found = fit_resamples(POINTS, drawn, 3, restarts=5, rng=rng)
    apart = ((POINTS.values[None, :, None] - found.centers[:, None]) ** 2).sum(axis=3)
    chosen = np.take_along_axis(apart, found.labels[:, :, None].astype(int), axis=2)[:, :, 0]
    assert np.allclose(chosen, apart.min(axis=2), atol=1e-4)


def test_the_same_seed_gives_the_same_solutions() -> None:
    def solved() -> np.ndarray:
        rng = np.random.default_rng(8)
        return fit_resamples(POINTS, drawn_weights(POINTS, 5, rng), 3, restarts=10, rng=rng).centers

    assert np.array_equal(solved(), solved())
