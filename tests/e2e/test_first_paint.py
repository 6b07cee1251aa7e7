"""How soon the first page is drawn, beside an empty app on the same machine: a report, no test
of speed."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.support import BUILD, Server, Timings, serving

pytestmark = pytest.mark.e2e

ROUNDS = 4


def first_heading(browser: Browser, url: str) -> float:
    """Seconds from the address to the first heading, in a fresh browser context."""
    context = browser.new_context()
    page = context.new_page()
    start = time.perf_counter()
    page.goto(url)
    expect(page.get_by_role("heading").first).to_be_visible(timeout=60_000)
    seconds = time.perf_counter() - start
    context.close()
    return seconds


def test_the_first_page_is_drawn_like_an_empty_apps(
    browser: Browser, server: Server, timings: Timings, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.py"
    empty.write_text("import streamlit as st\nst.title('Empty')\n", encoding="utf-8")
    ours, theirs = [], []
    with serving(empty, BUILD / "e2e-empty.log", folder=tmp_path) as other:
        for _ in range(ROUNDS):
            theirs.append(first_heading(browser, other.url))
            ours.append(first_heading(browser, server.url))
    timings.note("first heading, ours / an empty app", sorted(ours)[1] / sorted(theirs)[1])
    assert len(ours) == ROUNDS
