"""A database is made, brought up to date or refused when it is opened; failures tell no secret."""

import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from segmentation.errors import (
    BadStudiesAddress,
    NewerStudies,
    StudiesUnreachable,
)
from segmentation.profiles import SegmentSize
from segmentation.studies import DatabaseAddress, Results, open_store
from segmentation.studies.opening import opened
from segmentation.studies.store import StudyStore
from segmentation.studies.tables import METADATA
from segmentation.study import load
from tests.postgres import Postgres
from tests.studies.conftest import draft

ROOT = Path(__file__).parents[2]
STUDY = "0a1b2c3d-0000-4000-8000-00000000cafe"
# As the first version of the program left it, in the words that both databases understand.
FIRST_FORMAT = """
CREATE TABLE saved_studies_format (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO saved_studies_format VALUES ('0001');
CREATE TABLE saved_studies (id {uuid} NOT NULL PRIMARY KEY, name TEXT NOT NULL,
  owner TEXT NOT NULL, created {moment} NOT NULL, updated {moment} NOT NULL,
  revision INTEGER NOT NULL);
CREATE TABLE saved_versions (study_id {uuid} NOT NULL REFERENCES saved_studies (id)
  ON DELETE CASCADE, number INTEGER NOT NULL, saved {moment} NOT NULL, toml TEXT NOT NULL,
  source TEXT NOT NULL, fingerprint TEXT NOT NULL, n_rows BIGINT NOT NULL, seed BIGINT NOT NULL,
  made_with TEXT NOT NULL, results TEXT, PRIMARY KEY (study_id, number));
INSERT INTO saved_studies VALUES ('{id}', 'Spring', 'Ana', '2026-03-01 10:00:00',
  '2026-03-01 11:00:00', 2);
INSERT INTO saved_versions VALUES ('{id}', 1, '2026-03-01 10:00:00', '{toml}', 'a.csv', 'f00d',
  1000, 7, '{{}}', NULL);
INSERT INTO saved_versions VALUES ('{id}', 2, '2026-03-01 11:00:00', '{toml}', 'a.csv', 'f00d',
  1000, 7, '{{"numpy": "2"}}', '{{"n_customers": 3, "names": ["a"], "sizes": [
  {{"segment": 0, "n": 3, "share": 1.0, "low": 0.4, "high": 1.0}}], "unassigned": 0,
  "method": null, "verdict": null, "labels": null, "judgements": []}}');
"""


def statements(address: DatabaseAddress, *sql: str) -> None:
    """Run SQL beside the room under test."""
    if address.path:
        address.path.parent.mkdir(exist_ok=True)
        with sqlite3.connect(address.path) as connection:
            connection.executescript(";".join(sql))
        connection.close()
        return
    with psycopg.connect(address.reveal().replace("+psycopg", "")) as server:
        for statement in sql:
            server.execute(statement.encode())


def put_first_format(address: DatabaseAddress) -> None:
    in_file = address.path is not None
    statements(
        address,
        FIRST_FORMAT.format(
            uuid="CHAR(32)" if in_file else "UUID",
            moment="DATETIME" if in_file else "TIMESTAMP WITH TIME ZONE",
            id=STUDY.replace("-", "") if in_file else STUDY,
            toml=draft(0).toml,
        ),
    )


def test_a_database_of_the_first_format_is_brought_up_to_date_with_all_it_holds(
    address: DatabaseAddress, opening: Callable[[], StudyStore]
) -> None:
    put_first_format(address)
    (study,) = opening().listed()
    assert (study.id, study.name, study.owner, study.revision) == (STUDY, "Spring", "Ana", 2)
    newest, oldest = opening().versions(STUDY)
    assert (newest.number, oldest.number) == (2, 1)
    assert newest.results == Results(3, ("a",), (SegmentSize(0, 3, 1.0, 0.4, 1.0),))
    assert newest.saved_by == oldest.saved_by == "Ana"
    assert load(opening().toml(STUDY, 1)).source.n_rows == 1000
    assert opening().save_version(STUDY, draft(), 2, "Ben").latest.number == 3


def test_the_migrations_end_where_the_tables_are(address: DatabaseAddress) -> None:
    engine = opened(address)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": "saved_studies_format",
                "include_name": lambda name, kind, _: kind != "table" or name in METADATA.tables,
            },
        )
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_opening_again_changes_nothing(opening: Callable[[], StudyStore]) -> None:
    saved = opening().save_new("A", draft())
    assert opening().listed() == (saved,)


def test_many_that_open_an_empty_database_at_once_make_it_once(address: DatabaseAddress) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: open_store(address), range(4)))
    saved = stores[0].save_new("A", draft())
    assert [store.listed() for store in stores] == [(saved,)] * 4
    for store in stores:
        store.close()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(
    address: DatabaseAddress, opening: Callable[[], StudyStore]
) -> None:
    opening().save_new("A", draft())
    statements(address, "UPDATE saved_studies_format SET version_num = '9999'")
    with pytest.raises(NewerStudies) as told:
        opening()
    assert told.value.values == {"found": "9999", "known": "0002"}
    statements(address, "UPDATE saved_studies_format SET version_num = '0002'")
    assert len(opening().listed()) == 1


def test_deleting_a_study_deletes_its_versions_in_the_database_itself(
    address: DatabaseAddress, store: StudyStore
) -> None:
    saved = store.save_new("A", draft())
    store.delete(saved.id, saved.revision)
    engine = opened(address)
    with engine.connect() as connection:
        count = sa.select(sa.func.count()).select_from(METADATA.tables["saved_versions"])
        assert connection.execute(count).scalar_one() == 0
    engine.dispose()


def test_a_file_is_its_owners_and_written_ahead(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "studies.sqlite"
    store = open_store(DatabaseAddress(f"sqlite:///{path}"))
    store.save_new("A", draft())
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert store.listed()


def no_database(path: Path) -> None:
    path.write_bytes(b"these are no studies" * 100)


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("spoil", [no_database, a_folder])
def test_a_file_that_is_no_database_is_told(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    path = tmp_path / "studies.sqlite"
    spoil(path)
    with pytest.raises(StudiesUnreachable) as told:
        open_store(DatabaseAddress(f"sqlite:///{path}"))
    assert str(tmp_path) not in str(told.value)
    assert told.value.__suppress_context__


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StudiesUnreachable):
        open_store(DatabaseAddress(f"sqlite:///{tmp_path}/file/studies.sqlite"))


def test_a_server_that_lets_nobody_in_is_told_without_its_address(
    postgres: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(StudiesUnreachable) as told:
        open_store(DatabaseAddress(postgres.url(password="wrong-secret")))  # noqa: S106
    said = "".join(traceback.format_exception_only(told.value)) + caplog.text
    assert told.value.__suppress_context__
    assert postgres.given_away(said) == []
    assert "wrong-secret" not in said


def test_a_server_that_went_away_is_told_and_is_found_again(
    postgres: Postgres, tmp_path: Path
) -> None:
    store = open_store(DatabaseAddress(postgres.url()))
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'"
    postgres.run(ended)
    assert store.save_new("A", draft()) in store.listed()
    store.close()


WRONG = ["mysql://a/b", "sqlite:///", "sqlite:///:memory:", "sqlite://", "studies.sqlite", "///"]


@pytest.mark.parametrize("url", WRONG)
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(BadStudiesAddress):
        DatabaseAddress(url)


def test_an_address_that_cannot_be_read_is_refused_without_repeating_it() -> None:
    with pytest.raises(BadStudiesAddress) as told:
        open_store(DatabaseAddress("postgresql://me:secret@host:port/studies"))
    assert "secret" not in f"{told.value}{told.value.__context__}{told.value.__cause__}"


def test_nothing_of_the_database_is_loaded_before_it_is_used() -> None:
    asked = "import segmentation.cli, segmentation.studies, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(done.stdout.split())
    assert "segmentation.studies.records" in loaded
    assert not {"sqlalchemy", "alembic"} & loaded
