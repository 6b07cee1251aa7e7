"""A million customers in the browser: when the slider can be used, and how fast it answers then.

``python -m benchmarks.slider [ROWS]`` writes a CSV of customers × 12 numbers (eight groups that
overlap), sends it through the drop zone for large files, goes to the Segments page and moves the
slider. Beside it, in the same run, scikit-learn's ``KMeans`` with one start for each k = 2 to 10 on
all rows, as a process of its own on one thread. Wall seconds: the machine should have nothing else
to do.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.extraction import CUSTOMERS, KS, NUMBERS, write_customers
from benchmarks.measure import measured
from tests.e2e.journeys import onward
from tests.e2e.support import CHROMIUM_FLAGS, ROOT, Server, Tabs, idle, serving, upload_large

KIND, BLOCK = "eight groups that overlap", 50_000
LONGEST_MS = 600_000
MOVES = ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft") * 2

# From the key to the beginning of the rest that follows the new number.
_MOVE = """() => new Promise((resolve, reject) => {
  const begun = performance.now();
  let since, ran = false;
  const look = setInterval(() => {
    const app = document.querySelector('[data-testid=stApp]'), now = performance.now();
    const rests = app?.dataset.testScriptState === 'notRunning';
    ran = ran || !rests;
    since = rests && ran ? (since ?? now) : undefined;
    if (since && now - since > 250) { clearInterval(look); resolve(since - begun); }
    if (now - begun > 120000) { clearInterval(look); reject(new Error('never rests')); }
  }, 5);
})"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One run.

    Attributes
    ----------
    load : float
        Of the machine before it.
    opened, prepared, usable : float
        Seconds until the table is open, from there to the Variables page, and from the click on
        "Find the segments" until the slider is there.
    moves_ms : list of float
        From each key on the slider until the page has come to rest.
    memory_mb : float
        Of the server with its workers, afterwards.
    quick, quick_cpu : float
        Seconds and processor seconds of scikit-learn's fits.
    """

    load: float
    opened: float
    prepared: float
    usable: float
    moves_ms: list[float]
    memory_mb: float
    quick: float
    quick_cpu: float


def write_file(path: Path, values: np.ndarray) -> None:
    """Write customers as a CSV with an id."""
    with path.open("w", encoding="utf-8") as file:
        file.write("customer_id," + ",".join(f"behaviour_{j}" for j in range(NUMBERS)) + "\n")
        for start in range(0, len(values), BLOCK):
            rows = values[start : start + BLOCK].round(4).tolist()
            lines = (f"M{start + i:08d}," + ",".join(map(str, row)) for i, row in enumerate(rows))
            file.write("\n".join(lines) + "\n")


def run(n_rows: int = CUSTOMERS) -> Seen:
    """Measure the browser, then the plain fits."""
    with tempfile.TemporaryDirectory(prefix="slider-") as name:
        matrix, file = Path(name) / "customers.npy", Path(name) / "customers.csv"
        write_customers(matrix, KIND, n_rows)
        write_file(file, np.load(matrix))
        load = os.getloadavg()[0]
        with (
            sync_playwright() as playwright,
            serving(ROOT / "app.py", Path(name) / "server.log", TMPDIR=name) as server,
        ):
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=list(CHROMIUM_FLAGS)
            )
            tabs = Tabs(browser, server)
            found = _watched(tabs(), server, file, n_rows)
            print(*tabs.close(), sep="\n")
            browser.close()
        peer = ["-m", "benchmarks.peers.sklearn_kmeans", str(matrix), "1", *map(str, KS)]
        plain = measured(peer, threads=1)
    fits = json.loads(plain.output)
    return Seen(load, *found, fits["wall"], fits["cpu"])


def _watched(
    page: Page, server: Server, file: Path, n_rows: int
) -> tuple[float, float, float, list[float], float]:
    page.get_by_text("The file is larger than 200 MB").click()
    start = time.perf_counter()
    upload_large(page, file)
    expect(page.get_by_role("heading", name="Table", exact=True)).to_be_visible(timeout=LONGEST_MS)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(f"{n_rows:,}")
    opened = time.perf_counter()
    onward(page, "Choose the variables")
    prepared = time.perf_counter()
    page.get_by_role("button", name="Find the segments").click()
    slider = page.get_by_role("slider", name="Number of segments")
    expect(slider).to_be_visible(timeout=LONGEST_MS)
    usable = time.perf_counter()
    idle(page)
    moves = []
    for _ in range(2):  # the first pass describes the segments of each number, the second finds it
        moves = [_moved(page, key) for key in MOVES]
    times = (opened - start, prepared - opened, usable - prepared)
    return (*times, moves, server.memory_mb())


def _moved(page: Page, key: str) -> float:
    page.get_by_role("slider", name="Number of segments").focus()
    page.evaluate("() => { window.moved = undefined }")
    page.evaluate(f"() => {{ window.moved = ({_MOVE})() }}")
    page.keyboard.press(key)
    return float(page.evaluate("() => window.moved"))


def told(seen: Seen) -> str:
    """Write the measurements as in ``docs/benchmarks.md``."""
    low, middle, high = min(seen.moves_ms), statistics.median(seen.moves_ms), max(seen.moves_ms)
    lines = [
        "| step | wall s |",
        "|---|---|",
        f"| sent, read and typed | {seen.opened:.1f} |",
        f"| the Variables page | {seen.prepared:.1f} |",
        f"| from there until the slider is usable | {seen.usable:.1f} |",
        f"| KMeans, one start, k = 2 to 10 | {seen.quick:.1f} |",
        f"\nRatio {seen.usable / seen.quick:.2f}×; slider afterwards {middle:.0f} ms "
        f"({low:.0f} to {high:.0f}); {seen.memory_mb:.0f} MB; load {seen.load:.1f}; "
        f"KMeans' processor seconds {seen.quick_cpu:.1f}.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(told(run(int(sys.argv[1]) if len(sys.argv) > 1 else CUSTOMERS)))
