"""Which characters do the bytes mean?

Enters: a file. Leaves: the name of its encoding. Refuses to know
what a table is. Candidates are ranked by byte validity first and by how common the characters
would be second: a Big5 file is often also valid GB18030, but then full of rare characters.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from segmentation.errors import UnknownFormat

SAMPLE_BYTES = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Lead bytes of each standard's first level, the characters in everyday use.
_EVERYDAY_LEADS = {"gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6)}
_EVERYDAY_TRAILS = {"gb18030": (0xA1, 0xFE), "big5": (0x40, 0xFE)}
# Punctuation and full-width signs, neither for nor against a standard.
_SIGNS = {"gb18030": (0xA1, 0xA3), "big5": (0xA1, 0xA3)}
# What no text holds.
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f]")
# Characters of two bytes in a row: a lead above ASCII, then any byte that may follow one.
_WIDE_RUN = re.compile(rb"(?:[\x80-\xff][\x30-\xff])+")


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding and how sure we are of it.

    Attributes
    ----------
    encoding : str
        Python's name of the encoding.
    confidence : float
        In [0, 1]; 1 where a byte-order mark or full UTF-8 validity decides.
    """

    encoding: str
    confidence: float


def guess_encoding(sample: bytes, name: str = "") -> Guess:
    r"""Guess the encoding of a text from its first bytes.

    Parameters
    ----------
    sample : bytes
        The beginning of the file; a character cut at its end does not count against a candidate.
    name : str
        File name for the error message.

    Returns
    -------
    Guess

    Raises
    ------
    UnknownFormat
        When the bytes are no text (NUL bytes without a UTF-16 or UTF-32 mark).

    Examples
    --------
    >>> guess_encoding("名称,城市\n李雷,北京\n".encode("gb18030")).encoding
    'gb18030'
    """
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            return Guess(encoding, 1.0)
    if b"\0" in sample:
        return _wide_without_mark(sample, name)
    if _decodes(sample, "utf-8"):
        return Guess("utf-8", 1.0)
    ranked = sorted(((_everyday(sample, e), e) for e in _EVERYDAY_LEADS), reverse=True)
    best, encoding = ranked[0]
    if best >= 0.6:
        return Guess(encoding, best)
    return Guess("cp1252" if _decodes(sample, "cp1252") else "latin-1", 0.5)


def _wide_without_mark(sample: bytes, name: str) -> Guess:
    """Recognise UTF-16 without a mark by where its zero bytes stand."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    for zeros, other, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros > 0.3 * len(sample) / 2 and other < 0.05 * zeros and _decodes(sample, encoding):
            text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
            if not _CONTROL.search(text):
                return Guess(encoding, 0.9)
    raise UnknownFormat(name=name)


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _everyday(sample: bytes, encoding: str) -> float:
    """Share of double-byte characters that are everyday ones, 0 where the bytes are invalid.

    A single one beside a Latin letter speaks against: there it is an accented letter of a Western
    encoding that swallowed its neighbour (``Äpfel``).
    """
    if not _decodes(sample, encoding):
        return 0.0
    (low, high), (first, last) = _EVERYDAY_LEADS[encoding], _EVERYDAY_TRAILS[encoding]
    signs, everyday, seen = _SIGNS[encoding], 0, 0
    for run in _WIDE_RUN.finditer(sample):
        pairs = run[0][: len(run[0]) // 2 * 2]
        beside_letter = sample[run.end() : run.end() + 1].isalpha() or (
            sample[max(run.start() - 1, 0) : run.start()].isalpha()
        )
        for lead, trail in zip(pairs[::2], pairs[1::2], strict=True):
            if signs[0] <= lead <= signs[1]:
                continue
            seen += 1
            single = len(pairs) == 2 and beside_letter
            everyday += not single and low <= lead <= high and first <= trail <= last
    return everyday / seen if seen else 0.0
