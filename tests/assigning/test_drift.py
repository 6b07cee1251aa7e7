"""The population stability index, and what chance alone makes of it."""

import numpy as np
import pytest

from segmentation.assigning.drift import (
    FLOOR,
    Drift,
    adjusted,
    counted,
    drift_of,
    reference_of,
)


def test_the_index_is_that_of_the_textbook() -> None:
    old, new = [200, 300, 500], [300, 300, 400]
    p, q = np.array(old) / 1000, np.array(new) / 1000
    found = drift_of("x", old, new, has_gaps=False)
    assert found.psi == pytest.approx(float(((q - p) * np.log(q / p)).sum()))
    assert found.expected == pytest.approx(2 * (1 / 1000 + 1 / 1000))


@pytest.mark.parametrize(("n", "mean", "high"), [(1000, 0.0181, 0.0339), (5000, 0.0036, 0.0068)])
def test_without_a_change_the_index_is_as_large_as_theory_says(
    n: int, mean: float, high: float
) -> None:
    rng = np.random.default_rng(7)
    draws = rng.multinomial(n, np.full(10, 0.1), size=(2, 1500))
    found = [
        drift_of("x", old.tolist(), new.tolist(), has_gaps=False)
        for old, new in zip(*draws, strict=True)
    ]
    psi = np.array([drift.psi for drift in found])
    assert psi.mean() == pytest.approx(mean, rel=0.06)
    assert np.quantile(psi, 0.95) == pytest.approx(high, rel=0.08)
    assert np.mean([drift.p is not None and drift.p < 0.05 for drift in found]) < 0.08


def test_few_new_customers_are_no_news() -> None:
    rng = np.random.default_rng(5)
    alarms = 0
    for _ in range(200):
        new = rng.multinomial(15, np.full(10, 0.1)).tolist()
        (found,) = adjusted([drift_of("x", [100] * 10, new, has_gaps=False)])
        assert found.n_bins <= 3
        alarms += found.verdict in ("some", "much")
    assert alarms < 24
    assert drift_of("x", [100] * 10, [1] * 9 + [0], has_gaps=False) == Drift("x")


def test_a_bin_that_empties_counts_with_the_floor() -> None:
    found = drift_of("x", [500, 500], [1000, 0], has_gaps=False)
    expected = 0.5 * np.log(2) + (FLOOR - 0.5) * np.log(FLOOR / 0.5)
    assert found.psi == pytest.approx(float(expected))
    assert adjusted([found])[0].verdict == "much"


def test_gaps_count_where_there_are_new_ones() -> None:
    assert drift_of("x", [500, 500, 0], [500, 500, 0]).n_bins == 2
    gone = drift_of("x", [500, 500, 0], [50, 50, 100])
    assert gone.n_bins == 3
    assert gone.psi is not None
    assert gone.psi > 1


def test_numbers_of_few_values_have_a_bin_each_and_others_are_cut_evenly() -> None:
    few = reference_of("x", np.array([1.0, 2.0, 2.0, 5.0, np.nan]), is_category=False)
    assert few.edges == (1.5, 3.5)
    assert few.counts == (1, 2, 1, 1)
    many = reference_of("x", np.arange(1000.0), is_category=False)
    assert set(many.counts[:-1]) == {100}
    assert counted(many, np.array([-5.0, 2000.0])).tolist() == [1, *[0] * 8, 1, 0]


def test_levels_beyond_the_largest_share_a_bin() -> None:
    texts = np.array([f"L{i % 30:02d}" for i in range(3000)] + [None], dtype=object)
    found = reference_of("x", texts, is_category=True)
    assert len(found.levels) == 20
    assert found.counts == (*[100] * 20, 1000, 1)
    assert counted(found, np.array(["new", None], dtype=object))[-2:].tolist() == [1, 1]


def test_many_variables_share_one_chance_of_a_false_alarm() -> None:
    found = [Drift(str(i), 1.0, 0.1, 0.01) for i in range(10)]
    assert {drift.verdict for drift in adjusted(found)} == {"noise"}
    assert adjusted(found[:1])[0].verdict == "much"
