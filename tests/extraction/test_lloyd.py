import numpy as np
import pytest

from segmentation.extraction.lloyd import Runs, distances, iterate, nearest_of
from segmentation.extraction.points import collapse, unit_of
from segmentation.extraction.seeding import spread_rows, swapped


def test_identical_rows_collapse_whatever_the_sign_of_zero() -> None:
    points = collapse(np.array([[0.0, 1], [-0.0, 1], [2, np.nan]], dtype=np.float32))
    assert points.n_distinct == 2
    assert points.weights[points.inverse].tolist() == [2, 2, 1]
    assert points.filled[points.inverse[2]].tolist() == [2, 1]


def test_the_nearest_center_is_the_first_of_equals() -> None:
    points = collapse(np.array([[0.0], [4.0]], dtype=np.float32))
    centers = np.array([[[1.0], [-1.0], [4.0]]], dtype=np.float32)
    labels, nearest = nearest_of(distances(points, centers))
    assert labels.tolist() == [[0, 2]]
    assert (nearest + points.norms).tolist() == [[1, 0]]


def test_rows_between_two_starts_are_shared_in_the_first_iteration() -> None:
    points = collapse(np.array([[0.0], [1.0], [2.0]], dtype=np.float32))
    starts = np.array([[[0.0], [2.0]]], dtype=np.float32)
    shared = iterate(points, starts, 1, share_ties=True).centers[0, :, 0]
    alone = iterate(points, starts, 1).centers[0, :, 0]
    assert shared.tolist() == pytest.approx([1 / 3, 5 / 3])
    assert alone.tolist() == pytest.approx([0.5, 2.0])


def test_an_empty_segment_starts_anew_at_the_worst_misfit() -> None:
    points = collapse(np.array([[0.0], [1.0], [50.0]], dtype=np.float32))
    starts = np.array([[[0.0], [1.0], [-900.0]]], dtype=np.float32)
    runs = iterate(points, starts, 20)
    assert runs.objective[0] == pytest.approx(0, abs=1e-3)


def test_runs_solved_together_end_where_each_would_alone() -> None:
    points = collapse(np.random.default_rng(1).normal(size=(120, 3)).astype(np.float32))
    starts = spread_rows(points, 4, 7, np.random.default_rng(2)).centers
    together = iterate(points, starts, 50)
    for run in range(7):
        alone = iterate(points, starts[run : run + 1], 50)
        assert alone.objective[0] == pytest.approx(together.objective[run], rel=1e-5)
    assert together.best == int(np.argmin(together.objective))
    assert len(Runs.joined([together, together]).objective) == 14


def test_starts_are_distinct_rows_of_the_data() -> None:
    values = np.random.default_rng(1).normal(size=(50, 2)).astype(np.float32)
    starts = spread_rows(collapse(values), 5, 10, np.random.default_rng(3)).centers
    rows = {row.tobytes() for row in values}
    for start in starts:
        assert len({center.tobytes() for center in start} & rows) == 5


def test_starts_tell_how_well_they_fit() -> None:
    values = np.random.default_rng(1).normal(size=(90, 2)).astype(np.float32)
    starts = spread_rows(collapse(values), 4, 6, np.random.default_rng(3))
    # As in the points, whatever unit these have.
    rows = collapse(values).filled[collapse(values).inverse]
    for centers, objective in zip(starts.centers, starts.objective, strict=True):
        apart = ((rows[:, None, :] - centers) ** 2).sum(axis=2)
        assert objective == pytest.approx(apart.min(axis=1).sum(), rel=1e-4)


@pytest.mark.parametrize("n", [5, 32, 33, 70])
def test_starts_are_drawn_by_weight_and_never_a_row_without_any(n: int) -> None:
    values = np.arange(n, dtype=np.float32)[:, None]
    weights = np.zeros((4000, n), dtype=np.float32)
    weights[:, [1, n - 2]] = 1, 3
    points = collapse(values)
    drawn = spread_rows(points, 1, 4000, np.random.default_rng(5), weights).centers[:, 0, 0]
    light, heavy = points.filled[[1, n - 2], 0]
    assert set(drawn.tolist()) == {light, heavy}
    assert (drawn == heavy).mean() == pytest.approx(0.75, abs=0.03)


def test_a_swap_moves_a_center_or_two_to_rows_of_the_data() -> None:
    values = np.random.default_rng(1).normal(size=(50, 2)).astype(np.float32)
    points = collapse(values)
    bases = spread_rows(points, 4, 30, np.random.default_rng(3)).centers
    rows = {row.tobytes() for row in values}
    n_moved = []
    for start, base in zip(swapped(points, bases, np.random.default_rng(4)), bases, strict=True):
        moved = (start != base).any(axis=1)
        assert {center.tobytes() for center in start[moved]} <= rows
        n_moved.append(int(moved.sum()))
    assert set(n_moved) == {1, 2}


@pytest.mark.parametrize(("largest", "unit"), [(1.0, 1.0), (0.0, 1.0), (2.0**40, 2.0**40)])
def test_numbers_are_rescaled_only_where_their_squares_would_not_fit(
    largest: float, unit: float
) -> None:
    assert unit_of(np.array([[largest, np.nan]], dtype=np.float32)) == unit
