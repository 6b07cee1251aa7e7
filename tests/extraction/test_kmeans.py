"""The contract of extraction, and how good its optima are."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from sample_data.make import planted_matrix
from segmentation.errors import DegenerateSolution
from segmentation.extraction import fit_kmeans
from segmentation.extraction import kmeans as module
from segmentation.extraction.exact import bring_to_rest
from segmentation.extraction.kmeans import Fit, default_restarts, quick_inertia
from segmentation.extraction.points import collapse

Table = npt.NDArray[np.float32]


def planted(n: int, k: int, seed: int = 4) -> tuple[Table, npt.NDArray[np.int64]]:
    values, segment = planted_matrix(n, k, seed)
    return values.astype(np.float32), segment


def fit(values: Table, k: int, weights: npt.NDArray[np.float64] | None = None) -> Fit:
    points = collapse(values, weights)
    found = fit_kmeans(points, k, restarts=20, rng=np.random.default_rng(7))
    assert found.labels.shape == (points.n_distinct,)
    return found


def labels_of(values: Table, k: int) -> npt.NDArray[np.int16]:
    return fit(values, k).labels[collapse(values).inverse]


@pytest.mark.parametrize("k", [2, 3, 5, 8])
def test_planted_segments_are_recovered(k: int) -> None:
    values, segment = planted(400, k)
    assert adjusted_rand_score(segment, labels_of(values, k)) == 1


def test_the_same_seed_gives_the_same_solution() -> None:
    values = np.random.default_rng(1).normal(size=(300, 5)).astype(np.float32)
    one, other = fit(values, 4), fit(values, 4)
    assert one.centers.tobytes() == other.centers.tobytes()
    assert one.labels.tobytes() == other.labels.tobytes()
    assert (one.inertia, one.best_found) == (other.inertia, other.best_found)


def test_what_is_fitted_is_not_changed() -> None:
    values, _ = planted(100, 3)
    values[4, 1] = np.nan
    weights = np.linspace(1, 2, 100)
    kept = values.copy(), weights.copy()
    fit(values, 3, weights)
    assert values.tobytes() == kept[0].tobytes()
    assert weights.tobytes() == kept[1].tobytes()


def test_the_order_of_rows_makes_no_difference() -> None:
    values = np.random.default_rng(1).normal(size=(300, 5)).astype(np.float32)
    order = np.random.default_rng(2).permutation(300)
    assert fit(values, 4).centers.tobytes() == fit(values[order], 4).centers.tobytes()
    assert (labels_of(values, 4)[order] == labels_of(values[order], 4)).all()


def test_the_order_of_columns_makes_no_difference_to_the_segments() -> None:
    values, _ = planted(300, 4)
    one, other = labels_of(values, 4), labels_of(values[:, ::-1].copy(), 4)
    assert adjusted_rand_score(one, other) == 1


def test_customers_who_are_the_same_count_as_one_with_their_weight() -> None:
    values, _ = planted(60, 3)
    times = np.random.default_rng(3).integers(1, 5, 60)
    repeated = fit(np.repeat(values, times, axis=0), 3)
    weighted = fit(values, 3, times.astype(np.float64))
    assert repeated.centers == pytest.approx(weighted.centers, abs=1e-6)
    assert repeated.inertia == pytest.approx(weighted.inertia, rel=1e-6)


def test_a_customer_of_weight_zero_is_placed_but_moves_nothing() -> None:
    values, _ = planted(60, 3)
    with_guest = np.concatenate([values, [[500.0, 500.0, 0.0, 0.0]]]).astype(np.float32)
    weights = np.append(np.ones(60), 0.0)
    assert fit(with_guest, 3, weights).inertia == pytest.approx(fit(values, 3).inertia, rel=1e-6)


@pytest.mark.parametrize("k", [2, 5, 9])
def test_one_customer_more_than_segments_gives_every_segment_a_customer(k: int) -> None:
    values = np.random.default_rng(k).normal(size=(k + 1, 3)).astype(np.float32)
    found = fit(values, k)
    assert sorted(set(found.labels.tolist())) == list(range(k))
    closest = min(((a - b) ** 2).sum() / 2 for i, a in enumerate(values) for b in values[:i])
    assert found.inertia == pytest.approx(closest, rel=1e-4)


@pytest.mark.parametrize("n_distinct", [1, 2, 3])
def test_fewer_distinct_customers_than_segments_are_refused(n_distinct: int) -> None:
    values = np.tile(np.arange(n_distinct, dtype=np.float32)[:, None], (20, 2))
    with pytest.raises(DegenerateSolution) as refused:
        fit(values, n_distinct + 1)
    assert refused.value.values == {"k": n_distinct + 1, "n_distinct": n_distinct}


def test_customers_of_weight_zero_cannot_make_a_segment() -> None:
    with pytest.raises(DegenerateSolution):
        fit(np.eye(4, dtype=np.float32), 3, np.array([1.0, 1.0, 0.0, 0.0]))


def test_as_many_segments_as_distinct_customers_fit_them_exactly() -> None:
    values = np.tile(np.arange(4, dtype=np.float32)[:, None], (6, 2))
    found = fit(values, 4)
    assert found.inertia == pytest.approx(0, abs=1e-9)
    assert sorted(found.labels) == [0, 1, 2, 3]


@pytest.mark.parametrize("size", [1e-30, 1e-12, 1e12, 1e30])
def test_the_size_of_the_numbers_makes_no_difference(size: float) -> None:
    values, segment = planted(120, 3)
    found = fit((values * np.float32(size)).astype(np.float32), 3)
    assert found.inertia == pytest.approx(fit(values, 3).inertia * size**2, rel=1e-4)
    scaled = (values * np.float32(size)).astype(np.float32)
    assert adjusted_rand_score(segment, labels_of(scaled, 3)) == 1


def test_segments_are_numbered_from_the_largest() -> None:
    values, segment = planted(300, 3)
    uneven = values[
        np.concatenate([np.flatnonzero(segment == s)[:n] for s, n in ((0, 20), (1, 90), (2, 50))])
    ]
    assert np.bincount(fit(uneven, 3).labels).tolist() == [90, 50, 20]


@settings(max_examples=15)
@given(
    seed=st.integers(0, 10_000),
    n=st.integers(30, 400),
    n_features=st.integers(1, 8),
    k=st.integers(2, 8),
    rounded=st.booleans(),
)
def test_no_solution_is_worse_than_the_best_of_fifty_of_scikit_learn(
    seed: int, n: int, n_features: int, k: int, rounded: bool
) -> None:
    values = np.random.default_rng(seed).normal(size=(n, n_features)).astype(np.float32)
    if rounded:
        values = np.rint(values * 1.5).astype(np.float32)
    points = collapse(values)
    if points.n_distinct <= k:
        return
    rng = np.random.default_rng(7)
    ours = fit_kmeans(points, k, restarts=default_restarts(points), rng=rng).inertia
    theirs = KMeans(k, n_init=50, random_state=seed).fit(values.astype(np.float64)).inertia_
    assert ours <= 1.0005 * theirs + 1e-9


@pytest.mark.parametrize(
    ("k", "sizes", "inertia"), [(2, [97, 53], 152.348), (3, [62, 50, 38], 78.85144)]
)
def test_iris_has_its_known_solutions(
    iris: Table, k: int, sizes: list[int], inertia: float
) -> None:
    found = fit(iris, k)
    assert found.inertia == pytest.approx(inertia, abs=5e-4)
    assert np.bincount(found.labels, weights=collapse(iris).weights).tolist() == sizes
    assert found.converged


@pytest.mark.shared
def test_vacation_motives_reach_the_best_known_optimum(vacmot: Table) -> None:
    found = fit_kmeans(collapse(vacmot), 6, restarts=50, rng=np.random.default_rng([7, 6]))
    assert found.inertia <= 2661.4
    assert found.best_found >= 2


@pytest.mark.shared
def test_the_published_segments_of_the_vacation_motives_are_at_rest(
    vacmot: Table, shared_data: Path
) -> None:
    published = pd.read_csv(shared_data / "vacmot_published_k6_labels.csv").iloc[:, -1].to_numpy()
    points = collapse(vacmot)
    centers = np.stack([vacmot[published == j].mean(axis=0) for j in np.unique(published)])
    found = bring_to_rest(points, centers.astype(np.float64))
    labels = found.labels[points.inverse]
    assert np.bincount(labels).tolist() == [246, 201, 173, 156, 129, 95]
    assert len(set(zip(labels.tolist(), published.tolist(), strict=True))) == 6


def test_the_reported_solution_is_at_rest() -> None:
    values = np.random.default_rng(1).normal(size=(500, 3)).astype(np.float32)
    found, points = fit(values, 5), collapse(values)
    apart = ((points.values[:, None, :].astype(np.float64) - found.centers) ** 2).sum(axis=2)
    assert (apart.argmin(axis=1) == found.labels).all()
    for j in range(5):
        own = points.values[found.labels == j].astype(np.float64)
        assert own.mean(axis=0) == pytest.approx(found.centers[j], abs=1e-9)
    assert found.inertia == pytest.approx(apart.min(axis=1).sum())


def test_batches_change_how_the_work_is_cut_not_what_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values, segment = planted(200, 4)
    monkeypatch.setattr(module, "_ELEMENTS_AT_ONCE", 900)
    assert adjusted_rand_score(segment, labels_of(values, 4)) == 1


def test_a_quick_fit_comes_near_a_thorough_one_and_never_below_it() -> None:
    values = np.random.default_rng(5).random((1_600, 6)).astype(np.float32)
    points = collapse(values)
    thorough = fit(values, 4).inertia
    quick = quick_inertia(points, 4, starts=3, rng=np.random.default_rng(1))
    assert thorough * (1 - 1e-6) <= quick <= thorough * 1.02


def test_many_distinct_rows_call_for_fewer_restarts() -> None:
    few = collapse(np.arange(30, dtype=np.float32)[:, None])
    many = collapse(np.arange(20_000, dtype=np.float32)[:, None])
    assert default_restarts(few) == 50
    assert default_restarts(many) == 10
