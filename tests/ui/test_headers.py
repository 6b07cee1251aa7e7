import asyncio

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.ui import street
from pages.ui.headers import CONTENT_SECURITY_POLICY, HEADERS, SecurityHeaders


def answering(*headers: tuple[bytes, bytes]) -> ASGIApp:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": b"page"})

    return app


def messages_of(app: ASGIApp, kind: str = "http") -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    asyncio.run(SecurityHeaders(app)({"type": kind, "headers": []}, receive, send))
    return sent


def headers_of(app: ASGIApp) -> list[tuple[str, str]]:
    return [(name.decode(), value.decode()) for name, value in messages_of(app)[0]["headers"]]


@pytest.mark.parametrize("name", HEADERS)
def test_every_response_carries_the_header(name: str) -> None:
    assert (name.lower(), HEADERS[name]) in headers_of(answering((b"content-type", b"text/html")))


def test_what_the_application_says_otherwise_is_kept() -> None:
    assert ("content-type", "text/html") in headers_of(answering((b"content-type", b"text/html")))
    assert messages_of(answering())[1]["body"] == b"page"


def test_a_header_of_the_application_is_replaced_not_repeated() -> None:
    given = headers_of(answering((b"x-frame-options", b"ALLOWALL")))
    assert [value for name, value in given if name == "x-frame-options"] == ["SAMEORIGIN"]


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
def test_what_is_not_http_passes_untouched(kind: str) -> None:
    plain = answering()
    assert messages_of(plain, kind)[0]["headers"] == []


@pytest.mark.parametrize("directive", CONTENT_SECURITY_POLICY)
def test_the_policy_allows_no_other_host(directive: str) -> None:
    sources = CONTENT_SECURITY_POLICY[directive].split()
    ours = {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "'wasm-unsafe-eval'"}
    assert set(sources) <= ours | {"blob:", "data:"}


def test_nothing_is_sent_anywhere_but_here() -> None:
    for directive in ("connect-src", "form-action", "base-uri", "frame-ancestors"):
        assert CONTENT_SECURITY_POLICY[directive] == "'self'"


def test_the_policy_is_one_line_with_every_directive() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert [part.split()[0] for part in policy.split("; ")] == list(CONTENT_SECURITY_POLICY)
    assert "\n" not in policy


def test_no_other_host_is_named_unless_a_street_map_is_allowed() -> None:
    assert not street.TILES_FROM
    assert not any("http" in sources for sources in CONTENT_SECURITY_POLICY.values())


@pytest.mark.parametrize(
    ("setting", "host"),
    [
        ("", ""),
        ("OpenStreetMap", "https://tile.openstreetmap.org"),
        ("https://maps.example.org:8080/{z}/{x}/{y}.png", "https://maps.example.org:8080"),
        ("https://evil.example.org; script-src *//{z}", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_street_map_opens_one_host_and_nothing_else(setting: str, host: str) -> None:
    assert street.host_of(street.street_of(setting)) == host
