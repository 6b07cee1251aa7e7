"""One server and one browser for all journeys, and a fresh tab for each that notices problems."""

import os
import shutil
from collections.abc import Generator, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.support import (
    ANSWER_MS,
    BUILD,
    CHROMIUM_FLAGS,
    ROOT,
    Server,
    Tabs,
    Timings,
    serving,
)

# What is expected may take as long as an answer of the app does on a busy machine.
expect.set_options(timeout=ANSWER_MS)

# Several processes may test at once, each with a server of its own.
WORKER = "".join(f"-{name}" for name in [os.environ.get("PYTEST_XDIST_WORKER")] if name)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app itself, started from the repository's root; its log ends up below ``build``."""
    log = tmp_path_factory.mktemp("server") / "server.log"
    with serving(ROOT / "app.py", log) as running:
        yield running
    BUILD.mkdir(exist_ok=True)
    shutil.copy(log, BUILD / f"e2e-server{WORKER}.log")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium where there is one, else the one that Playwright fetched."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(CHROMIUM_FLAGS)
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def timings(server: Server) -> Iterator[Timings]:
    """Records what steps of the journeys took; written below ``build`` at the end."""
    recorder = Timings(server)
    yield recorder
    recorder.write(BUILD / f"e2e-report{WORKER}.json")


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, for the pictures of its tabs."""
    report = yield
    item.stash[FAILED] = report.failed or item.stash.get(FAILED, False)
    return report


@pytest.fixture
def page_factory(
    browser: Browser, server: Server, request: pytest.FixtureRequest
) -> Iterator[Tabs]:
    """Opens tabs; at the end the test fails when one of them met a problem nobody expected.

    What the tabs of a failed test showed is in ``build/screenshots/failed``.
    """
    tabs = Tabs(browser, server)
    yield tabs
    if request.node.stash.get(FAILED, False):
        tabs.picture(BUILD / "screenshots" / "failed", request.node.name)
    problems = tabs.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(page_factory: Tabs) -> Page:
    """The app's first page on a desktop, in English, in the light theme."""
    return page_factory()
