"""What every test stands on; fixtures of one room live beside that room's tests."""

import os
from collections.abc import Iterator

# Before anything imports scikit-learn: OpenMP threads that wait by spinning make small fits a
# hundred times slower on busy cores.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from tests.postgres import Postgres, running

ROOT = Path(__file__).parents[1]

# A busy machine is no reason to fail, so no deadline; where a change is judged, the same examples
# every time, elsewhere new ones.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")


@pytest.fixture(scope="session", autouse=True)
def studies_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep studies that tests save away from those of whoever runs them, other programs' too."""
    with pytest.MonkeyPatch.context() as patch:
        file = tmp_path_factory.mktemp("studies") / "studies.sqlite"
        patch.setenv("SEGMENT_STUDIO_DATABASE", f"sqlite:///{file}")
        yield


@pytest.fixture(autouse=True)
def own_chance(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test draw the same numbers from its module's RNG, whichever tests ran before it."""
    if isinstance(getattr(request.module, "RNG", None), np.random.Generator):
        monkeypatch.setattr(request.module, "RNG", np.random.default_rng(2718))


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a case of bytes by no content: archives and workbooks hold the time they were made at.

    The processes of one run collect for themselves, a second apart, and must find the same names.
    """
    return "bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder with the real tables, which are not part of the repository."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real tables are not beside this repository")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of this run's own."""
    with running() as server:
        yield server
