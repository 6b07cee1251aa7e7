"""Ready or not: what the server says while its libraries are being loaded."""

import threading

import pytest
from starlette.requests import Request

from pages.ui import warming

ASKED = Request({"type": "http"})


def test_the_server_is_starting_until_its_libraries_are_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(warming, "_READY", threading.Event())
    monkeypatch.setattr(warming, "preload", lambda: loaded.append("engine"))
    monkeypatch.setattr(warming, "pool", lambda: loaded.append("workers"))
    before = warming.ready(ASKED)
    assert (before.status_code, before.body) == (503, b"starting")
    warming._load()
    after = warming.ready(ASKED)
    assert (after.status_code, after.body) == (200, b"ready")
    assert loaded == ["engine", "workers"]
