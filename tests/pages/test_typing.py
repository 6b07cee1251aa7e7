"""A few questions tell the segment: shown with their accuracy, in any number, in every form."""

import pytest

from pages.ui import profile_doors
from segmentation import typing_tool
from tests.pages.conftest import Visitor, csv_of, small_table


def test_the_profiles_page_says_how_many_questions_tell_the_segment(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table())).go("segments").go("profiles")
    visitor.view("questions")
    assert "of customers back in their segment" in visitor.text()
    assert "Cross-validated: 200 customers in 5 parts" in visitor.text()
    [slider] = [s for s in visitor.app.slider if s.label == "Number of questions"]
    slider.set_value(slider.max)
    visitor.run()
    assert f"{round(slider.max)} questions put" in visitor.text()
    keys = {button.key for button in visitor.app.get("download_button")}
    assert {f"download_questions.{form}" for form in ("xlsx", "sql", "md", "csv")} <= keys
    assert "At most four conditions a segment" in visitor.text()


def test_the_questions_are_worked_out_once(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table())).go("segments")
    asked: list[str] = []

    def counted(*given: object) -> typing_tool.TypingTool:
        asked.append(str(given[2]))
        return typing_tool.typing_tool(*given)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(profile_doors, "make_typing_tool", counted)
    visitor.go("profiles").view("questions")
    visitor.go("segments").go("profiles")
    assert "of customers back in their segment" in visitor.text()
    assert len(asked) == 1
