"""Steps that several journeys share. Each waits for what its end looks like, not for silence.

Silence alone says little on a busy machine: it also lies before an answer has begun.
"""

import io
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.support import idle, upload

CANCEL = {"en-US": "Cancel", "zh-CN": "取消"}
LONGEST_MS = 180_000
# So far may a part of a pixel's colour lie from what was asked for: edges are smoothed.
NEARLY = 24


def title(page: Page) -> str:
    """The title of the page on show, once there is one."""
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_visible(timeout=LONGEST_MS)
    return heading.inner_text()


def computed(page: Page, locale: str = "en-US") -> None:
    """Wait until a page is drawn and no computation is under way."""
    idle(page)
    title(page)
    running = page.get_by_role("button", name=CANCEL[locale], exact=True)
    expect(running).to_have_count(0, timeout=LONGEST_MS)
    idle(page)


def said(page: Page, text: str) -> None:
    """Wait until the page says what a step leads to, however long that takes."""
    expect(page.get_by_text(text).first).to_be_visible(timeout=LONGEST_MS)
    idle(page)


def segmented(page: Page) -> None:
    """Wait until the segments are there and can be chosen."""
    slider = page.get_by_role("slider", name="Number of segments")
    expect(slider).to_be_visible(timeout=LONGEST_MS)
    idle(page)


def open_sample(page: Page) -> None:
    """Open the first sample and wait for its segments."""
    page.get_by_role("button", name="Open the sample").first.click()
    segmented(page)


def follow(page: Page, button: Locator, locale: str = "en-US") -> None:
    """Press a button that leads to another page and wait for what that one shows."""
    here = title(page)
    button.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(here)
    computed(page, locale)


def painted(chart: Locator, colors: Sequence[tuple[int, int, int]]) -> None:
    """Wait until most of these colours, or nearly, are in a picture of a chart.

    Not all need be: where many customers live in few towns, one segment lies on top of another.
    """
    until = time.monotonic() + LONGEST_MS / 1000
    missing = list(colors)
    while 2 * len(missing) > len(colors):
        assert time.monotonic() < until, f"the picture lacks {missing}"
        with Image.open(io.BytesIO(chart.screenshot())) as picture:
            pixels = np.asarray(picture.convert("RGB"), dtype=np.int16).reshape(-1, 3)
        missing = [c for c in colors if (np.abs(pixels - c).max(axis=1) < NEARLY).sum() < 3]


def step_to(page: Page, name: str, locale: str = "en-US") -> None:
    """Go to a page of the same visit by its address and wait for what it computes."""
    page.goto(f"/{name}?{page.url.split('?', 1)[1]}")
    computed(page, locale)


def opened(page: Page, file: Path, locale: str = "en-US") -> None:
    """Give a file to the first page and wait for the one it leads to."""
    here = title(page)
    upload(page, file)
    expect(page.get_by_role("heading", level=1)).not_to_have_text(here, timeout=LONGEST_MS)
    computed(page, locale)


def near_airports(page: Page, customers: Path, airports: Path) -> None:
    """Open customers with coordinates and measure their way to the nearest airport."""
    opened(page, customers)
    step_to(page, "geography")
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(airports)
    said(page, "3,376 places")
    page.get_by_role("button", name="Measure the distances").click()
    said(page, "Half of the customers live within")
    computed(page)


def by_places_alone(page: Page, file: Path, locale: str = "en-US") -> None:
    """Open a file whose places have to be read first, and add them as variables."""
    opened(page, file, locale)
    step_to(page, "geography", locale)
    page.locator(".st-key-places_add button:visible").first.click()
    expect(page.get_by_test_id("stDeckGlJsonChart")).to_be_visible(timeout=LONGEST_MS)
    computed(page, locale)


def onward(page: Page, label: str) -> None:
    """Go to the next page by its button."""
    follow(page, page.get_by_role("button", name=label))
