"""The views of the profiles page, with what can be taken away below every chart."""

import numpy as np
import pytest

from tests.pages.conftest import Visitor, csv_of, small_table

VIEWS = ("words", "forming", "describing", "variable", "borders", "questions", "personas")
PICTURES = ("bars", "heat", "lines", "plane")


@pytest.fixture
def profiles(visitor: Visitor) -> Visitor:
    """Segments of a small table, on the profiles page."""
    people = [{**row, "gender": "fm"[i % 2]} for i, row in enumerate(small_table())]
    return visitor.open_file("customers.csv", csv_of(people)).go("profiles")


def opened(visitor: Visitor, name: str) -> Visitor:
    """Open the fold below a chart."""
    visitor.app.session_state[f"figure_{name}"] = True
    return visitor.run()


def test_one_view_is_drawn_at_a_time_and_the_cards_come_first(profiles: Visitor) -> None:
    assert "What sets them apart most: " in profiles.text()
    assert not profiles.app.get("vega_lite_chart")
    profiles.view("forming")
    assert len(profiles.app.get("vega_lite_chart")) == 3
    for picture in PICTURES[1:]:
        profiles.view(picture, "profile_picture")
        assert len(profiles.app.get("vega_lite_chart")) == 1
    assert "This plane keeps " in profiles.text()


def test_a_table_and_downloads_are_made_when_they_are_asked_for(profiles: Visitor) -> None:
    profiles.view("forming")
    before = len(profiles.app.get("download_button"))
    opened(profiles, "profile_plot")
    keys = [button.key for button in profiles.app.get("download_button")]
    assert len(keys) == before + 3
    assert {f"take_profile_plot_{form}" for form in ("png", "svg", "csv")} <= set(keys)
    assert any("Known by it" in table.value for table in profiles.app.dataframe)


def test_a_descriptor_is_shown_with_its_test(profiles: Visitor) -> None:
    profiles.view("describing")
    assert "among all variables tested; effect V " in profiles.text()
    assert "Every customer has an answer." in profiles.text()
    assert "adjusted residual" in profiles.text()


def test_customers_near_a_border_are_listed_by_row_and_id(profiles: Visitor) -> None:
    profiles.go("segments").app.slider[0].set_value(6)
    profiles.run().go("profiles").view("borders")
    assert "are near a border, most of them between" in profiles.text()
    table = profiles.app.dataframe[-1].value
    head = ["Row of the table", "customer", "Segment", "Next segment", "Shadow value"]
    assert list(table) == head
    assert table["Shadow value"].is_monotonic_decreasing
    assert set(table["customer"]) <= {row["customer"] for row in small_table()}
    assert "take_borderline" in {button.key for button in profiles.app.get("download_button")}


def test_ten_segments_of_thirty_customers_are_shown_with_cautions(visitor: Visitor) -> None:
    rng = np.random.default_rng(6)
    rows = [{**row, "age": int(rng.integers(18, 80))} for row in small_table(30)]
    visitor.open_file("few.csv", csv_of(rows)).go("segments")
    visitor.app.slider[0].set_value(10)
    visitor.run().go("profiles")
    assert "customers" in visitor.app.warning[0].value
    assert len(visitor.app.warning) >= 10
    for view in VIEWS:
        assert not visitor.view(view).app.error
    visitor.view("forming")
    for picture in PICTURES:
        assert not visitor.view(picture, "profile_picture").app.error


def test_a_method_without_distances_says_so(profiles: Visitor) -> None:
    profiles.go("segments")
    (choice,) = [radio for radio in profiles.app.radio if str(radio.key).startswith("method")]
    choice.set_value("latent_class")
    profiles.run().go("profiles").view("borders")
    assert "This method knows no borders by distance" in profiles.text()
