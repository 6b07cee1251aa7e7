import asyncio
import errno
import json
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import anyio
import pytest
import streamlit as st
from starlette.routing import Route
from starlette.types import Message

from pages.ui import spool as spool_module
from pages.ui.spool import (
    REFUSALS,
    Arrival,
    Spool,
    address,
    display_name,
    limit_bytes,
    upload_route,
)
from segmentation.intake.limits import MAX_FILE_MB

HOST = "studio.example"
BLOCK = 1024 * 1024


@dataclass
class Answer:
    status: int
    content: dict[str, object]

    @property
    def code(self) -> object:
        return self.content.get("code")


@dataclass
class Caller:
    """A browser without a network: feeds an ASGI route and keeps its answer."""

    spool: Spool
    limit: int | None = None
    route: Route = field(init=False)

    def __post_init__(self) -> None:
        self.route = upload_route(self.spool, self.limit)

    async def post(
        self,
        token: str,
        messages: AsyncIterator[Message] | Iterable[bytes],
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        source = messages if isinstance(messages, AsyncIterator) else whole(messages)
        sent: list[Message] = []

        async def receive() -> Message:
            return await anext(source)

        async def send(message: Message) -> None:
            sent.append(message)

        given = {"host": HOST, **(headers or {})}
        scope = {
            "type": "http",
            "method": "POST",
            "path": address(token),
            "raw_path": address(token).encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()],
        }
        _, child = self.route.matches(scope)
        await self.route.handle({**scope, **child}, receive, send)
        body = b"".join(message.get("body", b"") for message in sent)
        return Answer(sent[0]["status"], json.loads(body))

    def posted(
        self, token: str, pieces: Iterable[bytes], headers: Mapping[str, str] | None = None
    ) -> Answer:
        return asyncio.run(self.post(token, pieces, headers))


async def whole(pieces: Iterable[bytes]) -> AsyncIterator[Message]:
    for piece in pieces:
        yield {"type": "http.request", "body": piece, "more_body": True}
    yield {"type": "http.request", "body": b"", "more_body": False}


async def broken_off(pieces: Iterable[bytes]) -> AsyncIterator[Message]:
    for piece in pieces:
        yield {"type": "http.request", "body": piece, "more_body": True}
    yield {"type": "http.disconnect"}


async def waiting(pieces: Iterable[bytes], go_on: asyncio.Event) -> AsyncIterator[Message]:
    for piece in pieces:
        yield {"type": "http.request", "body": piece, "more_body": True}
    await go_on.wait()
    yield {"type": "http.request", "body": b"", "more_body": False}


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.005)


@pytest.fixture
def spool() -> Spool:
    return Spool()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def token(spool: Spool, folder: Path) -> str:
    return spool.open_slot(folder)


@pytest.fixture
def caller(spool: Spool) -> Caller:
    return Caller(spool)


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def arrival_of(spool: Spool, token: str) -> Arrival:
    arrival = spool.arrived(token)
    assert arrival is not None
    return arrival


# A file arrives ---------------------------------------------------------------------------


def test_a_file_arrives_byte_by_byte_as_it_was_sent(
    caller: Caller, spool: Spool, token: str, folder: Path
) -> None:
    pieces = [os.urandom(size) for size in (1, BLOCK - 1, 3 * BLOCK + 7, 65_536, 0, 5)]
    answer = caller.posted(token, pieces, {"x-file-name": "customers.csv"})
    arrival = arrival_of(spool, token)
    assert (answer.status, answer.content) == (201, {"size": 4 * BLOCK + 65_548})
    assert arrival.path.read_bytes() == b"".join(pieces)
    assert (arrival.name, arrival.size) == ("customers.csv", 4 * BLOCK + 65_548)
    assert files(folder) == [arrival.path]


def test_an_empty_file_arrives_too(caller: Caller, spool: Spool, token: str) -> None:
    assert caller.posted(token, []).status == 201
    assert arrival_of(spool, token).path.read_bytes() == b""


def test_the_progress_is_what_is_on_disk_of_what_was_announced(
    caller: Caller, spool: Spool, token: str
) -> None:
    async def story() -> tuple[int, int | None]:
        go_on = asyncio.Event()
        pieces = [bytes(2 * BLOCK), b"rest"]
        body = waiting(pieces, go_on)
        task = asyncio.create_task(caller.post(token, body, {"content-length": "2097156"}))
        await until(lambda: spool.progress(token)[0] > 0)
        halfway = spool.progress(token)
        go_on.set()
        await task
        return halfway

    assert asyncio.run(story()) == (2 * BLOCK, 2_097_156)
    assert spool.progress(token) == (2_097_156, 2_097_156)


def test_without_an_announced_length_the_total_is_unknown(
    caller: Caller, spool: Spool, token: str
) -> None:
    caller.posted(token, [b"abc"])
    assert spool.progress(token) == (3, None)


def test_the_next_file_takes_the_place_of_the_one_before(
    caller: Caller, spool: Spool, token: str, folder: Path
) -> None:
    caller.posted(token, [b"first"])
    caller.posted(token, [b"second"])
    assert arrival_of(spool, token).path.read_bytes() == b"second"
    assert len(files(folder)) == 1


def test_a_forgotten_file_belongs_to_the_caller(caller: Caller, spool: Spool, token: str) -> None:
    caller.posted(token, [b"first"])
    mine = arrival_of(spool, token).path
    spool.forget(token)
    assert spool.arrived(token) is None
    caller.posted(token, [b"second"])
    assert mine.read_bytes() == b"first"


# Who may upload ---------------------------------------------------------------------------


def test_tokens_cannot_be_guessed_and_are_never_given_twice(spool: Spool, folder: Path) -> None:
    tokens = {spool.open_slot(folder) for _ in range(100)}
    assert len(tokens) == 100
    assert min(len(token) for token in tokens) >= 43  # 256 bits


def test_an_unknown_token_is_refused_and_nothing_is_written(caller: Caller, folder: Path) -> None:
    answer = caller.posted("guess", [b"abc"])
    assert (answer.status, answer.content) == (403, {"code": "unknown-slot"})
    assert not files(folder)


def test_a_closed_slot_takes_nothing_and_knows_nothing(
    caller: Caller, spool: Spool, token: str
) -> None:
    caller.posted(token, [b"abc"])
    spool.close_slot(token)
    assert caller.posted(token, [b"abc"]).code == "unknown-slot"
    assert spool.arrived(token) is None
    assert spool.progress(token) == (0, None)
    spool.forget(token)
    spool.close_slot(token)


def test_a_slot_closed_during_an_upload_ends_it_and_leaves_nothing(
    caller: Caller, spool: Spool, token: str, folder: Path
) -> None:
    async def story() -> Answer:
        go_on = asyncio.Event()
        task = asyncio.create_task(caller.post(token, waiting([bytes(BLOCK)], go_on)))
        await until(lambda: spool.progress(token)[0] > 0)
        spool.close_slot(token)
        go_on.set()
        return await task

    assert asyncio.run(story()).code == "unknown-slot"
    assert not files(folder)


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "https://studio.example.evil.example",
        "https://studio.example:8501",
        "http://[",
        "null",
        "",
    ],
)
def test_a_page_of_another_site_is_refused(
    caller: Caller, token: str, folder: Path, origin: str
) -> None:
    answer = caller.posted(token, [b"abc"], {"origin": origin})
    assert (answer.status, answer.code) == (403, "foreign-origin")
    assert not files(folder)


@pytest.mark.parametrize("origin", ["https://studio.example", "http://STUDIO.example"])
def test_our_own_page_and_programs_are_not_foreign(caller: Caller, token: str, origin: str) -> None:
    assert caller.posted(token, [b"abc"], {"origin": origin}).status == 201
    assert caller.posted(token, [b"abc"]).status == 201


def test_an_origin_that_the_server_trusts_is_not_foreign(
    caller: Caller, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"server.corsAllowedOrigins": ["https://front.example"], "server.baseUrlPath": ""}
    monkeypatch.setattr(st, "get_option", options.__getitem__)
    assert caller.posted(token, [b"abc"], {"origin": "https://front.example"}).status == 201


def test_a_second_upload_waits_for_the_first_to_end(
    caller: Caller, spool: Spool, token: str
) -> None:
    async def story() -> tuple[Answer, Answer, Answer]:
        go_on = asyncio.Event()
        task = asyncio.create_task(caller.post(token, waiting([bytes(BLOCK)], go_on)))
        await until(lambda: spool.progress(token)[0] > 0)
        second = await caller.post(token, [b"second"])
        go_on.set()
        first = await task
        return first, second, await caller.post(token, [b"third"])

    first, second, third = asyncio.run(story())
    assert (second.status, second.code) == (409, "busy")
    assert (first.status, third.status) == (201, 201)
    assert arrival_of(spool, token).path.read_bytes() == b"third"


def test_two_visits_upload_at_the_same_time(caller: Caller, spool: Spool, tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    tokens = [spool.open_slot(folder) for folder in folders]

    async def story() -> list[Answer]:
        go_on = asyncio.Event()
        tasks = [
            asyncio.create_task(caller.post(token, waiting([bytes(BLOCK)], go_on)))
            for token in tokens
        ]
        await until(lambda: all(spool.progress(token)[0] > 0 for token in tokens))
        go_on.set()
        return await asyncio.gather(*tasks)

    assert [answer.status for answer in asyncio.run(story())] == [201, 201]
    assert [len(files(folder)) for folder in folders] == [1, 1]


# How much ---------------------------------------------------------------------------------


def test_a_file_announced_over_the_limit_is_refused_before_it_is_read(
    spool: Spool, token: str, folder: Path
) -> None:
    async def never() -> AsyncIterator[Message]:
        pytest.fail("the body was read")
        yield {}

    post = Caller(spool, limit=10).post(token, never(), {"content-length": "11"})
    answer = asyncio.run(post)
    assert (answer.status, answer.content) == (413, {"code": "too-large"})
    assert not files(folder)


def test_a_file_that_grows_over_the_limit_is_refused_and_leaves_nothing(
    spool: Spool, token: str, folder: Path
) -> None:
    caller = Caller(spool, limit=3 * BLOCK)
    answer = caller.posted(token, [bytes(BLOCK)] * 4, {"content-length": "5"})
    assert (answer.status, answer.code) == (413, "too-large")
    assert not files(folder)
    assert caller.posted(token, [bytes(BLOCK)] * 3).status == 201


@pytest.mark.parametrize("length", ["-1", "ten", "1e3", "²", ""])
def test_a_length_that_is_no_number_is_refused(caller: Caller, token: str, length: str) -> None:
    assert caller.posted(token, [b"abc"], {"content-length": length}).code == "bad-length"


def test_a_length_beyond_all_numbers_is_too_large(caller: Caller, token: str) -> None:
    assert caller.posted(token, [b"abc"], {"content-length": "9" * 5000}).code == "too-large"


def test_the_limit_is_what_the_reader_takes_unless_the_environment_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SEGMENT_STUDIO_MAX_UPLOAD_MB", raising=False)
    assert limit_bytes() == MAX_FILE_MB * 1024 * 1024
    monkeypatch.setenv("SEGMENT_STUDIO_MAX_UPLOAD_MB", "2")
    assert limit_bytes() == 2 * 1024 * 1024


def test_the_environments_limit_is_the_routes(
    spool: Spool, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEGMENT_STUDIO_MAX_UPLOAD_MB", "1")
    caller = Caller(spool)
    assert caller.posted(token, [bytes(BLOCK)]).status == 201
    assert caller.posted(token, [bytes(BLOCK + 1)]).code == "too-large"


# What goes wrong --------------------------------------------------------------------------


def test_a_connection_lost_on_the_way_leaves_nothing_and_frees_the_slot(
    caller: Caller, spool: Spool, token: str, folder: Path
) -> None:
    answer = asyncio.run(caller.post(token, broken_off([bytes(2 * BLOCK), b"abc"])))
    assert answer.code == "disconnected"
    assert not files(folder)
    assert spool.arrived(token) is None
    assert caller.posted(token, [b"again"]).status == 201


def test_a_lost_upload_does_not_touch_the_file_before_it(
    caller: Caller, spool: Spool, token: str
) -> None:
    caller.posted(token, [b"first"])
    asyncio.run(caller.post(token, broken_off([b"second"])))
    assert arrival_of(spool, token).path.read_bytes() == b"first"


def test_a_server_that_stops_leaves_nothing(
    caller: Caller, spool: Spool, token: str, folder: Path
) -> None:
    async def story() -> None:
        body = waiting([bytes(BLOCK)], asyncio.Event())
        async with anyio.create_task_group() as group:
            group.start_soon(caller.post, token, body)
            await until(lambda: spool.progress(token)[0] > 0)
            group.cancel_scope.cancel()

    asyncio.run(story())
    assert not files(folder)


def test_a_connection_that_says_nothing_more_is_given_up(
    caller: Caller, token: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool_module, "STALL_SECONDS", 0.05)
    answer = asyncio.run(caller.post(token, waiting([b"abc"], asyncio.Event())))
    assert (answer.status, answer.code) == (408, "stalled")
    assert not files(folder)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_leaves_nothing(
    caller: Caller, token: str, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(_file: BinaryIO, _block: bytearray) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(spool_module, "_store", full)
    answer = caller.posted(token, [b"abc"])
    assert (answer.status, answer.code) == (507, "disk-full")
    assert not files(folder)


def test_a_slow_disk_keeps_nobody_else_waiting(
    caller: Caller, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on, store = threading.Event(), threading.Event(), spool_module._store

    def slow(file: BinaryIO, block: bytearray) -> None:
        reached.set()
        assert go_on.wait(20), "the server's loop stood still"
        store(file, block)

    async def story() -> Answer:
        task = asyncio.create_task(caller.post(token, whole([b"abc"])))
        await until(reached.is_set)
        go_on.set()
        return await task

    monkeypatch.setattr(spool_module, "_store", slow)
    assert asyncio.run(story()).status == 201


def test_a_folder_that_is_gone_is_said(
    caller: Caller, spool: Spool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    token = spool.open_slot(tmp_path / "gone")
    answer = caller.posted(token, [b"abc"])
    assert (answer.status, answer.code) == (500, "not-stored")
    assert "could not be stored" in caplog.text


def test_every_refusal_has_the_status_of_a_failure() -> None:
    assert all(400 <= status < 600 for status in REFUSALS.values())


# The name ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("customers.csv", "customers.csv"),
        ("%E5%AE%A2%E6%88%B7%20%E8%A1%A8.xlsx", "客户 表.xlsx"),
        ("..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("C%3A%5Cfakepath%5Ca.csv", "a.csv"),
        ("a%00b%0d%0ac%1b%5B31m.csv", "abc[31m.csv"),
        ("%E2%80%AEvsc.exe", "vsc.exe"),
        ("a%E2%80%A8b", "ab"),
        ("%FF%FE", "\N{REPLACEMENT CHARACTER}" * 2),
        ("a%ED%A0%80", "a" + "\N{REPLACEMENT CHARACTER}" * 3),
        ("", ""),
        ("%2F", ""),
        ("x" * 500, "x" * 200),
    ],
)
def test_a_name_is_shown_without_what_could_deceive(header: str, shown: str) -> None:
    assert display_name(header) == shown


def test_a_name_never_becomes_a_path(
    caller: Caller, spool: Spool, token: str, folder: Path
) -> None:
    caller.posted(token, [b"abc"], {"x-file-name": "..%2F..%2Fevil.csv"})
    arrival = arrival_of(spool, token)
    assert arrival.path.parent == folder
    assert "evil" not in arrival.path.name
    assert not list(folder.parent.rglob("*evil*"))


def test_the_address_is_below_the_apps_base_path(monkeypatch: pytest.MonkeyPatch) -> None:
    assert address("abc") == "/upload/abc"
    monkeypatch.setattr(st, "get_option", lambda _: "/tools/studio/")
    assert address("abc") == "/tools/studio/upload/abc"


def test_the_route_takes_posts_only() -> None:
    assert upload_route(Spool(), 1).methods == {"POST"}
