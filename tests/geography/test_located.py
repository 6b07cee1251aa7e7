import numpy as np
import pandas as pd
import pytest

from segmentation.geography import locate, located
from segmentation.intake import Condition, Operator
from tests.geography.markets import OpenMarket


def test_every_customer_is_on_the_map_or_excluded_for_one_reason(
    open_market: OpenMarket, gaps: pd.DataFrame
) -> None:
    market = open_market(gaps)
    found = locate(market.table, market.places, market.labels)
    assert found.n_customers == 600
    assert (found.missing, found.out_of_range, found.null_island, found.without_segment) == (
        3,
        2,
        4,
        5,
    )
    assert found.n_placed == 600 - 14
    assert found.n_excluded == 14


def test_each_reason_that_holds_for_somebody_is_noted_with_its_count(
    open_market: OpenMarket, gaps: pd.DataFrame
) -> None:
    market = open_market(gaps)
    notes = locate(market.table, market.places, market.labels).notes
    assert {note.code: note.get("n") for note in notes} == {
        "places-missing": 3,
        "places-out-of-range": 2,
        "places-null-island": 4,
        "places-without-segment": 5,
    }


def test_without_gaps_there_is_nothing_to_note(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    market = open_market(customers)
    assert not locate(market.table, market.places, market.labels).notes


def test_the_extent_holds_the_middle_nine_tenths_in_each_direction(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    market = open_market(customers)
    extent = locate(market.table, market.places, market.labels).extent
    assert extent is not None
    assert np.allclose(
        [extent.west, extent.east], np.quantile(customers["longitude"], [0.05, 0.95])
    )
    assert np.allclose(
        [extent.south, extent.north], np.quantile(customers["latitude"], [0.05, 0.95])
    )


def test_one_customer_far_away_does_not_move_the_extent(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    near = open_market(customers)
    customers.loc[0, ["latitude", "longitude"]] = [-41.3, 174.8]
    far = open_market(customers)
    before = locate(near.table, near.places, near.labels).extent
    after = locate(far.table, far.places, far.labels).extent
    assert before is not None
    assert after is not None
    assert abs(after.east - before.east) < 0.1


def test_a_large_table_is_measured_on_an_even_sample(
    open_market: OpenMarket, customers: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = open_market(customers)
    exact = locate(market.table, market.places, market.labels).extent
    monkeypatch.setattr(located, "EXTENT_ROWS", 200)
    sampled = locate(market.table, market.places, market.labels).extent
    assert exact is not None
    assert sampled is not None
    assert sampled != exact
    assert abs(sampled.west - exact.west) < 0.2


def test_nobody_on_the_map_has_no_extent(open_market: OpenMarket, customers: pd.DataFrame) -> None:
    customers.loc[10:, "latitude"] = np.nan
    customers.loc[:9, ["latitude", "longitude"]] = 0.0
    market = open_market(customers)
    found = locate(market.table, market.places, market.labels)
    assert (found.n_placed, found.null_island, found.extent) == (0, 10, None)


def test_only_the_population_is_counted(open_market: OpenMarket, customers: pd.DataFrame) -> None:
    only = Condition("city", Operator.IS, ("Berlin",))
    market = open_market(customers, conditions=[only])
    found = locate(market.table, market.places, market.labels)
    assert found.n_customers == (customers["city"] == "Berlin").sum()
    assert found.extent is not None
    assert found.extent.west > 12
