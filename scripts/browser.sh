#!/bin/sh
# Make sure that a Chromium starts for the browser tests, and that it can draw Chinese text.
# The tests use the system's chromium when there is one, else the one that Playwright fetched.
# usage: sh scripts/browser.sh .venv/bin/python
set -eu

here=$(dirname "$0")
py=$1

has() {
    command -v "$1" >/dev/null 2>&1
}

distribution() {
    if [ -r /etc/os-release ]; then
        (. /etc/os-release && echo "${ID:-}")
    fi
}

if ! has chromium; then
    if has apt-get && [ "$(id -u)" -eq 0 ] && [ "$(distribution)" != ubuntu ]; then
        sh "$here/need.sh" "A browser for the tests" "" chromium
    elif has apt-get && [ "$(id -u)" -eq 0 ]; then
        # Ubuntu's chromium is a snap, which neither containers nor this command can start.
        "$py" -m playwright install --with-deps chromium
    else
        "$py" -m playwright install chromium
    fi || {
        echo "No browser for the tests. Install Chromium (Debian: sudo apt-get install chromium)" >&2
        echo "or let Playwright fetch its own: $py -m playwright install chromium" >&2
        exit 1
    }
fi

if [ "$(uname)" = Linux ] && has fc-list && [ -z "$(fc-list :lang=zh)" ]; then
    if has apt-get && [ "$(id -u)" -eq 0 ]; then
        sh "$here/need.sh" "A font for Chinese text" "" fonts-noto-cjk
    else
        echo "No font for Chinese text: screenshots will show boxes. It is in fonts-noto-cjk." >&2
    fi
fi

"$py" - <<'PYTHON' || {
import shutil
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox"]
    ).close()
PYTHON
    echo "Chromium is installed but does not start; the lines above say why. Libraries that are" >&2
    echo "missing come with: sudo $py -m playwright install-deps chromium" >&2
    exit 1
}
