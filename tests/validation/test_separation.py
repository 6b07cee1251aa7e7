"""Criteria of the number of segments, against scikit-learn and published numbers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

from segmentation.extraction import ExtractionSpec, Solution, SolutionFamily, sweep
from segmentation.extraction.sweep import quiet
from segmentation.methods import method_called
from segmentation.notes import Note
from segmentation.validation import GapTest, calinski_harabasz, davies_bouldin, prediction_strength
from segmentation.validation import separation as module
from segmentation.validation.market import Market
from segmentation.validation.separation import BLOCK_ROWS, STRENGTH_ROWS, Criterion, largest_of
from tests.validation.markets import market

IRIS = load_iris().data.astype(np.float32)
RNG = np.random.default_rng(41)
BLOBS = (RNG.normal(size=(300, 3)) + np.repeat(np.eye(3) * 9, 100, axis=0)).astype(np.float32)
BLOBS = BLOBS[RNG.permutation(300)]


def swept(values: np.ndarray, weights: np.ndarray | None = None, k_max: int = 5) -> SolutionFamily:
    return sweep(values, weights, ExtractionSpec(k_max=k_max), n_learning=len(values))


def strength(
    values: np.ndarray, weights: np.ndarray | None = None, *, seed: int = 7, splits: int = 10
) -> Criterion:
    ks = range(2, 6)
    return prediction_strength(
        market(values, weights), ks, seed=seed, progress=quiet, splits=splits
    )


def labelled(values: np.ndarray, labels: np.ndarray, k: int) -> Solution:
    """Any labels as a solution whose centers are the segments' means."""
    exact = values.astype(np.float64)
    centers = np.stack([exact[labels == j].mean(axis=0) for j in range(k)])
    inertia = float(((exact - centers[labels]) ** 2).sum())
    return Solution(k, centers, labels, inertia, 1, 1, converged=True)


@given(
    seed=st.integers(0, 1_000),
    n=st.integers(8, 100),
    n_features=st.integers(1, 5),
    k=st.integers(2, 4),
)
def test_both_indices_are_those_of_scikit_learn(seed: int, n: int, n_features: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, n_features)).astype(np.float32)
    labels = np.append(np.arange(k), rng.integers(0, k, n - k)).astype(np.int16)
    exact = values.astype(np.float64)
    solutions = {k: labelled(values, labels, k)}
    total = float(((exact - exact.mean(axis=0)) ** 2).sum())
    family = SolutionFamily(ExtractionSpec(), "", solutions, total, n)
    ratio, overlap = calinski_harabasz(family), davies_bouldin(values, None, solutions)
    assert ratio.scores[k] == pytest.approx(calinski_harabasz_score(exact, labels), rel=1e-6)
    assert overlap.scores[k] == pytest.approx(davies_bouldin_score(exact, labels), rel=1e-6)
    assert ratio.preferred == overlap.preferred == k


def test_iris_has_its_known_numbers() -> None:
    family = swept(IRIS)
    ratio, overlap = calinski_harabasz(family), davies_bouldin(IRIS, None, family.solutions)
    assert ratio.scores[2] == pytest.approx(513.92, abs=0.01)
    assert ratio.scores[3] == pytest.approx(561.6278, abs=1e-4)
    assert ratio.preferred == 3
    for k, solution in family.solutions.items():
        expected = davies_bouldin_score(load_iris().data, solution.labels)
        assert overlap.scores[k] == pytest.approx(expected, abs=1e-6)
    assert overlap.preferred == 2


def test_a_weight_counts_as_so_many_customers_in_widths_and_sums() -> None:
    weights = RNG.integers(1, 4, len(BLOBS)).astype(float)
    repeated = np.repeat(BLOBS, weights.astype(int), axis=0)
    one, other = swept(BLOBS, weights, 3), swept(repeated, None, 3)
    assert one.solution(3).inertia == pytest.approx(other.solution(3).inertia, rel=1e-6)
    overlap = davies_bouldin(BLOBS, weights, one.solutions).scores
    assert overlap == pytest.approx(davies_bouldin(repeated, None, other.solutions).scores)
    ratio, more = (calinski_harabasz(family).scores[3] for family in (one, other))
    # The same variances, but fewer customers vouch for them.
    assert ratio / (len(BLOBS) - 3) == pytest.approx(more / (len(repeated) - 3), rel=1e-5)


def test_only_the_proportions_of_weights_count() -> None:
    weights = RNG.random(len(BLOBS)) + 0.5
    one, other = swept(BLOBS, weights), swept(BLOBS, weights * 1000)
    assert calinski_harabasz(one).scores == pytest.approx(calinski_harabasz(other).scores, rel=1e-4)
    assert strength(BLOBS, weights).scores == pytest.approx(
        strength(BLOBS, weights * 1000).scores, abs=0.05
    )


def test_a_gap_is_no_distance() -> None:
    values = np.array([[0, 0], [4, np.nan], [10, 3], [10, 5]], np.float32)
    solution = Solution(
        2, np.array([[2.0, 0], [10, 4]]), np.array([0, 0, 1, 1], np.int16), 10.0, 1, 1, True
    )
    apart = math.hypot(8, 4)
    found = davies_bouldin(values, None, {2: solution}).scores[2]
    assert found == pytest.approx((2 + 1) / apart)


def test_gaps_leave_the_favourites_where_they_are() -> None:
    values = BLOBS.copy()
    values[RNG.random(values.shape) < 0.1] = np.nan
    family = swept(values)
    assert calinski_harabasz(family).preferred == 3
    assert davies_bouldin(values, None, family.solutions).preferred == 3
    assert strength(values).preferred == 3


def test_customers_beyond_one_block_count_like_all_others() -> None:
    values = RNG.normal(size=(BLOCK_ROWS + 500, 2)).astype(np.float32)
    values[BLOCK_ROWS:] += 5
    solution = labelled(values, RNG.integers(0, 3, len(values)).astype(np.int16), 3)
    expected = davies_bouldin_score(values.astype(np.float64), solution.labels)
    found = davies_bouldin(values, None, {3: solution}).scores[3]
    assert found == pytest.approx(expected, rel=1e-6)


def test_segments_of_equal_customers_are_infinitely_clear_and_no_more_are_defined() -> None:
    values = np.repeat(np.array([[0, 0], [5, 1], [1, 9]], np.float32), 4, axis=0)
    family = swept(values, k_max=4)
    ratio = calinski_harabasz(family)
    assert (ratio.scores[3], ratio.preferred) == (math.inf, 3)
    assert davies_bouldin(values, None, family.solutions).scores[3] == 0
    everyone_alone = swept(RNG.random((10, 2)).astype(np.float32), k_max=10)
    assert math.isnan(calinski_harabasz(everyone_alone).scores[10])


def test_the_variance_criterion_is_not_defined_where_some_customers_belong_to_no_segment() -> None:
    labels = np.repeat(np.array([0, 1, 2], np.int16), 100)
    solution = labelled(BLOBS, labels, 3)
    labels[7] = -1
    assert math.isnan(
        calinski_harabasz(SolutionFamily(ExtractionSpec(), "", {3: solution}, 9e9, 300)).scores[3]
    )


def test_halves_without_any_segment_foretell_nothing() -> None:
    crowd = Market(
        RNG.normal(size=(120, 4)).astype(np.float32), None, ((0,),), method_called("density")
    )
    strength = prediction_strength(crowd, (2, 3), seed=7, progress=quiet, splits=2)
    assert strength == Criterion({2: 0.0, 3: 0.0}, 1)


def test_customers_who_belong_to_no_segment_are_not_together() -> None:
    # Ten customers in the segment; the other half puts five together and five nowhere.
    assert module._foretold(np.array([[5.0, 5.0], [0.0, 7.0]]), 1) == 20 / 90


def test_two_centers_at_one_place_are_not_apart_at_all() -> None:
    solution = Solution(2, np.zeros((2, 2)), np.array([0, 1], np.int16), 1.0, 1, 1, True)
    assert davies_bouldin(np.eye(2, dtype=np.float32), None, {2: solution}).scores[2] == math.inf


@pytest.mark.parametrize(
    ("scores", "favourite"),
    [({2: 1.0, 3: 1.0}, 2), ({2: math.nan, 3: 0.5}, 3), ({2: math.nan}, None), ({}, None)],
)
def test_the_smallest_of_equal_favourites_is_preferred(
    scores: dict[int, float], favourite: int | None
) -> None:
    assert largest_of(scores) == favourite


def plainly(values: np.ndarray, k: int, splits: int) -> float:
    """Prediction strength written down as the paper words it, with scikit-learn's k-means."""
    rng, lowest = np.random.default_rng(3), []
    for _ in range(splits):
        halves = np.array_split(values[rng.permutation(len(values))], 2)
        found = [KMeans(k, n_init=10, random_state=1).fit(half) for half in halves]
        for half, own, other in zip(halves, found, found[::-1], strict=True):
            foretold = other.predict(half)
            shares = []
            for j in range(k):
                sizes = np.bincount(foretold[own.labels_ == j], minlength=k)
                n = sizes.sum()
                shares.append((sizes * (sizes - 1)).sum() / (n * (n - 1)) if n > 1 else 1.0)
            lowest.append(min(shares))
    return float(np.mean(lowest))


@pytest.mark.parametrize("k", [2, 3, 4])
def test_prediction_strength_is_what_the_paper_describes(k: int) -> None:
    found = strength(IRIS, splits=40).scores[k]
    assert found == pytest.approx(plainly(load_iris().data, k, 40), abs=0.05)


def test_iris_is_as_foretellable_as_published_where_one_start_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "SPLIT_RESTARTS", 1)
    found = prediction_strength(market(IRIS), range(2, 7), seed=7, progress=quiet, splits=50)
    published = {2: 0.967, 3: 0.717, 4: 0.552, 5: 0.479, 6: 0.448}
    assert found.scores == pytest.approx(published, abs=0.06)
    assert found.preferred == 2


def test_three_groups_are_foretold_and_four_are_not() -> None:
    found = strength(BLOBS)
    assert found.scores[3] == 1
    assert found.scores[4] < 0.7
    assert found.preferred == 3


def test_where_nothing_is_foretold_one_is_preferred() -> None:
    assert strength(RNG.normal(size=(400, 6)).astype(np.float32)).preferred == 1


def test_prediction_strength_is_repeatable_and_stays_between_zero_and_one() -> None:
    noise = RNG.random((60, 4)).astype(np.float32)
    one, again, other = strength(noise), strength(noise), strength(noise, seed=8)
    assert one == again
    assert one != other
    assert all(0 <= score <= 1 for score in one.scores.values())


def test_rows_that_repeat_are_split_customer_by_customer() -> None:
    items = (RNG.random((200, 3)) < 0.5).astype(np.float32)
    assert all(0 <= score <= 1 for score in strength(items).scores.values())
    two = np.repeat(np.array([[0, 1], [1, 0]], np.float32), 20, axis=0)
    assert strength(two).scores[2] == 1


def test_the_first_two_thousand_customers_are_asked() -> None:
    many = np.tile(BLOBS, (7, 1))
    many[STRENGTH_ROWS:] = 99
    assert strength(many, splits=3).scores == strength(many[:STRENGTH_ROWS], splits=3).scores


def test_progress_goes_from_nothing_to_all() -> None:
    told: list[float] = []

    def progress(done: float, note: Note | None) -> None:
        told.append(done)

    prediction_strength(market(BLOBS), [2, 3, 4], seed=1, progress=progress, splits=2)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 1)


@pytest.mark.parametrize(
    ("gaps", "errors", "favourite"),
    [
        ((0.5, 0.4, 0.9), (0.1, 0.1, 0.1), 1),
        ((0.1, 0.4, 0.9, 0.8), (0.01,) * 4, 3),
        ((0.1, 0.4, 0.45, 0.9), (0.01, 0.01, 0.1, 0.01), 2),
        ((0.1, 0.2, 0.3), (0.01,) * 3, 3),
    ],
)
def test_the_gap_prefers_the_first_number_that_the_next_does_not_beat(
    gaps: tuple[float, ...], errors: tuple[float, ...], favourite: int
) -> None:
    assert GapTest(gaps, errors, 100, 20).preferred == favourite
