"""How likely is it that people wrote this text? Letters beyond ASCII, judged by their neighbours.

Enters: a decoded text and the kinds of writing its encoding serves. Leaves: a log-likelihood,
comparable between decodings of the same bytes. Refuses to know bytes.

An encoding guessed wrongly still gives characters, but not those that stand there in a language:
``JosŽ`` has a capital after a small letter, ``Mu–oz`` a dash inside a word, ``Gdañsk`` an ``ñ``
before a consonant. The words in ``writing.toml``, names and places as they stand in customer
lists, say which letters a language has, how often, and between which neighbours.
"""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from segmentation.intake import characters

_WORDS: dict[str, str] = tomllib.loads(
    Path(__file__).with_name("writing.toml").read_text(encoding="utf-8")
)["words"]
_WESTERN = ("Spanish", "Portuguese", "French", "German", "Italian", "Nordic", "Icelandic")
SCRIPTS: dict[str, tuple[str, ...]] = {
    "western": _WESTERN,
    "central": ("Polish", "Czech", "Slovak", "Hungarian", "Romanian", "Croatian", "German"),
    "cyrillic": ("Cyrillic",),
    "turkish": ("Turkish", *_WESTERN),
}
# Signs that open a word, that close one, and that stand by themselves.
_OPENING, _CLOSING, _FREE = "¿¡«„“‘”»", "”“»’‘…™®©ºª²³°", "€£¥§–—•·½¼¾×±µ\u00a0№©°«»…"
_ELIDED, _CONTRACTED = "lLdDOjJqQnNsS", "tsrvlmd"
_BEYOND = re.compile(r"[^\x00-\x7f]")
_MOST = 4000
_VOWELS = frozenset("aeiouyаеёиоуыэюяіїєъıæœø")  # noqa: RUF001 # Cyrillic and Turkish ones
_UNLIKELY, _ODD, _SIGN = math.log(1e-4), math.log(1e-3), math.log(0.01)


def likelihood(text: str, script: str) -> float:
    """Return how likely the characters beyond ASCII are, as the logarithm of a probability.

    Parameters
    ----------
    text : str
        Decoded text; the first 4,000 characters beyond ASCII are judged.
    script : str
        A key of ``SCRIPTS`` or of ``characters.COMMON``.

    Returns
    -------
    float
        At most 0; 0 for a text of ASCII alone.

    Examples
    --------
    >>> likelihood("José Muñoz", "western") > likelihood("Jos\u017d Mu\u2013oz", "western")
    True
    """
    score = characters.score if script in characters.COMMON else _alphabetic
    return sum(
        times * score(*context, script) for context, times in Counter(_in_context(text)).items()
    )


def _in_context(text: str) -> Iterator[tuple[str, str, str]]:
    for n, found in enumerate(_BEYOND.finditer(text)):
        if n == _MOST:
            return
        i = found.start()
        yield text[i - 1 : i] if i else "", found[0], text[i + 1 : i + 2]


def _alphabetic(before: str, sign: str, after: str, script: str) -> float:
    """Judge a letter by the languages of its script, and a sign by where it stands."""
    if not sign.isalpha() or sign in "ªº":
        return _sign(before, sign, after)
    capital_inside = sign.isupper() and before.islower()
    if sign.isupper() and before.isalpha() and after.islower():
        capital_inside = True
    features = sign.lower(), _neighbour(before), _neighbour(after)
    odds = sum(_learnt(language).probability(*features) for language in SCRIPTS[script])
    return math.log(odds / len(SCRIPTS[script])) + (_ODD if capital_inside else 0.0)


def _sign(before: str, sign: str, after: str) -> float:
    """Judge a sign: at the edge of a word where it belongs, hardly ever inside one."""
    if sign not in _OPENING + _CLOSING + _FREE:
        return 2 * _UNLIKELY
    left, right = before.isalpha(), after.isalpha()
    if left and right:  # L’Oréal and don’t, but no sign inside a word else
        elided = before in _ELIDED and _neighbour(after).endswith("vowel")
        return _SIGN if sign == "’" and (elided or after in _CONTRACTED) else _UNLIKELY
    fits = (not left or sign in _CLOSING) and (not right or sign in _OPENING)
    return _SIGN if fits else _ODD


def _neighbour(character: str) -> str:
    """Class of a neighbour: vowel, consonant, those with marks, or no letter at all."""
    if not character.isalpha():
        return "none"
    small = character.lower()
    base = unicodedata.normalize("NFD", small)[0]
    kind = "vowel" if base in _VOWELS else "consonant"
    return kind if small.isascii() else f"marked {kind}"


class _Language:
    """Counts of letters beyond ASCII and of their neighbours in the words of one language."""

    def __init__(self, words: str) -> None:
        self._letters: Counter[str] = Counter()
        self._before: Counter[tuple[str, str]] = Counter()
        self._after: Counter[tuple[str, str]] = Counter()
        for before, letter, after in _in_context(" ".join(words.split())):
            small = letter.lower()
            self._letters[small] += 1
            self._before[small, _neighbour(before)] += 1
            self._after[small, _neighbour(after)] += 1
        self._n = self._letters.total()

    def probability(self, letter: str, before: str, after: str) -> float:
        """Return P(letter) P(before | letter) P(after | letter), none of them zero."""
        seen = self._letters[letter]
        own = (seen + 0.01) / (self._n + 1)
        left = (self._before[letter, before] + 0.1) / (seen + 0.5)
        right = (self._after[letter, after] + 0.1) / (seen + 0.5)
        return own * left * right


@cache
def _learnt(language: str) -> _Language:
    return _Language(_WORDS[language])
