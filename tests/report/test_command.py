"""``segment --report``: a file for each name, in its language; no other ending is taken."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from segmentation.cli import main
from tests.report.conftest import people


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my customers.csv"
    people().to_csv(path, index=False)
    return path


def asked(file: Path, *more: object) -> int:
    basis = ("--basis", "visits", "--basis", "<b>spend</b>", "--id", "customer")
    found = ("--k", "3", "--k-max", "3", "--method", "kmeans", "--language", "en")
    return main(["segment", str(file), *basis, *found, *map(str, more)])


def test_reports_are_written_beside_each_other(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, printed = tmp_path / "report.html", tmp_path / "REPORT.PDF"
    assert asked(file, "--report", page, "--report", printed, "--owner", "CRM team") == 0
    told = capsys.readouterr().err
    assert str(page) in told
    assert str(printed) in told
    text = page.read_text(encoding="utf-8")
    assert "140 customers in 3 segments" in text
    assert "CRM team" in text
    assert "segment &#x27;my customers.csv&#x27; --study study.toml" in text
    assert "has not been tested yet" in text
    assert "140 customers" in PdfReader(printed).pages[0].extract_text()


def test_an_unknown_ending_is_refused_before_anything_is_read(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.unlink()  # it would be missed
    assert asked(file, "--report", "report.docx") == 2
    assert ".html, .pptx or .pdf" in capsys.readouterr().err
