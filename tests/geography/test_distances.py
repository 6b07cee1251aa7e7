"""Distances to places of interest: read, measured, kept in a study and replayed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation import workflow
from segmentation.engine import DuckSession
from segmentation.errors import (
    NoPlaces,
    PlacesFileMissing,
    PlacesWithoutCoordinates,
    UnknownColumn,
)
from segmentation.geography.distances import distance_column, nearest_column, with_distances
from segmentation.geography.nearby import NearbyPlan, Spot, SpotColumns, nearby_in, with_plan
from segmentation.geography.nearest import NearestPlace
from segmentation.geography.spots import busiest_first, open_places, put_spots, spots_of
from segmentation.intake import Condition, Operator
from segmentation.study import Study
from segmentation.transactions import Upload
from segmentation.variables import Family, Role
from tests.geography.markets import Market, OpenMarket

PLACES = (
    "shop,shop name,latitude,longitude\n"
    "1,Nord,52.5,13.4\n"
    "2,Süd,48.1,11.6\n"
    "3,,40.4,-3.7\n"
    "4,Lost,0,0\n"
    "5,Wrong,95,1\n"
)
WHERE = ("latitude", "longitude")
POINTS = NearbyPlan("town", WHERE, points=(Spot("B", 52.5, 13.4), Spot("M", 48.1, 11.6)))


def upload(session: DuckSession, text: str = PLACES) -> Upload:
    path = session.folder / "places.csv"
    path.write_text(text, encoding="utf-8")
    return Upload(path, "shops.csv")


def test_coordinates_and_names_of_places_are_found(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    session = open_market(customers).table.session
    before = session.tables()
    found = open_places(session, upload(session))
    assert found.columns == SpotColumns("latitude", "longitude", "shop name")
    assert found.spots.names == ("Nord", "Süd", "3")
    assert found.spots.n_left_out == 2
    assert session.tables() == before


def test_other_columns_can_be_chosen_and_wrong_ones_are_refused(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    session = open_market(customers).table.session
    chosen = SpotColumns("shop", "longitude")
    found = open_places(session, upload(session), chosen)
    assert found.spots.latitude.tolist() == [1, 2, 3, 4, 5]
    assert found.spots.names == ("1", "2", "3", "4", "5")
    with pytest.raises(UnknownColumn):
        open_places(session, upload(session), SpotColumns("shop name", "longitude"))


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("a,b\n1,2\n3,4\n", PlacesWithoutCoordinates),
        ("latitude,longitude\n0,0\n,3\n", NoPlaces),
    ],
)
def test_a_file_without_places_is_refused(
    open_market: OpenMarket, customers: pd.DataFrame, text: str, refusal: type[Exception]
) -> None:
    session = open_market(customers).table.session
    with pytest.raises(refusal):
        open_places(session, upload(session, text))


def test_every_customer_with_coordinates_gets_distance_and_name(
    open_market: OpenMarket, gaps: pd.DataFrame
) -> None:
    market = open_market(gaps)
    made = with_distances(market.table, [POINTS])
    km = distance_column(made, POINTS)
    assert km is not None
    name = made.columns[-1]
    frame = made.session.frame(made.everyone().order_by("__row"))
    there = gaps["latitude"].notna() & gaps["longitude"].notna()
    there &= (gaps["latitude"].abs() <= 90) & (gaps["longitude"].abs() <= 180)
    there &= ~((gaps["latitude"] == 0) & (gaps["longitude"] == 0))
    finder = NearestPlace(np.array([52.5, 48.1]), np.array([13.4, 11.6]))
    place, expected = finder.find(*(gaps.loc[there, list(WHERE)].to_numpy().T))
    assert np.allclose(frame.loc[there, km.key], expected)
    assert frame.loc[there, name.key].tolist() == [("B", "M")[p] for p in place]
    assert frame.loc[~there, km.key].isna().all()
    told = {note.code: note for note in made.notes}
    assert told["distances-missing"].get("n") == int((~there).sum())
    assert told["distances-measured"].get("n") == int(there.sum())


def test_distances_describe_and_never_form_segments_unasked(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    market = open_market(customers.assign(visits=customers.index % 37 * 1.5))
    study = Study.of(market.table.raw)
    near = replace(study, nearby=(POINTS,))
    before = workflow.customers_of(market.table.raw, study)
    after = workflow.customers_of(market.table.raw, near)
    added = workflow.variables_of(after, near)[-2:]
    assert [v.family for v in added] == [Family.GEOGRAPHIC, Family.GEOGRAPHIC]
    assert [v.role for v in added] == [Role.DESCRIPTOR, Role.DESCRIPTOR]
    plain = workflow.matrix_of(before, workflow.variables_of(before, study), study)
    beside = workflow.matrix_of(after, workflow.variables_of(after, near), near)
    assert plain.fingerprint == beside.fingerprint


def test_the_population_can_be_those_nearby(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    raw = open_market(customers).table.raw
    near = Condition(POINTS.distance_name, Operator.AT_MOST, ("50",))
    study = replace(Study.of(raw), nearby=(POINTS,), conditions=(near,))
    table = workflow.customers_of(raw, study)
    assert table.n_customers == int((customers["city"] != "Madrid").sum())


def test_a_plan_rests_without_its_columns_and_needs_its_file(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    table = open_market(customers).table
    assert with_distances(table, [replace(POINTS, of_customers=("y", "x"))]) == table
    filed = NearbyPlan("shop", WHERE, "shops.csv", "f0", SpotColumns("latitude", "longitude"))
    with pytest.raises(PlacesFileMissing, match="shops"):
        with_distances(table, [filed])


def test_places_stay_when_other_customers_are_opened(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    market: Market = open_market(customers)
    session = market.table.session
    found = open_places(session, upload(session))
    plan = NearbyPlan("shop", WHERE, found.name, found.fingerprint, found.columns)
    put_spots(session, plan, found.spots)
    session.keep_only("raw", "raw", ("raw_rejects", "raw_rejects"))
    assert spots_of(session, plan).names == found.spots.names


def test_places_with_most_customers_come_first(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    frame = customers[(customers["city"] != "Berlin") | (customers.index % 3 == 0)]
    table = with_distances(open_market(frame.reset_index(drop=True)).table, [POINTS])
    nearest = nearest_column(table, POINTS)
    assert nearest is not None
    listed = busiest_first(table, nearest, spots_of(table.session, POINTS))
    assert [spot.name for spot in listed] == ["M", "B"]


def test_a_label_is_given_once() -> None:
    again = replace(POINTS, label="TOWN", points=(Spot("U", 48.4, 10.0),))
    assert with_plan((POINTS,), again) == (again,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": [{"name": "x", "latitude": 91, "longitude": 0}]},
        {"points": [{"name": "x", "latitude": True, "longitude": 0}]},
        {"points": [], "columns": None},
        {"of_customers": ["lat"], "points": [{"name": "x", "latitude": 1, "longitude": 0}]},
        {"mood": "good", "points": [{"name": "x", "latitude": 1, "longitude": 0}]},
    ],
)
def test_a_document_that_says_something_else_is_refused(wrong: dict[str, object]) -> None:
    document = {"label": "x", "of_customers": ["lat", "lon"], **wrong}
    with pytest.raises((ValueError, TypeError)):
        nearby_in([{name: value for name, value in document.items() if value is not None}])


def test_a_changed_file_of_places_is_another_measure(tmp_path: Path) -> None:
    plan = NearbyPlan("shop", WHERE, "shops.csv", "f0", SpotColumns("latitude", "longitude"))
    assert plan.mark != replace(plan, fingerprint="f1").mark
    assert plan.mark == replace(plan, label="other", file="renamed.csv").mark
