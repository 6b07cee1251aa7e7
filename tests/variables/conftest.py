"""Small tables, opened the way a visit opens them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pytest

from segmentation.engine import DuckSession, Limits
from segmentation.intake import CustomerTable, open_customers, read_file


class Open(Protocol):
    """Opens columns of text as customers."""

    def __call__(
        self, columns: Mapping[str, Sequence[object]], id_name: str | None = None
    ) -> CustomerTable: ...


@pytest.fixture
def open_columns(tmp_path: Path) -> Iterator[Open]:
    session = DuckSession(tmp_path / "visit", Limits(memory_mb=500))

    def opening(
        columns: Mapping[str, Sequence[object]], id_name: str | None = None
    ) -> CustomerTable:
        path = session.folder / "upload"
        rows = [columns, *zip(*columns.values(), strict=True)]
        path.write_text("".join("\t".join(str(cell) for cell in row) + "\n" for row in rows))
        return open_customers(read_file(session, path, "customers.tsv"), id_name=id_name)

    yield opening
    session.close()
