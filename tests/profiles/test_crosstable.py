"""Which cells of a cross-table stand out, and how sure shares and means are, by other programs."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from segmentation.profiles import CrossTable, Profile, associations, cross_table, profile
from segmentation.profiles.intervals import mean_interval, wilson
from segmentation.variables import Role
from tests.markets import open_market

RNG = np.random.default_rng(12)
N = 240
SEGMENTS = RNG.integers(0, 3, N)
WEIGHTS = RNG.integers(1, 4, N)
PEOPLE = pd.DataFrame(
    {
        "town": np.where(RNG.random(N) < 0.6, "A", np.array(["B", "C", "D"])[SEGMENTS]),
        "age": (RNG.normal(40, 10, N) + 5 * SEGMENTS).round(2),
        "member": RNG.random(N) < 0.3 + 0.2 * SEGMENTS,
        "visits": RNG.normal(20, 4, N).round(3),
        "spend": RNG.normal(20, 4, N).round(3),
        "mass": WEIGHTS,
    }
)


def profiled(folder: Path, weight: Role) -> Profile:
    basis = {"visits": Role.BASIS, "spend": Role.BASIS}
    market = open_market(folder, PEOPLE, {**basis, "mass": weight}, rest=Role.DESCRIPTOR)
    labels = market.labelled([int(s) for s in SEGMENTS])
    return profile(market.table, market.variables, labels, 3)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    return profiled(tmp_path_factory.mktemp("plain"), Role.IGNORE)


@pytest.fixture(scope="module")
def weighted(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    return profiled(tmp_path_factory.mktemp("weighted"), Role.WEIGHT)


def test_adjusted_residuals_are_those_of_the_textbook(plain: Profile) -> None:
    found = cross_table(plain, "town")
    table = pd.crosstab(PEOPLE["town"], SEGMENTS).loc[list(found.levels)].to_numpy()
    assert found.observed == pytest.approx(table)
    expected = stats.contingency.expected_freq(table)
    rows, columns = table.sum(axis=1, keepdims=True), table.sum(axis=0, keepdims=True)
    residuals = (table - expected) / np.sqrt(expected * (1 - rows / N) * (1 - columns / N))
    assert found.residuals == pytest.approx(residuals)


def test_weights_count_as_the_effective_number_of_customers(weighted: Profile) -> None:
    found = cross_table(weighted, "town")
    effective = WEIGHTS.sum() ** 2 / (WEIGHTS**2).sum()
    # Each segment has an effective number of its own; together they are near that of all.
    assert found.observed.sum() == pytest.approx(effective, rel=0.03)
    masses = pd.crosstab(PEOPLE["town"], SEGMENTS, WEIGHTS, aggfunc="sum").fillna(0)
    shares = masses.loc[list(found.levels)].to_numpy() / WEIGHTS.sum()
    assert found.observed / found.observed.sum() == pytest.approx(shares)
    (tested,) = [each for each in associations(weighted) if each.variable == "town"]
    chi = stats.chi2_contingency(shares * found.observed.sum(), correction=False)
    assert tested.statistic == pytest.approx(chi.statistic)
    assert (tested.n, tested.n_missing) == (N, 0)


def test_a_mean_has_students_interval_and_a_share_wilsons(plain: Profile) -> None:
    for fact in plain.numbers:
        own = PEOPLE[fact.variable][fact.segment == SEGMENTS]
        if fact.variable == "member":
            assert fact.is_share
            known = stats.binomtest(int(own.sum()), len(own)).proportion_ci(method="wilson")
            assert fact.interval == pytest.approx((known.low, known.high))
        else:
            known = stats.t.interval(0.95, len(own) - 1, own.mean(), stats.sem(own))
            assert fact.interval == pytest.approx(known, rel=1e-6)
    for level in plain.levels:
        if level.variable == "town":
            own = PEOPLE["town"][level.segment == SEGMENTS]
            known = stats.binomtest(int((own == level.level).sum()), len(own))
            ends = known.proportion_ci(method="wilson")
            assert level.interval == pytest.approx((ends.low, ends.high))


def test_a_weighted_interval_is_wider_than_customers_alone_would_make_it(weighted: Profile) -> None:
    for fact in weighted.numbers:
        own = WEIGHTS[fact.segment == SEGMENTS]
        assert fact.effective == pytest.approx(own.sum() ** 2 / (own**2).sum())
        assert fact.effective < fact.n


def test_one_customer_has_no_interval_of_a_mean() -> None:
    assert all(map(math.isnan, mean_interval(5.0, 0.0, 1)))
    assert all(map(math.isnan, mean_interval(math.nan, math.nan, 0)))
    assert wilson(math.nan, 0) == (0.0, 1.0)


def test_nobody_in_a_segment_stands_out_nowhere() -> None:
    residuals = CrossTable("x", ("a", "b"), np.array([[3.0, 0.0], [4.0, 0.0]])).residuals
    assert np.isnan(residuals).all()
