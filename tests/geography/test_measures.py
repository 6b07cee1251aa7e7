import numpy as np
import pandas as pd
import pytest

from segmentation.geography import Areas, Bins, Counted, Level, Measure, bin_customers, shade
from segmentation.geography.measures import INDEX_BREAKS, breaks_of
from segmentation.geography.outlines import outlines
from segmentation.geography.tally import Sums
from tests.geography.markets import Market, OpenMarket, scattered

COUNTS = np.array([[60, 40], [10, 40], [3, 47], [0, 20]])


@pytest.fixture
def areas() -> Areas:
    shapes = outlines(Level.US_STATE)
    return Areas(
        variable="state",
        level=Level.US_STATE,
        outlines=tuple(shapes[code] for code in ("CA", "NV", "UT", "OR")),
        names=("CA", "NV", "UT", "OR"),
        counts=COUNTS,
        mass=COUNTS.astype(np.float64),
        people=np.array([50_000.0, 1_000.0, np.nan, 0.0]),
        sums=Sums(
            known=np.array([50, 4, 5, 0]),
            weight=np.array([50.0, 4.0, 5.0, 0.0]),
            total=np.array([500.0, 4.0, 10.0, 0.0]),
        ),
    )


def test_a_share_is_of_the_place_and_one_of_few_people_is_hidden(areas: Areas) -> None:
    shading = shade(areas, Measure.SHARE, 0)
    assert np.allclose(shading.values, [0.6, 0.2, np.nan, 0.0], equal_nan=True)
    assert shading.hidden == 1
    assert shading.classes[2] == -1


def test_an_index_compares_with_everybody_on_the_map(areas: Areas) -> None:
    shading = shade(areas, Measure.INDEX, 0)
    market = 73 / 220
    assert np.allclose(shading.values, [60 / market, 20 / market, np.nan, 0.0], equal_nan=True)
    assert shading.breaks == INDEX_BREAKS
    assert shading.classes.tolist() == [3, 1, -1, 0]


def test_penetration_needs_inhabitants(areas: Areas) -> None:
    shading = shade(areas, Measure.PENETRATION)
    assert np.allclose(shading.values, [2.0, 50.0, np.nan, np.nan], equal_nan=True)


def test_a_value_of_fewer_than_five_people_is_hidden(areas: Areas) -> None:
    mean, total = shade(areas, Measure.MEAN), shade(areas, Measure.TOTAL)
    assert np.allclose(mean.values, [10.0, np.nan, 2.0, np.nan], equal_nan=True)
    assert np.allclose(total.values, [500.0, np.nan, 10.0, np.nan], equal_nan=True)
    assert mean.hidden == total.hidden == 1
    reached = shade(areas, Measure.REACHABLE)
    assert np.allclose(reached.values, [50.0, np.nan, 5.0, 0.0], equal_nan=True)


def test_the_segment_that_leads_is_the_class(areas: Areas) -> None:
    shading = shade(areas, Measure.LARGEST)
    assert shading.classes.tolist() == [0, 1, 1, 1]
    assert shading.n_classes == 2
    assert shading.values[0] == pytest.approx(0.6)
    assert shade(areas, Measure.TYPICAL).classes.tolist() == [0, 1, 1, 1]


def test_two_maps_can_have_the_same_classes(areas: Areas) -> None:
    shading = shade(areas, Measure.SHARE, 1, breaks=(0.5, 0.9))
    assert shading.classes.tolist() == [0, 1, 2, 2]
    assert shading.n_classes == 3


def test_classes_hold_about_as_many_places_each() -> None:
    values = np.random.default_rng(3).lognormal(4, 1, 1000)
    breaks = breaks_of(values)
    sizes = np.bincount(np.searchsorted(breaks, values, side="right"))
    assert len(sizes) == 5
    assert sizes.min() > 150


def test_nothing_known_has_no_classes() -> None:
    assert breaks_of(np.array([np.nan])) == ()
    assert breaks_of(np.array([3.0])) == ()


def spent(market: Market, weight: str | None) -> Bins:
    key = market.key("spend")
    weight_key = market.key(weight) if weight else None
    counted = Counted(weight_key, lambda rows: rows[key])
    return bin_customers(market.table, market.places, market.labels, 1.0, counted=counted)


@pytest.mark.parametrize("weight", [None, "survey_weight"])
def test_a_value_is_summed_up_as_pandas_does(open_market: OpenMarket, weight: str | None) -> None:
    frame = scattered()
    frame.loc[::7, "spend"] = np.nan
    bins = spent(open_market(frame), weight)
    by_town = frame.assign(
        weight=frame[weight] if weight else 1.0, known=frame["spend"].notna()
    ).query("known")
    by_town["product"] = by_town["spend"] * by_town["weight"]
    wanted = by_town.groupby("city")[["known", "weight", "product"]].sum()
    assert bins.sums is not None
    found = pd.DataFrame(
        {
            "town": np.select(
                [bins.latitude > 51, bins.latitude > 45], ["Berlin", "Munich"], "Madrid"
            ),
            "known": bins.sums.known,
            "weight": bins.sums.weight,
            "product": bins.sums.total,
        }
    )
    assert bins.hidden_customers == 0
    assert np.allclose(found.groupby("town").sum(), wanted)
