"""How far to trust the segments: on request, with its evidence, and cancellable."""

import pytest

from pages.ui import judging, worth
from pages.ui.visits import VISITS
from segmentation.criteria import Verdict
from tests.pages.conftest import Visitor, csv_of, small_table


def test_nothing_is_tested_before_somebody_asks(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table())).go("segments")
    assert "Not tested yet" in visitor.text()
    assert "Not tested" not in visitor.click("judge").text()


def test_the_verdict_comes_with_its_numbers_and_stays(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table())).go("segments").click("judge")
    assert "These 3 segments are natural" in visitor.text()
    assert "The test confirms 3 segments as natural" in visitor.text()
    assert "adjusted Rand index" in visitor.text()
    visitor.app.slider[0].set_value(5)
    visitor.run()
    assert "These 5 segments are" in visitor.text()
    assert "These 5 segments are natural" not in visitor.text()
    assert "These 5 segments are" in visitor.go("profiles").go("segments").text()


def test_another_basis_is_not_judged_yet(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table())).go("segments").click("judge")
    visitor.open_file("andere.csv", csv_of(small_table(seed=4))).go("segments")
    assert "Not tested yet" in visitor.text()


def test_a_cancelled_test_can_be_begun_again(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table())).go("segments")
    started = judging.start_judging

    def started_and_cancelled(visit: judging.Visit) -> None:
        started(visit)
        assert visit.job is not None
        visit.job.cancel()

    monkeypatch.setattr(judging, "start_judging", started_and_cancelled)
    assert "Not tested yet" in visitor.click("judge").text()
    monkeypatch.undo()
    assert "These 3 segments are" in visitor.click("judge").text()


def test_a_stable_cut_through_one_population_is_not_sold_as_found(visitor: Visitor) -> None:
    visitor.click("sample_no_structure").click("judge")
    assert "No clear segments" in visitor.text()
    assert "reproducible, not natural" in visitor.text()
    assert "but not as groups that exist" in visitor.text()
    assert not visitor.app.success
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    text, card = visitor.go("checks").text(), worth.worth(visit).card
    assert f"These {card.k} segments are constructed, not found" in text
    assert "There are no segments in these data" in text
    assert "Constructed segments: a rating says how the cut falls" in text
    assert not visitor.app.success
    again = card.tested.found_again
    assert again is not None
    assert min(again) > 0.75  # a cut through one population comes back, and is a cut
    for segment in range(card.k):
        assert card.check(segment, "differentiability").verdict is Verdict.FAIL
        assert card.check(segment, "stability").verdict is not Verdict.PASS
        assert card.verdict(segment) is Verdict.FAIL
