"""Pictures of every page: light and dark, English and Chinese, desktop and phone.

Not collected with the tests; ``make pictures`` takes them into ``docs/screenshots/``, where only
those that the README shows are kept in the repository.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.e2e.journeys import by_places_alone, computed, near_airports
from tests.e2e.support import BUILD, PHONE, ROOT, Tabs, screenshot

pytestmark = pytest.mark.e2e

FOLDER = ROOT / "docs" / "screenshots"
WINDOWS = {"1440": (1440, 900), "390": PHONE}
PAGES = ("start", "table", "variables", "segments", "profiles", "geography", "checks")
PAGES += ("sizing", "money", "export", "assign", "studies")
COLORS = 128
# Maps have more: the colour of a small segment is rare.
MAP_COLORS = 256
MAPS = ("sacramento_homes.csv", "us_airports_vega.csv")
ADDRESSES = ROOT / "sample_data" / "zh_retail_gb18030.csv"


@pytest.mark.parametrize("width", WINDOWS)
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_of_every_page(page_factory: Tabs, width: str, locale: str, scheme: str) -> None:
    page = page_factory(viewport=WINDOWS[width], scheme=scheme, locale=locale)
    for name in walked(page, locale):
        kept = FOLDER / f"{name}-{scheme}-{locale[:2]}-{width}.png"
        compressed(screenshot(page, kept.stem), kept)


@pytest.mark.shared
@pytest.mark.parametrize("width", WINDOWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["airports", "world", "addresses"])
def test_pictures_of_maps(
    page_factory: Tabs, shared_data: Path, name: str, scheme: str, width: str
) -> None:
    locale = "zh-CN" if name == "addresses" else "en-US"
    page = page_factory(viewport=WINDOWS[width], scheme=scheme, locale=locale)
    if name == "airports":
        customers, airports = (shared_data / file for file in MAPS)
        near_airports(page, customers, airports)
    else:
        world = shared_data / "world_cities_geonames.csv"
        by_places_alone(page, world if name == "world" else ADDRESSES, locale)
    page.wait_for_timeout(3000)  # the map paints after the script has ended
    page.mouse.move(0, 0)
    taken = BUILD / "screenshots" / f"map-{name}-{scheme}-{width}.png"
    page.get_by_test_id("stDeckGlJsonChart").scroll_into_view_if_needed()
    page.screenshot(path=taken, animations="disabled")
    compressed(taken, FOLDER / taken.name, MAP_COLORS)


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


def compressed(picture: Path, target: Path, colors: int = COLORS) -> None:
    """Write a picture with few colours."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(picture) as full:
        full.convert("RGB").quantize(colors).save(target, optimize=True)
