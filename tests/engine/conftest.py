"""A session of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from segmentation.engine import DuckSession, Limits


@pytest.fixture
def session(tmp_path: Path) -> Iterator[DuckSession]:
    opened = DuckSession(tmp_path / "visit", Limits(memory_mb=500))
    yield opened
    opened.close()
