"""Saved studies in both databases, and what is saved."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from segmentation.profiles import SegmentSize
from segmentation.studies import (
    DatabaseAddress,
    Draft,
    Judgement,
    Results,
    draft_of,
    open_store,
)
from segmentation.studies.store import StudyStore
from segmentation.study import Study, StudySource
from tests.postgres import Postgres

TABLES = ("saved_versions", "saved_studies", "saved_studies_format")
RESULTS = Results(
    n_customers=10,
    names=("Savers", "Spenders · 节俭"),
    sizes=(SegmentSize(0, 6, 0.6, 0.31, 0.83), SegmentSize(1, 3, 0.3, 0.11, 0.6)),
    unassigned=1,
    method="kmeans",
    verdict="natural",
    labels="ab" * 16,
    judgements=(Judgement(0, "size", "pass", 0.6), Judgement(1, "reachability", "fail", None)),
)


def draft(seed: int = 7, results: Results | None = RESULTS) -> Draft:
    """A version that can be told from others by the number of rows it was made from."""
    return draft_of(Study(StudySource("customers.csv", "f00d", 1000 + seed)), results)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> DatabaseAddress:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return DatabaseAddress(f"sqlite:///{tmp_path / 'kept' / 'studies.sqlite'}")
    server: Postgres = request.getfixturevalue("postgres")
    server.run(*(f"DROP TABLE IF EXISTS {table} CASCADE" for table in TABLES))
    return DatabaseAddress(server.url())


@pytest.fixture
def opening(address: DatabaseAddress) -> Iterator[Callable[[], StudyStore]]:
    """Opens the same database as often as asked."""
    stores: list[StudyStore] = []

    def new() -> StudyStore:
        stores.append(open_store(address))
        return stores[-1]

    yield new
    for each in stores:
        each.close()


@pytest.fixture
def store(opening: Callable[[], StudyStore]) -> StudyStore:
    return opening()
