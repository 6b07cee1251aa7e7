"""The rows of a large file in UTF-8, as bytes: the quick way past decoding and encoding them anew.

Enters: a window. Leaves: the rows' bytes in parts that end with a line. Refuses every window whose
rows can only be found as text.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from segmentation.errors import CellTooLong
from segmentation.intake.limits import MAX_LINE_BYTES
from segmentation.intake.records import cleaned
from segmentation.intake.window import Window

_CHUNK = 1 << 22
_BROKEN = "\ufffd"


def plain_start(window: Window) -> int | None:
    """Return where the rows begin, in bytes.

    Parameters
    ----------
    window : Window

    Returns
    -------
    int or None
        None for small files, other encodings, and rows below lines that end with a return alone.
    """
    if window.text is not None or window.encoding not in ("utf-8", "utf-8-sig"):
        return None
    with window.path.open("rb") as file:
        if window.encoding == "utf-8-sig" and file.read(3) != codecs.BOM_UTF8:
            file.seek(0)
        for _ in range(window.skip):
            line = file.readline(MAX_LINE_BYTES)
            if not line.endswith(b"\n") or b"\r" in line[:-2]:
                return None
        return file.tell()


def whole_lines(window: Window, start: int) -> Iterator[bytes]:
    """Yield the rows' bytes in parts that end with a line.

    Parameters
    ----------
    window : Window
    start : int
        Where they begin.

    Yields
    ------
    bytes

    Raises
    ------
    CellTooLong
        At a line over the limit.
    """
    end = window.path.stat().st_size if window.end is None else window.end
    rest = b""
    with window.path.open("rb") as file:
        file.seek(start)
        while chunk := file.read(min(_CHUNK, end - file.tell())):
            rest += chunk
            if window.advance is not None:
                window.advance(file.tell())
            # A return at the very end may be half of a line end.
            cut = max(rest.rfind(b"\n"), rest.rfind(b"\r", 0, len(rest) - 1)) + 1
            if len(rest) - cut >= MAX_LINE_BYTES:
                raise CellTooLong(limit_mb=MAX_LINE_BYTES // 1_000_000)
            if cut:
                yield rest[:cut]
                rest = rest[cut:]
    if rest:
        yield rest if rest.endswith((b"\r", b"\n")) else rest + b"\n"


def is_clean(part: bytes) -> bool:
    r"""Tell whether bytes are UTF-8 in which nothing is to be counted or removed.

    Examples
    --------
    >>> is_clean("Ünal\n".encode()), is_clean(b"\xff\n"), is_clean(b"a\0b\n")
    (True, False, False)
    """
    if part.isascii():
        return b"\0" not in part
    try:
        text = part.decode()
    except UnicodeDecodeError:
        return False
    return _BROKEN not in text and cleaned(text) == text
