import numpy as np
import pandas as pd
import pytest
from scipy import stats

from segmentation.geography import region_table
from segmentation.geography.concentration import concentration, holm, quotients
from segmentation.geography.tally import effective_share
from tests.geography.markets import OpenMarket


def of_counts(counts: list[list[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    cells = np.array(counts, dtype=np.float64)
    return cells, cells.sum(axis=1), cells.sum(axis=0), float(cells.sum())


def test_a_quotient_is_share_here_over_share_in_the_market() -> None:
    cells, rows, columns, n = of_counts([[30, 70], [170, 730]])
    found = quotients(("A", "B"), cells, rows, columns, n)
    assert found.quotient[0].tolist() == pytest.approx([1.5, 0.875])
    # By hand: 1/30 - 1/100 - 1/200 + (2 * 1.5 - 1) / 1000 = 0.020333, its root 0.14260.
    assert found.low[0, 0] == pytest.approx(1.5 * np.exp(-1.959964 * 0.142595), rel=1e-5)
    assert found.high[0, 0] == pytest.approx(1.5 * np.exp(1.959964 * 0.142595), rel=1e-5)


def test_the_interval_holds_the_truth_in_19_of_20_samples() -> None:
    truth = np.array([0.06, 0.14, 0.20, 0.60])  # of the cells, a quotient of 0.06 / (0.2 * 0.26)
    drawn = np.random.default_rng(5).multinomial(800, truth, size=2000)
    inside = 0
    for sample in drawn.reshape(-1, 2, 2):
        cells, rows, columns, n = of_counts(sample.tolist())
        found = quotients(("A", "B"), cells, rows, columns, n)
        inside += bool(found.low[0, 0] <= 0.06 / (0.2 * 0.26) <= found.high[0, 0])
    assert 0.935 <= inside / len(drawn) <= 0.965


def test_the_test_is_that_of_a_table_of_two_by_two() -> None:
    cells, rows, columns, n = of_counts([[40, 60], [160, 740]])
    found = quotients(("A", "B"), cells, rows, columns, n)
    chi2 = stats.chi2_contingency(cells, correction=False).statistic * (n - 1) / n
    # Four cells are judged, and all four say the same.
    assert found.p[0, 0] == pytest.approx(4 * stats.chi2.sf(chi2, 1), rel=1e-6)


def test_holm_corrects_as_published() -> None:
    # Stepped down by hand: 4 x 0.01, 3 x 0.02, then never less than what came before.
    p = np.array([0.01, 0.02, 0.03, 0.04])
    assert holm(p).tolist() == pytest.approx([0.04, 0.06, 0.06, 0.06])
    assert holm(np.array([])).tolist() == []


def test_few_expected_customers_are_not_judged() -> None:
    cells, rows, columns, n = of_counts([[4, 6], [16, 974]])
    found = quotients(("A", "B"), cells, rows, columns, n)
    assert np.isnan(found.quotient).all()
    assert found.n_judged == 0
    assert not found.is_over.any()


def test_an_empty_cell_that_should_be_full_is_under_represented() -> None:
    cells, rows, columns, n = of_counts([[0, 200], [200, 600]])
    found = quotients(("A", "B"), cells, rows, columns, n)
    assert (found.quotient[0, 0], found.low[0, 0]) == (0, 0)
    assert found.high[0, 0] > 0
    assert found.is_under[0, 0]


def test_a_certain_trifle_is_not_named() -> None:
    cells, rows, columns, n = of_counts([[52_000, 48_000], [448_000, 452_000]])
    found = quotients(("A", "B"), cells, rows, columns, n)
    assert found.p[0, 0] < 1e-6
    assert not found.is_over.any()


def test_towns_with_a_favourite_are_found(open_market: OpenMarket, customers: pd.DataFrame) -> None:
    market = open_market(customers)
    regions = region_table(market.table, market.variable("city"), market.labels, 3)
    found = concentration(regions)
    assert np.allclose(found.quotient, regions.index / 100)
    favourites = {"Munich": 0, "Berlin": 1, "Madrid": 2}
    expected = [[favourites[r] == s for s in range(3)] for r in found.regions]
    assert found.is_over.tolist() == expected


def test_weights_make_it_less_certain(open_market: OpenMarket, customers: pd.DataFrame) -> None:
    market = open_market(customers)
    key = market.key("survey_weight")
    share = effective_share(market.table, market.labels, key)
    weight = customers["survey_weight"]
    assert share == pytest.approx(weight.sum() ** 2 / (weight**2).sum() / len(weight))
    assert effective_share(market.table, market.labels, None) == 1
    regions = region_table(market.table, market.variable("city"), market.labels, 3, weight_key=key)
    sure, unsure = concentration(regions), concentration(regions, effective=share)
    assert np.allclose(sure.quotient, unsure.quotient)
    assert (unsure.high - unsure.low > sure.high - sure.low).all()
