"""Getting ready: what the first visit would wait for is loaded while the server starts.

Enters: nothing. Leaves: whether the server is ready. The libraries take seconds to load; nobody who
opens the first page should pay for them, nor compete for the processor with the workers that load
the same ones.
"""

from __future__ import annotations

import importlib
import threading

from starlette.requests import Request
from starlette.responses import PlainTextResponse

from pages.ui import stale_reruns
from pages.ui.visits import pool
from segmentation.engine import preload

# What pages import beyond the frame around them.
_MODULES = ("segmentation.workflow", "segmentation.charts", "segmentation.export")
_READY = threading.Event()


def begin() -> None:
    """Load the libraries, then start the workers, without keeping anybody waiting."""
    stale_reruns.refuse()
    threading.Thread(target=_load, name="warming", daemon=True).start()


def _load() -> None:
    for module in _MODULES:
        importlib.import_module(module)
    preload()
    pool()
    _READY.set()


def ready(_request: Request) -> PlainTextResponse:
    """Answer ``ready``, or 503 and ``starting`` while the libraries are still being loaded."""
    if _READY.is_set():
        return PlainTextResponse("ready")
    return PlainTextResponse("starting", status_code=503)
