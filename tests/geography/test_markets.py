import numpy as np
import pandas as pd
import pytest

from segmentation.export.markets import markets_csv
from segmentation.geography import region_table
from segmentation.geography.markets import best_places, micro_markets, value_variables
from segmentation.wording import words_in
from tests.geography.markets import OpenMarket


@pytest.mark.parametrize("weight", [None, "survey_weight"])
def test_value_is_summed_up_by_region_and_segment(
    open_market: OpenMarket, customers: pd.DataFrame, weight: str | None
) -> None:
    market = open_market(customers)
    where, key = market.variable("city"), market.key(weight) if weight else None
    regions = region_table(market.table, where, market.labels, 3, weight_key=key)
    found = micro_markets(
        market.table, regions, where, market.labels, market.variable("spend"), key
    )
    frame = customers.assign(total=customers["spend"] * (customers[weight] if weight else 1))
    sums = frame.pivot_table("total", "city", "segment", "sum").loc[list(regions.regions)]
    assert found.value_name == "spend"
    assert np.allclose(np.asarray(found.value), sums)


def test_the_value_of_hidden_customers_is_hidden(open_market: OpenMarket) -> None:
    frame = pd.DataFrame(
        {
            "city": ["Ulm"] * 33 + ["Aalen"] * 90,
            "spend": np.arange(123) + 0.5,
            "latitude": 48.0,
            "longitude": 10.0,
            "segment": [0] * 3 + [1] * 10 + [2] * 20 + [0, 1, 2] * 30,
        }
    )
    market = open_market(frame)
    where = market.variable("city")
    regions = region_table(market.table, where, market.labels, 3)
    found = micro_markets(market.table, regions, where, market.labels, market.variable("spend"))
    assert found.value is not None
    assert np.isnan(found.value[1]).tolist() == [True, True, False]
    assert np.array_equal(np.isnan(found.value), np.isnan(regions.counts))


def test_the_best_places_have_many_customers_and_more_than_elsewhere(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    market = open_market(customers)
    regions = region_table(market.table, market.variable("city"), market.labels, 3)
    for segment, favourite in enumerate(["Munich", "Berlin", "Madrid"]):
        best = best_places(regions, segment)
        assert best[0].region == favourite
        assert all(place.index > 100 for place in best)
        assert best[0].score == pytest.approx(best[0].n_customers * best[0].index / 100)
        assert [place.score for place in best] == sorted(
            (place.score for place in best), reverse=True
        )


def test_amounts_can_be_summed_up_and_averages_cannot(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    frame = customers.assign(
        average_spend=customers["spend"] / 3,
        spend_next_quarter=customers["spend"] * 1.1,
        age=np.arange(600) % 60 + 18,
    )
    market = open_market(frame)
    names = [variable.name for variable in value_variables(market.variables)]
    assert names == ["spend_next_quarter", "spend"]


def test_the_file_says_what_the_screen_says_and_runs_no_formula(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    frame = customers.assign(city=customers["city"].replace("Munich", "=HYPERLINK(1)"))
    market = open_market(frame)
    where = market.variable("city")
    regions = region_table(market.table, where, market.labels, 3)
    found = micro_markets(market.table, regions, where, market.labels, market.variable("spend"))
    text = markets_csv(found, ("A", "+B", "C"), words_in("en")).decode("utf-8-sig")
    lines = text.split("\r\n")
    assert lines[0] == "Region,Segment,Customers,Share,Index,spend"
    assert len(lines) == 1 + 9 + 1
    assert "'=HYPERLINK(1),'+B," in text
    first = lines[1].split(",")
    assert float(first[2]) == regions.counts[0, 0]
    assert float(first[4]) == pytest.approx(regions.index[0, 0], abs=0.05)
