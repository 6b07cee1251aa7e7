"""One server and one browser for all journeys, and a fresh tab for each that notices problems."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.support import BUILD, CHROMIUM_FLAGS, ROOT, Server, Tabs, Timings, serving


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The app itself, started from the repository's root; its log is kept below ``build``."""
    with serving(ROOT / "app.py", BUILD / "e2e-server.log") as running:
        yield running


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
    """Records what steps of the journeys took; written to ``build/e2e-report.json`` at the end."""
    recorder = Timings(server)
    yield recorder
    recorder.write(BUILD / "e2e-report.json")


@pytest.fixture
def page_factory(browser: Browser, server: Server) -> Iterator[Tabs]:
    """Opens tabs; at the end the test fails when one of them met a problem nobody expected."""
    tabs = Tabs(browser, server)
    yield tabs
    problems = tabs.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(page_factory: Tabs) -> Page:
    """The app's first page on a desktop, in English, in the light theme."""
    return page_factory()
