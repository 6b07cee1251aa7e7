"""Saved studies on the pages: kept, opened with their file, compared, looked at by link."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1.element_tree import TextInput

from pages.ui import keeping
from pages.ui.visits import VISITS, Visit
from segmentation.geography.nearby import NearbyPlan, SpotColumns
from segmentation.studies import draft_of
from segmentation.studies.address import VARIABLE
from segmentation.studies.store import StudyStore
from tests.pages.conftest import Visitor, csv_of, small_table

FILE = csv_of(small_table())
OTHER = csv_of(small_table(150, seed=4))


@pytest.fixture(autouse=True)
def kept_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty database for each test."""
    monkeypatch.setenv(VARIABLE, f"sqlite:///{tmp_path}/studies.sqlite")


def store() -> StudyStore:
    return keeping.store()


def visit_of(visitor: Visitor) -> Visit:
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    return visit


def table_open(visitor: Visitor) -> Visitor:
    return visitor.open_file("kunden.csv", FILE)


def segmented(visitor: Visitor, k: int = 3) -> Visitor:
    table_open(visitor).go("segments")
    visitor.app.slider[0].set_value(k)
    return visitor.run()


def field(visitor: Visitor, label: str) -> TextInput:
    """The first field of a label; its key changes when the page begins anew."""
    return next(found for found in visitor.app.text_input if found.label == label)


def saved(visitor: Visitor, name: str = "Spring", by: str = "Ana") -> Visitor:
    visitor.go("studies")
    field(visitor, "Name of the study").set_value(name)
    field(visitor, "Your name (optional)").set_value(by)
    return visitor.run().click("save_new")


def opened_list(visitor: Visitor) -> str:
    """Unfold the only study of the list; return its number."""
    (study,) = store().listed()
    visitor.app.session_state[f"more_{study.id}"] = True
    visitor.run()
    return study.id


def test_without_a_saved_study_the_page_says_what_saving_is_for(visitor: Visitor) -> None:
    visitor.go("studies")
    assert "No study is saved yet" in visitor.text()
    assert "No file is open" in visitor.text()


def test_a_study_is_saved_with_its_results_and_listed(visitor: Visitor) -> None:
    saved(segmented(visitor))
    assert "“Spring” is saved as version 1." in visitor.text()
    assert "1 saved study" in visitor.text()
    assert "“kunden.csv” with 200 rows" in visitor.text()
    assert "3 segments, not tested" in visitor.text()
    (study,) = store().listed()
    results = study.latest.results
    assert results is not None
    assert (study.name, study.owner, results.k, results.n_customers) == ("Spring", "Ana", 3, 200)
    assert {j.criterion for j in results.judgements} >= {"size", "measurability", "reachability"}
    assert results.labels
    assert "K0001" not in store().toml(study.id)


def test_a_study_is_saved_before_its_segments_are_computed_as_well(visitor: Visitor) -> None:
    saved(table_open(visitor))
    assert "saved before its segments were computed" in visitor.text()


def test_the_export_page_saves_the_next_version(visitor: Visitor) -> None:
    saved(segmented(visitor)).go("segments").app.slider[0].set_value(4)
    visitor.run().go("export").click("save_version")
    assert "“Spring” is saved as version 2." in visitor.text()
    (study,) = store().listed()
    newest, oldest = store().versions(study.id)
    assert newest.results is not None
    assert oldest.results is not None
    assert (newest.results.k, oldest.results.k) == (4, 3)


def test_a_saved_study_opens_in_another_visit_once_its_file_is_open(
    visitor: Visitor, new_visitor: Callable[..., Visitor]
) -> None:
    saved(segmented(visitor, 4))
    (study,) = store().listed()
    other = new_visitor().go("studies").click(f"open_{study.id}")
    waiting = "“Spring” waits for its file: “kunden.csv” with 200 rows"
    assert waiting in other.text()
    other.open_file("kunden-2.csv", OTHER)
    assert waiting in other.text()
    assert "The open file, “kunden-2.csv”, is another one." in other.text()
    other.open_file("kunden.csv", FILE)
    assert "“Spring”, version 1, is open: its decisions apply now." in other.text()
    assert "waits" not in other.go("segments").text()
    assert other.app.slider[0].value == 4
    kept = visit_of(other).kept
    assert kept is not None
    assert kept.study.id == study.id


def test_a_study_whose_second_file_is_missing_says_which(visitor: Visitor) -> None:
    study = visit_of(table_open(visitor)).study
    assert study is not None
    stores = NearbyPlan(
        "stores", ("visits", "spend"), "stores.csv", "f00d", SpotColumns("lat", "lon")
    )
    wanted = store().save_new("Near", draft_of(replace(study, nearby=(stores,))))
    visitor.go("studies").click(f"open_{wanted.id}")
    assert "“Near” waits for its file" in visitor.text()
    assert "stores.csv" in visitor.app.error[0].value.replace("\\", "")
    assert "is another one" not in visitor.text()


def test_nobody_has_to_wait_for_a_file(
    visitor: Visitor, new_visitor: Callable[..., Visitor]
) -> None:
    saved(table_open(visitor))
    (study,) = store().listed()
    other = new_visitor().go("studies").click(f"open_{study.id}").click("wanted_dropped")
    assert "waits for its file" not in other.text()


def test_an_older_version_opens_and_the_decisions_before_come_back(visitor: Visitor) -> None:
    saved(segmented(visitor)).go("segments").app.slider[0].set_value(4)
    visitor.run().go("studies").click("save_version").go("segments").app.slider[0].set_value(5)
    visitor.run().go("studies")
    study_id = opened_list(visitor)
    visitor.click(f"open_older_{study_id}")
    assert "“Spring”, version 1, is open" in visitor.text()
    assert visitor.go("segments").app.slider[0].value == 3
    visitor.go("studies").click("go_back")
    assert visitor.go("segments").app.slider[0].value == 5
    assert "go_back" not in [button.key for button in visitor.go("studies").app.button]


def test_two_versions_are_compared(visitor: Visitor) -> None:
    saved(segmented(visitor)).go("segments").app.slider[0].set_value(4)
    visitor.run().go("studies").click("save_version")
    opened_list(visitor)
    assert "The same data. Some customers are in other segments." in visitor.text()
    assert "1 decision differs." in visitor.text()
    differing = visitor.app.dataframe[2].value.to_dict("records")
    assert [list(row.values()) for row in differing] == [
        ["Number of segments", "", "left to the program", "4"]
    ]


def test_the_second_of_two_who_save_is_told_and_nothing_is_lost(
    visitor: Visitor, new_visitor: Callable[..., Visitor]
) -> None:
    saved(segmented(visitor))
    (study,) = store().listed()
    other = new_visitor().open_file("kunden.csv", FILE).go("studies").click(f"open_{study.id}")
    field(other, "Your name (optional)").set_value("Ben")
    other.run().click("save_version")
    visitor.go("segments").app.slider[0].set_value(5)
    visitor.run().go("studies").click("save_version")
    assert "“Spring” was changed meanwhile by Ben (" in visitor.text()
    assert "Nothing is lost" in visitor.text()
    assert [v.saved_by for v in store().versions(study.id)] == ["Ben", "Ana"]
    assert visitor.go("segments").app.slider[0].value == 5
    visitor.go("studies").click("save_version")  # knowing of the other one now
    assert [v.saved_by for v in store().versions(study.id)] == ["Ana", "Ben", "Ana"]


def test_a_study_that_was_deleted_meanwhile_can_be_saved_again(
    visitor: Visitor, new_visitor: Callable[..., Visitor]
) -> None:
    saved(table_open(visitor))
    (study,) = store().listed()
    store().delete(study.id, study.revision)
    visitor.click("save_version")
    assert "It may have been deleted" in visitor.text()
    saved(visitor, "Once more")
    assert [s.name for s in store().listed()] == ["Once more"]


def test_a_study_is_renamed_duplicated_and_deleted_after_a_second_question(
    visitor: Visitor,
) -> None:
    saved(table_open(visitor))
    study_id = opened_list(visitor)
    visitor.app.text_input(key=f"rename_{study_id}_1").set_value("Summer *2026*")
    visitor.run().click(f"renamed_{study_id}")
    assert "Summer *2026*" in visitor.text()
    visitor.click("save_version")  # one's own rename is no surprise
    assert store().study(study_id).latest.number == 2
    visitor.app.session_state[f"more_{study_id}"] = True
    visitor.run().click(f"duplicate_{study_id}")
    assert "2 saved studies" in visitor.text()
    visitor.app.session_state[f"more_{study_id}"] = True
    visitor.run().click(f"deleted_{study_id}")
    assert [s.name for s in store().listed()] == ["Summer *2026* (copy)"]
    assert "“Summer *2026*” was deleted." in visitor.text()


def test_another_file_begins_a_study_of_its_own(visitor: Visitor) -> None:
    saved(table_open(visitor)).open_file("other.csv", OTHER).go("studies")
    assert "save_version" not in [button.key for button in visitor.app.button]


def test_many_studies_are_searched(visitor: Visitor) -> None:
    saved(table_open(visitor), "Spring")
    (study,) = store().listed()
    for number in range(15):
        store().duplicate(study.id, f"Copy {number}")
    visitor.go("studies")
    assert "The 12 newest are shown." in visitor.text()
    visitor.app.text_input(key="studies_search").set_value("spr")
    visitor.run()
    assert [b.key for b in visitor.app.button if b.key and b.key.startswith("open_")] == [
        f"open_{study.id}"
    ]


def test_without_a_database_everything_else_works(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(VARIABLE, f"sqlite:///{tmp_path}/file/studies.sqlite")
    segmented(visitor).go("studies")
    assert "The database for studies does not answer" in visitor.text()
    visitor.click("save_new")
    assert "Everything else works" in visitor.text()
    assert str(tmp_path) not in visitor.text()
    assert not list(visitor.go("export").app.error)


def test_keeping_studies_can_be_switched_off(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "off")
    assert "This server keeps no studies" in visitor.go("studies").text()
    assert "save_new" not in [b.key for b in segmented(visitor).go("export").app.button]


def looking(study_id: str, new_visitor: Callable[..., Visitor]) -> Visitor:
    """Somebody who has only the link."""
    reader = new_visitor()
    del reader.app.session_state["visit"]
    VISITS.close()
    reader.app.query_params["study"] = study_id
    return reader.run()


def test_a_link_shows_the_results_and_nothing_to_change(
    visitor: Visitor, new_visitor: Callable[..., Visitor]
) -> None:
    saved(segmented(visitor))
    study_id = opened_list(visitor)
    assert f"/?study={study_id}" in next(code.value for code in visitor.app.code)
    reader = looking(study_id, new_visitor)
    assert reader.app.title[0].value == "Spring"
    assert "3 segments, not tested" in reader.text()
    assert "200 customers" in reader.text()
    checks = reader.app.dataframe[0].value
    assert list(checks.columns[:2]) == ["Segment", "Large enough"]
    assert not reader.app.button
    assert not reader.app.text_input
    assert "kunden" not in reader.text()
    assert "visit" not in reader.app.session_state


@pytest.mark.parametrize("study_id", ["..", "0a1b2c3d-0000-4000-8000-00000000cafe"])
def test_a_link_to_nothing_says_so(study_id: str, new_visitor: Callable[..., Visitor]) -> None:
    reader = looking(study_id, new_visitor)
    assert "No study or version" in reader.text()
    assert not reader.app.button


def test_a_file_of_ones_own_is_shown_to_nobody_by_link(
    visitor: Visitor,
    new_visitor: Callable[..., Visitor],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    saved(table_open(visitor))
    study_id = opened_list(visitor)
    assert not visitor.app.code
    assert "No study or version" in looking(study_id, new_visitor).text()
