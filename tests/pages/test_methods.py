"""Another way of finding segments: chosen, compared, kept in the study."""

from typing import Any

import numpy as np
import pytest

from tests.pages.conftest import Visitor, csv_of, small_table


@pytest.fixture
def segments(visitor: Visitor) -> Visitor:
    return visitor.open_file("kunden.csv", csv_of(small_table())).go("segments")


def test_a_chosen_method_finds_the_segments_and_says_what_it_did(segments: Visitor) -> None:
    assert "Suggested for these customers: Every question counts the same" in segments.text()
    segments.app.radio(key="method_kmeans").set_value("famd")
    segments.run()
    assert any("Less noise" in expander.label for expander in segments.app.expander)
    assert "factors stand for" in segments.text()
    assert "factors stand for" in segments.go("profiles").go("segments").text()
    segments.app.radio(key="method_famd").set_value("kmeans")
    segments.run()
    assert "factors stand for" not in segments.text()


def test_another_method_stands_beside_the_one_on_show_without_replacing_it(
    segments: Visitor,
) -> None:
    segments.click("compare")
    table: Any = next(f.value for f in segments.app.dataframe if "Agreement" in f.value)
    assert table["Agreement"][0] == 1
    assert table["Agreement"][1] > 0.8
    assert table["Number of segments"].tolist() == [3, 3]
    assert segments.app.radio(key="method_kmeans").value == "kmeans"


def test_categories_are_met_by_the_probability_model_until_a_method_is_chosen(
    visitor: Visitor,
) -> None:
    draws = np.random.default_rng(1)
    rows: list[dict[str, object]] = [
        {**row, **{name: "abc"[draws.integers(3)] + name for name in ("plan", "style", "store")}}
        for row in small_table()
    ]
    segments = visitor.open_file("mixed.csv", csv_of(rows)).go("segments")
    assert "Probability model" in segments.app.expander[1].label
    assert "In use until you choose a method" in segments.text()
    segments.click("other_method")
    assert "Every question counts" in segments.app.expander[1].label
    assert "You chose this method" in segments.text()
    segments.click("other_method")
    assert "Probability model" in segments.app.expander[1].label
    for page in ("profiles", "checks", "export"):
        assert not segments.go(page).app.error
