"""Order lines written, read and summed up the way a visit does it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from segmentation.engine import DuckSession, Limits


@pytest.fixture(scope="module")
def session() -> Iterator[DuckSession]:
    """One session for many examples: each file takes the place of the former."""
    with TemporaryDirectory() as folder:
        opened = DuckSession(Path(folder), Limits(memory_mb=500, threads=1))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def put(session: DuckSession) -> Callable[[str], Path]:
    """Writes a text into the visit's folder."""

    def putting(content: str) -> Path:
        path = session.folder / f"upload{len(list(session.folder.iterdir()))}"
        path.write_bytes(content.encode())
        return path

    return putting
