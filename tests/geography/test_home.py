import numpy as np

from segmentation.geography import RegionTable, home, homes


def table(counts: list[list[int]]) -> RegionTable:
    """A table of regions from counts by region and segment, nothing hidden."""
    numbers = np.array(counts, dtype=np.float64)
    market = numbers.sum(axis=0) / numbers.sum()
    share = numbers / numbers.sum(axis=1, keepdims=True)
    return RegionTable(
        variable="city",
        regions=tuple(f"R{i}" for i in range(len(counts))),
        n_customers=numbers.sum(axis=1).astype(np.int64),
        counts=numbers,
        share=share,
        index=100 * share / market,
        market=market,
        n_known=int(numbers.sum()),
        n_missing=0,
        n_all_regions=len(counts),
    )


def test_the_home_is_the_cell_that_stands_out_most_from_the_market() -> None:
    found = home(table([[500, 100], [400, 100], [100, 200]]))
    assert found is not None
    assert (found.segment, found.region) == (1, "R2")
    assert found.share == 200 / 300
    assert found.market == 400 / 1400


def test_a_high_index_of_few_customers_is_chance_and_no_home() -> None:
    assert home(table([[500, 500], [3, 6]])) is None


def test_a_certain_but_small_difference_is_no_headline() -> None:
    assert home(table([[50_000, 50_000], [45_000, 55_000]])) is None


def test_hidden_cells_are_no_home() -> None:
    regions = table([[500, 100], [400, 100], [100, 200]])
    regions.share[2, 1] = regions.index[2, 1] = np.nan
    found = home(regions)
    assert found is None or found.region != "R2"


def test_each_segment_has_a_home_of_its_own_or_none() -> None:
    first, second, third = homes(table([[500, 100, 40], [400, 100, 30], [100, 200, 20]]))
    assert first is None
    assert second is not None
    assert (second.segment, second.region, second.share) == (1, "R2", 200 / 320)
    assert third is None
