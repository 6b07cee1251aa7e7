"""Files written, read and opened the way a visit does it."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pytest

from segmentation.engine import DuckSession, Limits
from segmentation.intake import RawTable, ReadOptions, read_file


class Read(Protocol):
    """Writes a file into the visit's folder and reads it."""

    def __call__(
        self, content: str | bytes, name: str = "customers.csv", options: ReadOptions | None = None
    ) -> RawTable: ...


@pytest.fixture
def session(tmp_path: Path) -> Iterator[DuckSession]:
    opened = DuckSession(tmp_path / "visit", Limits(memory_mb=500))
    yield opened
    opened.close()


@pytest.fixture
def read(session: DuckSession) -> Read:
    def reading(
        content: str | bytes, name: str = "customers.csv", options: ReadOptions | None = None
    ) -> RawTable:
        path = session.folder / "upload"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(session, path, name, options)

    return reading


@pytest.fixture(scope="module")
def one_session() -> Iterator[DuckSession]:
    """One session for many examples: each file takes the place of the former."""
    with TemporaryDirectory() as folder:
        opened = DuckSession(Path(folder), Limits(memory_mb=500))
        yield opened
        opened.close()
