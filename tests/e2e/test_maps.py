"""Maps in a real browser: places beside customers, points of the world, Chinese addresses.

That no request leaves the host is watched in every tab (``support.Problems``).
"""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from segmentation.charts import segment_rgb
from tests.e2e.journeys import by_places_alone, near_airports, painted, said
from tests.e2e.support import ROOT, Tabs

pytestmark = pytest.mark.e2e

ADDRESSES = ROOT / "sample_data" / "zh_retail_gb18030.csv"


def map_on(page: Page) -> Locator:
    return page.get_by_test_id("stDeckGlJsonChart")


def click_on(page: Page, chart: Locator, color: tuple[int, int, int]) -> None:
    """Click on a point of this segment: inside, where the page shines through."""
    inside = np.rint(np.array(color) * 190 / 255 + 65)
    with Image.open(io.BytesIO(chart.screenshot())) as picture:
        pixels = np.asarray(picture.convert("RGB"), dtype=np.int16)
    y, x = np.nonzero(np.abs(pixels - inside).max(axis=2) < 4)
    box = chart.bounding_box()
    assert box is not None
    middle = len(x) // 2
    page.mouse.move(box["x"] + float(x[middle]), box["y"] + float(y[middle]))
    expect(page.locator(".deck-tooltip")).to_contain_text("Segment 1")  # it is known what is there
    page.mouse.down()
    page.wait_for_timeout(100)  # a press of no time at all is none for the map
    page.mouse.up()


@pytest.mark.shared
def test_customers_near_airports_are_measured_clicked_on_and_taken_away(
    page: Page, shared_data: Path
) -> None:
    customers, airports = (
        shared_data / name for name in ("sacramento_homes.csv", "us_airports_vega.csv")
    )
    near_airports(page, customers, airports)
    colors = segment_rgb(3, dark=False)
    painted(map_on(page), colors)
    map_on(page).scroll_into_view_if_needed()
    click_on(page, map_on(page), colors[0])
    said(page, "Nearest of “us airports vega”")
    expect(page.get_by_text("the exact place are left out")).to_be_visible()
    page.get_by_role("button", name="Numbers and downloads").first.click()
    with page.expect_download() as download:
        page.locator(".st-key-take_map_png button").first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


@pytest.mark.shared
def test_places_of_the_world_alone_become_segments_on_a_map(page: Page, shared_data: Path) -> None:
    by_places_alone(page, shared_data / "world_cities_geonames.csv")
    said(page, "45,065 of 45,065 customers are on the map")
    painted(map_on(page), segment_rgb(3, dark=False))


def test_chinese_addresses_become_provinces_on_a_map(page_factory: Tabs) -> None:
    page = page_factory(locale="zh-CN")
    by_places_alone(page, ADDRESSES, "zh-CN")
    said(page, "地图上有 3,000 位客户中的")
    expect(page.get_by_text("所在省份").first).to_be_visible()
    painted(map_on(page), segment_rgb(2, dark=False))
