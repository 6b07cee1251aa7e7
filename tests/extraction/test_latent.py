"""Latent classes: what each column is taken for, and what every step of EM must keep."""

import numpy as np
import pytest

from segmentation.extraction.indicators import learn_indicators
from segmentation.extraction.latent import climb, maximised, memberships, sums_of
from tests.methods.generated import block, mixed

PLANTED = mixed(200, gaps=0.2)
VALUES, GROUPS = PLANTED.rows.values, PLANTED.rows.groups
INDICATORS = learn_indicators(VALUES, np.ones(200), GROUPS)
COLUMNS = INDICATORS.of(VALUES)


def started(runs: int, k: int) -> np.ndarray:
    members = np.random.default_rng(1).dirichlet(np.ones(k), (runs, 200)).transpose(0, 2, 1)
    return maximised(INDICATORS, sums_of(COLUMNS, members))


def test_the_likelihood_never_falls_from_step_to_step() -> None:
    loadings, ones = started(6, 5), np.ones((6, 200))
    likely = []
    for _ in range(40):
        runs = climb(INDICATORS, COLUMNS, loadings, 1, weights=ones, gain=-np.inf)
        loadings = runs.loadings
        likely.append(runs.log_likelihood)
    assert (np.diff(likely, axis=0) > -1e-6).all()
    assert (likely[-1] > likely[0] + 20).all()


def test_runs_together_are_the_runs_alone() -> None:
    starts, ones = started(3, 4), np.ones((3, 200))
    together = climb(INDICATORS, COLUMNS, starts, 80, weights=ones, gain=1e-4)
    for run in range(3):
        alone = climb(INDICATORS, COLUMNS, starts[[run]], 80, weights=ones[:1], gain=1e-4)
        assert together.log_likelihood[run] == pytest.approx(alone.log_likelihood[0])
        assert together.loadings[run] == pytest.approx(alone.loadings[0])


def test_one_class_has_the_shares_means_and_variances_of_all() -> None:
    numbers = np.array([[1.0, 0], [2, 1], [6, 1], [np.nan, 1]], dtype=np.float32)
    own = learn_indicators(numbers, np.ones(4), [(0,), (1,)])
    columns = own.of(numbers)
    loadings = maximised(own, sums_of(columns, np.ones((1, 1, 4))))
    each = memberships(columns, loadings)[1][0]
    spread = np.std([1, 2, 6])
    away = (np.array([1, 2, 6]) - 3) / spread
    density = -0.5 * (away**2 + np.log(2 * np.pi))
    chance = np.log([0.25, 0.75, 0.75, 0.75])
    assert each == pytest.approx(chance + np.append(density, 0), abs=1e-6)
    assert own.log_units(columns, np.ones(4)) == pytest.approx(3 * np.log(spread))


def test_a_question_costs_as_many_numbers_as_it_has_answers_less_one() -> None:
    # Three numbers with mean and variance, two yes/no items, two categories of three levels.
    assert INDICATORS.n_free == 3 * 2 + 2 * 1 + 2 * 2


def test_a_category_of_two_levels_is_one_question() -> None:
    values = np.column_stack([block(np.array([0, 1, 1, np.nan])), [1.0, 2, 4, 5]])
    found = learn_indicators(values.astype(np.float32), np.ones(4), [(0, 1), (2,)])
    assert found.n_free == 1 + 2
    assert found.of(values.astype(np.float32))[:, 1:3].tolist() == [[1, 0], [0, 1], [0, 1], [0, 0]]


def test_scaled_answers_of_two_values_are_yes_or_no_and_what_does_not_vary_is_left_out() -> None:
    values = np.array([[-0.5, 7, np.nan], [2.0, 7, np.nan], [-0.5, 7, np.nan]], dtype=np.float32)
    found = learn_indicators(values, np.ones(3), [(0,), (1,), (2,)])
    assert (found.values.tolist(), found.numbers.tolist()) == ([-0.5, 2.0], [])
    assert found.shares.tolist() == pytest.approx([2 / 3, 1 / 3])


def test_a_gap_that_was_filled_with_the_mean_is_still_a_gap() -> None:
    answers = np.array([0.0] * 70 + [1.0] * 30 + [0.3] * 20)
    codes = np.array([0.0] * 60 + [1.0] * 30 + [2.0] * 10 + [np.nan] * 20)
    values = np.column_stack([answers, np.nan_to_num(block(codes))]).astype(np.float32)
    found = learn_indicators(values, np.ones(120), [(0,), (1, 2, 3)])
    assert not len(found.numbers)
    assert found.of(values)[100:, 1:].sum() == 0
    assert (found.of(values)[:100, 1:].sum(axis=1) == 2).all()


def test_three_answers_on_a_scale_are_a_number() -> None:
    values = np.array([[0.0], [1.0], [2.0], [1.0]], dtype=np.float32)
    assert learn_indicators(values, np.ones(4), [(0,)]).numbers.tolist() == [0]


def test_equal_answers_make_a_segment_no_thinner_than_the_steps_of_the_scale() -> None:
    ratings = np.tile(np.arange(1, 6), 20)[:, None].astype(np.float32)
    found = learn_indicators(ratings, np.ones(100), [(0,)])
    assert found.floors[0] == pytest.approx(1 / 12 / ratings.var())
    fine = learn_indicators(np.linspace(0, 1, 999, dtype=np.float32)[:, None], np.ones(999), [(0,)])
    assert fine.floors.tolist() == [1e-3]
