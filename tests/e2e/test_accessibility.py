"""No barrier on any page, apart from those that Streamlit itself puts there.

axe-core looks at all twelve pages with the sample, light and dark, every fold opened. What it finds
in Streamlit's own parts is listed in :data:`STREAMLITS_OWN` with the reason, and in docs/design.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.journeys import computed, open_sample
from tests.e2e.support import ROOT, Server, Tabs, go_to, idle

pytestmark = pytest.mark.e2e

PAGES = (
    *("Start", "Table", "Variables", "Segments"),
    *("Profiles", "Geography", "Checks", "Sizing", "Money", "Export", "New customers", "Studies"),
)
SCHEMES = ("light", "dark")


@dataclass(frozen=True)
class Known:
    """A finding that only Streamlit can cure: axe's rule, where it is found, and why."""

    rule: str
    html: str
    reason: str


STREAMLITS_OWN = (
    Known(
        "presentation-role-conflict",
        r'^<section role="presentation"[^>]*data-testid="stFileUploaderDropzone"',
        "The uploader's drop area is marked as decoration and carries a label at once; the button "
        "in it has name, role and focus of its own.",
    ),
)


@dataclass(frozen=True)
class Finding:
    """One element that breaks one rule."""

    rule: str
    html: str
    target: str
    message: str

    @property
    def known(self) -> Known | None:
        for known in STREAMLITS_OWN:
            if known.rule == self.rule and re.search(known.html, self.html):
                return known
        return None

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}\n  {self.target}\n  {self.html}"


def findings(page: Page) -> list[Finding]:
    """What axe-core finds on a page as it stands."""
    return [
        Finding(
            violation["id"],
            node["html"],
            " ".join(map(str, node["target"])),
            node["failureSummary"].replace("\n", " "),
        )
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
    ]


def unfold(page: Page) -> None:
    """Open every fold, so that what it hides is looked at, too."""
    folded = page.locator("[data-testid=stExpander] details:not([open]) > summary")
    while folded.count():
        folded.first.click()
        idle(page)


def tour(page: Page) -> Iterator[tuple[str, list[Finding]]]:
    """Turn to every page."""
    for name in PAGES:
        go_to(page, name)
        computed(page)
        unfold(page)
        yield name, findings(page)


@pytest.fixture(scope="module")
def found(browser: Browser, server: Server) -> Mapping[tuple[str, str], list[Finding]]:
    """Findings by scheme and page; every scheme looks at the same visit, computed once."""
    tabs = Tabs(browser, server)
    first = tabs()
    open_sample(first)
    seen = {
        (scheme, name): on_page
        for scheme in SCHEMES
        for name, on_page in tour(tabs(first.url, scheme=scheme))
    }
    problems = tabs.close()
    assert not problems, "\n".join(problems)
    return seen


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_page_puts_no_barrier_before_anybody(
    found: Mapping[tuple[str, str], list[Finding]], scheme: str, name: str
) -> None:
    ours = [str(finding) for finding in found[scheme, name] if finding.known is None]
    assert not ours, "\n".join(ours)


@pytest.mark.parametrize("known", STREAMLITS_OWN, ids=lambda known: known.rule)
def test_what_is_put_down_to_streamlit_is_still_there_and_documented(
    found: Mapping[tuple[str, str], list[Finding]], known: Known
) -> None:
    assert any(finding.known == known for on_page in found.values() for finding in on_page)
    assert f"`{known.rule}`" in (ROOT / "docs" / "design.md").read_text(encoding="utf-8")


def test_a_barrier_would_be_noticed(page_factory: Tabs) -> None:
    page = page_factory()
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'data:,'}))")
    assert "image-alt" in {finding.rule for finding in findings(page)}
