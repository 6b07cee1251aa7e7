import numpy as np
import pandas as pd
import pytest

from segmentation.geography import RegionTable, region_table, regions
from segmentation.intake import Decision, Kind
from segmentation.variables import Role, VariableChoice
from tests.geography.markets import Market, OpenMarket, scattered

AS_REGION = {"area": VariableChoice(role=Role.LOCATION, detail="region")}


def tabled(market: Market, name: str = "city", weight: str | None = None) -> RegionTable:
    key = market.key(weight) if weight else None
    return region_table(market.table, market.variable(name), market.labels, 3, weight_key=key)


def with_cells(cells: list[list[int]]) -> pd.DataFrame:
    """Customers with so many of each segment (columns) in each area (rows)."""
    pairs = [
        (f"area {row}", segment)
        for row, counts in enumerate(cells)
        for segment, n in enumerate(counts)
        for _ in range(n)
    ]
    frame = scattered(n=len(pairs))
    frame["area"], frame["segment"] = zip(*pairs, strict=True)
    return frame


def codes(table: RegionTable) -> list[str]:
    return [note.code for note in table.notes]


def test_counts_shares_and_indices_are_those_of_a_cross_table(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    found = tabled(open_market(customers))
    cross = pd.crosstab(customers["city"], customers["segment"]).loc[list(found.regions)]
    share = cross.div(cross.sum(axis=1), axis=0).to_numpy()
    market = customers["segment"].value_counts(normalize=True).sort_index().to_numpy()
    assert np.array_equal(found.counts, cross)
    assert np.allclose(found.share, share)
    assert np.allclose(found.market, market)
    assert np.allclose(found.index, 100 * share / market)
    assert not found.notes


def test_the_largest_region_comes_first(open_market: OpenMarket, customers: pd.DataFrame) -> None:
    found = tabled(open_market(customers))
    assert found.n_customers.tolist() == sorted(customers["city"].value_counts(), reverse=True)


@pytest.mark.parametrize("weight", [None, "survey_weight"])
def test_indices_average_to_100_over_segments_and_over_regions(
    open_market: OpenMarket, customers: pd.DataFrame, weight: str | None
) -> None:
    market = open_market(customers)
    found = tabled(market, weight=weight)
    assert np.allclose(found.index @ found.market, 100)
    mass = customers.assign(w=customers[weight] if weight else 1.0).groupby("city")["w"].sum()
    of_region = mass.loc[list(found.regions)] / mass.sum()
    assert np.allclose(of_region.to_numpy() @ found.index, 100)


def test_weights_change_shares_but_not_counts(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    market = open_market(customers)
    plain, weighted = tabled(market), tabled(market, weight="survey_weight")
    assert np.array_equal(plain.counts, weighted.counts)
    mass = customers.pivot_table("survey_weight", "city", "segment", "sum")
    mass = mass.loc[list(weighted.regions)]
    assert np.allclose(weighted.share, mass.div(mass.sum(axis=1), axis=0))


def test_shown_small_cut_and_unknown_are_everybody_with_a_segment(
    open_market: OpenMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = with_cells([[20, 9, 8], [9, 9, 9], [7, 7, 7], [6, 6, 6], [1, 2, 0], [0, 4, 0]])
    frame.loc[:2, "area"] = None
    frame = frame.astype({"segment": "float64"})
    frame.loc[60:63, "segment"] = np.nan
    monkeypatch.setattr(regions, "REGIONS_UP_TO", 2)
    found = tabled(open_market(frame, choices=AS_REGION), "area")
    notes = {note.code: note for note in found.notes}
    cut, small = notes["regions-cut"], notes["regions-small"]
    assert (cut.get("shown"), cut.get("regions")) == (2, 2)
    assert (small.get("regions"), small.get("customers"), small.get("below")) == (2, 7, 5)
    assert (notes["regions-unknown"].get("n"), found.n_missing) == (3, 3)
    assert found.n_all_regions == 6
    counted = [cut.get("customers"), small.get("customers"), found.n_missing]
    assert found.n_customers.sum() + sum(map(int, counted)) == len(frame) - 4  # type: ignore[arg-type]
    assert found.n_known + found.n_missing == len(frame) - 4


def test_small_cells_are_hidden_and_zero_is_shown(open_market: OpenMarket) -> None:
    frame = with_cells([[30, 3, 2], [20, 0, 20], [10, 10, 10], [1, 1, 1], [1, 1, 1]])
    found = tabled(open_market(frame, choices=AS_REGION), "area")
    shown = dict(zip(found.regions, found.counts.tolist(), strict=True))
    assert shown["area 1"] == [20, 0, 20]
    assert shown["area 0"][0] == 30
    assert np.isnan(shown["area 0"][1:]).all()
    assert np.array_equal(np.isnan(found.counts), np.isnan(found.index))
    assert np.array_equal(np.isnan(found.counts), np.isnan(found.share))
    assert codes(found) == ["regions-small", "cells-hidden"]


def test_a_second_cell_is_hidden_where_the_region_total_would_tell_the_first(
    open_market: OpenMarket,
) -> None:
    frame = with_cells([[30, 12, 2], [20, 20, 20], [1, 1, 1], [1, 1, 1]])
    found = tabled(open_market(frame, choices=AS_REGION), "area")
    row = found.counts[found.regions.index("area 0")]
    assert row[0] == 30
    assert np.isnan(row[1:]).all()


def test_a_second_cell_is_hidden_where_the_segment_total_would_tell_the_first(
    open_market: OpenMarket,
) -> None:
    frame = with_cells([[30, 12, 2], [20, 21, 22], [40, 41, 42]])
    found = tabled(open_market(frame, choices=AS_REGION), "area")
    hidden = np.isnan(found.counts)
    assert hidden.sum() == 4
    assert set(hidden.sum(axis=0)) == {0, 2}
    assert set(hidden.sum(axis=1)) == {0, 2}


def test_an_empty_cell_is_hidden_where_no_other_protects_the_first(
    open_market: OpenMarket,
) -> None:
    frame = with_cells([[30, 20, 3], [20, 21, 0], [40, 41, 0]])
    found = tabled(open_market(frame, choices=AS_REGION), "area")
    assert np.isnan(found.counts[:, 2]).sum() >= 2


def test_a_single_region_hides_what_it_can(open_market: OpenMarket) -> None:
    found = tabled(open_market(with_cells([[30, 20, 3]]), choices=AS_REGION), "area")
    assert found.counts[0, 0] == 30
    assert np.isnan(found.counts[0, 1:]).all()


@pytest.mark.parametrize("seed", range(6))
def test_no_hidden_cell_can_be_worked_out_from_totals(open_market: OpenMarket, seed: int) -> None:
    rng = np.random.default_rng(seed)
    cells = rng.choice([0, 2, 4, 6, 9, 15, 30], size=(5, 3)).tolist()
    frame = with_cells([[40, 30, 20], *(row for row in cells if sum(row) >= 5)])
    found = tabled(open_market(frame, choices=AS_REGION), "area")
    hidden = np.isnan(found.counts)
    assert not ((found.counts > 0) & (found.counts < 5)).any()
    assert 1 not in hidden.sum(axis=1)
    assert 1 not in hidden.sum(axis=0)


def test_shuffled_rows_give_the_same_table(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    customers.loc[:2, "city"] = "Rome"
    first = tabled(open_market(customers))
    second = tabled(open_market(customers.sample(frac=1, random_state=2)))
    assert first.regions == second.regions
    assert np.array_equal(first.index, second.index, equal_nan=True)
    assert first.notes == second.notes


def test_numbers_of_postcodes_have_no_point(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    customers["area"] = np.where(customers["city"] == "Berlin", 10115, 80331)
    market = open_market(customers, decisions={"area": Decision(Kind.NUMBER)}, choices=AS_REGION)
    assert set(tabled(market, "area").regions) == {"10115", "80331"}


def test_a_segment_without_anybody_has_no_index(open_market: OpenMarket) -> None:
    frame = with_cells([[30, 0, 20], [20, 0, 21]])
    found = tabled(open_market(frame, choices=AS_REGION), "area")
    assert found.market[1] == 0
    assert np.isnan(found.index[:, 1]).all()
    assert not np.isnan(found.counts).any()


def test_a_table_without_any_known_region_is_empty(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    customers["area"] = pd.Series([None] * 599 + ["Rome"], dtype="object")
    found = tabled(open_market(customers, choices=AS_REGION), "area")
    assert found.regions == ()
    assert found.index.shape == (0, 3)
    assert codes(found) == ["regions-small", "regions-unknown"]
