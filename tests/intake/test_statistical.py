"""SPSS, Stata and SAS files: codes stay codes, what they mean becomes the codebook."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from segmentation.errors import (
    CatalogueAlone,
    EngineFailure,
    HeaderOnly,
    ReaderStopped,
    TooManyColumns,
    UnreadableFile,
)
from segmentation.intake import Kind, ReadOptions, open_customers
from segmentation.intake.codebook import Entry
from segmentation.intake.statistical import form_of
from segmentation.variables import Scale, suggest
from tests.intake.cells import cells, codes, typed
from tests.intake.conftest import Read
from tests.intake.test_archive import kept
from tests.intake.workbooks import zipped
from tests.parsing.people import EXPECTED, PEOPLE, SEX, written
from tests.parsing.sas import (
    LABELLED_RATING,
    LABELLED_REGION,
    LABELLED_SEX,
    SAS_EXPECTED,
    SAS_NAMES,
    formats_file,
    labelled_file,
    sas_file,
)


@pytest.mark.parametrize(
    ("write", "form"),
    [
        (pyreadstat.write_sav, "spss"),
        (pyreadstat.write_dta, "stata"),
        (pyreadstat.write_xport, "sas"),
    ],
)
def test_a_statistical_file_becomes_a_table(
    write: Callable[..., Any], form: str, read: Read, tmp_path: Path
) -> None:
    raw = read(written(tmp_path, write), "people.anything")
    assert raw.source.format == form
    assert raw.names == tuple(PEOPLE.columns)
    assert cells(raw) == EXPECTED
    table = open_customers(raw)
    assert [column.kind for column in table.columns][2:] == [Kind.NUMBER, Kind.DATE, Kind.DATE]
    assert typed(table, "spend") == [1.5, 1e6, None, 0.1]


def test_a_sas_file_becomes_a_table_in_which_letters_are_no_answers(read: Read) -> None:
    raw = read(sas_file(), "people.anything")
    assert (raw.source.format, raw.names, cells(raw)) == ("sas", SAS_NAMES, SAS_EXPECTED)
    table = open_customers(raw)
    assert [typed(table, name) for name in ("sex", "spend")] == [
        [1.0, 2.0, None, None],
        [1.5, 1e6, None, 0.1],
    ]
    assert [table.column(name).kind for name in ("joined", "seen")] == [Kind.DATE, Kind.DATE]
    assert raw.codebook["sex"] == Entry("What is your sex?", (), (".C",))


def test_labels_orders_and_missing_codes_of_spss_become_the_codebook(
    read: Read, tmp_path: Path
) -> None:
    content = written(
        tmp_path,
        pyreadstat.write_sav,
        pd.DataFrame({"sex": [1, 2, 98, 97.5], "word": ["a", "zz", "b", "c"], "n": [1, 2, 3, 4]}),
        column_labels={"sex": "What is your sex?"},
        variable_value_labels={"sex": {**SEX, 99.0: "refused"}, "word": {"a": "A"}},
        missing_ranges={"sex": [{"lo": 97, "hi": 99}, 9], "word": ["zz"]},
    )
    raw = read(content, "people.sav")
    assert raw.codebook == {
        "sex": Entry(
            "What is your sex?",
            (("1", "male"), ("2", "female"), ("9", "no answer"), ("99", "refused")),
            ("99", "97.5", "98", "9"),
        ),
        "word": Entry("", (("a", "A"),), ("zz",)),
    }
    assert codes(raw) == ["codebook-in-file"]
    assert cells(raw)[2] == ("98", "b", "3")


def test_names_that_differ_by_case_only_are_made_unique_and_keep_their_labels(
    read: Read, tmp_path: Path
) -> None:
    content = written(
        tmp_path,
        pyreadstat.write_dta,
        pd.DataFrame({"a": [1], "A": [2]}),
        column_labels=["one", "two"],
    )
    raw = read(content)
    assert raw.names == ("a", "A (2)")
    assert [entry.label for entry in raw.codebook.values()] == ["one", "two"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_encoding_that_old_files_do_not_say_is_guessed_and_told(
    encoding: str, read: Read, tmp_path: Path
) -> None:
    frame = pd.DataFrame({"name": ["客户名称", "北京市", "我们的客户", "上海"], "n": [1, 2, 3, 4]})
    old = written(tmp_path, pyreadstat.write_dta, frame, version=12)
    for text in frame["name"]:
        old = old.replace(text.encode(), text.encode(encoding).ljust(len(text.encode()), b"\0"))
    raw = read(old, "old.dta")
    assert [row[0] for row in cells(raw)] == list(frame["name"])
    assert raw.source.encoding == encoding
    assert codes(raw) == ["encoding-guessed"]
    assert read(old, "old.dta", ReadOptions(encoding=encoding)).notes == ()


def test_a_file_without_rows_is_a_header_only(tmp_path: Path, read: Read) -> None:
    with pytest.raises(HeaderOnly):
        read(
            written(tmp_path, pyreadstat.write_sav, pd.DataFrame({"a": pd.Series([], dtype=float)}))
        )


def test_a_statistical_file_in_an_archive_is_read(tmp_path: Path, read: Read) -> None:
    content = zipped(
        {"people.sav": written(tmp_path, pyreadstat.write_sav, column_labels=["Sex", *"abcd"])}
    )
    raw = read(content, "people.zip")
    assert (raw.source.format, raw.source.member) == ("spss", "people.sav")
    assert raw.codebook["sex"].label == "Sex"


def test_a_catalogue_in_the_archive_labels_the_codes_of_its_sas_table(read: Read) -> None:
    raw = read(zipped({"people.sas7bdat": labelled_file(), "formats.sas7bcat": formats_file()}))
    assert cells(raw)[:2] == [("1", "S", "1", "0"), ("2", "N", "2", "10.5")]
    assert raw.codebook["sex"] == Entry("What is your sex?", LABELLED_SEX)
    assert raw.codebook["region"].values == LABELLED_REGION
    assert raw.codebook["rating"].values == LABELLED_RATING
    assert "spend" not in raw.codebook
    assert next(note for note in raw.notes if note.code == "catalogue-applied").get("n") == 3
    assert open_customers(raw).column("sex").levels == ("Man", "Woman")


def test_a_catalogue_labels_a_transport_file_too(tmp_path: Path, read: Read) -> None:
    frame = pd.DataFrame({"sex": [1.0, 2.0]})
    table = written(tmp_path, pyreadstat.write_xport, frame, variable_format={"sex": "SEXF8."})
    raw = read(zipped({"people.xpt": table, "PEOPLE.SAS7BCAT": formats_file()}))
    assert raw.codebook["sex"].values == LABELLED_SEX


def test_of_several_catalogues_that_of_the_tables_name_counts_or_none(read: Read) -> None:
    other = {"one.sas7bcat": b"other", "people.sas7bcat": formats_file()}
    assert "sex" in read(zipped({"people.sas7bdat": labelled_file(), **other})).codebook
    other = {"one.sas7bcat": formats_file(), "two.sas7bcat": formats_file()}
    raw = read(zipped({"people.sas7bdat": labelled_file(), **other}))
    assert raw.codebook["sex"].values == ()


@pytest.mark.parametrize(
    ("table", "catalogue", "code"),
    [
        (labelled_file(), formats_file()[:300], "catalogue-unreadable"),
        (labelled_file(), b"no catalogue", "catalogue-unreadable"),
        (sas_file(), formats_file(), "catalogue-of-others"),
    ],
)
def test_a_catalogue_that_explains_nothing_is_told_and_the_table_is_read(
    table: bytes, catalogue: bytes, code: str, read: Read
) -> None:
    raw = read(zipped({"people.sas7bdat": table, "formats.sas7bcat": catalogue}))
    assert raw.n_rows > 3
    assert code in codes(raw)
    assert all(entry.values == () for entry in raw.codebook.values())


@pytest.mark.parametrize(
    "content", [formats_file(), zipped({"formats.sas7bcat": formats_file(), "readme.md": b"."})]
)
def test_a_catalogue_alone_is_no_table(content: bytes, read: Read) -> None:
    with pytest.raises(CatalogueAlone):
        read(content, "formats.sas7bcat")


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"$FL2@(#) SPSS DATA FILE", "spss"),
        (b"$FL3@(#) SPSS DATA FILE", "spss"),
        (b"<stata_dta><header>", "stata"),
        (b"\x72\x02\x01\x00\x05", "stata"),
        (b"\x73\x01\x01\x00\x05", "stata"),
        (bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011"), "sas"),
        (b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!", "sas-transport"),
        (b"HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!", "sas-transport"),
        (b"name,spend\n", None),
        (b"$FL", None),
        (b"r\x02", None),
        (b"ru\x01\x00", None),
        ("rõ".encode("utf-16-le"), None),
    ],
)
def test_the_first_bytes_tell_the_format(head: bytes, form: str | None) -> None:
    assert form_of(head) == form


def test_text_that_is_called_a_statistical_file_is_read_as_text(read: Read) -> None:
    assert cells(read("a,b\n1,2\n", "customers.sav")) == [("1", "2")]


@pytest.mark.parametrize(
    "write", [pyreadstat.write_sav, pyreadstat.write_dta, pyreadstat.write_xport]
)
@pytest.mark.parametrize("share", [0.5])
def test_a_statistical_file_cut_off_is_refused(
    write: Callable[..., Any], share: float, read: Read, tmp_path: Path, session: Any
) -> None:
    frame = pd.concat([PEOPLE] * 30)
    whole = written(tmp_path, write, frame)
    try:
        raw = read(whole[: int(len(whole) * share)], "cut.sav")
    except (UnreadableFile, ReaderStopped, HeaderOnly):
        pass
    else:  # a transport file says nowhere how many rows it has
        assert write is pyreadstat.write_xport
        assert cells(raw) == (EXPECTED * 30)[: raw.n_rows]
    assert kept(session) == {"visit.duckdb", "upload"}


@pytest.mark.parametrize("form", ["spss", "sas"])
def test_a_format_by_its_first_bytes_alone_is_refused(form: str, read: Read) -> None:
    heads = {
        "spss": b"$FL2@(#) ",
        "sas": bytes.fromhex("00" * 12 + "c2ea8160b31411cfbd92080009c7318c181f1011"),
    }
    with pytest.raises((UnreadableFile, ReaderStopped)):
        read(heads[form] + bytes(range(256)) * 40, "fake")


def test_changed_bytes_never_end_this_process(read: Read, tmp_path: Path) -> None:
    """Some of these make the parser crash; it takes only its own process along."""
    whole = written(
        tmp_path, pyreadstat.write_sav, pd.concat([PEOPLE] * 9), variable_value_labels={"sex": SEX}
    )
    rng = np.random.default_rng(4)
    for _ in range(4):
        changed = bytearray(whole)
        for place in rng.integers(4, 900, 3):
            changed[place] = rng.integers(256)
        try:
            assert read(bytes(changed), "changed.sav").n_rows > 0
        except (UnreadableFile, ReaderStopped, HeaderOnly, EngineFailure, TooManyColumns):
            continue


def test_a_measurement_level_of_spss_makes_labelled_answers_an_order(
    read: Read, tmp_path: Path
) -> None:
    labels = {1.0: "north", 2.0: "south", 3.0: "west"}
    agreed = {1.0: "disagree", 2.0: "neutral", 3.0: "agree"}
    names = ("area", "tier", "item")
    content = written(
        tmp_path,
        pyreadstat.write_sav,
        pd.DataFrame({name: [1.0, 2.0, 3.0, 1.0] for name in names}),
        variable_value_labels={"area": labels, "tier": labels, "item": agreed},
        variable_measure={"area": "nominal", "tier": "ordinal", "item": "nominal"},
    )
    table = open_customers(read(content, "people.sav"))
    said = {column.name: column.levels_from for column in table.columns}
    # Grades of an answer stay the numbers that they are.
    assert said == {"area": "codes", "tier": "codebook", "item": None}
    scales = {variable.name: variable.scale for variable in suggest(table)}
    assert scales == {"area": Scale.NOMINAL, "tier": Scale.ORDINAL, "item": Scale.ORDINAL}
