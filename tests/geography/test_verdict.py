"""Does place matter: what distances, regions and hexagons say together, and how it is said."""

import math
from dataclasses import replace

import numpy as np
import pytest

from segmentation.geography.autocorrelation import SpatialPattern
from segmentation.geography.catchments import Catchments
from segmentation.geography.concentration import Concentration, quotients
from segmentation.geography.markets import BestPlace
from segmentation.geography.verdict import near_quotients, place_verdicts
from segmentation.wording import words_in
from segmentation.wording.place_matters import (
    best_place_said,
    catchment_finding,
    moran_said,
    near_said,
    place_finding,
    standing_said,
    thresholds_said,
)

NAMES = ("A", "B", "C")
EN = words_in("en")


def reach(inside: list[list[int]], n: list[int]) -> Catchments:
    """Three segments of ``n`` customers, of whom so many live within 5 and 10 km."""
    counts = np.array([*inside, np.sum(inside, axis=0)], dtype=np.float64)
    total = np.array([*n, sum(n)])
    medians = np.array([4.0, 9.0, 9.0, 8.0])
    return Catchments("stores", (5.0, 10.0), total, counts, counts / total[:, np.newaxis], medians)


def by_region(cells: list[list[int]]) -> Concentration:
    counts = np.array(cells, dtype=np.float64)
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    return quotients(("North", "South"), counts, rows, columns, float(counts.sum()))


def hexagons(moran: list[float], p: list[float]) -> SpatialPattern:
    return SpatialPattern(np.array(moran), -0.01, np.array(p), 101, 3, True, 0.1)


NEAR_THE_STORES = reach([[200, 260], [60, 150], [60, 150]], [300, 300, 300])
EVEN_REACH = reach([[60, 150], [61, 151], [59, 149]], [300, 300, 300])
EVEN = by_region([[100, 100, 100], [200, 200, 200]])


def test_a_segment_near_the_stores_is_said_to_live_there() -> None:
    verdicts = place_verdicts(3, [NEAR_THE_STORES], EVEN, hexagons([0.0] * 3, [0.9] * 3))
    near = verdicts[0].near
    assert near is not None
    assert (near.km, near.name) == (5.0, "stores")
    assert near.quotient == pytest.approx((200 / 300) / (320 / 900))
    assert near_said(near, EN) == "67% within 5 km of “stores”, 36% overall"
    # Those whom it leaves fewer than everywhere else live away from them.
    assert [v.lives_near for v in verdicts] == [True, False, False]
    assert [v.lives_far for v in verdicts] == [False, True, True]
    assert place_finding(verdicts, NAMES, EN) == (
        "“A” lives near “stores”. “B” and “C” tend to live away from “stores”."
    )


def test_where_nothing_differs_that_is_said() -> None:
    verdicts = place_verdicts(3, [EVEN_REACH], EVEN, hexagons([0.1, 0.0, -0.1], [0.3, 1.0, 1.0]))
    assert not any(verdict.differs for verdict in verdicts)
    assert place_finding(verdicts, NAMES, EN) == "No segment certainly differs by place"
    assert near_said(verdicts[0].near, EN) == standing_said(verdicts[0].over, EN) == "–"


def test_regions_with_the_highest_and_lowest_quotient_are_named() -> None:
    found = by_region([[200, 60, 110], [160, 300, 250]])
    verdicts = place_verdicts(3, regional=found)
    over, under = verdicts[0].over, verdicts[1].under
    assert over is not None
    assert under is not None
    assert (over.name, under.name) == ("North", "North")
    assert standing_said(over, EN).startswith("North: 1.62 (1.")
    assert (verdicts[0].n_over, verdicts[0].n_under) == (1, 1)
    assert math.isnan(verdicts[0].moran_p)
    assert moran_said(verdicts[0], EN) == "–"
    assert place_finding(verdicts, NAMES, EN) == (
        "“A” and “B” differ by place. “C” does not differ by place."
    )


def test_only_alike_neighbours_are_a_pattern() -> None:
    pattern = hexagons([0.4, -0.4, 0.02], [0.003, 0.001, 0.4])
    verdicts = place_verdicts(3, pattern=pattern)
    assert [v.is_patterned for v in verdicts] == [True, False, False]
    assert moran_said(verdicts[0], EN) == "0.4 (p = 0.003)"


def test_fewer_effective_customers_are_less_certain() -> None:
    many, few = (place_verdicts(3, [NEAR_THE_STORES], effective=e)[1] for e in (1.0, 0.1))
    assert many.near is not None
    assert few.near is None


def test_hidden_shares_are_not_judged() -> None:
    hidden = NEAR_THE_STORES.share.copy()
    hidden[0] = np.nan
    found = near_quotients(replace(NEAR_THE_STORES, share=hidden))
    assert np.isnan(found.quotient[:, 0]).all()
    assert not np.isnan(found.quotient[:, 1]).any()
    assert place_verdicts(3, [replace(NEAR_THE_STORES, share=hidden)])[0].near is None


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_thresholds_and_sources_are_told(language: str) -> None:
    words = EN if language == "en" else words_in("zh_CN")
    touching = hexagons([0.1] * 3, [0.5] * 3)
    apart = replace(touching, is_adjacent=False)
    told = thresholds_said(touching, 6, words)
    for needed in ("95", "1.2", "0.05", "Holm", "999", "101", "2003"):
        assert needed in told
    assert thresholds_said(apart, 6, words) != told
    assert "101" not in thresholds_said(None, 6, words)


def test_the_closest_segment_heads_the_distances() -> None:
    assert catchment_finding(EVEN_REACH, NAMES, EN) == (
        "Half of the customers live within 8 km of “stores”; of “A”, half within 4 km"
    )
    nobody = replace(EVEN_REACH, median_km=np.full(4, np.nan))
    assert "Too few" in catchment_finding(nobody, NAMES, EN)


def test_a_best_place_is_said_with_its_numbers() -> None:
    place = BestPlace("Ulm", 1200, 149.6, 1795.2)
    assert best_place_said(place, EN) == "Ulm: 1,200 customers, index 150, score 1,795"


def test_without_evidence_nothing_differs() -> None:
    assert [verdict.differs for verdict in place_verdicts(2)] == [False, False]
