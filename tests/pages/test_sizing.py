"""What-ifs and money on their pages: numbers that answer, decisions that stay, figures refused."""

from dataclasses import replace

import pytest

from pages.ui import compute
from pages.ui.visits import VISITS, Visit
from segmentation.intake import Condition, Operator
from segmentation.sizing import Group, InSegments, Joined, MoneyPlan, Program, WhatIf
from segmentation.structure import Pin
from segmentation.study import Study, dump, load
from tests.pages.conftest import Visitor, csv_of, small_table

OLD = Condition("visits", Operator.AT_LEAST, ("5",))
GONE = Condition("loyalty", Operator.AT_LEAST, ("5",))


def visit_of(visitor: Visitor) -> Visit:
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    return visit


def study_of(visitor: Visitor) -> Study:
    study = visit_of(visitor).study
    assert study is not None
    return study


def decide(visitor: Visitor, study: Study) -> Visitor:
    """Change the study as another tab would."""
    visit = visit_of(visitor)
    visit.replace_study(study, visit.revision)
    return visitor


def large(visitor: Visitor) -> str:
    """The number above everything."""
    return "\n".join(block.value for block in visitor.app.get("html"))


@pytest.fixture
def opened(visitor: Visitor) -> Visitor:
    return visitor.open_file("kunden.csv", csv_of(small_table()))


def test_everybody_counts_until_a_condition_is_added(opened: Visitor) -> None:
    opened.go("sizing")
    assert opened.metrics()["Share of customers"] == "100%"
    opened.app.selectbox(key="size_column").set_value("town")
    opened.run().app.multiselect[0].set_value(["Ulm"])
    opened.run().click("size_added")
    ulm = sum(row["town"] == "Ulm" for row in small_table())
    assert study_of(opened).sizing.draft.members == (Condition("town", Operator.IS, ("Ulm",)),)
    assert opened.metrics()["Share of customers"] == f"{ulm / 200:.0%}"
    assert load(dump(study_of(opened))).sizing == study_of(opened).sizing


def test_a_threshold_moves_with_its_slider_every_time(opened: Visitor) -> None:
    study = study_of(opened)
    decide(opened, replace(study, sizing=replace(study.sizing, draft=Group(members=(OLD,)))))
    opened.go("sizing")
    for threshold in (12.0, 18.0, 2.0):
        opened.app.slider[0].set_value(threshold)
        opened.run()
        share = sum(float(str(row["visits"])) >= threshold for row in small_table()) / 200
        assert float(opened.metrics()["Share of customers"].strip("%")) == pytest.approx(
            100 * share, abs=0.51
        )


def test_what_is_kept_stands_side_by_side(opened: Visitor) -> None:
    study = study_of(opened)
    frequent, gone = Group(members=(OLD,)), Group(members=(GONE,))
    kept = (WhatIf("Frequent *ones*", frequent), WhatIf("gone", gone))
    decide(opened, replace(study, sizing=replace(study.sizing, kept=kept)))
    opened.go("sizing").view("kept", "sizing_view")
    frame = opened.app.dataframe[0].value
    assert list(frame["What-if"]) == ["Frequent *ones*", "gone"]
    assert "that the table lacks rest in gone" in opened.text()
    opened.click("size_forget")
    assert [each.name for each in study_of(opened).sizing.kept] == ["gone"]


def test_one_click_makes_a_what_if_a_segment_that_all_pages_know(opened: Visitor) -> None:
    study = study_of(opened)
    ulm = Condition("town", Operator.CONTAINS, ("ULM",))
    rare = Condition("visits", Operator.AT_MOST, ("3",))
    either = Group(Joined.ANY, (ulm, rare))
    decide(opened, replace(study, sizing=replace(study.sizing, draft=either)))
    opened.go("sizing").app.text_input(key="size_name").set_value(" Near  or *new* ")
    opened.run().click("size_pin")
    assert study_of(opened).branch.pins == (Pin("Near or *new*", where=either),)
    assert load(dump(study_of(opened))).branch == study_of(opened).branch
    assert "Rule segments, on every page: Near or" in opened.text()
    opened.view("kept", "sizing_view")
    assert list(opened.app.dataframe[0].value["Rule segment"]) == ["yes"]
    opened.go("segments")
    met = sum(row["town"] == "Ulm" or float(str(row["visits"])) <= 3 for row in small_table())
    for page in ("segments", "profiles", "checks"):
        assert "Near or" in opened.go(page).text()
    visit = visit_of(opened)
    found = compute.partition(visit)
    assert met in found.sizes
    opened.go("sizing").view("kept", "sizing_view").click("size_unpin")
    assert study_of(opened).branch.pins == ()


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (Group(), "nobody is left to be segmented"),
        (Group(members=(Condition("visits", Operator.AT_LEAST, ("1e9",)),)), "nobody meets"),
        (Group(members=(InSegments("key", (0,)),)), "its filter asks for segments"),
    ],
)
def test_a_rule_that_cannot_be_leaves_the_study_as_it_is(
    opened: Visitor, where: Group, told: str
) -> None:
    study = study_of(opened)
    kept = replace(study.sizing, kept=(WhatIf("rule", where),))
    decide(opened, replace(study, sizing=kept))
    opened.go("sizing").view("kept", "sizing_view").click("size_rule")
    assert told in opened.text() + opened.app.error[0].value
    assert study_of(opened).branch.pins == ()


def test_a_condition_that_the_table_lacks_rests_and_stays_in_the_study(opened: Visitor) -> None:
    study = study_of(opened)
    decide(opened, replace(study, sizing=replace(study.sizing, draft=Group(members=(GONE,)))))
    opened.go("sizing")
    assert "Some conditions rest, because the table lacks them" in opened.text()
    assert opened.metrics()["Share of customers"] == "100%"
    assert study_of(opened).sizing.draft.members == (GONE,)


def test_money_is_worked_out_without_any_file(visitor: Visitor) -> None:
    visitor.go("money")
    assert visitor.metrics()["Return on investment"] == "71%"
    assert "Pays: 2,858 people would be enough." in visitor.text()
    for view in ("matters", "budget", "merging", "test"):
        visitor.view(view, "roi_view")
        assert not visitor.app.error


def test_impossible_figures_are_told_and_the_other_rows_count(opened: Visitor) -> None:
    good = Program("good", "", 1000, 0.05, 40, 0.5, 500)
    bad = (replace(good, name="over", response=1.5), replace(good, name="under", contact=-1))
    decide(opened, replace(study_of(opened), money=MoneyPlan((good, *bad))))
    opened.go("money")
    assert "“over” is left out: Response rate is above 100 % (150%)." in opened.text()
    assert "“under” is left out: Cost per contact is below zero (-1)." in opened.text()
    assert opened.metrics()["Cost"].replace("\\", "") == "€1,000"
    assert study_of(opened).money.programs == (good, *bad)
