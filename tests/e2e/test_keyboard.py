"""The whole journey without a mouse: everything is reached with Tab and used with a key."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.journeys import computed
from tests.e2e.support import Tabs, idle

pytestmark = pytest.mark.e2e

MOST_STOPS = 150


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the wanted element has the focus, as someone does who cannot point."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is not among the first {MOST_STOPS} stops")


def press(page: Page, name: str) -> None:
    """Go to a button and press it, then wait for the answer."""
    tab_to(page, page.get_by_role("button", name=name).first)
    page.keyboard.press("Enter")
    computed(page)


def test_from_the_sample_to_the_export_with_the_keyboard_alone(page_factory: Tabs) -> None:
    page = page_factory()
    press(page, "Open the sample")
    tab_to(page, page.get_by_role("slider", name="Number of segments"))
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name="“Segment 4” the smallest")).to_be_visible()
    idle(page)
    press(page, "See who they are")
    tab_to(page, page.locator("summary").filter(has_text="Name the segments"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("textbox", name="Segment 1"))
    page.keyboard.type("Bargain hunters")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bargain hunters", exact=True)).to_be_visible()
    computed(page)
    press(page, "See where they are")
    tab_to(page, page.get_by_role("combobox", name="The map shows"))
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    computed(page)
    expect(page.get_by_role("combobox", name="The map shows")).not_to_have_value("Each customer")
    press(page, "Check what they are worth")
    expect(page.get_by_text("Is it worth it?", exact=True)).to_be_visible()
    press(page, "Size it up")
    press(page, "See what it earns")
    press(page, "Take it away")
    tab_to(page, page.get_by_role("button", name="Download").first)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8"))))
    assert {row["segment"] for row in rows if row["segment_id"] == "1"} == {"Bargain hunters"}
