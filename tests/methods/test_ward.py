"""Ward's tree, against another implementation and against repeated rows."""

import numpy as np
import pytest
from scipy.cluster.hierarchy import linkage
from sklearn.metrics import adjusted_rand_score

from segmentation.extraction import ExtractionSpec
from segmentation.extraction.points import collapse
from segmentation.extraction.sweep import quiet
from segmentation.methods import Resamples, Rows, ward

RNG = np.random.default_rng(3)
VALUES = RNG.normal(size=(60, 3)).astype(np.float32)


def rows(values: np.ndarray, weights: np.ndarray | None = None) -> Rows:
    return Rows(values, weights, tuple((i,) for i in range(values.shape[1])), len(values))


def test_the_tree_is_that_of_scipy() -> None:
    tree = ward.grow(VALUES, np.ones(60))
    merges = linkage(VALUES.astype(float), method="ward")
    assert np.allclose(np.sqrt(2 * tree.costs), merges[:, 2])


def test_a_row_of_mass_three_is_three_equal_rows() -> None:
    mass = RNG.integers(1, 4, 60)
    tree = ward.grow(VALUES, mass)
    merges = linkage(np.repeat(VALUES, mass, axis=0).astype(float), method="ward")
    assert np.allclose(np.sqrt(2 * tree.costs), merges[-59:, 2])


def test_the_costs_of_all_unions_are_the_differences_between_customers() -> None:
    mass = RNG.integers(1, 4, 60)
    middle = np.average(VALUES, axis=0, weights=mass)
    total = (mass * ((VALUES - middle) ** 2).sum(axis=1)).sum()
    assert ward.grow(VALUES, mass).costs.sum() == pytest.approx(total, rel=1e-5)


def test_every_solution_splits_one_segment_of_the_one_before() -> None:
    family = ward.solve(rows(VALUES), ExtractionSpec("ward", k_max=6), quiet)
    for k in range(2, 6):
        table = np.zeros((k, k + 1))
        np.add.at(table, (family.solution(k).labels, family.solution(k + 1).labels), 1)
        assert ((table > 0).sum(axis=0) == 1).all()


def test_equal_distances_everywhere_are_no_failure() -> None:
    grid = np.stack(np.meshgrid(*[np.arange(4.0)] * 3), axis=-1).reshape(-1, 3)
    tree = ward.grow(grid, np.ones(64))
    assert len(set(tree.cut(8).tolist())) == 8


def test_survey_weights_move_the_cut() -> None:
    values = np.array([[0.0], [0.1], [1.0], [1.1], [1.9], [2.0]] * 3, np.float32)
    heavy = np.where(values[:, 0] < 0.5, 0.1, 10.0)
    light = np.where(values[:, 0] > 1.5, 0.1, 10.0)
    spec = ExtractionSpec("ward", k_max=2)
    one, other = (
        ward.solve(rows(values, weights / weights.mean()), spec, quiet).solution(2).labels
        for weights in (heavy, light)
    )
    assert one[2] != one[4]
    assert other[0] != other[2]
    assert one[0] == one[2]
    assert other[2] == other[4]


def test_customers_outside_the_tree_go_to_the_nearest_mean(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ward, "TREE_ROWS", 40)
    true = RNG.integers(0, 3, 90)
    values = (np.eye(3)[true] * 8 + RNG.normal(size=(90, 3))).astype(np.float32)
    values[50, 0] = np.nan
    family = ward.solve(rows(values), ExtractionSpec("ward", k_max=3), quiet)
    assert adjusted_rand_score(true, family.solution(3).labels) > 0.9
    told = {note.code: note.get("n") for note in family.notes}
    assert told == {"method-gaps-filled": 1, "method-sampled": 40}


def test_a_sample_with_fewer_rows_than_segments_has_fewer_segments() -> None:
    points = collapse(VALUES[:10])
    drawn = np.zeros((1, 10), np.float32)
    drawn[0, :3] = 4
    samples = Resamples(points, ((0,), (1,), (2,)), drawn)
    labels = ward.again(samples, 5, restarts=1, rng=np.random.default_rng(1))
    assert len(set(labels[0, :3].tolist())) == 3
    assert labels.max() == 2
