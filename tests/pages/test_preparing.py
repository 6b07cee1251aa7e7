"""How the variables are prepared: decided on the page, and what it does tried beforehand."""

import numpy as np
import pytest

from pages.ui import trying
from pages.ui.visits import VISITS, Visit
from segmentation.preparation import Recipe
from segmentation.study import Study
from tests.pages.conftest import Visitor, csv_of, small_table


def repeated(n: int = 200) -> bytes:
    """Three segments in two numbers; a third number says nothing, and says it twice."""
    rng = np.random.default_rng(5)
    noise = rng.normal(size=n)
    return csv_of(
        [
            row | {"mood": round(float(x), 3), "temper": round(float(x) * 2 + 1, 2)}
            for row, x in zip(small_table(n), noise, strict=True)
        ]
    )


def visit_of(visitor: Visitor) -> Visit:
    found = VISITS.find(visitor.app.session_state["visit"])
    assert found is not None
    return found


def study_of(visitor: Visitor) -> Study:
    study = visit_of(visitor).study
    assert study is not None
    return study


def recipe_of(visitor: Visitor) -> Recipe:
    return study_of(visitor).branch.recipe


def test_a_decision_holds_on_both_pages_and_leads_to_other_segments(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "outlying", lambda *_: (1,))
    visitor.open_file("kunden.csv", repeated()).go("variables")
    assert "Nearly the same: mood and temper" in visitor.text()
    visitor.app.selectbox(key="prepare_collinear").set_value("one")
    visitor.run()
    assert recipe_of(visitor) == Recipe(collinear="one")
    assert "“temper” was left out: it says nearly the same as “mood”" in visitor.text()
    visitor.go("segments")
    assert "Few customers far from everybody else: Segment 2." in visitor.text()
    assert visitor.app.selectbox(key="prepare_collinear").value == "one"
    assert "“temper” was left out" in visitor.text()


def test_a_change_is_tried_before_it_is_used(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", repeated()).go("segments")
    assert "Keep one of those" in visitor.text()
    assert "Found again" not in visitor.text()
    visitor.click("try_collinear-one")
    assert "Found again" in visitor.text()
    assert recipe_of(visitor) == Recipe()
    visitor.click("use_collinear-one")
    assert recipe_of(visitor) == Recipe(collinear="one")
    (scale,) = [b for b in visitor.app.selectbox if b.label == "What makes variables comparable"]
    assert scale.value == "unit"


def test_what_adds_nothing_is_found_and_can_be_left_out(visitor: Visitor) -> None:
    rows = [
        row | {"mood": round(float(x), 3)}
        for row, x in zip(small_table(), np.random.default_rng(7).normal(size=200), strict=True)
    ]
    visitor.open_file("kunden.csv", csv_of(rows)).go("segments").click("look_for_noise")
    assert "“mood” tells the segments apart no better than noise" in visitor.text()
    visitor.click("try_without").click("use_without")
    assert "mood" not in trying.compute.matrix(visit_of(visitor)).basis


def test_a_preparation_that_leaves_nothing_can_be_undone(visitor: Visitor) -> None:
    rows = [{"a": i % 5 + 1, "b": i % 5 + 1, "c": i % 5 + 1} for i in range(60)]
    visitor.open_file("kunden.csv", csv_of(rows)).go("variables")
    visitor.app.checkbox(key="prepare_habits").check()
    visitor.run()
    assert recipe_of(visitor).response_style == "center"
    assert visitor.app.error
    visitor.click("prepare_usual")
    assert recipe_of(visitor) == Recipe()
    assert not visitor.app.error
