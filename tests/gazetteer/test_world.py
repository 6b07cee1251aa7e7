import pytest

from segmentation.gazetteer import How, Level, Sought, country_of, match_world, place_of, search


def match(**said: str) -> Sought:
    (found,) = match_world([said])
    return found


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"city": "Munich", "country": "Germany"}, "Munich, Bavaria, DE"),
        ({"city": "München", "country": "DE"}, "Munich, Bavaria, DE"),
        ({"city": "慕尼黑", "country": "德国"}, "Munich, Bavaria, DE"),
        ({"city": "St Louis", "region": "MO", "country": "USA"}, "St. Louis, Missouri, US"),
        ({"city": "Springfield", "region": "Illinois"}, "Springfield, Illinois, US"),
        ({"city": "London", "region": "ON", "country": "Canada"}, "London, Ontario, CA"),
    ],
)
def test_a_city_is_found_with_the_help_of_its_row(said: dict[str, str], expected: str) -> None:
    found = match(**said)
    assert found.how is How.IN_CONTEXT
    assert found.place is not None
    assert found.place.title == expected


def test_the_largest_city_of_a_name_is_taken_only_if_ten_times_larger_and_that_is_said() -> None:
    paris, springfield = match(city="Paris"), match(city="Springfield", country="US")
    assert paris.how is How.BY_SIZE
    assert paris.place == paris.candidates[0]
    assert paris.place.country == "FR"
    assert springfield.how is How.AMBIGUOUS
    assert springfield.place is not None
    assert springfield.place.level is Level.COUNTRY
    assert len(springfield.candidates) > 3


def test_a_postcode_tells_cities_of_one_name_apart() -> None:
    said = {"city": "Springfield", "country": "US"}
    assert match(**said, postcode="65804").place == match(**said, region="MO").place


def test_what_is_not_found_leaves_the_area_above_it() -> None:
    region = match(city="Nowhere Falls", region="Vermont", country="US")
    assert region.how is How.COARSER
    assert region.place is not None
    assert region.place.name == "Vermont"
    postcode = match(city="Nowhere Falls", country="US", postcode="01810")
    assert postcode.place is not None
    assert postcode.place.level is Level.POSTCODE
    assert postcode.place.latitude == pytest.approx(42.6, abs=0.5)
    assert match(city="Paris", country="Ruritania") == Sought(None, How.UNMATCHED)
    assert match(city="", country="") == Sought(None, How.MISSING)


def test_a_city_of_another_country_is_not_taken() -> None:
    found = match(city="Munich", country="France")
    assert found.how is How.COARSER
    assert found.place is not None
    assert found.place.name == "France"


def test_countries_go_by_names_and_codes() -> None:
    names = ["US", "U.S.A.", "Deutschland", "英国", "UK", "KOR", "Côte d’Ivoire", "Ruritania"]
    assert [country_of(n) for n in names] == ["US", "US", "DE", "GB", "GB", "KR", "CI", None]


def test_every_candidate_is_found_again_by_its_id() -> None:
    for place in (*search("Springfield"), *search("Georgia"), *search("中国")):
        assert place_of(place.id) == place
    assert place_of("G:abc") is None
