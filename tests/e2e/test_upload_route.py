from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.support import (
    DESKTOP,
    PHONE,
    ROOT,
    Tabs,
    Timings,
    go_to,
    idle,
    screenshot,
    serving,
    upload_large,
)

pytestmark = pytest.mark.e2e

N_CUSTOMERS = 300_000


@pytest.fixture(scope="module")
def large_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table that the drop zone sends in many blocks; its name needs encoding."""
    path = tmp_path_factory.mktemp("large") / "客户 表 (1).csv"
    rows = (f"{i},{20 + i % 60},{i * 7919 % 1000 / 10}" for i in range(N_CUSTOMERS))
    path.write_text("\n".join(["id,age,spend", *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_large_file_becomes_the_table_of_the_visit(
    page_factory: Tabs, timings: Timings, large_table: Path, viewport: tuple[int, int]
) -> None:
    page = page_factory(viewport=viewport)
    with timings.step("a large file through the route, read"):
        upload_large(page, large_table)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("300,000")
    screenshot(page, f"large-file-read-{viewport[0]}")
    go_to(page, "Start")
    expect(page.get_by_text(large_table.name)).to_be_visible()
    page.reload()
    idle(page)
    expect(page.get_by_text(large_table.name)).to_be_visible()


def test_the_server_says_that_it_is_ready(page_factory: Tabs) -> None:
    answer = page_factory().request.get("/readyz")
    assert (answer.status, answer.text()) == (200, "ready")


def test_no_file_stays_behind_when_the_server_stops(
    browser: Browser, large_table: Path, tmp_path: Path
) -> None:
    with serving(ROOT / "app.py", tmp_path / "server.log", TMPDIR=str(tmp_path)) as server:
        tabs = Tabs(browser, server)
        upload_large(tabs(), large_table)
        assert list(tmp_path.rglob("incoming-*.file"))
        assert not tabs.close()
    assert not list(tmp_path.rglob("incoming-*"))
