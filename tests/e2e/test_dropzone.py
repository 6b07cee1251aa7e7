import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.support import Server, Tabs, go_to, idle, screenshot, serving, upload_large

pytestmark = pytest.mark.e2e

MB = 1024 * 1024
LIMIT_MB = 128

# A small app around the drop zone, because a page that reads the file would hide what arrived.
APP = """
import streamlit as st
from starlette.middleware import Middleware
from pages.ui.headers import SecurityHeaders
from pages.ui.spool import upload_route

app = st.App("script.py", routes=[upload_route()], middleware=[Middleware(SecurityHeaders)])
"""

SCRIPT = """
import hashlib
import tempfile
from pathlib import Path

import altair as alt
import pandas as pd
import pydeck as pdk
import streamlit as st
from pages.ui.dropzone import FAILURES, Texts, large_file
from pages.ui.spool import SPOOL

TEXTS = Texts(
    title="Large file",
    choose="Choose a large file",
    prompt="or drop it here",
    limit="CSV, Excel or Parquet",
    sending="Sending {name}",
    arrived="{name} has arrived",
    cancelled="Stopped: {name}",
    cancel="Stop",
    failures={code: f"Refused: {code}" for code in FAILURES},
)


def sending():
    st.title("Sending")
    kept = st.session_state
    if "token" not in kept:
        kept.folder = Path(tempfile.mkdtemp(prefix="dropzone-"))
        kept.token = SPOOL.open_slot(kept.folder)
    if st.button("Close the slot"):
        SPOOL.close_slot(kept.token)
    arrival = large_file(kept.token, TEXTS, accept=".csv")
    if arrival:
        with arrival.path.open("rb") as file:
            st.text("sha256 " + hashlib.file_digest(file, "sha256").hexdigest())
    st.button("Look")
    st.text(f"files in the folder: {len(list(kept.folder.iterdir()))}")


def drawing():
    st.title("Drawing")
    table = pd.DataFrame({"x": [1, 2, 3], "y": [3, 1, 2]})
    chart = alt.Chart(table).mark_bar().encode(x="x:O", y="z:Q")
    st.altair_chart(chart.transform_calculate(z="datum.y * 2"))
    points = pdk.Layer(
        "ScatterplotLayer", data=[{"p": [10, 50]}], get_position="p", get_radius=200000
    )
    view = pdk.ViewState(latitude=50, longitude=10, zoom=3)
    st.pydeck_chart(pdk.Deck(layers=[points], initial_view_state=view, map_provider=None))
    st.dataframe(table)
    if st.toggle("Smuggle a picture in"):
        st.markdown("![](https://pictures.example/spy.png)")


st.navigation([st.Page(sending, title="Sending"), st.Page(drawing, title="Drawing")]).run()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The small app in place of ours, with a small limit."""
    folder = tmp_path_factory.mktemp("dropzone")
    (folder / "app.py").write_text(APP, encoding="utf-8")
    (folder / "script.py").write_text(SCRIPT, encoding="utf-8")
    app, log = folder / "app.py", folder / "server.log"
    with serving(app, log, SEGMENT_STUDIO_MAX_UPLOAD_MB=str(LIMIT_MB)) as running:
        yield running


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "客户 <b>&amp; 表.csv"
    path.write_bytes(bytes(range(256)) * (100 * MB // 256))
    return path


class Wire:
    """The line between a tab and the server, as slow as a test needs it."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")

    def send_at_most(self, bytes_per_second: int) -> None:
        self._emulate(bytes_per_second)

    def send_freely(self) -> None:
        self._emulate(-1)

    def _emulate(self, upload: int) -> None:
        conditions = {"offline": False, "latency": 0, "downloadThroughput": -1}
        self._session.send(
            "Network.emulateNetworkConditions", {**conditions, "uploadThroughput": upload}
        )


def start_sending(page: Page, path: Path) -> None:
    page.locator(".large-file input[type=file]").set_input_files(path)


def test_a_large_file_arrives_identical_and_the_script_runs_by_itself(
    page: Page, server: Server, large: Path
) -> None:
    before = server.memory_mb()
    upload_large(page, large)
    expect(page.locator(".large-file").get_by_role("status")).to_have_text(
        f"{large.name} has arrived"
    )
    expected = hashlib.sha256(large.read_bytes()).hexdigest()
    expect(page.get_by_text(f"sha256 {expected}")).to_be_visible()
    expect(page.get_by_text("files in the folder: 1")).to_be_visible()
    assert server.memory_mb() - before < 40, "the file went through the server's memory"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_reached_and_opened_with_the_keyboard_alone(
    page_factory: Tabs, scheme: str, large: Path
) -> None:
    page = page_factory(scheme=scheme)
    # The browser hands its file dialogs over from the first listener on, so well before the key.
    page.on("filechooser", lambda _: None)
    Wire(page).send_at_most(MB)
    page.get_by_role("button", name="Close the slot").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Choose a large file")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(large)
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    expect(page.get_by_role("progressbar", name="Large file")).to_be_visible()
    expect(page.locator("[data-part=share]")).not_to_have_text("0%")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Stopped: {large.name}")).to_be_visible()
    expect(page.get_by_label("Choose a large file")).to_be_focused()
    screenshot(page, f"dropzone-stopped-{scheme}")


def test_a_stopped_upload_leaves_nothing_and_the_next_one_arrives(page: Page, large: Path) -> None:
    wire = Wire(page)
    wire.send_at_most(MB)
    start_sending(page, large)
    expect(page.locator("[data-part=share]")).not_to_have_text("0%")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_text("files in the folder: 1")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    wire.send_freely()
    # The server learns of the end when the connection closes, soon but not at once.
    for _ in range(60):
        page.get_by_role("button", name="Look").click()
        idle(page)
        if page.get_by_text("files in the folder: 0").is_visible():
            break
    expect(page.get_by_text("files in the folder: 0")).to_be_visible()
    upload_large(page, large)
    expect(page.get_by_text("sha256 ")).to_be_visible()
    expect(page.get_by_text("files in the folder: 1")).to_be_visible()


def test_an_upload_goes_on_while_another_page_is_open(page: Page, large: Path) -> None:
    wire = Wire(page)
    wire.send_at_most(4 * MB)
    start_sending(page, large)
    go_to(page, "Drawing")
    expect(page.get_by_role("heading", name="Drawing")).to_be_visible()
    go_to(page, "Sending")
    expect(page.get_by_text(f"Sending {large.name}")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    wire.send_freely()
    expect(page.get_by_text("sha256 ")).to_be_visible(timeout=60_000)


def test_a_file_that_arrives_while_another_page_is_open_is_there_on_return(
    page: Page, large: Path
) -> None:
    Wire(page).send_at_most(40 * MB)
    start_sending(page, large)
    go_to(page, "Drawing")
    page.wait_for_function("() => window.largeFileUploads.size === 0", timeout=60_000)
    go_to(page, "Sending")
    expect(page.get_by_text("sha256 ")).to_be_visible()


def test_a_file_can_be_dropped(page: Page) -> None:
    drop = """(area) => {
      const data = new DataTransfer();
      data.items.add(new File(['dropped'], 'dropped.csv'));
      area.dispatchEvent(new DragEvent('drop', {dataTransfer: data, cancelable: true}));
    }"""
    page.locator(".large-file [data-part=area]").evaluate(drop)
    expected = hashlib.sha256(b"dropped").hexdigest()
    expect(page.get_by_text(f"sha256 {expected}")).to_be_visible()


def test_a_file_over_the_limit_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "too large.csv"
    with path.open("wb") as file:
        file.truncate(LIMIT_MB * MB + 1)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.method))
    start_sending(page, path)
    expect(page.locator(".large-file [role=alert]")).to_have_text("Refused: too-large")
    assert "POST" not in posts


def test_a_refusal_of_the_server_is_said(page_factory: Tabs, page: Page, large: Path) -> None:
    page_factory.problems(page).expect(r"403.*/upload/|/upload/.*403|status of 403")
    page.get_by_role("button", name="Close the slot").click()
    idle(page)
    start_sending(page, large)
    expect(page.locator(".large-file [role=alert]")).to_have_text("Refused: unknown-slot")
    expect(page.get_by_label("Choose a large file")).to_be_enabled()


def test_charts_and_maps_draw_under_the_policy(page: Page) -> None:
    go_to(page, "Drawing")
    expect(page.get_by_test_id("stVegaLiteChart").locator("svg, canvas").first).to_be_visible()
    expect(page.get_by_test_id("stDeckGlJsonChart").locator("canvas").first).to_be_visible()
    screenshot(page, "drawing-under-the-policy")


def test_a_picture_from_elsewhere_is_not_loaded(page_factory: Tabs, page: Page) -> None:
    problems = page_factory.problems(page)
    problems.expect(r"pictures\.example")
    go_to(page, "Drawing")
    page.get_by_text("Smuggle a picture in").click()
    idle(page)
    expect(page.locator("img[src*=pictures]")).to_be_attached()
    assert any("Content Security Policy" in text for text in problems.found)
    assert any(text.endswith("spy.png csp") for text in problems.found)
