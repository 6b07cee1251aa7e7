"""Drives the pages without a browser, through the frame, as a visitor would reach them."""

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.visits import VISITS

ROOT = Path(__file__).parents[2]
FRAME = ROOT / "pages" / "ui" / "frame.py"
PAGES = ("start", "table", "variables", "segments", "profiles", "geography", "checks")
PAGES += ("sizing", "money", "export", "assign", "studies")
LONGEST_WAIT = 120.0
CANCELS = {"cancel_job", "cancel_reading"}


class Visitor:
    """One visitor: opens pages, waits for computations, reads what is on the screen."""

    def __init__(self, *, locale: str = "en-US") -> None:
        self.app = AppTest.from_file(str(FRAME), default_timeout=60)
        self.app.context["locale"] = locale
        self.run()

    def run(self) -> "Visitor":
        """Run the script until no computation is under way."""
        self.app.run()
        end = time.monotonic() + LONGEST_WAIT
        while any(button.key in CANCELS for button in self.app.button):
            assert time.monotonic() < end, "the computation does not end"
            time.sleep(0.2)
            self.app.run()
        assert not self.app.exception, self.app.exception
        return self

    def go(self, page: str) -> "Visitor":
        """Turn to a page."""
        self.app.switch_page(str(ROOT / "pages" / f"{page}.py"))
        return self.run()

    def open_sample(self) -> "Visitor":
        """Click the sample of the start page."""
        self.app.button(key="sample_retailer").click()
        return self.run()

    def open_file(self, name: str, content: bytes) -> "Visitor":
        """Upload a file on the start page."""
        self.go("start")
        self.app.file_uploader(key="small_file").set_value((name, content, "text/csv"))
        return self.run()

    def click(self, key: str) -> "Visitor":
        """Click a button."""
        self.app.button(key=key).click()
        return self.run()

    def widget(self, kind: str, key: str) -> Any:
        """Return the widget of a key, which has a mark behind it after a slow reading."""
        found = [each for each in getattr(self.app, kind) if str(each.key).split("~")[0] == key]
        assert len(found) == 1, key
        return found[0]

    def view(self, name: str, key: str = "profile_view") -> "Visitor":
        """Choose one of the views of the profiles page, or one of its pictures."""
        self.app.radio(key=key).set_value(name)
        return self.run()

    def metrics(self) -> dict[str, str]:
        """Return the metrics on the screen by label."""
        return {metric.label: metric.value for metric in self.app.metric}

    def text(self) -> str:
        """Return all text on the screen, Markdown's escapes removed."""
        kinds = ("title", "header", "markdown", "caption", "info", "warning", "error", "success")
        parts = [element.value for kind in kinds for element in getattr(self.app, kind)]
        return "\n".join(parts).replace("\\", "")

    def html(self) -> str:
        """Return what is written as HTML, such as a scorecard."""
        return " ".join(element.proto.body for element in self.app.get("html"))


@pytest.fixture(autouse=True)
def no_visit_is_left() -> Iterator[None]:
    """End the visits of a test, their engines and folders."""
    yield
    VISITS.close()


@pytest.fixture
def visitor() -> Visitor:
    """A visitor who has just arrived."""
    return Visitor()


@pytest.fixture
def new_visitor() -> Callable[..., Visitor]:
    """Make further visitors."""
    return Visitor


def csv_of(rows: list[dict[str, object]]) -> bytes:
    """Write rows as CSV."""
    text = io.StringIO()
    names = list(rows[0])
    text.write(",".join(names) + "\n")
    for row in rows:
        text.write(",".join(str(row[name]) for name in names) + "\n")
    return text.getvalue().encode()


def small_table(n: int = 200, *, seed: int = 3) -> list[dict[str, object]]:
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 3, n)
    return [
        {
            "customer": f"K{i:04d}",
            "visits": round(float(10 * group[i] + rng.normal()), 2),
            "spend": round(float(40 - 15 * group[i] + rng.normal()), 2),
            "town": ["Ulm", "Bonn", "Jena"][group[i]],
        }
        for i in range(n)
    ]
