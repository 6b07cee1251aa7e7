"""Every sample, in both languages: one click to its result, and every page shows it."""

import pytest
from playwright.sync_api import Page, expect

from pages.ui.samples import SAMPLES
from tests.e2e.journeys import computed, follow
from tests.e2e.support import Tabs, idle

pytestmark = pytest.mark.e2e

SAID = {
    "en-US": {"none": "No clear segments", "some": "segments are suggested"},
    "zh-CN": {"none": "没有清晰的细分群体", "some": "建议分成"},
}
WAY = (("segments", "zh-CN"), ("profiles", "zh-CN"), ("geography", "en-US"), ("checks", "en-US"))


def in_language(page: Page, name: str, locale: str) -> None:
    """Switch the language as a reader does."""
    page.get_by_test_id("stSidebar").get_by_text(name).click()
    computed(page, locale)


def result_is_said(page: Page, sample: str, locale: str) -> None:
    """The sample's result stands there, in the language of the reader."""
    if sample == "no_structure":
        alert = page.get_by_test_id("stAlertContentWarning").first
        expect(alert).to_contain_text(SAID[locale]["none"])
    else:
        alert = page.get_by_test_id("stAlertContentSuccess").first
        expect(alert).to_contain_text(SAID[locale]["some"])


@pytest.mark.parametrize("sample", [sample.name for sample in SAMPLES])
def test_a_sample_leads_to_its_result_and_through_every_page_in_both_languages(
    page_factory: Tabs, sample: str
) -> None:
    page = page_factory()
    page.locator(f".st-key-sample_{sample} button").click()
    expect(page.get_by_role("slider")).to_be_visible(timeout=120_000)
    computed(page, "en-US")
    result_is_said(page, sample, "en-US")
    in_language(page, "简体中文", "zh-CN")
    result_is_said(page, sample, "zh-CN")
    # The whole way, half of it in each language.
    for step, (button, locale) in enumerate(WAY):
        follow(page, page.locator(f".st-key-onward_{button} button"), locale)
        expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
        if step == 1:
            in_language(page, "English", "en-US")


def test_the_browsers_language_is_spoken_and_a_chosen_one_survives_a_reload(
    page_factory: Tabs,
) -> None:
    page = page_factory(locale="zh-CN")
    expect(page.get_by_role("button", name="打开示例").first).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_text("English").click()
    idle(page)
    expect(page.get_by_role("button", name="Open the sample").first).to_be_visible()
    page.reload()
    idle(page)
    expect(page.get_by_role("button", name="Open the sample").first).to_be_visible()
