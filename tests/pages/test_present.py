"""The report on the export page and the presentation: complete, and with nothing to edit."""

import re

import pytest

from pages.ui import report_doors
from pages.ui.visits import VISITS
from segmentation.wording import words_in
from tests.pages.conftest import Visitor, csv_of, small_table

EN = words_in("en")


@pytest.fixture
def presented(visitor: Visitor) -> Visitor:
    """Somebody who opened a file and presents its segments."""
    visitor.open_file("kunden.csv", csv_of(small_table()))
    return visitor.go("segments").go("present")


def shown(visitor: Visitor) -> str:
    """What a screen says, markup removed."""
    texts = [re.sub(r"<style>.*?</style>", "", e.value, flags=re.DOTALL) for e in html_of(visitor)]
    return re.sub(r"<[^>]+>", " ", " ".join(texts))


def html_of(visitor: Visitor) -> list:
    return list(visitor.app.get("html"))


def test_every_screen_is_reached_and_left_again(presented: Visitor) -> None:
    assert "200 customers in 3 segments" in shown(presented)
    assert "1 / 8" in shown(presented)
    titles = []
    for place in range(2, 9):
        presented.click("show_next")
        assert f"{place} / 8" in shown(presented)
        titles.append(shown(presented))
    assert presented.app.button(key="show_next").disabled
    assert "not been tested" in titles[0]
    assert "is the largest segment" in titles[1]
    assert all(f"Segment {n}" in titles[n + 1] for n in (1, 2, 3))
    assert "What if" in titles[5]
    assert "What to do next" in titles[6]
    presented.click("show_back")
    assert "7 / 8" in shown(presented)


def test_nothing_can_be_edited_and_no_customer_is_shown(presented: Visitor) -> None:
    kinds = ("text_input", "selectbox", "multiselect", "checkbox", "radio", "text_area")
    for _ in range(7):
        others = [e for kind in kinds for e in getattr(presented.app.main, kind)]
        assert not others
        assert not re.search(r"K0\d\d\d", shown(presented))
        presented.click("show_next")


def test_a_threshold_moves_the_segments_and_is_not_kept(presented: Visitor) -> None:
    for _ in range(6):
        presented.click("show_next")
    visit = VISITS.find(presented.app.session_state["visit"])
    assert visit is not None
    before, study = shown(presented), visit.study
    [slider] = presented.app.slider
    slider.set_value(slider.max)
    presented.run()
    assert shown(presented) != before
    assert "Fewer than five customers" in shown(presented)
    assert visit.study == study


def test_who_has_no_segments_is_told_what_to_do(visitor: Visitor) -> None:
    visitor.go("present")
    assert "There is no table yet" in visitor.text()


def test_the_export_page_offers_the_report_and_what_it_will_contain(presented: Visitor) -> None:
    presented.go("export")
    assert "The report" in presented.text()
    assert "nothing was tested yet" in presented.text()
    visit = VISITS.find(presented.app.session_state["visit"])
    assert visit is not None
    text = report_doors.written(visit, ".html", "  Insights   team ", EN).decode()
    assert "Insights team" in text
    assert "<h1>200 customers in 3 segments</h1>" in text
    assert not re.search(r"K0\d\d\d", text)
