import numpy as np
import pandas as pd
import pytest

from segmentation.geography.catchments import Catchments, Overlap, catchments, overlap, radii_for
from segmentation.geography.distances import distance_column, with_distances
from segmentation.geography.nearby import NearbyPlan, Spot
from tests.geography.markets import Market, OpenMarket, scattered

MUNICH, BERLIN = Spot("M", 48.1, 11.6), Spot("B", 52.5, 13.4)
TOWNS = NearbyPlan("town", ("latitude", "longitude"), points=(MUNICH, BERLIN))


def ringed(market: Market, radii: tuple[float, ...], weight: str | None = None) -> Catchments:
    table = with_distances(market.table, [TOWNS])
    column = distance_column(table, TOWNS)
    assert column is not None
    key = market.key(weight) if weight else None
    return catchments(table, column, market.labels, 3, radii, key)


def overlapped(market: Market, km: float, pair: tuple[Spot, Spot] = (MUNICH, BERLIN)) -> Overlap:
    return overlap(market.table, market.places, market.labels, 3, pair, km)


def km_of(frame: pd.DataFrame, spot: Spot) -> np.ndarray:
    lat, lon = np.radians(frame["latitude"]), np.radians(frame["longitude"])
    to = np.radians([spot.latitude, spot.longitude])
    cosine = np.sin(lat) * np.sin(to[0]) + np.cos(lat) * np.cos(to[0]) * np.cos(lon - to[1])
    return (6371.0088 * np.arccos(np.clip(cosine, -1, 1))).to_numpy()


def test_rings_hold_whom_a_cross_table_holds(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    found = ringed(open_market(customers), (20.0, 5.0, 600.0))
    km = np.minimum(km_of(customers, MUNICH), km_of(customers, BERLIN))
    assert found.radii == (5.0, 20.0, 600.0)
    for row, segment in enumerate([0, 1, 2, None]):
        own = km if segment is None else km[customers["segment"] == segment]
        assert found.n_customers[row] == len(own)
        assert found.median_km[row] == pytest.approx(np.median(own))
        inside = [(own <= radius).sum() for radius in found.radii]
        shown = ~np.isnan(found.counts[row])
        assert np.array_equal(found.counts[row][shown], np.array(inside)[shown])
        assert np.allclose(found.share[row][shown], np.array(inside)[shown] / len(own))


def test_weights_change_shares_and_leave_counts(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    market = open_market(customers)
    plain, weighted = (ringed(market, (20.0,), w) for w in (None, "survey_weight"))
    assert np.array_equal(plain.counts, weighted.counts)
    near = np.minimum(km_of(customers, MUNICH), km_of(customers, BERLIN)) <= 20
    weight = customers["survey_weight"]
    assert weighted.share[3, 0] == pytest.approx(weight[near].sum() / weight.sum())


def at_distance(counts: dict[int, list[int]]) -> pd.DataFrame:
    """Customers of each segment north of Munich, 1, 3 and 30 km away."""
    rows = [
        (segment, MUNICH.latitude + km / 111.2)
        for segment, numbers in counts.items()
        for km, n in zip((1, 3, 30), numbers, strict=True)
        for _ in range(n)
    ]
    frame = scattered(n=len(rows))
    frame["segment"], frame["latitude"] = zip(*rows, strict=True)
    frame["longitude"] = MUNICH.longitude
    return frame


def test_no_small_ring_can_be_worked_out(open_market: OpenMarket) -> None:
    frame = at_distance({0: [3, 30, 40], 1: [20, 30, 40], 2: [40, 30, 20]})
    found = ringed(open_market(frame), (2.0, 10.0))
    # Three customers of the first segment live within 2 km; 33 within 10 km would tell with the
    # total that 40 live beyond, which is allowed, but no two sums may differ by the three.
    hidden = np.isnan(found.counts)
    assert hidden[0, 0]
    assert hidden[1:3, 0].any()
    assert not hidden[3].any()
    assert [note.code for note in found.notes] == ["cells-hidden"]


def test_a_ring_that_is_small_in_the_market_is_hidden_everywhere(open_market: OpenMarket) -> None:
    frame = at_distance({0: [2, 30, 40], 1: [1, 30, 40], 2: [0, 30, 20]})
    found = ringed(open_market(frame), (2.0, 10.0))
    assert np.isnan(found.counts[[0, 1, 3], 0]).all()


def test_segments_without_customers_have_no_distance(open_market: OpenMarket) -> None:
    frame = at_distance({0: [9, 9, 9], 2: [9, 9, 9]})
    found = ringed(open_market(frame), (2.0,))
    assert found.n_customers.tolist() == [27, 0, 27, 54]
    assert np.isnan(found.median_km[1])
    assert np.isnan(found.share[1, 0])


def test_overlap_counts_both_and_either(open_market: OpenMarket, customers: pd.DataFrame) -> None:
    beside = Spot("N", 48.2, 11.6)
    found = overlapped(open_market(customers), 12.0, (MUNICH, beside))
    near, other = (km_of(customers, spot) <= 12 for spot in (MUNICH, beside))
    whole = [found.first[3], found.second[3], found.both[3], found.either[3]]
    assert whole == [near.sum(), other.sum(), (near & other).sum(), (near | other).sum()]
    shown = ~np.isnan(found.both[:3])
    by_segment = [(near & other & (customers["segment"] == s)).sum() for s in range(3)]
    assert np.array_equal(found.both[:3][shown], np.array(by_segment)[shown])


def test_catchments_far_apart_share_nobody(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    found = overlapped(open_market(customers), 100.0)
    assert found.both.tolist() == [0, 0, 0, 0]
    assert found.either[3] == found.first[3] + found.second[3]


@pytest.mark.parametrize(
    ("median", "radii"),
    [(0.2, (1, 2, 5)), (7, (2, 5, 10)), (9e3, (100, 200, 500)), (float("nan"), (100, 200, 500))],
)
def test_usual_distances_lie_around_the_median(median: float, radii: tuple[float, ...]) -> None:
    assert radii_for(median) == radii
