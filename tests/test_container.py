"""What can be said about the container without building it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
LET_IN = {line[1:] for line in IGNORED if line.startswith("!")}


def hadolint() -> Path:
    """The linter of this environment, where its package has one for this machine."""
    name = "hadolint.exe" if sys.platform == "win32" else "hadolint"
    program = Path(sys.executable).parent / name
    if not program.exists():
        pytest.skip("hadolint has no program for this machine")
    return program


def test_hadolint_finds_nothing() -> None:
    done = subprocess.run([hadolint(), ROOT / "Dockerfile"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_hadolint_would_find_something(tmp_path: Path) -> None:
    bad = tmp_path / "Dockerfile"
    bad.write_text("FROM python:latest\nRUN cd /app && pip install streamlit\n", encoding="utf-8")
    done = subprocess.run([hadolint(), bad], capture_output=True, text=True)
    assert "DL3007" in done.stdout


def test_everything_the_app_is_made_of_gets_into_the_image() -> None:
    assert IGNORED[1] == "*"
    assert {"app.py", "pages", "segmentation", "static", "locale", "sample_data"} <= LET_IN
    assert {"requirements.txt", ".streamlit/config.toml"} <= LET_IN
    assert not [name for name in LET_IN if not (ROOT / name).exists()]


def test_nobodys_secrets_and_tables_get_into_the_image() -> None:
    assert not LET_IN & {".git", ".streamlit", ".env", "build"}
    assert "**/secrets.toml" in IGNORED


def test_the_container_runs_as_nobody_who_owns_anything() -> None:
    users = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert users
    assert users[-1] not in {"0", "root"}


def test_threads_wait_without_spinning_in_the_container() -> None:
    assert "OMP_WAIT_POLICY=PASSIVE" in DOCKERFILE


def test_the_container_asks_the_health_address_for_its_text() -> None:
    (check,) = re.findall(r"^HEALTHCHECK .*\\\n\s+CMD (.+)$", DOCKERFILE, re.MULTILINE)
    assert "/_stcore/health" in check
    assert "b'ok'" in check
