"""Coordinates as people write them: decimal, with a comma, in degrees and minutes, in one cell.

Enters: a cell, or two. Leaves: latitude and longitude in degrees, or None. Refuses to correct what
cannot be read; whether a point can be right is asked by whoever uses it.
"""

from __future__ import annotations

import re
import unicodedata

Point = tuple[float, float]
_WKT = re.compile(
    r"^\s*(?:SRID=\d+;)?\s*POINT\s*Z?\s*\(\s*(\S+)\s+(\S+?)(?:\s+\S+)?\s*\)\s*$", re.I
)
_DECIMAL = re.compile(r"^[+-]?\d{1,3}(?:[.,]\d+)?$")
_PART = r"(\d{1,3}(?:[.,]\d+)?)"
_MARKS = re.compile("[°º度:'’′分\"”″秒]+")
_DEGREES = re.compile(rf"^([NSEWO+-])?\s*{_PART}(?:\s+{_PART})?(?:\s+{_PART})?\s*([NSEWO])?$", re.I)
_CHINESE = str.maketrans({"北": "N", "南": "S", "东": "E", "西": "W", "纬": "", "经": ""})
_SEPARATORS = ("; ", ";", "|", ", ", " / ", "/", ",", "\t")
_HEMISPHERE = {"N": 1, "S": -1, "E": 1, "W": -1, "O": -1, "+": 1, "-": -1}


def degrees(text: str) -> float | None:
    r"""Read one coordinate.

    Parameters
    ----------
    text : str

    Returns
    -------
    float or None
        Degrees, negative in the south and west; None where it is none.

    Examples
    --------
    >>> degrees("40,7128"), degrees("40°26'46\"N"), degrees("W 74° 0.36'"), degrees("somewhere")
    (40.7128, 40.446111, -74.006, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().translate(_CHINESE)
    if _DECIMAL.match(plain):
        return float(plain.replace(",", "."))
    found = _DEGREES.match(_MARKS.sub(" ", plain).strip())
    if found is None:
        return None
    before, *parts, after = found.groups()
    whole, minutes, seconds = (float(p.replace(",", ".")) if p else 0.0 for p in parts)
    marks = [mark.upper() for mark in (before, after) if mark]
    letters = [mark for mark in marks if mark.isalpha()]
    if minutes >= 60 or seconds >= 60 or len(letters) > 1:
        return None
    # A letter says the side; a sign beside it only repeats that.
    sign = _HEMISPHERE[(letters or marks or ["+"])[0]]
    return round(sign * (whole + minutes / 60 + seconds / 3600), 6)


def point(text: str) -> Point | None:
    """Read latitude and longitude from one cell.

    Parameters
    ----------
    text : str
        Such as ``"40.7, -74.0"``, ``"POINT(-74.0 40.7)"`` (longitude first, as its standard says)
        or ``"40°26'N 74°0'W"``; brackets around do not count.

    Returns
    -------
    (latitude, longitude) or None

    Examples
    --------
    >>> point("(40.7, -74.0)"), point("POINT(-74.0 40.7)"), point("东经113.3 北纬23.1")
    ((40.7, -74.0), (40.7, -74.0), (23.1, 113.3))
    """
    if wkt := _WKT.match(text):
        lon, lat = degrees(wkt[1]), degrees(wkt[2])
        return None if lat is None or lon is None else (lat, lon)
    plain = unicodedata.normalize("NFKC", text).strip().strip("()[]{} ").translate(_CHINESE)
    for parts in _halves(plain):
        first, second = degrees(parts[0]), degrees(parts[1])
        if first is not None and second is not None:
            turned = parts[0].strip()[-1:].upper() in "EWO" or parts[0].strip()[:1].upper() in "EWO"
            return (second, first) if turned else (first, second)
    return None


def _halves(text: str) -> list[tuple[str, str]]:
    """Return the ways to part a cell in two, the likeliest first."""
    ways = []
    for separator in _SEPARATORS:
        parts = text.split(separator)
        if len(parts) == 2:
            ways.append((parts[0], parts[1]))
        elif len(parts) == 4 and separator == ",":  # decimal commas: 40,71,-74,00
            ways.append((".".join(parts[:2]), ".".join(parts[2:])))
    lettered = re.match(r"^(.*?[NSEWO])\s+(.+)$", text, re.I) or re.match(
        r"^([NSEWO].*?)\s+([NSEWO].*)$", text, re.I
    )
    if lettered:
        ways.append((lettered[1], lettered[2]))
    words = text.split()
    if len(words) == 2:
        ways.append((words[0], words[1]))
    return ways
