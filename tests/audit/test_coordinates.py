"""Points out of range, exchanged or at zero are told apart, and right ones left alone."""

import numpy as np
import pandas as pd
import pytest

from segmentation.audit import Action
from tests.audit.conftest import Audited, calm, codes, the


def placed(lat: float = 48.1, lon: float = 11.6) -> pd.DataFrame:
    rng = np.random.default_rng(6)
    table = calm()
    table["latitude"] = (lat + rng.normal(0, 1, len(table))).round(4)
    table["longitude"] = (lon + rng.normal(0, 1, len(table))).round(4)
    return table


def exchanged(table: pd.DataFrame, n: int) -> pd.DataFrame:
    names = ["latitude", "longitude"]
    table.loc[: n - 1, names] = table.loc[: n - 1, names[::-1]].to_numpy()
    return table


def test_right_points_are_no_finding(audited: Audited) -> None:
    assert not audited(placed()).findings


@pytest.mark.parametrize(("lat", "lon"), [(48.1, 11.6), (38.6, -121.4)])
def test_exchanged_coordinates_are_found_where_they_can_be(
    audited: Audited, lat: float, lon: float
) -> None:
    finding = the(audited(exchanged(placed(lat, lon), 7)), "coordinates-swapped")
    assert (finding.columns, finding.n) == (("latitude", "longitude"), 7)
    assert finding.repair is not None
    assert finding.repair.action is Action.SWAP_COORDINATES


def test_wholly_exchanged_columns_are_found_by_their_range(audited: Audited) -> None:
    table = placed(38.6, -121.4)
    found = audited(exchanged(table, len(table)))
    assert the(found, "coordinates-swapped").n == len(table)
    assert "coordinates-out-of-range" not in codes(found)


def test_points_nowhere_on_earth_and_at_zero_are_counted_apart(audited: Audited) -> None:
    table = placed()
    table.loc[:1, ["latitude", "longitude"]] = [[948.1, 11.6], [48.1, 1160.0]]
    table.loc[2:4, ["latitude", "longitude"]] = 0
    found = audited(table)
    assert the(found, "coordinates-out-of-range").n == 2
    zero = the(found, "coordinates-zero")
    assert zero.n == 3
    assert zero.repair is not None
    assert zero.repair.values == ("0.0",)


def test_a_lone_coordinate_is_not_judged(audited: Audited) -> None:
    table = placed().drop(columns="longitude")
    table.loc[0, "latitude"] = 0
    assert not [code for code in codes(audited(table)) if code.startswith("coordinates")]
