import numpy as np
import pandas as pd
import pytest

from segmentation.geography.seasons import season_sources, seasons
from tests.geography.markets import OpenMarket


@pytest.fixture
def dated(customers: pd.DataFrame) -> pd.DataFrame:
    """Customers who joined on some day; those of segment 2 mostly in summer."""
    rng = np.random.default_rng(8)
    month = np.where(
        (customers["segment"] == 2) & (rng.random(600) < 0.7), 8, rng.integers(1, 13, 600)
    )
    return customers.assign(joined=[f"2024-{m:02d}-15" for m in month])


def test_dates_are_counted_by_quarter(open_market: OpenMarket, dated: pd.DataFrame) -> None:
    market = open_market(dated)
    (source,) = season_sources(market.variables)
    found = seasons(market.table, source, market.labels, 3)
    quarter = pd.to_datetime(dated["joined"]).dt.quarter
    cross = pd.crosstab(quarter, dated["segment"], normalize="columns").to_numpy()
    assert source.name == "joined"
    assert np.allclose(found.share, cross, equal_nan=True)
    assert np.allclose(found.market, quarter.value_counts(normalize=True).sort_index())
    assert found.n_known == 600
    assert found.standout == (2, 2)


def test_weights_count_in_the_shares(open_market: OpenMarket, dated: pd.DataFrame) -> None:
    market = open_market(dated)
    (source,) = season_sources(market.variables)
    found = seasons(market.table, source, market.labels, 3, market.key("survey_weight"))
    quarter = pd.to_datetime(dated["joined"]).dt.quarter
    mass = dated.groupby([quarter, "segment"])["survey_weight"].sum().unstack()
    assert np.allclose(found.share, mass / mass.sum())


def test_small_quarters_are_hidden(open_market: OpenMarket, customers: pd.DataFrame) -> None:
    frame = customers.head(90).assign(
        segment=[0, 1, 2] * 30, joined=["2024-02-01"] * 87 + ["2024-05-01"] * 3
    )
    market = open_market(frame)
    (source,) = season_sources(market.variables)
    found = seasons(market.table, source, market.labels, 3)
    assert np.isnan(found.share[1]).all()
    assert [note.code for note in found.notes] == ["cells-hidden"]


def test_shares_made_from_orders_are_averaged(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    rng = np.random.default_rng(4)
    parts = rng.dirichlet(np.ones(4), 600).round(6)
    frame = customers.assign(**{f"season: Q{q + 1}": parts[:, q] for q in range(4)})
    market = open_market(frame)
    sources = season_sources(market.variables)
    assert sources[0].name == ""
    found = seasons(market.table, sources[0], market.labels, 3)
    mean = pd.DataFrame(parts).groupby(customers["segment"]).mean().to_numpy().T
    assert np.allclose(found.share, mean, atol=1e-5)
    assert found.standout is None
