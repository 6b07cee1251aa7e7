"""Pictures of every page: light and dark, English and Chinese, desktop and phone.

Not collected with the tests; ``make pictures`` takes them into ``docs/screenshots/``, where only
those that the README shows are kept in the repository.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.e2e.journeys import computed
from tests.e2e.support import PHONE, ROOT, Tabs, screenshot, upload

pytestmark = pytest.mark.e2e

FOLDER = ROOT / "docs" / "screenshots"
WINDOWS = {"1440": (1440, 900), "390": PHONE}
PAGES = ("start", "table", "variables", "segments", "profiles", "geography", "checks")
PAGES += ("sizing", "money", "export", "assign", "studies")
COLORS = 128


@pytest.mark.parametrize("width", WINDOWS)
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_of_every_page(page_factory: Tabs, width: str, locale: str, scheme: str) -> None:
    page = page_factory(viewport=WINDOWS[width], scheme=scheme, locale=locale)
    for name in walked(page, locale):
        kept = FOLDER / f"{name}-{scheme}-{locale[:2]}-{width}.png"
        compressed(screenshot(page, kept.stem), kept)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["sacramento_homes"])
@pytest.mark.parametrize(("scheme", "width"), [("light", "1440"), ("dark", "390")])
def test_pictures_of_maps(
    page_factory: Tabs, shared_data: Path, name: str, scheme: str, width: str
) -> None:
    page = page_factory(viewport=WINDOWS[width], scheme=scheme)
    upload(page, shared_data / f"{name}.csv")
    computed(page)
    visit = page.url.split("?", 1)[1]
    page.goto(f"/segments?{visit}")
    computed(page)
    page.goto(f"/geography?{visit}")
    computed(page)
    page.wait_for_timeout(3000)  # the map paints after the script has ended
    kept = FOLDER / f"map-{name}-{scheme}-{width}.png"
    compressed(screenshot(page, kept.stem), kept)


def walked(page: Page, locale: str) -> Iterator[str]:
    """Walk from the start through the sample to the export, stopping at every page."""
    yield "start"
    page.locator(".st-key-sample_retailer button").click()
    computed(page, locale)
    visit = page.url.split("?", 1)[1]
    for name in PAGES[1:]:
        page.goto(f"/{name}?{visit}")
        computed(page, locale)
        page.wait_for_timeout(1500)  # the map paints after the script has ended
        yield name


def compressed(picture: Path, target: Path) -> None:
    """Write a picture with few colours."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(picture) as full:
        full.convert("RGB").quantize(COLORS).save(target, optimize=True)
