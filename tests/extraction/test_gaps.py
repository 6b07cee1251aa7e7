"""Customers who did not answer everything."""

import numpy as np
import numpy.typing as npt
import pytest
from sklearn.metrics import adjusted_rand_score

from sample_data.make import planted_matrix
from segmentation.errors import DegenerateSolution
from segmentation.extraction import ExtractionSpec, fit_kmeans, place, sweep
from segmentation.extraction.exact import exact_distances, means_of
from segmentation.extraction.lloyd import iterate
from segmentation.extraction.points import collapse
from segmentation.extraction.seeding import spread_rows


def gappy(
    n: int = 300, k: int = 3, share: float = 0.2
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    values, segment = planted_matrix(n, k, 6)
    gaps = np.random.default_rng(1).random(values.shape) < share
    gaps[gaps.all(axis=1)] = False
    return np.where(gaps, np.nan, values).astype(np.float32), segment


def test_planted_segments_are_found_by_the_cells_that_are_known() -> None:
    values, segment = gappy()
    found = fit_kmeans(collapse(values), 3, restarts=20, rng=np.random.default_rng(7))
    assert adjusted_rand_score(segment, found.labels[collapse(values).inverse]) > 0.9


def test_every_step_lowers_the_objective_or_leaves_it() -> None:
    values, _ = gappy(share=0.5)
    observed = (~np.isnan(values)).astype(np.float64)
    known = np.nan_to_num(values.astype(np.float64))
    weights = np.random.default_rng(2).uniform(0.5, 2, len(values))
    centers = known[:5]
    objective = []
    for _ in range(12):
        apart = exact_distances(known, observed, centers)
        objective.append(weights @ apart.min(axis=1))
        centers = means_of(known, observed, weights, apart.argmin(axis=1), centers)
    assert np.diff(objective).max() <= 1e-9 * objective[0]
    assert objective[-1] < objective[0]


def test_the_batched_search_never_raises_the_objective_either() -> None:
    points = collapse(gappy(share=0.4)[0])
    starts = spread_rows(points, 4, 6, np.random.default_rng(3)).centers
    before = iterate(points, starts, 0).objective
    for iterations in (1, 2, 5, 20):
        after = iterate(points, starts, iterations).objective
        assert (after <= before * (1 + 1e-5)).all()
        before = after


def test_the_batched_search_agrees_with_double_precision() -> None:
    values, _ = gappy(share=0.3)
    points = collapse(values)
    starts = spread_rows(points, 4, 3, np.random.default_rng(3)).centers
    runs = iterate(points, starts, 60)
    assert points.observed is not None
    for run in range(3):
        apart = exact_distances(
            points.values.astype(np.float64),
            points.observed.astype(np.float64),
            runs.centers[run].astype(np.float64),
        )
        assert runs.objective[run] == pytest.approx(apart.min(axis=1).sum(), rel=1e-4)


@pytest.mark.parametrize("n_silent", [1, 40])
def test_customers_without_any_answer_go_to_the_largest_segment(n_silent: int) -> None:
    values, segment = planted_matrix(300, 3, 6)
    uneven = np.concatenate(
        [values[segment == 0][:30], values[segment == 1], values[segment == 2][:60]]
    )
    silent = np.full((n_silent, uneven.shape[1]), np.nan)
    table = np.concatenate([silent, uneven]).astype(np.float32)
    family = sweep(table, None, ExtractionSpec(k_max=3), n_learning=len(table))
    solution = family.solution(3)
    assert (solution.labels[:n_silent] == 0).all()
    assert solution.sizes == (100 + n_silent, 60, 30)
    assert (place(table, solution.centers) == solution.labels).all()


def test_customers_who_differ_in_gaps_only_make_no_further_segment() -> None:
    one, other = [1.0, 2.0], [5.0, 6.0]
    rows = [one, other, [1.0, np.nan], [np.nan, 6.0], [np.nan, np.nan]] * 4
    table = np.array(rows, dtype=np.float32)
    family = sweep(table, None, ExtractionSpec(k_max=5), n_learning=len(table))
    assert list(family.solutions) == [2]
    assert family.solution(2).inertia == pytest.approx(0, abs=1e-9)
    with pytest.raises(DegenerateSolution):
        fit_kmeans(collapse(table), 3, restarts=5, rng=np.random.default_rng(1))
