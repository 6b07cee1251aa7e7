"""Several files at once on the start page: one table, or one and those that wait to be joined."""

from collections.abc import Mapping
from pathlib import Path

from segmentation.study import dump
from tests.pages.conftest import Visitor, csv_of, small_table
from tests.pages.test_composing import columns_of, study_of, uploader, visit_of
from tests.parsing.sas import LABELLED_SEX, formats_file, labelled_file

ROWS = small_table()
MONTHS = {
    "mar.csv": csv_of(ROWS[150:]),
    "jan.csv": csv_of(ROWS[:80]),
    "feb.csv": csv_of(ROWS[80:150]).replace(b",", b";"),
}
SURVEY = csv_of([{"member": row["customer"], "answer": i % 5} for i, row in enumerate(ROWS)])


def drop(visitor: Visitor, files: Mapping[str, bytes]) -> Visitor:
    visitor.go("start")
    listed = [(name, content, "text/csv") for name, content in files.items()]
    visitor.app.file_uploader(key="small_file").set_value(listed)
    return visitor.run()


def kept(visitor: Visitor) -> set[Path]:
    folder = visit_of(visitor).folder
    return {path for path in folder.glob("upload-*") if path.suffix != ".seen"}


def test_files_with_the_same_columns_become_one_table(visitor: Visitor) -> None:
    drop(visitor, MONTHS)
    assert visitor.metrics()["Customers"] == "200"
    told = "3 files with the same columns were put under each other, 200 rows in all"
    assert told in visitor.text()
    assert "feb.csv (70), jan.csv (80), and mar.csv (50)" in visitor.text()
    assert [part.name for part in study_of(visitor).composition.parts] == ["jan.csv", "mar.csv"]
    assert visitor.go("segments").app.slider


def test_a_study_of_several_files_is_taken_up_with_them_and_with_no_others(
    visitor: Visitor,
) -> None:
    saved = dump(study_of(drop(visitor, MONTHS))).encode()
    before = study_of(visitor)
    drop(visitor, {**MONTHS, "mar.csv": csv_of(ROWS[140:])}).go("export")
    uploader(visitor, "Load a study").set_value(("s.toml", saved, "application/toml"))
    visitor.run()
    assert "this file has other content" in visitor.text()
    drop(visitor, dict(reversed(MONTHS.items()))).go("export")
    uploader(visitor, "Load a study").set_value(("s.toml", saved, "application/toml"))
    visitor.run()
    assert "The study was loaded" in visitor.text()
    assert study_of(visitor) == before


def test_a_study_of_several_files_asks_for_the_one_that_is_missing(visitor: Visitor) -> None:
    saved = dump(study_of(drop(visitor, MONTHS))).encode()
    visitor.open_file("feb.csv", MONTHS["feb.csv"]).go("export")
    uploader(visitor, "Load a study").set_value(("s.toml", saved, "application/toml"))
    visitor.run()
    assert "The file “jan.csv”, which is a part of this study's table, is missing" in visitor.text()


def test_one_file_of_the_whole_table_takes_a_study_of_its_parts(visitor: Visitor) -> None:
    saved = dump(study_of(drop(visitor, MONTHS))).encode()
    visitor.open_file("year.csv", csv_of(ROWS)).go("export")
    uploader(visitor, "Load a study").set_value(("s.toml", saved, "application/toml"))
    visitor.run()
    assert "The study was loaded" in visitor.text()
    assert not study_of(visitor).composition.parts
    assert visitor.go("table").metrics()["Customers"] == "200"


def test_a_file_with_other_columns_waits_to_be_joined(visitor: Visitor) -> None:
    drop(visitor, {"survey.csv": SURVEY, "people.csv": csv_of(ROWS)}).go("table")
    before = columns_of(visitor)
    waits = "Not part of the table yet, because their columns are others"
    # The first by name is opened where the tables have as many rows.
    assert f"{waits}: survey.csv" in visitor.text()
    visitor.app.selectbox(key="join_there_survey.csv").set_value("member")
    visitor.run().click("join_files")
    assert columns_of(visitor) == [*before, "answer"]
    assert waits not in visitor.text()
    visitor.click("unjoin")
    assert waits in visitor.text()


def test_a_file_that_cannot_be_read_is_named_and_what_was_open_stays(visitor: Visitor) -> None:
    drop(visitor, MONTHS)
    before, files = study_of(visitor), kept(visitor)
    drop(visitor, {"a.csv": csv_of(ROWS), "empty.csv": b"", "z.csv": csv_of(ROWS)})
    assert "“empty.csv”: The file is empty." in visitor.text()
    assert "leave this file out" in visitor.text()
    assert (study_of(visitor), kept(visitor)) == (before, files)
    assert visitor.go("table").metrics()["Customers"] == "200"


def test_files_that_give_way_are_deleted(visitor: Visitor) -> None:
    drop(visitor, {**MONTHS, "survey.csv": SURVEY})
    assert len(kept(visitor)) == 4
    visitor.open_file("one.csv", csv_of(ROWS))
    assert len(kept(visitor)) == 1
    assert visit_of(visitor).waiting == ()


def test_each_of_several_files_can_be_read_otherwise(visitor: Visitor) -> None:
    drop(visitor, MONTHS).go("table")
    # Its key changes when the page has begun anew after a slow reading.
    (which,) = [box for box in visitor.app.selectbox if str(box.key).startswith("which_part")]
    which.set_value("mar.csv")
    visitor.run()
    (encoding,) = [s for s in visitor.app.selectbox if "Encoding" in s.label]
    encoding.set_value("cp1252")
    visitor.run()
    parts = study_of(visitor).composition.parts
    assert [part.reading.encoding for part in parts] == [None, "cp1252"]
    assert study_of(visitor).source.options.encoding is None
    assert all(part.fingerprint for part in parts)
    assert "has changed" not in visitor.text()


def test_a_sas_table_and_its_catalogue_are_one_labelled_table(visitor: Visitor) -> None:
    drop(visitor, {"formats.sas7bcat": formats_file(), "people.sas7bdat": labelled_file()})
    assert "The SAS catalogue explains the codes of 3 columns." in visitor.text()
    visit = visit_of(visitor)
    assert visit.raw is not None
    assert visit.raw.codebook["sex"].values == LABELLED_SEX
    assert visit.raw.source.name == "people.sas7bdat"
    assert len(kept(visitor)) == 1


def test_a_catalogue_without_its_table_says_what_to_do(visitor: Visitor) -> None:
    drop(visitor, {"formats.sas7bcat": formats_file(), **MONTHS})
    assert "is a SAS catalogue" in visitor.text()
    assert "choose both at once" in visitor.text()
    assert kept(visitor) == set()
    drop(visitor, {"formats.sas7bcat": formats_file()})
    assert "is a SAS catalogue" in visitor.text()
