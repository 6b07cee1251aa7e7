"""Every sample, in both languages: one click to its result, and every page shows it."""

import pytest
from playwright.sync_api import Page, expect

from pages.ui.samples import SAMPLES
from tests.e2e.support import Tabs, idle
from tests.e2e.test_journey import computed

pytestmark = pytest.mark.e2e

SAID = {
    "en-US": {"none": "No clear segments", "cancel": "Cancel"},
    "zh-CN": {"none": "没有清晰的细分群体", "cancel": "取消"},
}


def finished(page: Page, locale: str) -> None:
    """Wait until no computation is under way, whatever the language."""
    idle(page)
    expect(page.get_by_role("button", name=SAID[locale]["cancel"], exact=True)).to_have_count(
        0, timeout=180_000
    )
    computed(page)


@pytest.mark.parametrize("locale", SAID)
@pytest.mark.parametrize("sample", [sample.name for sample in SAMPLES])
def test_a_sample_leads_to_its_result_and_through_every_page(
    page_factory: Tabs, sample: str, locale: str
) -> None:
    page = page_factory(locale=locale)
    page.locator(f".st-key-sample_{sample} button").click()
    expect(page.get_by_role("slider")).to_be_visible(timeout=120_000)
    finished(page, locale)
    alert = page.get_by_test_id("stAlertContentWarning").first
    if sample == "no_structure":
        expect(alert).to_contain_text(SAID[locale]["none"])
    else:
        expect(page.get_by_test_id("stAlertContentSuccess").first).to_be_visible()
    # The whole way once; the other language shows its result and its first profile.
    way = ("segments", "profiles", "geography", "checks") if locale == "en-US" else ("segments",)
    for button in way:
        page.locator(f".st-key-onward_{button} button").click()
        finished(page, locale)
        expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)


def test_the_language_is_switched_on_every_page_and_survives_a_reload(page_factory: Tabs) -> None:
    page = page_factory()
    page.get_by_role("button", name="Open the sample").first.click()
    computed(page)
    page.get_by_test_id("stSidebar").get_by_text("简体中文").click()
    idle(page)
    expect(page.get_by_role("heading", name="细分群体", exact=True)).to_be_visible()
    page.reload()
    finished(page, "zh-CN")
    expect(page.get_by_role("heading", name="细分群体", exact=True)).to_be_visible()
