"""The map's controls, driven as a visitor does."""

from tests.pages.conftest import Visitor, csv_of

COUNTRIES = ("Germany", "France", "Atlantis")


def with_countries() -> bytes:
    """Customers of two countries and of nowhere, without coordinates."""
    return csv_of(
        [
            {
                "visits": 5 + (i % 3) * 20 + i % 4,
                "spend": 100 - (i % 3) * 30 + i % 5,
                "country": COUNTRIES[i % 3 if i % 7 == 0 else i % 2],
            }
            for i in range(150)
        ]
    )


def test_a_table_of_countries_has_a_map_of_their_outlines(visitor: Visitor) -> None:
    visitor.open_file("customers.csv", with_countries()).go("geography")
    layer = visitor.app.selectbox(key="map_layer")
    assert [option.split(": ")[-1] for option in layer.options] == ["country"]
    assert "customers are on the map" in visitor.text()
    assert "has no outline here" in visitor.text()
    measure = visitor.app.selectbox(key="map_measure")
    for position in range(len(measure.options)):
        visitor.app.selectbox(key="map_measure").select_index(position)
        visitor.run()
        assert not visitor.app.error
    assert len(measure.options) == 8


def test_two_segments_can_stand_side_by_side(visitor: Visitor) -> None:
    visitor.open_file("customers.csv", with_countries()).go("geography")
    visitor.app.selectbox(key="map_measure").select_index(3)
    visitor.run()
    visitor.app.selectbox(key="map_other").select_index(1)
    visitor.run()
    told = [caption.value for caption in visitor.app.caption if "Index of" in caption.value]
    assert len(told) == 2
