import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from segmentation.geography import (
    BIN_SIZES,
    Bins,
    Counted,
    Extent,
    Leading,
    Located,
    bin_customers,
    bin_size,
    bins,
)
from segmentation.geography.mercator import height, latitude_at
from tests.geography.markets import Market, OpenMarket, scattered

DEGREES = 0.1


def binned(market: Market, degrees: float = DEGREES, weight: str | None = None) -> Bins:
    key = market.key(weight) if weight else None
    return bin_customers(market.table, market.places, market.labels, degrees, counted=Counted(key))


def plane(latitude: "pd.Series[float]", longitude: "pd.Series[float]") -> npt.NDArray[np.float64]:
    return np.column_stack([longitude, [height(lat) for lat in latitude]])


def centers_around(spots: npt.NDArray[np.float64], degrees: float) -> npt.NDArray[np.float64]:
    """All middles of hexagons near some spots of the plane, by the textbook's lattice."""
    step = degrees * math.sqrt(3) / 2
    found = set()
    for x, y in spots:
        row = round(y / step)
        for along in range(row - 2, row + 3):
            column = round(x / degrees - along / 2)
            found |= {(across, along) for across in range(column - 2, column + 3)}
    return np.array(
        [(degrees * (across + along / 2), step * along) for across, along in sorted(found)]
    )


def test_shown_hidden_and_excluded_are_the_population(
    open_market: OpenMarket, gaps: pd.DataFrame
) -> None:
    market = open_market(gaps)
    found = binned(market)
    assert found.hidden_bins > 0
    assert len(found.counts) > 0
    assert (
        found.counts.sum() + found.hidden_customers + found.located.n_excluded
        == market.table.n_customers
    )


def test_segments_of_a_bin_add_up_to_its_customers(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    found = binned(open_market(customers), degrees=30.0)
    assert found.hidden_bins == 0
    assert found.counts.sum(axis=0).tolist() == np.bincount(customers["segment"]).tolist()
    assert found.n_customers.sum() == len(customers)
    assert np.array_equal(found.counts, found.mass)


@pytest.mark.parametrize("degrees", [0.03171, 0.09713, 2.0371])
def test_every_customer_is_in_the_hexagon_with_the_nearest_middle(
    open_market: OpenMarket, customers: pd.DataFrame, degrees: float
) -> None:
    spots = plane(customers["latitude"], customers["longitude"])
    centers = centers_around(spots, degrees)
    nearest = np.argmin(((spots[:, None] - centers[None]) ** 2).sum(axis=2), axis=1)
    wanted = np.bincount(nearest, minlength=len(centers))
    found = binned(open_market(customers), degrees=degrees)
    middles = np.column_stack([found.longitude, [height(lat) for lat in found.latitude]])
    gap = ((middles[:, None] - centers[None]) ** 2).sum(axis=2)
    assert gap.min(axis=1).max() < 1e-12
    assert wanted[gap.argmin(axis=1)].tolist() == found.n_customers.tolist()
    assert wanted[wanted >= 5].sum() == found.counts.sum()


def test_bins_below_five_customers_are_hidden_and_counted(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    found = binned(open_market(customers), degrees=0.05)
    assert found.n_customers.min() >= 5
    (note,) = found.notes
    assert note.code == "bins-hidden"
    assert (note.get("bins"), note.get("customers"), note.get("below")) == (
        found.hidden_bins,
        found.hidden_customers,
        5,
    )
    assert found.hidden_bins <= found.hidden_customers <= 4 * found.hidden_bins


def test_no_browser_gets_more_bins_than_it_can_draw(
    open_market: OpenMarket, customers: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = open_market(customers)
    everything = binned(market)
    monkeypatch.setattr(bins, "BINS_UP_TO", 3)
    found = binned(market)
    assert found.n_customers.tolist() == everything.n_customers[:3].tolist()
    assert found.counts.sum() + found.hidden_customers == len(customers)
    assert found.hidden_bins == everything.hidden_bins + len(everything.counts) - 3


def test_shuffled_rows_give_the_same_bins(open_market: OpenMarket, gaps: pd.DataFrame) -> None:
    first = binned(open_market(gaps), weight="survey_weight")
    second = binned(open_market(gaps.sample(frac=1, random_state=3)), weight="survey_weight")
    for part in ("latitude", "longitude", "counts"):
        assert np.array_equal(getattr(first, part), getattr(second, part))
    assert np.allclose(first.mass, second.mass)
    assert (first.notes, first.located) == (second.notes, second.located)


def test_weights_change_the_mass_but_not_the_counts(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    market = open_market(customers)
    plain, weighted = binned(market, 30.0), binned(market, 30.0, weight="survey_weight")
    assert np.array_equal(plain.counts, weighted.counts)
    assert np.allclose(
        weighted.mass.sum(axis=0), customers.groupby("segment")["survey_weight"].sum()
    )


def test_twice_the_weight_is_twice_the_mass_and_the_same_share(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    single = binned(open_market(customers), weight="survey_weight")
    customers["survey_weight"] *= 2
    double = binned(open_market(customers), weight="survey_weight")
    assert np.allclose(2 * single.mass.sum(), double.mass.sum())
    assert np.allclose(np.sort(single.leading_share), np.sort(double.leading_share))


def test_customers_at_the_poles_are_on_the_edge_of_the_map(open_market: OpenMarket) -> None:
    frame = scattered(n=40)
    frame.loc[:19, ["latitude", "longitude"]] = [90.0, 10.0]
    frame.loc[20:, ["latitude", "longitude"]] = [-90.0, 180.0]
    found = binned(open_market(frame), degrees=1.0)
    assert found.n_customers.tolist() == [20, 20]
    assert np.abs(found.latitude).min() > 84


def test_a_large_segment_is_the_largest_everywhere_and_typical_where_it_exceeds_the_market() -> (
    None
):
    counts = np.array([[60, 5], [50, 40], [30, 3]])
    found = Bins(
        degrees=1.0,
        latitude=latitude_at(np.zeros(3)),
        longitude=np.arange(3.0),
        counts=counts,
        mass=counts.astype(float),
        hidden_bins=0,
        hidden_customers=0,
        located=located(188, Extent(0.0, 0.0, 3.0, 1.0)),
    )
    assert found.leading.tolist() == [0, 0, 0]
    assert np.allclose(found.leading_share, [60 / 65, 50 / 90, 30 / 33])
    typical = replace(found, by=Leading.TYPICAL)
    assert typical.leading.tolist() == [0, 1, 0]
    assert np.allclose(typical.leading_share, [60 / 65, 40 / 90, 30 / 33])


def test_bins_without_any_weight_have_no_share(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    customers["survey_weight"] = -1.5
    found = replace(
        binned(open_market(customers), 30.0, weight="survey_weight"), by=Leading.TYPICAL
    )
    assert found.counts.sum() == len(customers)
    assert not found.leading_share.any()


def located(n: int, extent: Extent | None) -> Located:
    return Located(n, n, 0, 0, 0, 0, extent)


@pytest.mark.parametrize("width", [0.05, 0.4, 3.0, 25.0, 300.0])
def test_many_customers_get_about_forty_bins_across(width: float) -> None:
    extent = Extent(west=0.0, south=0.0, east=width, north=0.001)
    across = width / bin_size(located(1_000_000, extent))
    assert 40 / 1.5 <= across <= 40 * 1.5 or bin_size(located(10**6, extent)) == BIN_SIZES[0]


def test_few_customers_get_larger_bins() -> None:
    extent = Extent(west=-1.0, south=0.0, east=1.0, north=1.0)
    sizes = [bin_size(located(n, extent)) for n in (30, 1_000, 5_000, 100_000)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) > 2


def test_the_higher_side_of_the_extent_counts_too() -> None:
    wide = bin_size(located(10**5, Extent(0.0, -1.0, 20.0, 1.0)))
    high = bin_size(located(10**5, Extent(0.0, -10.0, 2.0, 10.0)))
    assert wide == high


def test_customers_in_one_spot_get_the_smallest_bins_and_nobody_the_largest() -> None:
    spot = Extent(west=5.0, south=5.0, east=5.0, north=5.0)
    assert bin_size(located(10**6, spot)) == BIN_SIZES[0]
    assert bin_size(located(0, None)) == BIN_SIZES[-1]
