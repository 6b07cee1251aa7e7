"""A million customers in a real browser, while another visit goes on."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.journeys import onward, open_sample, segmented
from tests.e2e.support import Tabs, Timings, go_to, idle, set_slider, upload_large

pytestmark = pytest.mark.e2e

MEMORY_LIMIT_MB = 3000
MOVES = 10
NUMBER = """() => [...document.querySelectorAll("[data-testid=stHtml] p")]
  .map(p => p.textContent).find(text => text.endsWith(" customers"))"""


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A million customers × 12 columns with four planted segments."""
    path = tmp_path_factory.mktemp("million") / "million.csv"
    rng = np.random.default_rng(5)
    centers = rng.normal(size=(4, 11)) * 2.5
    with path.open("w", encoding="utf-8") as file:
        file.write("customer_id," + ",".join(f"behaviour_{j}" for j in range(11)) + "\n")
        for start in range(0, 1_000_000, 50_000):
            group = rng.integers(0, 4, 50_000)
            block = (centers[group] + rng.normal(size=(50_000, 11))).round(4)
            lines = (
                f"M{start + i:07d}," + ",".join(map(str, row))
                for i, row in enumerate(block.tolist())
            )
            file.write("\n".join(lines) + "\n")
    yield path
    path.unlink()


def test_a_million_customers_become_segments_within_3_gb_while_others_are_served(
    page_factory: Tabs, timings: Timings, million: Path
) -> None:
    page, other = page_factory(), page_factory()
    open_sample(other)
    for shown in ("Checks", "Profiles"):  # so that a page is turned meanwhile, not worked out
        go_to(other, shown)
    page.get_by_text("The file is larger than 200 MB").click()
    with timings.step("1,000,000 × 12: sent, read and typed"):
        upload_large(page, million)
        expect(page.get_by_role("heading", name="Table", exact=True)).to_be_visible(timeout=180_000)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("1,000,000")
    onward(page, "Choose the variables")
    page.get_by_role("button", name="Find the segments").click()
    expect(page.get_by_test_id("stProgress")).to_be_visible(timeout=60_000)
    with timings.step("another visit turns a page meanwhile"):
        go_to(other, "Checks")
        expect(other.get_by_text("Is it worth it?", exact=True)).to_be_visible()
    with timings.step("1,000,000 × 12: segments"):
        segmented(page)
    expect(page.get_by_text("4 segments are suggested")).to_be_visible()
    with timings.step("1,000,000 × 12: the slider from 4 to 3"):
        set_slider(page, "Number of segments", 3)
    timings.latencies("1,000,000 × 12: a what-if's threshold, first answer", dragged(page))
    assert page_factory.server.memory_mb() <= MEMORY_LIMIT_MB


def dragged(page: Page) -> list[float]:
    """Move the threshold of a what-if step by step; return how long each took to be answered."""
    go_to(page, "Sizing")
    page.get_by_role("button", name="Add a condition").click()
    column = page.get_by_role("combobox", name="Column")
    column.fill("behaviour_0")
    column.press("Enter")
    value = page.get_by_role("spinbutton", name="Value")
    value.fill("0")
    value.press("Enter")
    idle(page)
    page.get_by_role("button", name="Add the condition").click()
    idle(page)
    page.keyboard.press("Escape")
    slider, took = page.get_by_role("slider"), []
    slider.focus()
    for _ in range(MOVES):
        before = page.evaluate(NUMBER)
        begun = time.perf_counter()
        slider.press("ArrowRight")
        page.wait_for_function(f"before => ({NUMBER})() !== before", arg=before)
        took.append(time.perf_counter() - begun)
        idle(page)
        expect(page.get_by_text("Exact: of 1,000,000 customers.")).to_be_visible()
    return took
