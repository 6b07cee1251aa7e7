"""The Checks page: verdict, matrix, reach, plans; and what has to be asked, on Variables."""

import datetime as dt
from dataclasses import replace

from pages.ui import compute
from pages.ui.visits import VISITS, Visit
from segmentation.criteria import CriteriaChoices, ReachRules, SegmentPlan
from segmentation.study import dump, load
from tests.pages.conftest import Visitor, csv_of, small_table


def opened(visitor: Visitor) -> Visit:
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    assert visit.study is not None
    return visit


def test_the_scorecard_says_what_is_open_and_how_to_close_it(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table())).go("checks")
    page, text = visitor.html(), visitor.text()
    for criterion in ("Large enough", "Pays", "Differentiable", "Stable", "Not too special"):
        assert criterion in page
    assert "Not tested yet" in text
    assert "Press “Test the segments”" in text
    assert "Type in response rate" in text
    visitor.widget("number_input", "threshold_response-rate").set_value(2.0)
    visitor.widget("number_input", "threshold_margin").set_value(50.0)
    visitor.widget("number_input", "threshold_fixed-cost").set_value(10.0)
    visitor.run()
    assert "it pays from 10 on" in visitor.text()
    assert "Type in response rate" not in visitor.text()


def test_decisions_about_the_scorecard_are_kept_in_the_study(visitor: Visitor) -> None:
    visitor.open_sample().go("checks")
    assert "Unknown consent counts as none" in visitor.text()
    before = visitor.app.header[1].value
    visitor.widget("checkbox", "unknown_consent").check()
    visitor.run()
    assert "Unknown consent counts as given" in visitor.text()
    assert visitor.app.header[1].value != before
    visitor.widget("number_input", "points_size").set_value(100.0)
    visitor.widget("date_input", "cut_off").set_value(dt.date(2026, 9, 30))
    visitor.run()
    study = opened(visitor).study
    assert study is not None
    assert study.criteria.reach == ReachRules(unknown_consent=True)
    assert study.criteria.points["size"] == 100
    assert study.criteria.cut_off == dt.date(2026, 9, 30)
    assert load(dump(study)) == study
    assert visitor.go("variables").go("checks").widget("checkbox", "unknown_consent").value
    visitor.click("points_reset")
    kept = opened(visitor).study
    assert kept is not None
    assert kept.criteria.points == {}


def test_plans_place_segments_in_the_evaluation_plot(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table())).go("checks")
    assert not visitor.app.get("vega_lite_chart")
    visit = opened(visitor)
    study = visit.study
    assert study is not None
    key = compute.solution_key(visit, 3)
    plans = [SegmentPlan("CRM", "10 %", "e-mail", strength=s) for s in (3, 6, 9)]
    visit.replace_study(
        replace(study, branch=study.branch.with_plans(key, plans), criteria=CriteriaChoices()),
        visit.revision,
    )
    visitor.run()
    assert visitor.app.get("vega_lite_chart")


def test_what_has_to_be_asked_is_counted_before_segments_are_sought(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table())).go("variables")
    assert "0 of the " in visitor.text()
    assert "have to be asked of customers" in visitor.text()
