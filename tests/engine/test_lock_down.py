"""Whatever text reaches the engine's SQL, it reads and writes in its own folder only."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from segmentation.engine import DuckSession
from segmentation.errors import EngineFailure

CONFIDENTIAL = "name,salary\nAnn,1\n"

READ = "SELECT name FROM read_csv('{}')"

REFUSED = [
    "SELECT * FROM read_text('{outside}/secret.csv')",
    "SELECT * FROM read_csv('{outside}/secret.csv')",
    "SELECT * FROM read_blob('{outside}/secret.csv')",
    "SELECT * FROM '{outside}/secret.csv'",
    "SELECT * FROM glob('{outside}/*')",
    "SELECT * FROM read_text('{inside}/../secret.csv')",
    "SELECT * FROM read_text('{inside}/./../secret.csv')",
    "SELECT * FROM read_text('{inside}/link.csv')",
    "SELECT * FROM read_csv('{inside}/link.csv')",
    "SELECT * FROM read_text('{inside}/linked/secret.csv')",
    "COPY (SELECT 1) TO '{outside}/written.csv'",
    "COPY (SELECT 1) TO '{inside}/../written.csv'",
    "EXPORT DATABASE '{outside}/exported'",
    "ATTACH '{outside}/other.duckdb'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CREATE SECRET (TYPE s3)",
    "SELECT * FROM read_csv('https://example.com/a.csv')",
    "SET memory_limit = '64GB'",
    "SET enable_external_access = true",
    "SET allowed_directories = ['/']",
    "RESET lock_configuration",
    "SET allowed_configs = ['threads', 'memory_limit']",
    "SET external_threads = 2",
    "PRAGMA enable_external_access = true",
    "SELECT getenv('HOME')",
    "SELECT * FROM arrow_in_python",
]


@pytest.fixture
def outside(tmp_path: Path, session: DuckSession) -> Path:
    """A folder beside the session's with something worth reading, and ways that lead to it."""
    (tmp_path / "secret.csv").write_text(CONFIDENTIAL)
    (session.folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    (session.folder / "linked").symlink_to(tmp_path)
    return tmp_path


@pytest.mark.parametrize("statement", REFUSED)
def test_the_way_out_is_closed(statement: str, session: DuckSession, outside: Path) -> None:
    arrow_in_python = pa.table({"secret": [1]})
    assert arrow_in_python.num_rows == 1
    before = sorted(outside.rglob("*"))
    with pytest.raises(EngineFailure) as refused:
        session.rows(statement.format(outside=outside, inside=session.folder))
    assert "salary" not in str(refused.value)
    assert sorted(outside.rglob("*")) == before


def test_the_own_folder_is_open(session: DuckSession) -> None:
    (session.folder / "own.csv").write_text(CONFIDENTIAL)
    assert session.rows(READ.format(session.folder / "own.csv")) == [{"name": "Ann"}]


def test_the_limits_are_those_that_were_set(session: DuckSession) -> None:
    settings = session.rows(
        "SELECT current_setting('memory_limit') AS memory, current_setting('threads') AS threads, "
        "current_setting('max_temp_directory_size') AS disk, "
        "current_setting('temp_directory') AS spill, current_setting('TimeZone') AS zone"
    )[0]
    assert settings["memory"] == "476.8 MiB"
    assert settings["disk"] == "18.6 GiB"
    assert settings["threads"] == 2
    assert settings["zone"] == "UTC"
    assert Path(settings["spill"]).is_relative_to(session.folder)


_ELSEWHERE = """
import sys
from pathlib import Path
from segmentation.engine import DuckSession
asked = ("SELECT current_setting('TimeZone') AS zone, "
         "current_setting('python_enable_replacements') AS reached")
print(list(DuckSession(Path(sys.argv[1])).rows(asked)[0].values()))
"""


def test_no_query_has_the_machines_time_zone_or_reaches_a_variable(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE, str(tmp_path / "visit")],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TZ": "America/New_York"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "['UTC', False]"


def test_a_folder_with_a_quotation_mark_in_its_name_is_locked_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(CONFIDENTIAL)
    session = DuckSession(tmp_path / "it's")
    with pytest.raises(EngineFailure):
        session.rows(READ.format(tmp_path / "secret.csv"))
    session.close()
