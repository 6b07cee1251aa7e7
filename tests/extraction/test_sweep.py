from itertools import pairwise

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from sample_data.make import planted_matrix
from segmentation.errors import BadNumberOfSegments, DegenerateSolution, TooFewCustomers
from segmentation.extraction import ExtractionSpec, place, placing, sweep
from segmentation.extraction.placing import SETTLED_SHARE, SETTLING_ITERATIONS, settle
from segmentation.jobs.pipe import pack, unpack
from segmentation.notes import Note


def table(n: int = 200, k: int = 3) -> np.ndarray:
    return planted_matrix(n, k, 2)[0].astype(np.float32)


def test_a_sweep_holds_every_number_of_segments_up_to_the_largest_asked_for() -> None:
    values = table()
    family = sweep(values, None, ExtractionSpec(k_max=6), n_learning=200, fingerprint="f1")
    assert list(family.solutions) == [2, 3, 4, 5, 6]
    assert family.matrix_fingerprint == "f1"
    for k, solution in family.solutions.items():
        assert solution.k == k == len(solution.sizes) == len(solution.centers)
        assert sum(solution.sizes) == 200
        assert list(solution.sizes) == sorted(solution.sizes, reverse=True)
        assert min(solution.sizes) > 0


def test_more_segments_never_leave_more_unexplained() -> None:
    values = np.random.default_rng(1).normal(size=(300, 4)).astype(np.float32)
    family = sweep(values, None, ExtractionSpec(k_max=8), n_learning=300)
    inertias = [family.total, *(s.inertia for s in family.solutions.values())]
    assert all(later < earlier for earlier, later in pairwise(inertias))
    assert family.total == pytest.approx(300 * values.var(axis=0, dtype=float).sum(), rel=1e-5)


def test_a_solution_is_the_same_alone_and_in_a_longer_sweep() -> None:
    values = np.random.default_rng(1).normal(size=(200, 4)).astype(np.float32)
    short = sweep(values, None, ExtractionSpec(k_max=3), n_learning=200).solution(3)
    long = sweep(values, None, ExtractionSpec(k_max=5), n_learning=200).solution(3)
    assert short.labels.tobytes() == long.labels.tobytes()


def test_asking_for_a_solution_that_is_not_there_says_what_is() -> None:
    family = sweep(table(), None, ExtractionSpec(k_max=4), n_learning=200)
    with pytest.raises(BadNumberOfSegments) as refused:
        family.solution(5)
    assert refused.value.values == {"k": 5, "k_max": 4}


def test_fewer_than_ten_customers_are_too_few() -> None:
    with pytest.raises(TooFewCustomers) as refused:
        sweep(table(9), None, ExtractionSpec(), n_learning=9)
    assert refused.value.values == {"n_customers": 9, "needed": 10}


def test_customers_who_are_all_the_same_cannot_be_told_apart() -> None:
    with pytest.raises(DegenerateSolution):
        sweep(np.ones((20, 3), dtype=np.float32), None, ExtractionSpec(), n_learning=20)


def test_the_sweep_ends_where_distinct_customers_end() -> None:
    values = np.repeat(np.arange(4, dtype=np.float32), 5)[:, None]
    assert list(sweep(values, None, ExtractionSpec(), n_learning=20).solutions) == [2, 3, 4]


def test_progress_runs_from_nothing_to_all() -> None:
    heard: list[tuple[float, Note | None]] = []
    sweep(
        table(),
        None,
        ExtractionSpec(k_max=4),
        n_learning=200,
        progress=lambda done, note: heard.append((done, note)),
    )
    shares = [done for done, _ in heard]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert heard[1][1] == Note.of("sweeping", k=3, k_max=4)


def test_weights_move_the_centers() -> None:
    values, segment = planted_matrix(90, 3, 2)
    weights = np.where(np.arange(90) % 2 == 0, 3.0, 0.1)
    solution = sweep(
        values.astype(np.float32), weights, ExtractionSpec(k_max=3), n_learning=90
    ).solution(3)
    for s in range(3):
        own = solution.labels == solution.labels[np.flatnonzero(segment == s)[0]]
        mean = np.average(values[own], axis=0, weights=weights[own])
        center = solution.centers[solution.labels[own][0]]
        assert center == pytest.approx(mean, abs=1e-5)


def test_a_family_survives_the_way_to_another_process() -> None:
    family = sweep(table(), None, ExtractionSpec(k_max=3), n_learning=200)
    back = unpack(pack(family))
    assert back.spec == family.spec
    assert back.solution(3).labels.tobytes() == family.solution(3).labels.tobytes()


def test_everybody_settles_close_to_a_fit_on_everybody() -> None:
    rng = np.random.default_rng(8)
    values = (rng.normal(size=(52_000, 5)) @ rng.normal(size=(5, 5))).astype(np.float32)
    spec = ExtractionSpec(k_max=4, restarts=8)
    learned = sweep(values, None, spec, n_learning=8_000).solution(4)
    thorough = sweep(values, None, spec, n_learning=len(values)).solution(4)
    assert learned.inertia <= 1.0005 * thorough.inertia
    assert (place(values, learned.centers) == learned.labels).all()
    assert list(learned.sizes) == sorted(learned.sizes, reverse=True)
    apart = ((values - learned.centers[learned.labels].astype(np.float32)) ** 2).sum()
    assert learned.inertia == pytest.approx(float(apart), rel=1e-4)


def test_settling_honours_weights_and_gaps() -> None:
    values, segment = planted_matrix(400, 2, 3)
    values[::7, 0] = np.nan
    weights = np.where(segment == 0, 1.0, 5.0)
    start = np.array([np.nanmean(values[segment == s], axis=0) + 1 for s in range(2)])
    centers, labels, inertia = settle(values.astype(np.float32), weights, start)
    assert adjusted_rand_score(segment, labels) == 1
    assert (labels[segment == 1] == 0).all(), "the heavier segment comes first"
    assert centers[0] == pytest.approx(np.nanmean(values[segment == 1], axis=0), abs=1e-4)
    assert inertia > 0


def test_new_customers_are_placed_as_old_ones_were() -> None:
    values = np.random.default_rng(1).normal(size=(500, 3)).astype(np.float32)
    solution = sweep(values, None, ExtractionSpec(k_max=4), n_learning=500).solution(4)
    assert (place(values, solution.centers) == solution.labels).all()
    assert (place(values[:3], solution.centers) == solution.labels[:3]).all()


@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_settling_ends_where_looking_at_everybody_each_time_ends(gaps: float) -> None:
    rng = np.random.default_rng(4)
    values = rng.normal(size=(1_500, 3)).astype(np.float32)
    values[rng.random(values.shape) < gaps] = np.nan
    weights, start = rng.uniform(0.5, 2, len(values)), rng.normal(size=(5, 3))
    known, cells = ~np.isnan(values), np.nan_to_num(values).astype(float)
    centers, before = start.copy(), np.full(len(values), -1)
    for _ in range(SETTLING_ITERATIONS):
        apart = (((cells[:, None] - centers) * known[:, None]) ** 2).sum(axis=2)
        labels = apart.argmin(axis=1)
        if (labels != before).sum() <= SETTLED_SHARE * len(values):
            break
        for j in range(5):
            own = weights[:, None] * known * (labels == j)[:, None]
            centers[j] = (own * cells).sum(axis=0) / own.sum(axis=0)
        before = labels
    order = np.argsort(-np.bincount(labels, weights))
    assert settle(values, weights, start)[0] == pytest.approx(centers[order], abs=1e-9)


@pytest.mark.parametrize("weighted", [False, True])
def test_a_part_that_settles_first_saves_most_of_the_work_for_all(
    weighted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(5)
    values = rng.normal(size=(6, 4))[rng.integers(0, 6, 9_000)] + rng.normal(size=(9_000, 4)) / 2
    values = values.astype(np.float32)
    weights = rng.uniform(0.5, 2, len(values)) if weighted else None
    start = values[:6].astype(np.float64)
    thorough = settle(values, weights, start)[2]
    monkeypatch.setattr(placing, "PART_ROWS", 3_000)
    centers, labels, inertia = settle(values, weights, start)
    assert inertia <= 1.002 * thorough
    assert (place(values, centers) == labels).all()
    again = settle(values, weights, start)
    assert again[0].tobytes() == centers.tobytes()
    monkeypatch.setattr(placing, "PART_ITERATIONS", 0)
    assert settle(values, weights, start)[2] > inertia
