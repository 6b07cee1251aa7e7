"""Finding places on the Geography page."""

from tests.pages.conftest import Visitor, csv_of, small_table

TOWNS = ("Munich", "Berlin", "Hamburg", "Atlantis")


def test_cities_are_found_corrected_and_put_on_the_map(visitor: Visitor) -> None:
    rows = [
        {"visits": row["visits"], "spend": row["spend"], "city": TOWNS[i % 4], "country": "Germany"}
        for i, row in enumerate(small_table())
    ]
    visitor.open_file("customers.csv", csv_of(rows)).go("geography")
    assert "the place was found of 150 of 200 customers who give one (75 %)" in visitor.text()
    assert "customers are on the map" not in visitor.text()
    visitor.app.text_input(key="place_name_Atlantis, Germany").set_value("Köln")
    visitor.run()
    visitor.app.selectbox(key="place_means_Atlantis, Germany_Köln").set_value("G:2886242")
    visitor.click("place_correct")
    assert "200 of 200 customers are on the map" in visitor.text()
    visitor.click("places_leave")
    assert "customers are on the map" not in visitor.text()
