"""What a journey in a real browser needs: a server, open tabs that notice problems, and moves.

A move waits until the app has answered it. Nothing here knows a page of ours by name.
"""

import http.client
import json
import math
import os
import platform
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build"

DESKTOP = (1440, 900)
PHONE = (390, 844)

# Software WebGL draws the maps without a graphics card; the rest keeps Chromium from calling home.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # Only the map needs the graphics processor that is imitated here; the page without it costs a
    # third less processor time.
    "--disable-gpu-compositing",
)

LONGEST_PICTURE = 8000
ANSWER_MS = 30_000
START_SECONDS = 120


# The server -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Server:
    """A running app: where it answers, what it writes, what it weighs."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    health: tuple[str, bytes] = ("/_stcore/health", b"ok")

    def text(self, start: int = 0) -> str:
        """What the server has written since a position in its log."""
        return self.log.read_bytes()[start:].decode(errors="replace")

    def memory_mb(self) -> float:
        """Resident memory of the server and the processes it started, in MB (Linux only)."""
        pages = sum(_resident_pages(pid) for pid in _family(self.process.pid))
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = entry.read_text(errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        found.setdefault(int(after_name[1]), []).append(int(entry.parent.name))
    return found


def _family(pid: int) -> Iterator[int]:
    children = _children()
    waiting = [pid]
    while waiting:
        member = waiting.pop()
        yield member
        waiting.extend(children.get(member, []))


def _resident_pages(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0  # it ended while we looked


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_healthy(server: Server) -> bool:
    """Ask for the health; unknown paths answer with the app, so the text counts, not the status."""
    path, answer = server.health
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().read() == answer
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def serving(app: Path, log: Path, folder: Path = ROOT, **environment: str) -> Iterator[Server]:
    """Start an app from a folder on a free port, wait for its health, and stop it at the end."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app)]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    command += ["--logger.enableRich", "false"]  # tracebacks as plain text
    log.parent.mkdir(parents=True, exist_ok=True)
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    with log.open("wb") as written:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path, **environment},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
        )
    server = Server(f"http://127.0.0.1:{port}", process, log)
    if app == ROOT / "app.py":  # ours says when its libraries are loaded
        server = replace(server, health=("/readyz", b"ready"))
    try:
        _await_health(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await_health(server: Server) -> None:
    until = time.monotonic() + START_SECONDS
    while not _is_healthy(server):
        if server.process.poll() is not None or time.monotonic() > until:
            raise AssertionError(f"the server did not start:\n{server.text()[-4000:]}")
        time.sleep(0.05)


# Tabs -------------------------------------------------------------------------------------


# At an address below the root, Streamlit looks for its server below that address first.
_STREAMLITS_OWN = r"/[^/]+/_stcore/(health|host-config)\b"


@dataclass
class Problems:
    """What went wrong in a tab although the test may not have looked there."""

    host: str
    found: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=lambda: [_STREAMLITS_OWN])

    def expect(self, pattern: str) -> None:
        """Accept problems that a regular expression finds, because the test provokes them."""
        self.expected.append(pattern)

    def unexpected(self) -> list[str]:
        return [text for text in self.found if not any(re.search(p, text) for p in self.expected)]

    def watch(self, page: Page) -> None:
        """Note from now on what a tab complains about, and every request that leaves the host."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.found.append(f"page: {error}"))
        page.on("request", lambda request: self._on_address(request.url))
        page.on("websocket", lambda socket: self._on_address(socket.url))
        page.on("response", self._on_response)
        page.on("requestfailed", self._on_failure)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.found.append(f"console: {message.text} ({message.location['url']})")

    def _on_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.found.append(f"left the host: {url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            what = f"{response.request.method} {response.url}"
            self.found.append(f"status {response.status}: {what}")

    def _on_failure(self, request: Request) -> None:
        # Leaving a page ends what it was still loading; that is no failure.
        if request.failure != "net::ERR_ABORTED":
            self.found.append(f"failed: {request.method} {request.url} {request.failure}")


class Tabs:
    """Opens tabs on a server and gathers their problems; one context of its own for each."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser = browser
        self.server = server
        self._open: dict[Page, Problems] = {}
        self._log_start = server.log.stat().st_size

    def __call__(
        self,
        path: str = "/",
        *,
        viewport: tuple[int, int] = DESKTOP,
        scheme: str = "light",
        locale: str = "en-US",
    ) -> Page:
        """Open an address of the server in a fresh context and wait until it is drawn."""
        width, height = viewport
        context = self.browser.new_context(
            base_url=self.server.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            locale=locale,
        )
        context.set_default_timeout(ANSWER_MS)
        page = context.new_page()
        self._open[page] = Problems(urlsplit(self.server.url).netloc)
        self._open[page].watch(page)
        page.goto(path)
        idle(page)
        return page

    def problems(self, page: Page) -> Problems:
        """What went wrong in one tab so far."""
        return self._open[page]

    def picture(self, folder: Path, name: str) -> None:
        """Save what every tab shows now."""
        for number, page in enumerate(self._open, start=1):
            page.screenshot(path=folder / f"{name}-{number}.png")

    def close(self) -> list[str]:
        """Close every tab and return what nobody expected, tracebacks in the log included."""
        unexpected = []
        for page, problems in self._open.items():
            page.context.close()
            unexpected += problems.unexpected()
        if "Traceback (most recent call last)" in (text := self.server.text(self._log_start)):
            unexpected.append(f"the server's log:\n{text[-6000:]}")
        return unexpected


# Moves ------------------------------------------------------------------------------------

_IDLE = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const quiet = app?.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner]');
  const now = performance.now();
  window.quietSince = quiet ? (window.quietSince ?? now) : undefined;
  return quiet && now - window.quietSince > 250;
}"""


def idle(page: Page) -> None:
    """Wait until the script is not running and has not been for a quarter of a second."""
    page.evaluate("() => { window.quietSince = undefined }")
    page.wait_for_function(_IDLE, timeout=ANSWER_MS)


def upload(page: Page, path: Path) -> None:
    """Give a file to Streamlit's own uploader, the way of small files."""
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(path)
    idle(page)


def upload_large(page: Page, path: Path) -> None:
    """Give a file to our drop zone, the way of large files, and wait until it has arrived."""
    page.locator(".large-file input[type=file]").set_input_files(path)
    under_way = page.locator(".large-file [data-part=sending]:not([hidden])")
    expect(under_way).to_have_count(0, timeout=ANSWER_MS * 4)
    idle(page)


_SIDEBAR_IS_OUT = """() => {
  const link = document.querySelector("[data-testid=stSidebarNavLink]");
  return !link || link.getBoundingClientRect().right <= 0;
}"""


def go_to(page: Page, link_name: str) -> None:
    """Follow a link of the navigation, opening the sidebar first where it is folded away."""
    links = page.locator("[data-testid=stSidebarNavLink], [data-testid=stTopNavLink]")
    link = links.filter(has=page.get_by_text(link_name, exact=True)).first
    # A folded sidebar keeps its links, outside the window.
    box = link.bounding_box()
    folded = box is None or box["x"] + box["width"] <= 0
    if folded:
        page.get_by_test_id("stExpandSidebarButton").click()
    link.click()
    expect(link).to_have_attribute("aria-current", "page")
    idle(page)
    if folded:
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        idle(page)
        # While it slides out, its links would still seem to be there for the next visit.
        page.wait_for_function(_SIDEBAR_IS_OUT)


def set_slider(page: Page, name: str, value: float) -> None:
    """Move a slider to a value with the arrow keys, as someone without a mouse does."""
    slider = page.get_by_role("slider", name=name)
    slider.focus()
    now = float(slider.input_value())
    while not math.isclose(now, value):
        before = now
        slider.press("ArrowRight" if before < value else "ArrowLeft")
        now = float(slider.input_value())
        if now == before or min(before, now) < value < max(before, now):
            raise AssertionError(f"slider {name!r} goes from {before} to {now}, never to {value}")
    idle(page)


def screenshot(page: Page, name: str) -> Path:
    """Save the whole page as a picture below ``build/screenshots`` and return where."""
    path = BUILD / "screenshots" / f"{name}.png"
    window = page.viewport_size or {"width": DESKTOP[0], "height": DESKTOP[1]}
    # The page scrolls inside the window, so the window has to grow until nothing scrolls.
    content = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    height = min(max(int(content), window["height"]), LONGEST_PICTURE)
    page.set_viewport_size({"width": window["width"], "height": height})
    idle(page)
    page.screenshot(path=path, animations="disabled")
    page.set_viewport_size(window)
    return path


# What the journeys took -------------------------------------------------------------------


@dataclass
class Timings:
    """Seconds and server memory of named steps; a report to read, never a test."""

    server: Server
    steps: list[dict[str, str | float]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what happens inside, as seconds and the server's memory afterwards."""
        start = time.perf_counter()
        yield
        self.steps.append(
            {
                "step": name,
                "test": os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0],
                "seconds": round(time.perf_counter() - start, 3),
                "server_mb": round(self.server.memory_mb(), 1),
            }
        )

    def note(self, name: str, ratio: float) -> None:
        """Keep a ratio for the report."""
        self.steps.append({"step": name, "ratio": round(ratio, 3)})

    def latencies(self, name: str, seconds: Sequence[float]) -> None:
        """Keep the middle and the slow end of what was done many times."""
        low_to_high = sorted(seconds)
        at = [low_to_high[round(q * (len(low_to_high) - 1))] for q in (0.5, 0.95)]
        self.steps.append(
            {"step": name, "p50_seconds": round(at[0], 3), "p95_seconds": round(at[1], 3)}
        )

    def write(self, path: Path) -> None:
        """Write the report as JSON."""
        report = {"cores": os.cpu_count(), "system": platform.platform(), "steps": self.steps}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
