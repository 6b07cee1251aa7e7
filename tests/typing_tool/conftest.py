"""The market of every form of question, found once."""

import pytest

from tests.asked import Asked, ask


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return ask(tmp_path_factory.mktemp("asked"))
