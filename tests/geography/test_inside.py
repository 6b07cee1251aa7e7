import numpy as np

from segmentation.geography import bin_customers, inside, region_table
from segmentation.geography.tally import labelled_rows
from tests.geography.markets import OpenMarket, scattered


def test_a_hexagon_holds_the_customers_that_were_counted_in_it(open_market: OpenMarket) -> None:
    market = open_market(scattered())
    bins = bin_customers(market.table, market.places, market.labels, 0.1)
    rows = labelled_rows(market.table, market.labels)
    for cell in (0, len(bins.counts) // 2, len(bins.counts) - 1):
        own = market.table.session.frame(inside(market.places, bins, cell)(rows))
        counts = np.bincount(own["segment"], minlength=3)
        assert counts.tolist() == bins.counts[cell].tolist()


def test_regions_can_be_those_of_one_hexagon(open_market: OpenMarket) -> None:
    market = open_market(scattered())
    bins = bin_customers(market.table, market.places, market.labels, 1.0)
    only = inside(market.places, bins, 0)
    city = market.variable("city")
    narrowed = region_table(market.table, city, market.labels, 3, only=only)
    assert len(narrowed.regions) == 1
    assert narrowed.n_customers[0] == bins.n_customers[0]
