"""The whole job in a real browser: from a file to labelled customers."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from segmentation.charts import segment_rgb
from tests.e2e.journeys import onward, open_sample, painted, segmented
from tests.e2e.support import PHONE, Tabs, Timings, go_to, idle, set_slider

pytestmark = pytest.mark.e2e

PAGES = ("Table", "Variables", "Segments", "Profiles", "Geography", "Checks", "Sizing", "Money")
PAGES += ("Export", "New customers", "Studies")


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
    chart = page.get_by_test_id("stDeckGlJsonChart")
    expect(chart.locator("canvas").first).to_be_visible()
    painted(chart, segment_rgb(4, dark=False))
    onward(page, "Check what they are worth")
    expect(page.get_by_text("Is it worth it?", exact=True)).to_be_visible()
    if viewport != PHONE:  # there the navigation is folded away
        with timings.step("back to the profiles, once drawn"):
            page.locator("[data-testid=stSidebarNavLink]").filter(has_text="Profiles").click()
            page.get_by_role("heading", name="Segment 4", exact=True).wait_for()
        go_to(page, "Checks")
    onward(page, "Size it up")
    onward(page, "See what it earns")
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
    segmented(page)
    expect(page.get_by_text("5 segments are suggested")).to_be_visible()


def test_a_timer_of_a_page_that_was_left_does_not_blank_the_next_one(page_factory: Tabs) -> None:
    page = page_factory()
    timers: list[tuple[WebSocketRoute, bytes]] = []

    def heard(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def on_message(message: str | bytes) -> None:
            if isinstance(message, bytes):
                asked = BackMsg.FromString(message)
                if asked.rerun_script.is_auto_rerun:
                    timers.append((server, message))
            server.send(message)

        socket.on_message(on_message)

    page.route_web_socket("**/_stcore/stream", heard)
    page.reload()
    idle(page)  # or the button moves under the click, and another sample is opened
    page.get_by_role("button", name="Open the sample").first.click()
    while not timers:
        page.wait_for_timeout(50)
    server, late = timers[-1]
    page.locator("[data-testid=stSidebarNavLink]").filter(has_text="Table").click()
    for _ in range(12):  # some of them arrive while the next page is being drawn
        page.wait_for_timeout(60)
        server.send(late)
    idle(page)
    page.wait_for_timeout(1000)  # nothing is to happen: there is nothing to wait for
    expect(page.get_by_role("heading", name="Table", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("6,000")


def test_a_cancelled_computation_can_be_started_again(page_factory: Tabs) -> None:
    page = page_factory()
    page.get_by_role("button", name="Open the sample").first.click()
    page.get_by_role("button", name="Cancel").click()
    again = page.get_by_role("button", name="Start again")
    expect(again).to_be_visible()
    again.click()
    segmented(page)
    expect(page.get_by_text("5 segments are suggested")).to_be_visible()


def test_a_second_tab_cannot_silently_undo_what_the_first_decided(page_factory: Tabs) -> None:
    first = page_factory()
    open_sample(first)
    second = first.context.new_page()
    second.goto(first.url)
    segmented(second)
    set_slider(first, "Number of segments", 7)
    second.get_by_text("The numbers as a table").first.click()
    slider = second.get_by_role("slider", name="Number of segments")
    slider.focus()
    slider.press("ArrowLeft")
    expect(second.get_by_text("The study was changed in another tab")).to_be_visible()
    expect(slider).to_have_count(1)  # while the page is drawn anew, the old one is still there
    expect(slider).to_have_value("7")
