"""How likely does a character of East Asia stand in a customer list?

Enters: a character and its neighbours. Leaves: the logarithm of a probability, on one scale with
:mod:`segmentation.intake.letters`. Refuses to know words: the characters of everyday texts, names
and places are told from the thousands that a wrong encoding hits.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from pathlib import Path

_WRITING = tomllib.loads(Path(__file__).with_name("writing.toml").read_text(encoding="utf-8"))
_SETS = {script: "".join(text.split()) for script, text in _WRITING["characters"].items()}
COMMON = {
    "simplified": frozenset(_SETS["shared"] + _SETS["simplified"]),
    "traditional": frozenset(_SETS["shared"] + _SETS["traditional"]),
    "japanese": frozenset(_SETS["japanese"]),
}
# Lead bytes of each standard's first level, the characters in everyday use.
_FIRST_LEVEL = {
    "simplified": ("gb2312", 0xB0, 0xD7),
    "traditional": ("big5", 0xA4, 0xC6),
    "japanese": ("shift_jis", 0x88, 0x97),
}
_SIGNS = frozenset("，。、：；？！（）「」『』【】《》〈〉…—－～・￥％　”“’‘·")  # noqa: RUF001 - Chinese marks
_COMMON, _KANA, _SIGN, _LETTER = (math.log(p) for p in (1 / 800, 1 / 120, 1 / 100, 1 / 1000))
_EVERYDAY, _ODD, _RARE, _WRONG = (math.log(p) for p in (1 / 15_000, 1e-4, 1e-6, 1e-7))


def score(before: str, sign: str, after: str, script: str) -> float:
    """Return the log-probability of a character between its neighbours.

    Parameters
    ----------
    before, after : str
        The neighbours; empty at an end of the text.
    sign : str
        The character, beyond ASCII.
    script : str
        A key of ``COMMON``.

    Examples
    --------
    >>> score("李", "雷", ",", "simplified") > score("", "鏉", "庨", "simplified")
    True
    """
    own = _alone(sign, script)
    if "\uff61" <= sign <= "\uff9f":  # katakana of one byte: in rows of their own kind
        return own if _beside_half_width(before, after) else own + _ODD
    if (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()):
        return own + math.log(0.05)
    return own


def _beside_half_width(before: str, after: str) -> bool:
    return any("\uff61" <= other <= "\uff9f" for other in (before, after))


@cache
def _alone(sign: str, script: str) -> float:
    found = _WRONG
    if sign in COMMON[script]:
        found = _COMMON
    elif sign in _SIGNS:
        found = _SIGN
    elif "\uff01" <= sign <= "\uff5e":
        found = _LETTER
    elif "\u3041" <= sign <= "\u30fe" or "\uff61" <= sign <= "\uff9f" or sign == "々":
        found = _KANA if script == "japanese" else _RARE
    elif "\u4e00" <= sign <= "\u9fff":
        found = _EVERYDAY if _is_everyday(sign, script) else _RARE
    return found


def _is_everyday(sign: str, script: str) -> bool:
    standard, low, high = _FIRST_LEVEL[script]
    try:
        return low <= sign.encode(standard)[0] <= high
    except UnicodeEncodeError:
        return False
