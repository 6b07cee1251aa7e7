"""The real tables beside the repository open with the rows and columns that their list says."""

import csv
import re
from pathlib import Path

import pytest

from segmentation.engine import DuckSession
from segmentation.intake import RawTable, open_customers, read_file
from tests.intake.cells import cells

pytestmark = pytest.mark.shared

FOLDER = Path(__file__).parents[3] / "shared" / "data"
_LINE = re.compile(r"\| `(?P<name>[\w.-]+)` \|.*?\| (?P<rows>[\d,]+) x (?P<columns>\d+) \|")


def listed() -> list[tuple[str, int, int]]:
    """Name, rows and columns of every table in the list."""
    if not FOLDER.is_dir():
        return []
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    return [
        (found["name"], int(found["rows"].replace(",", "")), int(found["columns"]))
        for found in _LINE.finditer(text)
    ]


def opened(session: DuckSession, path: Path) -> RawTable:
    inside = session.folder / "upload"
    inside.write_bytes(path.read_bytes())
    return read_file(session, inside, path.name)


@pytest.mark.parametrize(("name", "rows", "columns"), listed())
def test_a_real_table_opens_with_all_its_rows_and_columns(
    name: str, rows: int, columns: int, shared_data: Path, session: DuckSession
) -> None:
    raw = opened(session, shared_data / name)
    assert (raw.n_rows, len(raw.names)) == (rows, columns)
    assert not {"lines-rejected", "header-missing", "cells-beyond-header"} & {
        note.code for note in raw.notes
    }
    assert len(open_customers(raw).columns) == columns


def test_the_list_was_read(shared_data: Path) -> None:
    assert len(listed()) >= 27


def small_files() -> list[Path]:
    return sorted(
        p for part in ("csv-spectrum", "clevercsv", "bench") for p in (FOLDER / part).glob("*.csv")
    )


@pytest.mark.parametrize("path", small_files(), ids=lambda path: path.stem)
def test_a_small_hard_file_opens_cell_for_cell(
    path: Path, shared_data: Path, session: DuckSession
) -> None:
    raw = opened(session, path)
    with path.open(encoding=raw.source.encoding, newline="") as text:
        header, *rows = csv.reader(text, delimiter=raw.source.delimiter or ",")
    assert len(raw.names) == len(header)
    for name, written in zip(raw.names, header, strict=True):
        assert name.startswith(" ".join(written.split()))
    expected = [tuple(cell or None for cell in row[: len(header)]) for row in rows if any(row)]
    assert cells(raw) == expected
