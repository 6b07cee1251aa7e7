"""What every way of finding segments promises, asked of each alike."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segmentation.errors import DegenerateSolution, TooFewCustomers
from segmentation.extraction import ExtractionSpec, SolutionFamily
from segmentation.extraction.points import collapse
from segmentation.extraction.resampling import drawn_weights
from segmentation.extraction.sweep import quiet
from segmentation.methods import METHODS, Effort, Method, Resamples, Rows, method_called
from segmentation.validation.market import Market

RNG = np.random.default_rng(11)
TRUE = np.repeat([2, 0, 1], (60, 50, 40))
VALUES = (RNG.normal(size=(150, 4)) + np.eye(3, 4)[TRUE] * 9).astype(np.float32)
# Whatever writes into what it was given fails.
VALUES.setflags(write=False)
GROUPS = ((0,), (1,), (2,), (3,))
ROWS = Rows(VALUES, None, GROUPS, len(VALUES), "f")


def found(method: Method, rows: Rows, k_max: int = 3) -> SolutionFamily:
    return method.solve(rows, ExtractionSpec(method.name, k_max, restarts=3), quiet)


def likeness(family: SolutionFamily, true: np.ndarray = TRUE) -> float:
    return adjusted_rand_score(true, family.solution(3).labels[: len(true)])


@pytest.fixture(scope="module", params=METHODS)
def method(request: pytest.FixtureRequest) -> Method:
    return method_called(request.param)


@pytest.fixture(scope="module")
def family(method: Method) -> SolutionFamily:
    return found(method, ROWS, k_max=4)


def test_a_method_is_called_as_its_file_and_says_what_its_validation_costs(method: Method) -> None:
    assert method.name in METHODS
    assert isinstance(method.effort, Effort)


def test_clear_segments_are_found(family: SolutionFamily) -> None:
    assert likeness(family) > 0.9
    assert family.matrix_fingerprint == "f"
    assert family.n_distinct == 150


def test_every_customer_has_a_segment_or_none_and_the_largest_comes_first(
    family: SolutionFamily,
) -> None:
    assert set(family.solutions) <= {2, 3, 4}
    for k, solution in family.solutions.items():
        assert solution.k == k
        assert solution.labels.dtype == np.int16
        assert solution.labels.shape == (150,)
        assert set(solution.labels) - {-1} == set(range(k))
        assert list(solution.sizes) == sorted(solution.sizes, reverse=True)
        assert len(solution.centers) == k
        assert 0 < solution.inertia < family.total


def test_the_same_seed_gives_the_same_segments(method: Method, family: SolutionFamily) -> None:
    again = found(method, ROWS, k_max=4)
    assert set(again.solutions) == set(family.solutions)
    for k, solution in again.solutions.items():
        assert np.array_equal(solution.labels, family.solution(k).labels)
        assert solution.inertia == family.solution(k).inertia
    assert again.notes == family.notes


def test_progress_goes_up_to_one(method: Method) -> None:
    told: list[float] = []
    method.solve(
        ROWS, ExtractionSpec(method.name, 3, restarts=1), lambda done, note: told.append(done)
    )
    assert told == sorted(told)
    assert told[0] >= 0
    assert told[-1] == 1


def test_the_order_of_customers_and_of_variables_does_not_matter(
    method: Method, family: SolutionFamily
) -> None:
    order = RNG.permutation(150)
    turned = found(method, replace(ROWS, values=VALUES[order][:, ::-1]))
    assert adjusted_rand_score(family.solution(3).labels[order], turned.solution(3).labels) > 0.99
    assert np.allclose(sorted(turned.solution(3).sizes), sorted(family.solution(3).sizes))


def test_a_weight_of_two_is_as_good_as_a_second_customer(method: Method) -> None:
    twice = np.arange(150) % 3 == 0
    weighed = found(method, replace(ROWS, weights=(1.0 + twice) / (1.0 + twice).mean()))
    values = np.concatenate([VALUES, VALUES[twice]])
    repeated = found(method, replace(ROWS, values=values, n_learning=len(values)))
    one, other = weighed.solution(3), repeated.solution(3)
    assert adjusted_rand_score(one.labels, other.labels[:150]) > 0.99
    if weighed.space is None:  # factors are those of each table
        assert np.allclose(one.centers, other.centers, atol=0.05)


def test_gaps_are_no_failure(method: Method) -> None:
    values = np.where(RNG.random(VALUES.shape) < 0.05, np.float32(np.nan), VALUES)
    values[7] = np.nan
    family = found(method, replace(ROWS, values=values))
    assert likeness(family) > 0.7
    assert all(np.isfinite(s.centers).all() for s in family.solutions.values())


def test_a_constant_variable_is_no_failure(method: Method) -> None:
    values = np.column_stack([VALUES, np.full(150, 0.5, np.float32)])
    assert likeness(found(method, Rows(values, None, (*GROUPS, (4,)), 150))) > 0.9


def test_huge_numbers_are_no_failure(method: Method) -> None:
    family = found(method, replace(ROWS, values=VALUES * np.float32(1e30)))
    assert likeness(family) > 0.9
    assert np.isfinite(family.total)


def test_customers_who_do_not_learn_are_placed(method: Method) -> None:
    order = RNG.permutation(150)
    family = found(method, replace(ROWS, values=VALUES[order], n_learning=110))
    assert likeness(family, TRUE[order]) > 0.9


def test_equal_customers_are_refused(method: Method) -> None:
    with pytest.raises(DegenerateSolution):
        found(method, replace(ROWS, values=np.ones_like(VALUES)))


def test_five_customers_are_refused(method: Method) -> None:
    with pytest.raises(TooFewCustomers):
        found(method, replace(ROWS, values=VALUES[:5], n_learning=5))


def test_samples_are_solved_anew(method: Method, family: SolutionFamily) -> None:
    market = Market.of(VALUES, None, GROUPS, family)
    points = collapse(market.values)
    drawn = drawn_weights(points, 3, np.random.default_rng(2))
    samples = Resamples(points, market.groups, drawn)
    for k in (3, 2):
        labels = method.again(samples, k, restarts=2, rng=np.random.default_rng([1, k]))
        assert labels.dtype == np.int16
        assert labels.shape == drawn.shape
        assert labels.min() >= -1
        once_more = method.again(samples, k, restarts=2, rng=np.random.default_rng([1, k]))
        assert np.array_equal(labels, once_more)
        if k == 3:
            like = [adjusted_rand_score(TRUE, own[points.inverse]) for own in labels]
            assert min(like) > 0.85
