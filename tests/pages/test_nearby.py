"""The sections below the map: distances to places, whether place matters, micro-markets."""

from dataclasses import replace

import numpy as np
import pytest

from pages.ui.visits import VISITS
from segmentation.study import Study, dump, load
from tests.pages.conftest import Visitor

PLACES = b"shop,latitude,longitude\nNord,52.5,13.4\nWest,52.45,13.1\nLost,0,0\n"


def customers() -> bytes:
    """Customers around a town; those who spend much live in its middle."""
    rng = np.random.default_rng(6)
    rich = np.arange(240) % 2
    spread = np.where(rich, 0.01, 0.2)
    lines = ["customer_id,spend,visits,latitude,longitude,city,joined"]
    for i in range(240):
        lat, lon = 52.5 + rng.normal(0, spread[i]), 13.4 + rng.normal(0, spread[i])
        spend, visits = rng.normal((900, 20) if rich[i] else (100, 2), (30, 1))
        city = "Mitte" if rich[i] else ("Nauen", "Erkner")[i // 2 % 2]
        lines.append(
            f"C{i:03},{spend:.1f},{visits:.2f},{lat:.4f},{lon:.4f},{city},2024-{1 + i % 12:02}-15"
        )
    return "\n".join(lines).encode()


def study_of(visitor: Visitor) -> Study:
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    assert visit.study is not None
    return visit.study


@pytest.fixture
def near(visitor: Visitor) -> Visitor:
    """A visitor who has measured the distances to two shops."""
    visitor.open_file("customers.csv", customers()).go("geography")
    visitor.app.file_uploader(key="places_file").set_value(("shops.csv", PLACES, "text/csv"))
    visitor.run()
    assert "1 row of “shops.csv” has no coordinates" in visitor.text()
    return visitor.click("measure_file")


def test_the_sections_tell_who_lives_near_where_and_when(near: Visitor) -> None:
    (plan,) = study_of(near).nearby
    assert (plan.label, plan.file, plan.of_customers) == (
        "shops",
        "shops.csv",
        ("latitude", "longitude"),
    )
    assert load(dump(study_of(near))) == study_of(near)
    assert "Half of the customers live within" in near.text()
    near.app.number_input(key=f"radius_{plan.mark}~1").set_value(3.7)
    columns = [str(c) for table in near.run().app.dataframe for c in table.value.columns]
    assert "Within 3.7 km" in columns
    near.app.radio(key="place_section~1").set_value("matters")
    assert "lives near “shops”" in near.run().text()
    near.app.radio(key="place_section~1").set_value("markets")
    told = near.run().text()
    assert "customers, index 200, score" in told
    assert "stands out most in quarter" in told


def test_columns_that_nothing_tells_are_chosen_and_distances_are_exported(visitor: Visitor) -> None:
    visitor.open_file("customers.csv", customers()).go("geography")
    unnamed = PLACES.replace(b"latitude,longitude", b"north,east")
    visitor.app.file_uploader(key="places_file").set_value(("shops.csv", unnamed, "text/csv"))
    visitor.run()
    assert "Which columns of “shops.csv” say where?" in visitor.text()
    visitor.app.selectbox(key="places_latitude").set_value("north")
    visitor.app.selectbox(key="places_longitude").set_value("east")
    visitor.run().click("measure_file")
    (plan,) = study_of(visitor).nearby
    assert plan.columns is not None
    assert (plan.columns.latitude, plan.columns.longitude) == ("north", "east")
    assert "distance to nearest shops (km), catchment of shops" in visitor.go("export").text()


def test_distances_are_done_without_again(near: Visitor) -> None:
    near.click(f"without_{study_of(near).nearby[0].mark}")
    assert study_of(near).nearby == ()
    assert "Half of the customers live within" not in near.text()


def test_a_study_whose_places_are_not_open_is_refused(near: Visitor) -> None:
    study = study_of(near)
    other = replace(study.nearby[0], fingerprint="another")
    near.go("export")
    near.app.file_uploader(key="study_file").set_value(
        ("study.toml", dump(replace(study, nearby=(other,))).encode(), "application/toml")
    )
    near.run()
    assert "their file “shops.csv” is missing" in near.text()
    assert study_of(near) == study


def test_every_page_takes_distances_like_any_variable(near: Visitor) -> None:
    for page in ("table", "variables", "profiles", "checks", "export"):
        near.go(page)
        assert not near.app.error, page
    assert "shops" in near.go("table").text()
