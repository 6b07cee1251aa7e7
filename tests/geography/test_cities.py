from segmentation.geography import large_cities


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
