"""The report as its reader opens it, without a network; and the presentation, driven by keys."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.journeys import LONGEST_MS, computed, follow, segmented
from tests.e2e.support import Tabs, go_to, idle, upload
from tests.pages.conftest import csv_of, small_table

pytestmark = pytest.mark.e2e

PHONE_WIDE = 390


@pytest.fixture
def at_export(page_factory: Tabs, tmp_path: Path) -> Page:
    """A tab on the export page, with the segments of a small file."""
    file = tmp_path / "kunden.csv"
    file.write_bytes(csv_of(small_table()))
    page = page_factory()
    upload(page, file)
    go_to(page, "Segments")
    segmented(page)
    go_to(page, "Export")
    computed(page)
    return page


def barriers(page: Page) -> list[str]:
    """What axe-core finds in a page."""
    return [json.dumps(each["nodes"][0])[:400] for each in Axe().run(page).response["violations"]]


def read_offline(browser: Browser, path: Path, scheme: str, width: int) -> None:
    """Open a file in a browser without a network, and look whether it is all there."""
    context = browser.new_context(
        offline=True,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
    )
    page, asked, errors = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url.partition(",")[0]))
    page.on("console", lambda message: errors.append(message.text))
    page.goto(path.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("200 customers in 3 segments")
    assert page.get_by_role("heading", level=2).count() == 5
    drawn = page.evaluate("() => [...document.images].map(i => i.complete && i.naturalWidth > 99)")
    assert drawn
    assert all(drawn)
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    assert not [url for url in asked if url.startswith("file") and url != path.as_uri()]
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert not barriers(page)
    assert not errors
    context.close()


def test_the_report_is_complete_without_a_network_light_dark_and_on_a_phone(
    at_export: Page, browser: Browser, tmp_path: Path
) -> None:
    with at_export.expect_download(timeout=LONGEST_MS) as download:
        at_export.get_by_role("button", name="Web page").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    read_offline(browser, path, "light", 1200)
    read_offline(browser, path, "dark", PHONE_WIDE)


def turn(page: Page, key: str, heading: str) -> None:
    page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading, timeout=LONGEST_MS)
    idle(page)


def test_keys_turn_the_presentation_and_leave_a_slider_its_own(at_export: Page) -> None:
    page = at_export
    follow(page, page.get_by_role("link", name="Present"))
    expect(page.get_by_role("heading", level=1)).to_have_text("200 customers in 3 segments")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    for key, heading in (
        ("ArrowRight", "not been tested"),
        ("Space", "is the largest segment"),
        ("PageDown", "Segment 1"),
        ("ArrowLeft", "is the largest segment"),
        ("PageDown", "Segment 1"),
        ("PageDown", "Segment 2"),
        ("PageDown", "Segment 3"),
        ("PageDown", "What if"),
    ):
        turn(page, key, heading)
    slider, number = page.get_by_role("slider"), page.locator(".show-number")
    before = number.inner_text()
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    expect(number).not_to_have_text(before)
    expect(page.get_by_role("heading", level=1)).to_contain_text("What if")
    assert not barriers(page)
    turn(page, "PageDown", "What to do next")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text("Profiles")
