"""Response headers that keep a page from loading, sending or framing what is not ours.

Enters: any ASGI application. Leaves: the same application, whose every HTTP response carries
:data:`HEADERS`. Refuses to know what the response is about.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.ui.street import TILES_FROM

# Scripts: Streamlit's interface and our drop zone start from inline scripts, Vega compiles its
# expressions ('unsafe-eval'), and the maps decode in workers made from blobs. What protects a visit
# is the rest: nothing is loaded from, or sent to, any other host, so even a picture smuggled in
# through a column's name stays unloaded. The one exception is the street map's host, where whoever
# runs the server allows one: the map asks it for pictures.
_TILES = f" {TILES_FROM}" if TILES_FROM else ""
CONTENT_SECURITY_POLICY: Mapping[str, str] = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": f"'self' data: blob:{_TILES}",
    "font-src": "'self' data:",
    "connect-src": f"'self'{_TILES}",
    "worker-src": "'self' blob:",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join(
        f"{directive} {sources}" for directive, sources in CONTENT_SECURITY_POLICY.items()
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # an address may name a visit
    "X-Frame-Options": "SAMEORIGIN",  # for browsers that do not know frame-ancestors
}


class SecurityHeaders:
    """ASGI middleware that sets :data:`HEADERS` on every HTTP response.

    Parameters
    ----------
    app : ASGIApp
        The application to protect; web sockets and its start and stop pass untouched.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, adding the headers to the start of the response."""

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_protected if scope["type"] == "http" else send)
