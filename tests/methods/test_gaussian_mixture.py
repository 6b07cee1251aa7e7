"""Gaussian mixtures: as scikit-learn finds them, for numbers only."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture

from segmentation.errors import DegenerateSolution, NumbersOnly
from segmentation.extraction import ExtractionSpec, SolutionFamily
from segmentation.extraction.points import collapse
from segmentation.extraction.resampling import drawn_weights
from segmentation.methods import Resamples, Rows, gaussian_mixture, kmeans
from tests.methods.generated import mixed, rows_of

IRIS = load_iris()
SPEC = ExtractionSpec("gaussian_mixture", k_max=3)


def solved(rows: Rows, spec: ExtractionSpec = SPEC) -> SolutionFamily:
    return gaussian_mixture.solve(rows, spec, lambda done, note: None)


def long_clouds() -> tuple[np.ndarray, np.ndarray]:
    """Two long parallel clouds, which round segments cut across."""
    rng = np.random.default_rng(2)
    true = np.repeat([0, 1], [220, 180])
    along = rng.normal(size=400) * 2
    return np.column_stack([along, along + true * 3 + rng.normal(size=400) * 0.4]), true


LONG, TRUE = long_clouds()


def test_the_mixture_is_the_one_that_scikit_learn_finds() -> None:
    flowers = IRIS.data.astype(np.float32).astype(float)
    spread = flowers.std(axis=0)
    peer = GaussianMixture(3, n_init=10, reg_covar=1e-3, random_state=1)
    labels = peer.fit_predict((flowers - flowers.mean(axis=0)) / spread)
    expected = peer.bic((flowers - flowers.mean(axis=0)) / spread) + 300 * np.log(spread).sum()
    found = solved(rows_of(flowers)).solution(3)
    assert found.likelihood is not None
    assert found.likelihood.bic == pytest.approx(expected, abs=0.5)
    assert found.likelihood.icl > found.likelihood.bic
    assert adjusted_rand_score(labels, found.labels) > 0.95
    assert adjusted_rand_score(IRIS.target, found.labels) > 0.88


def test_long_clouds_are_found_where_round_segments_cut_them() -> None:
    found, means = (
        method.solve(rows_of(LONG), replace(SPEC, k_max=2), lambda done, note: None).solution(2)
        for method in (gaussian_mixture, kmeans)
    )
    assert adjusted_rand_score(TRUE, found.labels) > 0.95
    assert adjusted_rand_score(TRUE, means.labels) < 0.2
    assert found.labels.tolist()[:3] == [0, 0, 0]


def test_what_it_cannot_use_is_said() -> None:
    values = LONG.copy()
    values[:5, 0] = np.nan
    rows = replace(rows_of(values), weights=np.ones(400), n_learning=300)
    family = solved(rows, replace(SPEC, k_max=2))
    said = [(note.code, dict(note.values)) for note in family.notes]
    assert said == [
        ("method-gaps-filled", {"n": 5}),
        ("method-without-weights", {}),
        ("method-sampled", {"n": 300}),
    ]
    assert family.solution(2).n_unassigned == 0


def test_categories_are_refused() -> None:
    with pytest.raises(NumbersOnly) as refused:
        solved(mixed(60).rows)
    assert refused.value.values == {"n": 2, "n_all": 7}


def test_customers_who_differ_only_in_gaps_are_refused() -> None:
    values = np.ones((30, 2))
    values[:20, 1] = np.nan
    with pytest.raises(DegenerateSolution):
        solved(rows_of(values))


def test_huge_numbers_and_a_constant_column_change_nothing() -> None:
    huge = np.column_stack([LONG[:, 0] * 1e30, LONG[:, 1], np.full(400, 3.0)])
    spec = replace(SPEC, k_max=2)
    one, other = (solved(rows_of(values), spec).solution(2) for values in (LONG, huge))
    assert np.array_equal(one.labels, other.labels)


def test_samples_find_the_flowers_again_and_place_all_of_them() -> None:
    points = collapse(IRIS.data.astype(np.float32))
    drawn = drawn_weights(points, 4, np.random.default_rng(1))
    samples = Resamples(points, tuple((i,) for i in range(4)), drawn)
    labels = gaussian_mixture.again(samples, 2, restarts=10, rng=np.random.default_rng(2))
    assert labels.shape == drawn.shape
    setosa = IRIS.target == 0
    assert min(adjusted_rand_score(setosa, own[points.inverse]) for own in labels) > 0.95


def test_a_sample_of_fewer_customers_than_segments_is_solved_with_fewer() -> None:
    points = collapse(LONG[:10].astype(np.float32))
    drawn = np.zeros((1, 10), dtype=np.float32)
    drawn[0, :3] = 0.4
    samples = Resamples(points, ((0,), (1,)), drawn)
    labels = gaussian_mixture.again(samples, 5, restarts=2, rng=np.random.default_rng(2))
    assert len(np.unique(labels)) <= 3
