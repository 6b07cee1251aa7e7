"""From columns that say where customers live to variables about it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segmentation.gazetteer import How
from segmentation.geography import places_of
from segmentation.intake import CustomerTable
from segmentation.variables import Family, Role, suggest
from segmentation.whereabouts import PlaceReading, find, propose, with_places
from tests.whereabouts.conftest import Opening

CITIES = pd.DataFrame(
    {
        "age": [20, 30, 40, 50, 60, 70],
        "Country": ["USA", "U.S.", "Germany", "Germany", "Germany", ""],
        "City": ["Springfield", "Boston", "München", "Munich", "Atlantis", ""],
        "last_order_date": ["2024-01-15", "2024-07-15", "2024-07-01", "", "2024-01-01", ""],
    }
)
NAMES = PlaceReading(names=(("country", "Country"), ("city", "City")), dates=("last_order_date",))


def points_of(table: CustomerTable) -> list[tuple[float, float]]:
    """Latitudes and longitudes that were added, in the file's order."""
    keys = {c.place: c.key for c in table.columns if c.place}
    rows = table.session.frame(table.everyone()).sort_values("__row")
    return list(zip(rows[keys["latitude"]], rows[keys["longitude"]], strict=True))


def test_columns_of_names_are_offered_and_read(open_table: Opening) -> None:
    table = open_table(CITIES)
    assert propose(table, suggest(table)) == NAMES
    found = find(table, NAMES)
    assert dict(found.counts) == {
        How.AMBIGUOUS: 1,
        How.IN_CONTEXT: 3,
        How.COARSER: 1,
        How.MISSING: 1,
    }
    assert (found.n_placed, found.n_said, found.n_customers) == (3, 5, 6)
    assert {d.said: d.how for d in found.doubts} == {
        "Springfield, USA": How.AMBIGUOUS,
        "Atlantis, Germany": How.COARSER,
    }


def test_what_was_found_becomes_variables_of_the_customers(open_table: Opening) -> None:
    table = open_table(CITIES)
    placed = with_places(table, NAMES)
    rows = placed.session.frame(placed.everyone()).sort_values("__row")
    keys = {c.place: c.key for c in placed.columns if c.place}
    assert rows[keys["city"]].tolist()[1:4] == ["Boston", "Munich", "Munich"]
    assert pd.isna(rows[keys["city"]].iloc[0])  # nobody is guessed
    assert rows[keys["country"]].tolist()[:5] == ["United States"] * 2 + ["Germany"] * 3
    assert rows[keys["season"]].tolist()[:3] == ["winter", "summer", "summer"]
    variables = {v.name: v for v in suggest(placed)}
    assert variables["climate zone"].family is Family.GEOGRAPHIC
    assert variables["climate zone"].role is Role.BASIS  # for want of anything else
    assert places_of(variables.values()).coordinate_keys == (keys["latitude"], keys["longitude"])
    assert [c.name for c in table.columns] == [c.name for c in placed.columns if not c.place]
    assert table.n_customers == placed.n_customers == len(rows)


def test_a_correction_is_taken_and_can_be_taken_back(open_table: Opening) -> None:
    table = open_table(CITIES)
    springfield = next(d for d in find(table, NAMES).doubts if d.how is How.AMBIGUOUS)
    first = springfield.candidates[0]
    chosen = NAMES.corrected({springfield.said: first.id, "Atlantis, Germany": ""})
    found = find(table, chosen)
    assert found.counts[How.BY_USER] == 2
    assert {d.said: d.place for d in found.doubts} == {
        springfield.said: first,
        "Atlantis, Germany": None,
    }
    back = chosen.corrected({springfield.said: None, "Atlantis, Germany": None})
    assert back == NAMES


def test_seasons_are_half_a_year_later_in_the_south(open_table: Opening) -> None:
    frame = pd.DataFrame(
        {
            "lat": [-33.9, 51.5, -33.9, 51.5],
            "lon": [151.2, -0.1, 151.2, -0.1],
            "last_order_date": ["2024-01-15", "2024-01-15", "2024-10-01", "2024-10-01"],
        }
    )
    table = open_table(frame)
    placed = with_places(table, propose(table, suggest(table)))
    season = next(c.key for c in placed.columns if c.place == "season")
    rows = placed.session.frame(placed.everyone()).sort_values("__row")
    assert rows[season].tolist() == ["summer", "winter", "spring", "autumn"]


@pytest.mark.parametrize(
    ("columns", "sources"),
    [
        ({"Lattitude": ["52.5", "48.1"], "lng": ["13.4", "11.6"]}, ("Lattitude", "lng")),
        ({"Lat.": ["52°30'N", "48°6'N"], "Long.": ["13°24'E", "11°36'E"]}, ("Lat.", "Long.")),
        ({"coords": ["52.5,13.4", "48.1,11.6"]}, ("coords",)),
        ({"where": ["POINT(13.4 52.5)", "POINT(11.6 48.1)"]}, ("where",)),
        ({"纬度": ["52.5", "48.1"], "经度": ["13.4", "11.6"]}, ("纬度", "经度")),
        ({"lat": ["52,5", "48,1"], "lon": ["13,4", "11,6"]}, ("lat", "lon")),
    ],
)
def test_coordinates_are_found_in_any_spelling(
    columns: dict[str, list[str]], sources: tuple[str, ...], open_table: Opening
) -> None:
    table = open_table(pd.DataFrame(columns | {"n": [1, 2]}))
    reading = propose(table, suggest(table))
    assert reading is not None
    assert reading.sources == sources
    assert points_of(with_places(table, reading)) == [(52.5, 13.4), (48.1, 11.6)]
    turned = points_of(with_places(table, replace(reading, swapped=True)))
    assert turned == [(13.4, 52.5), (11.6, 48.1)]


def test_coordinates_the_wrong_way_round_are_noticed_and_exchanged(open_table: Opening) -> None:
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(
        {
            "latitude": [*rng.normal(-74.0, 0.2, 40), 0, 200, None],
            "longitude": [*rng.normal(40.7, 0.2, 40), 0, 10, 5],
        }
    )
    table = open_table(frame)
    reading = PlaceReading(coordinates=("latitude", "longitude"))
    assert propose(table, suggest(table)) == reading
    found = find(table, reading)
    assert found.seems_swapped  # New York, exchanged, is in Antarctica, where nobody buys
    assert found.counts == {
        How.MEASURED: 40,
        How.NULL_ISLAND: 1,
        How.OUT_OF_RANGE: 1,
        How.MISSING: 1,
    }
    exchanged = find(table, replace(reading, swapped=True))
    assert exchanged.counts[How.MEASURED] == 40
    points = points_of(with_places(table, replace(reading, swapped=True)))
    latitudes = [latitude for latitude, _ in points if not pd.isna(latitude)]
    assert len(latitudes) == 40
    assert np.mean(latitudes) == pytest.approx(40.7, abs=0.2)


def test_points_in_the_sea_that_are_on_land_when_exchanged_seem_exchanged(
    open_table: Opening,
) -> None:
    lat, lon = np.linspace(30.0, 40.0, 40), np.linspace(105.0, 116.0, 40)
    right = open_table(pd.DataFrame({"latitude": lat, "longitude": lon}))
    reading = PlaceReading(coordinates=("latitude", "longitude"))
    assert not find(right, reading).seems_swapped
    assert find(right, replace(reading, swapped=True)).seems_swapped


def test_chinese_addresses_become_divisions_named_in_chinese(open_table: Opening) -> None:
    addresses = ["广东省深圳市南山区科技路1号", "粤广州天河区体育西路", "朝阳区人民路9号", ""] * 2
    table = open_table(pd.DataFrame({"地址": addresses, "年龄": [20, 30, 40, 50] * 2}))
    reading = propose(table, suggest(table))
    assert reading == PlaceReading(address="地址")
    found = find(table, reading)
    assert [d.said for d in found.doubts] == ["朝阳区"]  # of an address only what names a place
    placed = with_places(table, reading.corrected({"朝阳区": "A:110105"}))
    rows = placed.session.frame(placed.everyone()).sort_values("__row")
    keys = {c.name: c.key for c in placed.columns}
    assert rows[keys["所在区县"]].tolist()[:3] == ["南山区", "天河区", "朝阳区"]
    assert rows[keys["所在省份"]].tolist()[:3] == ["广东省", "广东省", "北京市"]
    assert rows[keys["城乡类型"]].tolist()[0] == "城市"


def test_a_table_without_places_has_nothing_to_offer(open_table: Opening) -> None:
    table = open_table(pd.DataFrame({"age": [1, 2, 3], "spend": ["1.5", "2.5", "3.5"]}))
    assert propose(table, suggest(table)) is None
    assert with_places(table, None) is table


def test_places_do_not_change_what_forms_the_segments(open_table: Opening) -> None:
    table = open_table(CITIES)
    before = {v.name: v.role for v in suggest(table)}
    after = {v.name: v.role for v in suggest(with_places(table, NAMES)) if not v.column.place}
    assert after == before
