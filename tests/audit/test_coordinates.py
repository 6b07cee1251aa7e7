"""Points out of range, exchanged or at zero are told apart, and right ones left alone."""

import numpy as np
import pandas as pd
import pytest

from segmentation.audit import Action, Repair
from segmentation.variables import Role, VariableChoice
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
    assert finding.repair is None


def test_wholly_exchanged_columns_are_found_by_their_range(audited: Audited) -> None:
    table = placed(38.6, -121.4)
    found = audited(exchanged(table, len(table)))
    assert the(found, "coordinates-swapped").n == len(table)
    repair = Repair(Action.SWAP_COORDINATES, ("latitude", "longitude"))
    assert the(found, "coordinates-swapped").repair == repair
    assert "coordinates-out-of-range" not in codes(found)


@pytest.mark.parametrize(("n", "offered"), [(200, False), (201, True)])
def test_columns_are_exchanged_where_most_of_the_known_points_are(
    audited: Audited, n: int, offered: bool
) -> None:
    table = exchanged(placed(39.9, 116.4), n)
    finding = the(audited(table), "coordinates-swapped")
    assert (finding.n, finding.repair is not None) == (n, offered)


def test_points_that_are_not_known_do_not_count_as_right_ones(audited: Audited) -> None:
    table = exchanged(placed(39.9, 116.4), 150)
    table.loc[350:, "latitude"] = None
    table.loc[230:349, "longitude"] = None
    finding = the(audited(table), "coordinates-swapped")
    assert (finding.n, finding.repair is not None) == (150, True)


def test_what_the_user_decided_counts_before_the_name(audited: Audited) -> None:
    table = placed(39.9, 116.4).rename(columns={"latitude": "x", "longitude": "latitude"})
    located = {
        "x": VariableChoice(role=Role.LOCATION, detail="latitude"),
        "latitude": VariableChoice(role=Role.LOCATION, detail="longitude"),
    }
    assert not audited(table, located).findings
    table.loc[:1, ["x", "latitude"]] = 0
    assert the(audited(table, located), "coordinates-zero").columns == ("x", "latitude")


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
