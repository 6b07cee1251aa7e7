import importlib

import numpy as np
import pandas as pd
import pytest

from segmentation.geography import Landmark, landmarks, locate
from segmentation.variables import Role, VariableChoice
from tests.geography.markets import Market, OpenMarket

# The package's name for it is the function.
module = importlib.import_module("segmentation.geography.landmarks")


def named(market: Market) -> tuple[Landmark, ...]:
    located = locate(market.table, market.places, market.labels)
    return landmarks(market.table, market.places, market.labels, located)


def test_cities_are_named_at_the_middle_of_their_customers(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    found = named(open_market(customers))
    sizes = customers["city"].value_counts()
    middles = customers.groupby("city")[["latitude", "longitude"]].median()
    assert [(m.name, m.n_customers) for m in found] == list(sizes.items())
    for landmark in found:
        middle = middles.loc[landmark.name]
        assert np.allclose([landmark.latitude, landmark.longitude], middle.to_numpy(), atol=0.0006)


def test_a_place_of_fewer_than_five_customers_is_not_named(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    customers.loc[:3, "city"] = "Rome"
    customers.loc[10:14, "city"] = "Oslo"
    names = {m.name for m in named(open_market(customers))}
    assert "Rome" not in names
    assert "Oslo" in names


def test_where_a_single_customer_stands_is_not_told_exactly(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    for landmark in named(open_market(customers)):
        assert landmark.latitude == pytest.approx(round(landmark.latitude, 3), abs=1e-12)


def test_without_cities_the_regions_are_named(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    choices = {"city": VariableChoice(role=Role.LOCATION, detail="region")}
    assert len(named(open_market(customers, choices=choices))) == 3


def test_without_a_named_place_there_is_nothing_to_write(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    assert named(open_market(customers.drop(columns="city"))) == ()


def test_a_large_table_is_measured_on_an_even_sample(
    open_market: OpenMarket, customers: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = open_market(customers)
    everybody = named(market)
    monkeypatch.setattr(module, "MEASURED_ROWS", 200)
    sampled = named(market)
    assert {m.name for m in sampled} == {m.name for m in everybody}
    assert sum(m.n_customers for m in sampled) < 300


def test_shuffled_rows_give_the_same_landmarks(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    shuffled = customers.sample(frac=1, random_state=8)
    assert named(open_market(customers)) == named(open_market(shuffled))
