"""Large files on their way in: a slot that a visit opens, and the route that fills it.

Enters: a visit's own folder, and the body of a request. Leaves: a file in that folder and its
:class:`Arrival`. Refuses to know what the file holds, to keep more than a block of it in memory, or
to take a name from outside for a path. The route and the pages, one process, meet in ``SPOOL``.
"""

from __future__ import annotations

import errno
import logging
import os
import secrets
import threading
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

import anyio
import streamlit as st
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

_LOG = logging.getLogger(__name__)

DEFAULT_LIMIT_MB = 4096
NAME_LENGTH = 200
STALL_SECONDS = 120.0
_MB = 1024 * 1024
_SILENT = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})  # control, direction, line ends

# What the route may refuse, and the status of the answer; the code is all that the answer says.
REFUSALS: Mapping[str, int] = {
    "bad-length": 400,
    "busy": 409,
    "disconnected": 400,
    "disk-full": 507,
    "foreign-origin": 403,
    "not-stored": 500,
    "stalled": 408,
    "too-large": 413,
    "unknown-slot": 403,
}


class UploadRefused(Exception):
    """An upload that is not taken, or not to its end; its code is one of :data:`REFUSALS`."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.status = REFUSALS[code]
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that has arrived completely.

    Attributes
    ----------
    path : Path
        Where it is, under a name of our own.
    name : str
        What the user calls it, for display only; may be empty.
    size : int
        Bytes.
    """

    path: Path
    name: str
    size: int


@dataclass(slots=True)
class _Slot:
    folder: Path
    part: Path | None = None  # the one upload under way
    received: int = 0
    total: int | None = None
    arrival: Arrival | None = None


class Spool:
    """The open slots of all visits; safe to use from the pages' threads and the server's loop.

    A slot takes one upload at a time and holds the last file that arrived. That file belongs to
    the slot, which deletes it when the next one arrives, until :meth:`forget` hands it over.
    """

    def __init__(self) -> None:
        self._slots: dict[str, _Slot] = {}
        self._lock = threading.Lock()

    def open_slot(self, folder: Path) -> str:
        """Return an unguessable token; who holds it may upload into that existing folder."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._slots[token] = _Slot(folder)
        return token

    def close_slot(self, token: str) -> None:
        """Take no more uploads; one under way ends at its next block, arrived files stay."""
        with self._lock:
            self._slots.pop(token, None)

    def arrived(self, token: str) -> Arrival | None:
        """Return the file that has arrived last and is not yet forgotten, if any."""
        with self._lock:
            slot = self._slots.get(token)
            return slot.arrival if slot else None

    def progress(self, token: str) -> tuple[int, int | None]:
        """Return the bytes on disk of the current or last upload and, if announced, of how many."""
        with self._lock:
            slot = self._slots.get(token)
            return (slot.received, slot.total) if slot else (0, None)

    def forget(self, token: str) -> None:
        """Hand the arrived file over to the caller: the slot neither shows nor deletes it again."""
        with self._lock:
            if slot := self._slots.get(token):
                slot.arrival = None

    def begin(self, token: str, total: int | None) -> Path:
        """Claim a slot for one upload and return the path of its part file.

        Raises
        ------
        UploadRefused
            ``unknown-slot``, or ``busy`` while another upload is under way.
        """
        with self._lock:
            slot = self._open(token)
            if slot.part is not None:
                raise UploadRefused("busy")
            slot.part = slot.folder / f"incoming-{uuid.uuid4().hex}.part"
            slot.received, slot.total = 0, total
            return slot.part

    def advance(self, token: str, received: int) -> None:
        """Record the bytes on disk; raises ``UploadRefused`` when the slot was closed meanwhile."""
        with self._lock:
            self._open(token).received = received

    def finish(self, token: str, part: Path, name: str) -> Arrival:
        """Turn a complete part file into the slot's arrival, in place of the one before."""
        arrival = Arrival(part.with_suffix(".file"), name, part.stat().st_size)
        with self._lock:
            slot = self._open(token)
            part.replace(arrival.path)
            before, slot.arrival, slot.part = slot.arrival, arrival, None
        if before is not None:
            before.path.unlink(missing_ok=True)
        return arrival

    def release(self, token: str, part: Path) -> None:
        """Delete what is left of an upload and let the slot take the next one."""
        part.unlink(missing_ok=True)
        with self._lock:
            slot = self._slots.get(token)
            if slot is not None and slot.part == part:
                slot.part = None

    def _open(self, token: str) -> _Slot:
        if token not in self._slots:
            raise UploadRefused("unknown-slot")
        return self._slots[token]


SPOOL = Spool()


def limit_bytes() -> int:
    """Largest file the route takes, in bytes; ``SEGMENT_STUDIO_MAX_UPLOAD_MB`` changes it."""
    return int(os.environ.get("SEGMENT_STUDIO_MAX_UPLOAD_MB", DEFAULT_LIMIT_MB)) * _MB


def address(token: str) -> str:
    """Return the path that a browser posts a file to, below the app's base path if it has one."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"{'/' if base else ''}{base}/upload/{token}"


def display_name(header: str) -> str:
    r"""Return the file name from its URL-encoded header, fit to be shown and nothing else.

    Folders, control and direction characters are dropped; at most 200 characters are kept.

    Examples
    --------
    >>> display_name("..%2F%E5%AE%A2%E6%88%B7%0A.csv")
    '客户.csv'
    """
    last = unquote(header, errors="replace").replace("\\", "/").rpartition("/")[2]
    shown = (c for c in last if unicodedata.category(c) not in _SILENT)
    return "".join(shown).strip()[:NAME_LENGTH]


def upload_route(spool: Spool = SPOOL, limit: int | None = None) -> Route:
    """Return the route ``POST /upload/{token}`` that fills the slots of a spool.

    The body is the file itself; the header ``X-File-Name`` carries its URL-encoded name. The
    answer is ``{"size": bytes}`` with status 201, or ``{"code": …}`` with one of :data:`REFUSALS`.

    ``limit`` is the largest file in bytes, by default :func:`limit_bytes`.
    """
    most = limit_bytes() if limit is None else limit

    async def upload(request: Request) -> Response:
        try:
            arrival = await _receive(spool, request, most)
        except UploadRefused as refusal:
            return JSONResponse({"code": refusal.code}, refusal.status)
        return JSONResponse({"size": arrival.size}, 201)

    return Route(address("{token}"), upload, methods=["POST"])


async def _receive(spool: Spool, request: Request, limit: int) -> Arrival:
    _check_origin(request.headers)
    total = _announced(request.headers, limit)
    name = display_name(request.headers.get("x-file-name", ""))
    token = request.path_params["token"]
    part = spool.begin(token, total)
    try:
        await _write(spool, request, part, limit)
        return await to_thread.run_sync(spool.finish, token, part, name)
    except OSError as cause:
        raise _storage_refusal(cause) from cause
    finally:
        # Also when the server stops in the middle: a part file must not outlive its upload.
        with anyio.CancelScope(shield=True):
            await to_thread.run_sync(spool.release, token, part)


def _check_origin(headers: Mapping[str, str]) -> None:
    """Let another site's page not post here in a visitor's name; browsers always say who posts."""
    origin = headers.get("origin")
    if origin is None or origin in st.get_option("server.corsAllowedOrigins"):
        return
    if origin.partition("://")[2].casefold() != headers.get("host", "no host").casefold():
        raise UploadRefused("foreign-origin")


def _announced(headers: Mapping[str, str], limit: int) -> int | None:
    length = headers.get("content-length")
    if length is None:
        return None
    if not (length.isascii() and length.isdigit()):
        raise UploadRefused("bad-length")
    if len(length) > 18 or int(length) > limit:
        raise UploadRefused("too-large")
    return int(length)


async def _write(spool: Spool, request: Request, part: Path, limit: int) -> None:
    """Write the body block by block in worker threads, so that other visits go on meanwhile."""
    block, size, more = bytearray(), 0, True
    with part.open("xb") as file:
        while more:
            chunk, more = await _chunk(request)
            size += len(chunk)
            if size > limit:
                raise UploadRefused("too-large")
            block += chunk
            if len(block) >= _MB or not more:
                await to_thread.run_sync(_store, file, block)
                block.clear()
                spool.advance(request.path_params["token"], size)


async def _chunk(request: Request) -> tuple[bytes, bool]:
    """Return the next piece of the body and whether more follows."""
    try:
        with anyio.fail_after(STALL_SECONDS):
            message = await request.receive()
    except TimeoutError:
        raise UploadRefused("stalled") from None
    if message["type"] == "http.disconnect":
        raise UploadRefused("disconnected")
    return message.get("body", b""), message.get("more_body", False)


def _store(file: BinaryIO, block: bytearray) -> None:
    file.write(block)
    file.flush()


def _storage_refusal(cause: OSError) -> UploadRefused:
    if cause.errno in {errno.ENOSPC, errno.EDQUOT}:
        return UploadRefused("disk-full")
    _LOG.error("an upload could not be stored", exc_info=cause)
    return UploadRefused("not-stored")
