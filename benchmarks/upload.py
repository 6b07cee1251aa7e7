"""One large file through a real browser: the server's memory, and how another visit fares.

``python -m benchmarks.upload [ROWS]`` writes a CSV (ten million rows are about a gigabyte), starts
the app and Chromium, and sends the file through the drop zone for large files. A second visit with
the sample open turns pages all the while: at rest before, while the file arrives, while it is read
and typed, and after it is open. Memory is the sum over the server and its worker processes.
"""

from __future__ import annotations

import itertools
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.e2e.support import BUILD, CHROMIUM_FLAGS, ROOT, Server, Tabs, idle, serving

ROWS = 10_000_000
IDLE_TURNS = 40
LONGEST_SECONDS = 900
SECONDS_BETWEEN_SAMPLES = 0.1
PAGES = ("Table", "Variables", "Profiles", "Checks", "Segments")
PICTURES, PICTURED = 2, BUILD / "screenshots"  # of the progress, of each phase
PHASES = ("at rest", "receiving", "reading and typing", "its first page", "at rest afterwards")

# Texts, yes or no, a date, numbers, an address that differs in every row: about 100 bytes.
_CUSTOMERS = """
SELECT printf('M%08d', i) AS customer_id,
    ['Anna', 'Bela', 'Carla', 'Dodo', 'Elna', 'Beno', 'Cara', 'Ando'][1 + h % 8] AS first_name,
    printf('customer.%08d@mail%d.example', (i * 7919) % 100000000, h % 90 + 10) AS email,
    ['North', 'South', 'East', 'West'][1 + h // 8 % 4]
        || ['field', 'ton', 'ham'][1 + h // 32 % 3] AS city,
    ['no', 'yes'][1 + h // 96 % 2] AS newsletter,
    DATE '2019-01-01' + CAST(h // 192 % 2000 AS INTEGER) AS signup_date,
    18 + h // 400000 % 72 AS age,
    CASE WHEN h // 1000 % 400 > 0 THEN h // 1000 % 12 END AS orders,
    printf('%.2f', exp(5 + (h % 6007) / 2000.0 - 1.5)) AS revenue,
    printf('%.2f', exp(3 + (h % 7001) / 2300.0 - 1.5)) AS last_basket,
    ['web', 'store', 'app', 'phone', 'partner'][1 + h // 77 % 5] AS channel,
    printf('%.6f', (h % 1999993) / 1999993.0) AS score
FROM (SELECT range AS i, CAST(hash(range) % 1000000007 AS BIGINT) AS h FROM range({n_rows}))
"""

# Clicks and waits inside the page, so that neither the way to the browser nor the wait that
# proves the rest is counted: from the click to the beginning of the rest.
_TURN = """(title) => new Promise((resolve, reject) => {
  const begun = performance.now();
  let since;
  const look = setInterval(() => {
    const app = document.querySelector('[data-testid=stApp]'), now = performance.now();
    const there = document.querySelector('h1')?.textContent === title
      && app?.dataset.testScriptState === 'notRunning'
      && app.dataset.testConnectionState === 'CONNECTED'
      && !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner]');
    since = there ? (since ?? now) : undefined;
    if (there && now - since > 250) { clearInterval(look); resolve(since - begun); }
    if (now - begun > 60000) { clearInterval(look); reject(new Error(`${title} never rests`)); }
  }, 10);
  [...document.querySelectorAll('[data-testid=stSidebarNavLink]')]
    .find((found) => found.textContent.includes(title)).click();
})"""


@dataclass
class Phase:
    """What was seen in one phase.

    Attributes
    ----------
    seconds : float
    first_mb, peak_mb : float
        Resident memory of the server with its workers: at the beginning, and the largest.
    own_peak_mb : float
        The largest of the server's own process.
    turns_ms : list of float
        How long the other visit's pages took.
    texts : list of str
        What the first visit could read about the progress, in order, each text once.
    """

    seconds: float = 0.0
    first_mb: float = 0.0
    peak_mb: float = 0.0
    own_peak_mb: float = 0.0
    turns_ms: list[float] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def turn_ms(self, percent: int) -> float:
        """Return a percentile of the turns; not a number where there were too few."""
        if len(self.turns_ms) < 2:
            return float("nan")
        return statistics.quantiles(self.turns_ms, n=100, method="inclusive")[percent - 1]

    def hear(self, text: str) -> bool:
        """Keep a text that has not been read before; whether it was kept."""
        is_new = bool(text) and text not in self.texts
        if is_new:
            self.texts.append(text)
        return is_new


class Sampler:
    """Looks at the server's memory again and again, and keeps the peaks of the current phase."""

    def __init__(self, server: Server, phases: dict[str, Phase]) -> None:
        self._server, self._phases = server, phases
        self._phase = phases[PHASES[0]]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    @contextmanager
    def running(self) -> Iterator[Sampler]:
        """Sample during a block."""
        self._thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            self._thread.join()

    @contextmanager
    def phase(self, name: str) -> Iterator[Phase]:
        """Give what is seen in a block to a phase."""
        self._phase = phase = self._phases[name]
        start = time.perf_counter()
        phase.first_mb = self._server.memory_mb()
        try:
            yield phase
        finally:
            phase.seconds = time.perf_counter() - start
            print(line(name, phase, self._phases[PHASES[0]]), flush=True)

    def _sample(self) -> None:
        own = Path(f"/proc/{self._server.process.pid}/statm")
        page_mb = os.sysconf("SC_PAGE_SIZE") / 1e6
        while not self._ended.wait(SECONDS_BETWEEN_SAMPLES):
            phase = self._phase
            phase.peak_mb = max(phase.peak_mb, self._server.memory_mb())
            own_mb = int(own.read_text().split()[1]) * page_mb
            phase.own_peak_mb = max(phase.own_peak_mb, own_mb)


class Reader:
    """The other visit: the sample is open, and somebody turns its pages."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._pages = itertools.cycle(PAGES)
        page.get_by_role("button", name="Open the sample").first.click()
        expect(page.get_by_text("segments are suggested")).to_be_visible(timeout=120_000)
        idle(page)
        for _ in PAGES:
            self.turn()  # the first look at a page computes what the later ones find

    def turn(self) -> float:
        """Turn to the next page; milliseconds from the click until it is drawn and at rest."""
        name = next(self._pages)
        return float(self._page.evaluate(_TURN, name))


def write_customers(path: Path, n_rows: int) -> None:
    """Write the same customers each time."""
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as engine:
        select = _CUSTOMERS.format(n_rows=n_rows)
        engine.execute(f"COPY ({select}) TO '{path}' (HEADER, DELIMITER ',')")


def run(n_rows: int = ROWS) -> dict[str, Phase]:
    """Send a file of so many rows, print the table and return what each phase showed."""
    with tempfile.TemporaryDirectory(prefix="upload-") as name:
        file = Path(name) / "customers.csv"
        write_customers(file, n_rows)
        size, load = file.stat().st_size / 1e6, os.getloadavg()[0]
        print(
            f"{n_rows:,} × 12, {size:,.0f} MB; load at the start {load:.1f}\n\n{HEADING}",
            flush=True,
        )
        with (
            sync_playwright() as playwright,
            serving(ROOT / "app.py", Path(name) / "server.log", TMPDIR=name) as server,
        ):
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=list(CHROMIUM_FLAGS)
            )
            tabs = Tabs(browser, server)
            try:
                return _observed(tabs, server, file, n_rows)
            finally:
                print(*tabs.close(), sep="\n")
                browser.close()


def _observed(tabs: Tabs, server: Server, file: Path, n_rows: int) -> dict[str, Phase]:
    phases = {name: Phase() for name in PHASES}
    PICTURED.mkdir(parents=True, exist_ok=True)
    for former in PICTURED.glob("upload-*.png"):
        former.unlink()
    sender, reader = tabs(), Reader(tabs())
    sender.get_by_text("The file is larger than 200 MB").click()
    idle(sender)
    arriving = sender.locator(".large-file [data-part=sending]:not([hidden])")
    reading = sender.get_by_test_id("stProgress")
    opened = sender.get_by_role("heading", name="Table", exact=True)
    with Sampler(server, phases).running() as sampler:
        with sampler.phase("at rest") as phase:
            phase.turns_ms += [reader.turn() for _ in range(IDLE_TURNS)]
        with sampler.phase("receiving") as phase:
            sender.locator(".large-file input[type=file]").set_input_files(file)
            _turn(reader, phase, arriving, lambda: arriving.count() == 0)
        with sampler.phase("reading and typing") as phase:
            _turn(reader, phase, reading, opened.is_visible)
        with sampler.phase("its first page") as phase:
            _turn(reader, phase, reading, lambda: _rests(sender))
            expect(sender.get_by_test_id("stMetricValue").first).to_have_text(f"{n_rows:,}")
        with sampler.phase("at rest afterwards") as phase:
            phase.turns_ms += [reader.turn() for _ in range(IDLE_TURNS)]
    return phases


def _turn(reader: Reader, phase: Phase, told: Locator, is_over: Callable[[], bool]) -> None:
    """Turn the other visit's pages until a phase is over; note what the first visit can read."""
    until = time.monotonic() + LONGEST_SECONDS
    while not is_over():
        if time.monotonic() > until:
            raise TimeoutError(f"not over after {LONGEST_SECONDS} s")
        texts = told.all_inner_texts()
        is_new = phase.hear(" ".join(texts[0].split()) if texts else "")
        if is_new and len(phase.texts) <= PICTURES:
            number = sum(1 for _ in PICTURED.glob("upload-*.png")) + 1
            told.page.screenshot(path=PICTURED / f"upload-{number}.png")
        phase.turns_ms.append(reader.turn())


def _rests(page: Page) -> bool:
    app = page.get_by_test_id("stApp")
    return app.get_attribute("data-test-script-state") == "notRunning"


HEADING = (
    "| phase | seconds | server with workers: first, peak MB | server alone: peak MB "
    "| another visit's page: p50, p95 ms | of rest | progress |\n|---|---|---|---|---|---|---|"
)


def line(name: str, phase: Phase, rest: Phase) -> str:
    """Return a phase as a line of the table; printed at its end, so that nothing seen is lost."""
    ratio = phase.turn_ms(95) / rest.turn_ms(95)
    told = f"“{phase.texts[len(phase.texts) // 2]}” and others" if phase.texts else ""
    return (
        f"| {name} | {phase.seconds:.0f} | {phase.first_mb:,.0f}, {phase.peak_mb:,.0f} "
        f"| {phase.own_peak_mb:,.0f} | {phase.turn_ms(50):,.0f}, {phase.turn_ms(95):,.0f} "
        f"({len(phase.turns_ms)} turns) | {ratio:.2f}× | {told} |"
    )


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
