"""The entry: ``streamlit run app.py`` and ``uvicorn app:app`` serve the same application."""

import os

# Before anything imports scikit-learn: threads that wait by spinning slow small fits a hundredfold.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pages.ui import warming
from pages.ui.headers import SecurityHeaders
from pages.ui.spool import upload_route
from pages.ui.visits import end_server

# Streamlit would look for the static folder beside the frame script; ours is beside this file.
BASE = f"/{st.get_option('server.baseUrlPath')}".rstrip("/")
STATIC = Mount(f"{BASE}/app/static", StaticFiles(directory=Path(__file__).parent / "static"))


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Get ready; end visits and workers when the server stops: no customer's file stays behind."""
    warming.begin()
    yield
    end_server()


app = st.App(
    "pages/ui/frame.py",
    lifespan=lifespan,
    routes=[Route("/readyz", warming.ready), upload_route(), STATIC],
    middleware=[Middleware(SecurityHeaders)],
)
