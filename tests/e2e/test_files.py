"""Customers put together from several files, in a real browser: orders, then who they are."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sample_data.paths import sample_path
from tests.e2e.journeys import onward, said
from tests.e2e.support import upload

pytestmark = pytest.mark.e2e

MESSY = """Sales report 2026

name;spend;visits
Ann;12,5;3
Bob;7,25;4
Carla;9,75;1
Dora;3,1;2
Total;32,6;10
"""
SAMPLES = Path(__file__).parents[2] / "sample_data"


def test_orders_become_customers_and_another_file_says_who_they_are(page: Page) -> None:
    upload(page, sample_path("retailer_orders"))
    expect(page.get_by_text("These look like order lines")).to_be_visible()
    page.get_by_role("button", name="Make customers from the orders").click()
    said(page, "How the orders were summed up")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("5,871")
    page.get_by_text("Add another file").click()
    zone = page.get_by_test_id("stFileUploader").filter(has_text="The other file")
    other = zone.locator("input[type=file]")
    other.set_input_files(SAMPLES / "retailer_customers.csv")
    page.get_by_role("button", name="Join by these columns").click()
    said(page, "customers have a match")
    onward(page, "Choose the variables")
    onward(page, "Find the segments")
    expect(page.get_by_role("slider", name="Number of segments")).to_be_visible()
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)


def test_a_total_at_the_end_is_set_aside_and_shown(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text(MESSY, encoding="utf-8")
    upload(page, path)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("4")
    expect(page.get_by_text("Rows set aside (1)")).to_be_visible()


def test_files_chosen_at_once_are_one_table_and_the_other_waits(page: Page, tmp_path: Path) -> None:
    table = SAMPLES / "retailer_customers.csv"
    header, *rows = table.read_text(encoding="utf-8").splitlines()
    months = {"jan.csv": rows[:90], "feb.csv": rows[90:200], "mar.csv": rows[200:300]}
    paths = [tmp_path / name for name in (*months, "survey.csv")]
    for path in paths[:3]:
        path.write_text("\n".join([header, *months[path.name]]) + "\n", encoding="utf-8")
    answers = [f"{row.split(',')[0]},{len(row) % 5}" for row in rows[:250]]
    paths[3].write_text("\n".join(["customer_id,answer", *answers]) + "\n", encoding="utf-8")
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(paths)
    said(page, "3 files with the same columns")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("300")
    expect(page.get_by_text("Not part of the table yet")).to_contain_text("survey.csv")
    page.get_by_role("button", name="Join by these columns").click()
    said(page, "250 of 300 customers have a match")
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
