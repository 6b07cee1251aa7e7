import pytest

from segmentation.geography import Landmark
from segmentation.geography.backdrop import Base, fitting, ground, ink_of, writing, written
from segmentation.geography.paint import as_text
from segmentation.geography.view import WORLD, View

COUNTRY = View(longitude=10.0, latitude=50.0, zoom=4.0)
TOWN = View(longitude=10.0, latitude=50.0, zoom=10.0)
BASE = Base(dark=False, land_url="land.geojson")


@pytest.mark.parametrize("name", ["@@=alert(1)", "@@#Enum.KEY", "@@"])
def test_a_name_is_never_an_expression(name: str) -> None:
    assert not as_text(name).startswith("@@")
    assert as_text(name).strip() == name


def test_other_names_stay_as_they_are() -> None:
    assert as_text("a @@= b <b>&</b>") == "a @@= b <b>&</b>"


def test_of_names_that_cover_one_another_the_larger_place_stays() -> None:
    near = [
        Landmark("Large", 50.0, 10.0, 90),
        Landmark("Small", 50.01, 10.01, 10),
        Landmark("Far", 45.0, 20.0, 5),
    ]
    assert [m.name for m in fitting(COUNTRY, near)] == ["Large", "Far"]
    assert len(fitting(View(10.0, 50.0, 14.0), near)) == 3


def test_long_and_chinese_names_need_more_room() -> None:
    def kept(name: str) -> int:
        pair = [Landmark(name, 50.0, 10.0, 9), Landmark(name, 50.0, 16.0, 8)]
        return len(fitting(COUNTRY, pair))

    assert kept("abcdef") == 2
    assert kept("a" * 20) == 1
    assert kept("一" * 10) == 1
    assert kept("a" * 10) == 2


def test_the_outline_is_drawn_only_where_it_is_fine_enough() -> None:
    assert [layer.id for layer in ground(COUNTRY, ink_of(True), BASE)] == ["land", "grid"]
    assert [layer.id for layer in ground(TOWN, ink_of(False), BASE)] == ["grid"]


def test_a_scale_has_its_length_written_on_it() -> None:
    here = Base(dark=False, land_url="", landmarks=(Landmark("Here", 50.0, 10.0, 9),))
    scale, km, names = writing(TOWN, ink_of(False), here)
    assert scale.id == "scale"
    assert [word["t"] for word in km.data] == ["5 km"]
    assert [word["t"] for word in names.data] == ["Here"]


def test_nothing_to_write_is_no_layer() -> None:
    assert writing(WORLD, ink_of(False), BASE) == []


def test_cities_give_way_to_the_names_in_the_data_and_are_written_once() -> None:
    own = (Landmark("Bonn", 50.7, 7.1, 9), Landmark("Köln", 50.9, 6.9, 5))
    cities = (Landmark("Köln", 50.94, 6.96, 0), Landmark("Paris", 48.9, 2.4, 0))
    close = View(longitude=7.0, latitude=50.8, zoom=6.5)
    base = Base(dark=False, land_url="", landmarks=own, cities=cities)
    assert [m.name for m in written(close, base)] == ["Bonn", "Köln", "Paris"]
    assert [m.name for m in written(WORLD, base)] == ["Bonn"]


def test_ink_is_legible_on_either_page() -> None:
    for dark in (False, True):
        ink = ink_of(dark)
        assert abs(sum(ink.label[:3]) - sum(ink.halo[:3])) > 400
