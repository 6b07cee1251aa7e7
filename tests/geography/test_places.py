import pytest

from segmentation.errors import UnknownColumn
from segmentation.geography import places_of
from segmentation.intake import Decision, Kind
from segmentation.variables import Role, VariableChoice
from tests.geography.markets import OpenMarket, scattered

PLACE_COLUMNS = ["latitude", "longitude", "city"]


def test_coordinates_and_regions_are_found_by_their_role(open_market: OpenMarket) -> None:
    places = open_market(scattered()).places
    assert places.has_coordinates
    assert places.latitude is not None
    assert places.latitude.name == "latitude"
    assert [v.name for v in places.regions] == ["city"]
    assert not places.notes


def test_regions_come_from_the_largest_area_to_the_smallest(open_market: OpenMarket) -> None:
    frame = scattered()
    frame["postcode"] = ["80331", "1010"] * 300
    frame["country"] = ["Germany", "Austria"] * 300
    frame["region"] = ["South", "East"] * 300
    choices = {
        name: VariableChoice(role=Role.LOCATION, detail=name)
        for name in ("postcode", "country", "region")
    }
    places = open_market(frame, choices=choices).places
    assert [v.detail for v in places.regions] == ["country", "region", "city", "postcode"]


def test_a_region_in_which_everybody_is_tells_nothing(open_market: OpenMarket) -> None:
    frame = scattered()
    frame["country"] = "Germany"
    choices = {"country": VariableChoice(role=Role.LOCATION, detail="country")}
    assert [v.name for v in open_market(frame, choices=choices).places.regions] == ["city"]


def test_without_any_place_the_notes_say_what_is_missing(open_market: OpenMarket) -> None:
    places = open_market(scattered().drop(columns=PLACE_COLUMNS)).places
    assert not places.has_coordinates
    assert [n.code for n in places.notes] == ["coordinates-missing", "regions-missing"]


@pytest.mark.parametrize(
    ("missing", "present"), [("longitude", "latitude"), ("latitude", "longitude")]
)
def test_half_a_pair_of_coordinates_is_not_enough(
    open_market: OpenMarket, missing: str, present: str
) -> None:
    places = open_market(scattered().drop(columns=missing)).places
    assert not places.has_coordinates
    note = places.notes[0]
    assert (note.code, note.get("present"), note.get("needed")) == (
        "coordinates-half",
        present,
        missing,
    )
    with pytest.raises(UnknownColumn) as raised:
        _ = places.coordinate_keys
    assert raised.value.values["name"] == missing


def test_a_coordinate_of_text_is_none(open_market: OpenMarket) -> None:
    market = open_market(
        scattered(),
        decisions={"latitude": Decision(Kind.TEXT)},
        choices={"latitude": VariableChoice(role=Role.LOCATION, detail="latitude")},
    )
    assert market.variable("latitude").role is Role.LOCATION
    assert not market.places.has_coordinates


def test_a_column_with_another_role_is_no_place(open_market: OpenMarket) -> None:
    market = open_market(scattered(), choices={"city": VariableChoice(role=Role.DESCRIPTOR)})
    assert not places_of(market.variables).regions
