"""Codes and their labels as people write them into one cell.

Enters: a text such as ``1=Male; 2=Female``. Leaves: codes with labels, and what was not understood.
Refuses to guess a code that is not written.
"""

from __future__ import annotations

import re

_CODE = r"""(?:[-+]?\d+(?:\.\d+)?|\.?[A-Za-z0-9_]{1,20}|[^\s=:：;；,，、|'"“”]{1,20})"""
_EQUALS = r"(?:=+>?|[:：]|→|->)"
_POINT = r"[-–—.、)）](?=\s*\D)"
_PAIR = re.compile(
    rf"\s*['\"“]?(?P<code>{_CODE})['\"”]?\s*(?:{_EQUALS}|{_POINT})\s*(?P<label>.*)", re.DOTALL
)
_SPSS = re.compile(rf"(?P<code>{_CODE})\s+['\"“‘](?P<label>.*?)['\"”’](?=[\s,;/.]|$)")
_SHARP = re.compile(r"\s*[;；|\n\r]+\s*")
# A comma parts where a code and its sign follow, or a number alone (1=never, 2, 3=always).
_SOFT = re.compile(
    rf"\s*[,，、](?=\s*['\"“]?[-+.]?\w{{1,20}}['\"”]?\s*{_EQUALS})\s*"
    r"|\s*[,，、]\s+(?=[-+]?\d+\s*(?:[,，、]|$))"
)
# A blank parts where a number and a sign follow, as in "1. never 2. always".
_BLANK = re.compile(
    rf"(?<![=:：>\s])\s+(?=[-+]?\d+\s*(?:{_EQUALS}|[.、)）](?=\s*\D))|[A-Za-z]\s*{_EQUALS})"
)
_NUMBER_ALONE = re.compile(r"[-+]?\d+")


_APART = re.compile(r"[\s,，;；、|]+")
_RANGE = re.compile(r"(?<![\d.])(\d+)\s*(?:[-–~\uff5e至]|to|thru)\s*(\d+)(?![\d.])")
_WIDEST = 1000


def codes_in(text: str) -> dict[str, str]:
    """Read the codes that stand for no answer, with their labels where they have any.

    Examples
    --------
    >>> codes_in("97-99, -1")
    {'97': '', '98': '', '99': '', '-1': ''}
    >>> codes_in("99=refused")
    {'99': 'refused'}
    """
    pairs, unclear = pairs_in(text)
    if pairs and not unclear:
        return pairs
    listed = _RANGE.sub(_written_out, text)
    return dict.fromkeys((part for part in _APART.split(listed) if part), "")


def _written_out(found: re.Match[str]) -> str:
    low, high = int(found[1]), int(found[2])
    if not low < high <= low + _WIDEST:
        return found[0]
    return " ".join(map(str, range(low, high + 1)))


def pairs_in(text: str) -> tuple[dict[str, str], list[str]]:
    """Read codes and labels from one cell.

    Parameters
    ----------
    text : str
        Such as ``1=Male; 2=Female``, ``1: 男, 2: 女`` or ``1 'Never' 2 'Often'``.

    Returns
    -------
    pairs : dict of str to str
        Code to label, in the order of the text.
    unclear : list of str
        Parts without a code and a label.

    Examples
    --------
    >>> pairs_in("1 'Never' 2 'Often, or always'")
    ({'1': 'Never', '2': 'Often, or always'}, [])
    """
    quoted_pairs = list(_SPSS.finditer(text))
    if quoted_pairs and not re.sub(r"[\s,;/.]+", "", _SPSS.sub("", text)):
        return {found["code"]: found["label"].strip() for found in quoted_pairs}, []
    pairs: dict[str, str] = {}
    unclear = []
    for part in _split(text):
        if pairs and _NUMBER_ALONE.fullmatch(part):
            pairs[part] = part
            continue
        found = _PAIR.fullmatch(part)
        label = found["label"].strip().strip("'\"“”‘’") if found else ""
        if found and label:
            pairs[found["code"]] = label
        else:
            unclear.append(part)
    return pairs, unclear


def _split(text: str) -> list[str]:
    parts = [part for part in _SHARP.split(text) if part.strip()]
    by_slash = [piece for part in parts for piece in part.split("/") if piece.strip()]
    if len(by_slash) > len(parts) and all(_PAIR.fullmatch(piece) for piece in by_slash):
        parts = by_slash
    softly = [soft for part in parts for soft in _SOFT.split(part)]
    return [each.strip() for soft in softly for each in _BLANK.split(soft) if each.strip()]
