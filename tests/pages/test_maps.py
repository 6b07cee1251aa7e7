"""The map's controls, driven as a visitor does."""

from dataclasses import replace

from pages.ui import compute, map_doors
from pages.ui.map_doors import Asked
from pages.ui.visits import VISITS
from segmentation.criteria import ReachRules
from segmentation.geography import Measure
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


def test_who_is_reachable_on_the_map_follows_the_decision_about_unknown_consent(
    visitor: Visitor,
) -> None:
    rows = [
        {
            "visits": 5 + (i % 3) * 20 + i % 4,
            "spend": 100 - (i % 3) * 30 + i % 5,
            "country": COUNTRIES[i % 2],
            "email": f"c{i}@example.org" if i % 5 else "nothing",
            "email_consent": ("yes", "no", "")[i // 2 % 3],
        }
        for i in range(150)
    ]
    visitor.open_file("customers.csv", csv_of(rows)).go("geography")
    measure = visitor.widget("selectbox", "map_measure")
    measure.select_index(len(measure.options) - 1)
    visitor.run()
    assert "Reachable customers" in measure.options[-1]
    assert not visitor.app.error
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    for unknown, agreeing in ((False, {"yes"}), (True, {"yes", ""})):
        study = compute.study_of(visit)
        choices = replace(study.criteria, reach=ReachRules(unknown_consent=unknown))
        visit.replace_study(replace(study, criteria=choices), visit.revision)
        country = next(v for v in compute.variables(visit) if v.name == "country")
        k, asked = compute.shown_k(visit), Asked(Measure.REACHABLE)
        areas = map_doors.areas(visit, k, country, asked)
        assert areas is not None
        assert areas.sums is not None
        told = sum(row["email_consent"] in agreeing and row["email"] != "nothing" for row in rows)
        assert areas.sums.total.sum() == told


def test_two_segments_can_stand_side_by_side(visitor: Visitor) -> None:
    visitor.open_file("customers.csv", with_countries()).go("geography")
    visitor.app.selectbox(key="map_measure").select_index(3)
    visitor.run()
    visitor.app.selectbox(key="map_other").select_index(1)
    visitor.run()
    told = [caption.value for caption in visitor.app.caption if "Index of" in caption.value]
    assert len(told) == 2
