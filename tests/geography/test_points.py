import numpy as np
import pandas as pd
import pytest

from segmentation.geography import customer_points, points
from tests.geography.markets import OpenMarket


def test_points_and_excluded_are_the_population(
    open_market: OpenMarket, gaps: pd.DataFrame
) -> None:
    market = open_market(gaps)
    shown = customer_points(market.table, market.places, market.labels)
    assert shown.n_points + shown.located.n_excluded == market.table.n_customers
    assert shown.notes == shown.located.notes != ()


def test_each_point_keeps_its_segment(open_market: OpenMarket, customers: pd.DataFrame) -> None:
    customers = customers.round(3)
    market = open_market(customers)
    shown = customer_points(market.table, market.places, market.labels)
    found = zip(shown.latitude, shown.longitude, shown.segment, strict=True)
    wanted = customers[["latitude", "longitude", "segment"]].itertuples(index=False, name=None)
    assert sorted(found) == sorted(wanted)


def test_no_point_is_more_exact_than_a_thousandth_of_a_degree(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    market = open_market(customers)
    shown = customer_points(market.table, market.places, market.labels)
    assert np.allclose(shown.latitude, shown.latitude.round(3), atol=1e-12)
    assert np.allclose(shown.longitude, shown.longitude.round(3), atol=1e-12)
    assert not np.allclose(customers["latitude"], customers["latitude"].round(3), atol=1e-12)


def test_shuffled_rows_give_the_same_points_in_the_same_order(
    open_market: OpenMarket, gaps: pd.DataFrame
) -> None:
    one = open_market(gaps)
    other = open_market(gaps.sample(frac=1, random_state=5))
    first = customer_points(one.table, one.places, one.labels)
    second = customer_points(other.table, other.places, other.labels)
    for part in ("latitude", "longitude", "segment"):
        assert np.array_equal(getattr(first, part), getattr(second, part))
    assert first.located == second.located


def test_of_too_many_customers_an_even_sample_is_shown_and_said(
    open_market: OpenMarket, customers: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = open_market(customers)
    everybody = customer_points(market.table, market.places, market.labels)
    monkeypatch.setattr(points, "POINTS_UP_TO", 200)
    shown = customer_points(market.table, market.places, market.labels)
    assert shown.n_points == 200
    assert np.array_equal(shown.latitude, everybody.latitude[:200])
    (note,) = shown.notes
    assert (note.code, note.get("shown"), note.get("n")) == ("points-sampled", 200, 600)
