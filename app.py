"""The entry: ``streamlit run app.py`` and ``uvicorn app:app`` serve the same application.

It only puts parts together; the script that draws the pages is ``pages/ui/frame.py``. A script that
lay beside ``pages/`` would let Streamlit run a page without its frame.
"""

import os

# Before anything imports scikit-learn: OpenMP threads that wait by spinning make small fits a
# hundred times slower on busy cores.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pages.ui.headers import SecurityHeaders
from pages.ui.spool import upload_route

STATIC = StaticFiles(directory=Path(__file__).parent / "static", check_dir=False)


async def ready(_request: Request) -> PlainTextResponse:
    """Say that visits can be served; an address that nobody serves would show the app instead."""
    return PlainTextResponse("ready")


app = st.App(
    "pages/ui/frame.py",
    routes=[Route("/readyz", ready), upload_route(), Mount("/app/static", STATIC)],
    middleware=[Middleware(SecurityHeaders)],
)
