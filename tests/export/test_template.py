"""The codebook to fill in: it asks for what is open, and changes nothing as it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from segmentation.engine import DuckSession, Limits
from segmentation.export import write_codebook
from segmentation.intake import CustomerTable, open_customers, read_file
from segmentation.intake.codebook import Codebook, Entry
from segmentation.intake.codebook_file import ReadCodebook
from segmentation.intake.codebook_opening import open_codebook
from segmentation.intake.codebook_use import with_codebook
from segmentation.wording import Words, words_in

CONTENT = "sex,q1,age,=cmd(),secret\n1,M,31,7,1\n2,F,45.5,7,2\n1,M,28,7,1\n"
KNOWN: Codebook = {
    "q1": Entry("Plans; more", (("M", "a; b"), ("F", "c=d")), ("9", "8")),
    "age": Entry(is_reversed=True),
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[DuckSession]:
    opened = DuckSession(tmp_path / "visit", Limits(memory_mb=500))
    yield opened
    opened.close()


def customers(session: DuckSession, codebook: Codebook) -> CustomerTable:
    path = session.folder / "upload"
    path.write_text(CONTENT, encoding="utf-8")
    return open_customers(with_codebook(read_file(session, path, "a.csv"), codebook))


def back(table: CustomerTable, words: Words) -> ReadCodebook:
    path = write_codebook(table, {"secret"}, words, table.session.folder / "book.xlsx")
    return open_codebook(table.session, path, "book.xlsx")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_an_unchanged_template_says_nothing(session: DuckSession, language: str) -> None:
    words = words_in("en") if language == "en" else words_in("zh_CN")
    read = back(customers(session, {}), words)
    assert read.codebook == dict.fromkeys(["sex", "q1", "age", "=cmd()", "secret"], Entry())
    assert {note.code: note.get("n") for note in read.notes} == {"codebook-codes-unlabelled": 4}


def test_what_is_known_comes_back_as_it_was(session: DuckSession) -> None:
    read = back(customers(session, KNOWN), words_in("en"))
    assert {name: read.codebook[name] for name in KNOWN} == KNOWN
