"""Several files become one table of customers on the page, and a step refused changes nothing."""

import pytest
from streamlit.testing.v1.element_tree import FileUploader

from pages.ui import readings
from pages.ui.visits import VISITS, Visit
from segmentation.study import Study, dump
from tests.pages.conftest import Visitor, csv_of, small_table

CUSTOMERS = csv_of(small_table())
PLACES = csv_of(
    [
        {"customer": row["customer"], "shop": "North" if i % 2 else "South"}
        for i, row in enumerate(small_table())
    ]
)


def visit_of(visitor: Visitor) -> Visit:
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    return visit


def study_of(visitor: Visitor) -> Study:
    study = visit_of(visitor).study
    assert study is not None
    return study


def uploader(visitor: Visitor, label: str) -> FileUploader:
    """The one drop zone of that label on the screen."""
    (found,) = [u for u in visitor.app.file_uploader if u.label == label]
    return found


def choose_other(visitor: Visitor, name: str, content: bytes) -> Visitor:
    """Go to the customers' table and put another file beside it."""
    visitor.go("table")
    uploader(visitor, "The other file").set_value((name, content, "text/csv"))
    return visitor.run()


def columns_of(visitor: Visitor) -> list[str]:
    raw = visit_of(visitor).raw
    assert raw is not None
    return list(raw.names)


def test_another_file_is_joined_and_left_out_again(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", CUSTOMERS)
    before = columns_of(visitor)
    choose_other(visitor, "places.csv", PLACES).click("join_files")
    assert columns_of(visitor) == [*before, "shop"]
    assert [join.name for join in study_of(visitor).composition.joins] == ["places.csv"]
    visitor.click("unjoin")
    assert columns_of(visitor) == before


def test_a_join_that_is_refused_is_told_and_changes_nothing(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", CUSTOMERS)
    before, study = columns_of(visitor), study_of(visitor)
    twice = PLACES + b"".join(PLACES.splitlines(keepends=True)[1:3])
    choose_other(visitor, "places.csv", twice).click("join_files")
    assert "more rows" in visitor.text() or "several rows" in visitor.text()
    assert (columns_of(visitor), study_of(visitor)) == (before, study)
    assert visitor.go("segments").app.slider


def test_a_file_read_otherwise_keeps_what_was_joined(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", CUSTOMERS)
    choose_other(visitor, "places.csv", PLACES).click("join_files")
    (encoding,) = [s for s in visitor.app.selectbox if "Encoding" in s.label]
    encoding.set_value("cp1252")
    visitor.run()
    assert study_of(visitor).source.options.encoding == "cp1252"
    assert "shop" in columns_of(visitor)


def test_a_study_with_joined_files_is_taken_up_again(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", CUSTOMERS)
    choose_other(visitor, "places.csv", PLACES).click("join_files")
    saved = dump(study_of(visitor)).encode()
    visitor.go("table").click("unjoin").go("export")
    uploader(visitor, "Load a study").set_value(("s.toml", saved, "application/toml"))
    visitor.run()
    assert "The study was loaded" in visitor.text()
    assert "shop" in columns_of(visitor)


def test_a_study_whose_joined_file_is_not_here_is_told_and_changes_nothing(
    visitor: Visitor,
) -> None:
    visitor.open_file("kunden.csv", CUSTOMERS)
    choose_other(visitor, "places.csv", PLACES).click("join_files")
    saved = dump(study_of(visitor)).encode()
    visitor.open_file("kunden.csv", CUSTOMERS + b"\n").go("export")
    before = study_of(visitor)
    uploader(visitor, "Load a study").set_value(("s.toml", saved, "application/toml"))
    visitor.run()
    assert "places.csv" in visitor.text()
    assert study_of(visitor) == before


def test_the_likely_customer_id_takes_one_click(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", CUSTOMERS).go("table")
    assert study_of(visitor).id_name is None
    visitor.click("take_id")
    assert study_of(visitor).id_name == "customer"
    assert not [button for button in visitor.app.button if str(button.key).startswith("take_id")]


def test_a_join_that_takes_long_is_done_once(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.open_file("kunden.csv", CUSTOMERS)
    before = columns_of(visitor)
    monkeypatch.setattr(readings, "PATIENCE_SECONDS", 0.0)
    choose_other(visitor, "places.csv", PLACES).click("join_files")
    assert columns_of(visitor) == [*before, "shop"]
    assert visit_of(visitor).reading is None
    assert "customers have a match" in visitor.text()
