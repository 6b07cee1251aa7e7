from segmentation.geography import cities_near, large_cities
from segmentation.geography.located import Extent


def test_cities_are_listed_by_size_and_where_they_are() -> None:
    cities = large_cities()
    assert len({(city.latitude, city.longitude) for city in cities}) == len(cities) == 700
    paris = next(city for city in cities if city.name == "Paris")
    assert abs(paris.latitude - 48.86) < 0.05
    assert abs(paris.longitude - 2.35) < 0.05


def test_chinese_names_are_simplified_and_others_stay() -> None:
    chinese = {city.name for city in large_cities(chinese=True)}
    assert {"上海", "深圳", "成都", "伦敦", "纽约"} <= chinese
    assert any(name.isascii() for name in chinese)


def test_a_closer_view_names_towns_and_a_wide_one_large_cities() -> None:
    names = [town.name for town in cities_near(Extent(-121.6, 38.4, -121.2, 38.8))]
    assert {"Folsom", "Rocklin", "Galt"} <= set(names)
    assert names[0] == "Sacramento"
    assert cities_near(None) == cities_near(Extent(-120, 30, -70, 48)) == large_cities()


def test_a_town_that_is_a_large_city_keeps_its_chinese_name() -> None:
    names = {town.name for town in cities_near(Extent(121.3, 31.1, 121.6, 31.4), chinese=True)}
    assert "上海" in names
