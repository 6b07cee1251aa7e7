"""Moran's I against published data and peer results, and on hexagons with and without a pattern."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy.sparse import csr_array

from segmentation.geography import bin_customers, locate
from segmentation.geography.autocorrelation import (
    FEWEST_PLACES,
    SHOWN_SHARE,
    adjacent,
    morans_i,
    nearest,
    pattern_bins,
    spatial_pattern,
    standardised_rates,
)
from segmentation.geography.bins import Bins
from segmentation.geography.located import Extent, Located
from segmentation.geography.mercator import latitude_at
from tests.geography.markets import OpenMarket

# Residential burglaries and vehicle thefts per thousand households in 49 neighbourhoods of
# Columbus, Ohio, 1980, and who borders on whom (queen contiguity): Anselin (1988), Spatial
# Econometrics, table 12.1; the file "columbus" of libpysal 4.14.1.
CRIME = (
    *(15.72598, 18.801754, 30.626781, 32.38776, 50.73151, 26.066658, 0.178269, 38.425858),
    *(30.515917, 34.000835, 62.275448, 56.705669, 46.716129, 57.066132, 48.585487, 54.838711),
    *(36.868774, 43.962486, 54.521965, 0.223797, 40.074074, 33.705048, 20.048504, 38.297871),
    *(61.299175, 40.969742, 52.79443, 56.919785, 60.750446, 68.892044, 17.677214, 19.145592),
    *(41.968163, 23.974028, 39.175053, 14.305556, 42.445076, 53.710938, 19.100863, 16.241299),
    *(18.905146, 16.49189, 36.663612, 25.962263, 29.028488, 16.530533, 27.822861, 26.645266),
    22.541491,
)
BORDERS = (
    "1 2|0 2 3|0 1 3 4|1 2 4 7|2 3 5 7 8 10 14 15|4 8|7 11 12 13|3 4 6 10 11 12|"
    "4 5 9 14 19 21 24 25|8 16 19 21|4 7 11 14 15|6 7 10 12 13 15|6 7 11 13|6 11 12 15 17 18|"
    "4 8 10 15 24 25|4 10 11 13 14 17 23 24|9 19 22|13 15 18 23|13 17 23|"
    "8 9 16 21 22 26 31 32 34 39|23 29 33|8 9 19 25 26 27|16 19 31|15 17 18 20 24 28 29|"
    "8 14 15 23 25 27 28 29|8 14 21 24 27 28|19 21 27 32|21 24 25 26 28 32 34 36 37|"
    "23 24 25 27 29 36 37|20 23 24 28 36|33 35 38|19 22 39 40|19 26 27 34|20 30 35 41|"
    "19 27 32 37 39 42 43|30 33 38 41 45|27 28 29 37 42 44|27 28 34 36 42 43|30 35 45|"
    "19 31 34 40 46|31 39 46|33 35|34 36 37 43 44 47|34 37 42 47 48|36 42 47 48|35 38|39 40|"
    "42 43 44 48|43 44 47"
)
# Counts on a grid of six by six fields, and what esda 2.9.0 with libpysal 4.14.1 says of them.
CASES = np.array(
    [
        *(14, 48, 42, 31, 31, 52, 14, 44, 20, 14, 36, 58, 46, 48, 45, 49, 35, 16, 51, 32, 35, 28),
        *(19, 56, 49, 42, 30, 51, 37, 32, 32, 21, 14, 37, 54, 13),
    ],
    dtype=np.float64,
)
EVENTS = np.array(
    [
        *(4, 10, 10, 5, 11, 14, 5, 9, 5, 1, 6, 16, 16, 20, 12, 14, 10, 3, 14, 11, 10, 11, 6, 23),
        *(21, 15, 15, 23, 14, 11, 16, 7, 5, 9, 27, 7),
    ],
    dtype=np.float64,
)
ESDA_I, ESDA_RATE_I = 0.37971311072504443, 0.34801949981198077
ESDA_RATES = [-0.261337594236646, -1.3783453230095402, -0.9674012017798096, -1.5695751508239264]


def linked(borders: list[list[int]]) -> csr_array:
    rows = np.repeat(np.arange(len(borders)), [len(others) for others in borders])
    columns = np.concatenate([np.array(others) for others in borders])
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(borders), len(borders)))


def test_crime_in_columbus_is_as_patterned_as_esda_says() -> None:
    links = linked([[int(each) for each in line.split()] for line in BORDERS.split("|")])
    moran, p = morans_i(np.array([CRIME]).T, links, 999, 7)
    assert moran[0] == pytest.approx(0.5001885571828611, abs=1e-12)  # esda 2.9.0
    assert p[0] == 0.001


def test_values_and_rates_are_as_patterned_as_esda_says() -> None:
    at = np.arange(36).reshape(6, 6)
    borders: list[list[int]] = [[] for _ in range(36)]
    pairs = [*zip(at[:, :-1].flat, at[:, 1:].flat), *zip(at[:-1].flat, at[1:].flat)]  # noqa: B905
    for a, b in pairs:
        borders[a].append(b)
        borders[b].append(a)
    rates = standardised_rates(EVENTS / CASES, CASES)
    moran, p = morans_i(np.column_stack((EVENTS / CASES, rates)), linked(borders), 999, 1)
    assert moran.tolist() == pytest.approx([ESDA_I, ESDA_RATE_I], abs=1e-12)
    assert rates[:4].tolist() == pytest.approx(ESDA_RATES, abs=1e-12)
    assert (p <= 0.01).all()


def test_the_same_seed_gives_the_same_p_and_no_variation_gives_none() -> None:
    values = np.column_stack((np.random.default_rng(3).normal(size=49), np.full(49, 0.3)))
    links = linked([[int(each) for each in line.split()] for line in BORDERS.split("|")])
    first, again = (morans_i(values, links, 99, 5) for _ in range(2))
    assert np.array_equal(first[1], again[1], equal_nan=True)
    assert np.isnan(first[0]).tolist() == [False, True]
    assert first[1][0] > 0.05


def hexagons(counts: npt.NDArray[np.int64], spread: float = 1.0) -> Bins:
    """Hexagons of one degree in rows of ten, ``spread`` times as far apart as they touch."""
    place = np.arange(len(counts))
    along, across = place // 10, place % 10
    return Bins(
        degrees=1.0,
        latitude=latitude_at(spread * along * np.sqrt(0.75)),
        longitude=spread * (across + along % 2 / 2),
        counts=counts,
        mass=counts.astype(np.float64),
        hidden_bins=0,
        hidden_customers=0,
        located=Located(int(counts.sum()), int(counts.sum()), 0, 0, 0, 0, Extent(0, 0, 10, 10)),
    )


def filled(western: float, seed: int = 2) -> npt.NDArray[np.int64]:
    """A hundred hexagons of thirty customers; the first segment likes those in the west."""
    rng = np.random.default_rng(seed)
    west = np.arange(100) % 10 < 5
    first = rng.binomial(30, np.where(west, western, 0.3))
    second = rng.binomial(30 - first, 0.5)
    return np.column_stack((first, second, 30 - first - second))


def test_hexagons_that_touch_are_neighbours() -> None:
    links = adjacent(hexagons(filled(0.3)))
    per_place = np.diff(links.indptr)
    assert per_place.max() == 6
    assert int(per_place.sum()) == 2 * (90 + 9 * 19)  # along the rows, and between them


def test_a_planted_pattern_is_found_and_chance_is_not() -> None:
    planted, flat = (spatial_pattern(hexagons(filled(share))) for share in (0.6, 0.3))
    assert planted is not None
    assert flat is not None
    assert planted.moran[0] > 0.4
    assert planted.p[0] == pytest.approx(0.003)  # one in a thousand, for three segments
    assert (flat.p > 0.05).all()
    assert (planted.n_places, planted.n_alone, planted.is_adjacent) == (100, 0, True)
    assert planted.expected == pytest.approx(-1 / 99)


def test_scattered_hexagons_have_their_nearest_as_neighbours() -> None:
    found = spatial_pattern(hexagons(filled(0.6), spread=3.0))
    assert found is not None
    assert not found.is_adjacent
    assert found.p[0] < 0.05


def test_few_hexagons_are_not_judged() -> None:
    assert spatial_pattern(hexagons(filled(0.6)[: FEWEST_PLACES - 1])) is None


def test_weights_decide_the_shares() -> None:
    bins = hexagons(filled(0.3))
    tilted = bins.mass.copy()
    tilted[np.arange(100) % 10 < 5, 0] *= 4
    found = spatial_pattern(replace(bins, mass=tilted))
    assert found is not None
    assert found.p[0] < 0.05


def test_places_at_one_point_are_not_their_own_neighbours() -> None:
    links = nearest(np.array([0.0, 0.0, 0.0, 9.0]), np.array([0.0, 0.0, 1.0, 0.0]), 2)
    assert not links.diagonal().any()
    assert np.diff(links.indptr).tolist() == [2, 2, 2, 2]


def test_a_pattern_is_looked_for_as_finely_as_customers_allow(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    market = open_market(pd.concat([customers] * 4, ignore_index=True))
    located = locate(market.table, market.places, market.labels)
    found = pattern_bins(market.table, market.places, market.labels, located)
    assert found.n_customers.sum() >= SHOWN_SHARE * located.n_placed
    finer = bin_customers(market.table, market.places, market.labels, found.degrees / 2)
    assert finer.n_customers.sum() < SHOWN_SHARE * located.n_placed
