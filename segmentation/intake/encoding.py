"""Which characters do the bytes mean?

Enters: a file. Leaves: the name of its encoding and of those that fit almost as well. Refuses to
know what a table is. A byte-order mark decides, then valid UTF-8; else each candidate is
ranked by how many bytes are valid in it and how likely people wrote the text that it gives.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from segmentation.errors import UnknownFormat
from segmentation.intake.letters import likelihood

SAMPLE_BYTES = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encoding, the writing it serves, and how much rarer it is than Windows' own (log-probability).
_CANDIDATES = (
    ("cp1252", "western", 0.0),
    ("cp1250", "central", -2.0),
    ("cp1251", "cyrillic", -1.0),
    ("gb18030", "simplified", -1.0),
    ("big5", "traditional", -1.5),
    ("cp932", "japanese", -1.5),
    ("mac_roman", "western", -3.0),
    ("iso8859_2", "central", -2.5),
    ("cp1254", "turkish", -4.0),
    ("cp850", "western", -5.0),
    ("koi8_r", "cyrillic", -4.0),
    ("latin-1", "western", -5.0),
)
# What no text holds.
_NO_TABLES = (b"%PDF-", b"{\\rtf", b"%!PS")
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f]")
_BEYOND = re.compile(rb"[^\n\r]*[\x80-\xff][^\n\r]*[\r\n]*")
_JUDGED = 20_000
_FEW = 0.02
# A byte that is no character weighs as much as two characters that nobody writes.
_INVALID = -15.0
_OFFERED = 6
_BROKEN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding and how sure we are of it.

    Attributes
    ----------
    encoding : str
        Python's name of the encoding.
    confidence : float
        In [0, 1]; 1 where a byte-order mark or full UTF-8 validity decides.
    alternatives : tuple of str
        Encodings that give another text from the same bytes, the likeliest first.
    """

    encoding: str
    confidence: float
    alternatives: tuple[str, ...] = ()


def sample_of(path: Path) -> bytes:
    """Return the beginning of a file, and the first part beyond ASCII if the beginning has none."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
        if not head.isascii() or len(head) < SAMPLE_BYTES:
            return head
        while part := file.read(SAMPLE_BYTES):
            if not part.isascii():
                # Up to a line of ASCII alone belongs to no cut character.
                return head + part + file.read(SAMPLE_BYTES)
    return head


def guess_encoding(sample: bytes, name: str = "", chosen: str | None = None) -> Guess:
    r"""Guess the encoding of a text from its first bytes.

    Parameters
    ----------
    sample : bytes
        The beginning of the file; a character cut at its end does not count against a candidate.
    name : str
        File name for the error message.
    chosen : str, optional
        The user's own choice, which no guess replaces; the guesses become its alternatives.

    Returns
    -------
    Guess

    Raises
    ------
    UnknownFormat
        When the bytes are no text (control characters; NUL bytes that are not half of UTF-16).

    Examples
    --------
    >>> guess_encoding("名称,城市\n李雷,北京\n".encode("gb18030")).encoding
    'gb18030'
    """
    if chosen:
        ranked = (encoding for _, encoding in _ranked(sample))
        others = ("utf-8", *ranked) if _decodes(sample, "utf-8") else tuple(ranked)
        return Guess(chosen, 1.0, tuple(other for other in others if other != chosen))
    return _guess(sample, name)


def _guess(sample: bytes, name: str) -> Guess:
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            return Guess(encoding, 1.0)
    if sample.startswith(_NO_TABLES):
        raise UnknownFormat(name=name)
    if wide := _wide_without_mark(sample):
        return wide
    controls = _CONTROL.findall(sample.replace(b"\0", b"").decode("latin-1"))
    if controls and (b"\0" in sample or len(controls) > _FEW * len(sample)):
        raise UnknownFormat(name=name)
    if _decodes(sample.replace(b"\0", b""), "utf-8"):
        return Guess("utf-8", 1.0)
    ranked = _ranked(sample)
    others = tuple(encoding for _, encoding in ranked)
    if sure := _mostly_utf8(sample):
        return Guess("utf-8", sure, others)
    return Guess(others[0], _confidence(ranked), others[1:])


def _ranked(sample: bytes) -> list[tuple[float, str]]:
    """Rank the candidates; one of those that give the same text."""
    lines = b"".join(_judged(sample))
    found: dict[str, tuple[float, str]] = {}
    for encoding, script, prior in _CANDIDATES:
        text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(lines, final=False)
        invalid = text.count(_BROKEN) * _INVALID
        found.setdefault(text, (likelihood(text, script) + prior + invalid, encoding))
    return sorted(found.values(), reverse=True)[:_OFFERED]


def _judged(sample: bytes) -> Iterator[bytes]:
    """Yield lines with bytes beyond ASCII, enough to judge by."""
    length = 0
    for found in _BEYOND.finditer(sample):
        yield found[0]
        length += len(found[0])
        if length > _JUDGED:
            return


def _confidence(ranked: list[tuple[float, str]]) -> float:
    """Odds of the best candidate against the next; characters of one text are not independent."""
    lead = ranked[0][0] - ranked[1][0]
    return min(0.99, 1 / (1 + math.exp(-lead / 3)))


def _mostly_utf8(sample: bytes) -> float:
    """Return how sure it is UTF-8 with a few broken bytes; 0 where it is rather something else.

    Valid sequences of several bytes hardly come about by chance, and the longer the less so.
    """
    lines = b"".join(_judged(sample))
    text = codecs.getincrementaldecoder("utf-8")(errors="replace").decode(lines, final=False)
    marks = text.count(_BROKEN)
    broken = marks - lines.count(_BROKEN.encode())
    whole = sum(2 if sign > "\u07ff" else 1 for sign in text if sign > "\x7f") - 2 * marks
    return 0.0 if whole < 3 * broken else whole / (whole + broken)


def _wide_without_mark(sample: bytes) -> Guess | None:
    """Recognise UTF-16 without a mark: line ends of two bytes, and characters that people write."""
    if b"\0" not in sample:
        return None
    found = []
    for encoding, end in (("utf-16-le", b"\n\0"), ("utf-16-be", b"\0\n")):
        if not _decodes(sample, encoding):
            continue
        text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
        plain = sum(1 for sign in text if sign.isascii())
        if (end in sample or plain > len(text) / 2) and not _CONTROL.search(text):
            found.append((plain, encoding))
    if not found:
        return None
    return Guess(max(found)[1], 0.9, tuple(encoding for _, encoding in sorted(found)[:-1]))


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample, final=False)
    except UnicodeDecodeError:
        return False
    return True
