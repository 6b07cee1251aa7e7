"""The order of a column's levels, where their words or bounds tell it.

Enters: levels as written. Leaves: a suggested order, lowest first. Refuses to change a value: an
order is only known, what is done with it is decided elsewhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from segmentation.intake.numbers import fold
from segmentation.intake.placeholders import is_placeholder
from segmentation.intake.scales import graded

MOST_LEVELS = 40
_POWERS = {"k": 1e3, "m": 1e6, "千": 1e3, "万": 1e4, "百万": 1e6, "亿": 1e8}
_THOUSANDS = re.compile(r"(?<=\d)[,'](?=\d{3}(?!\d))")
_MONEY = re.compile(
    r"us\$|r\$|[$€£¥₹]|\b(?:rs\.?|usd|eur|gbp|rmb|cny|inr)(?=[ \d])|(?<=\d) ?(?:usd|eur)"
)
_NUMBER = re.compile(r"(\d+(?:\.\d+)?) ?(百万|[千万亿]|[km](?![a-z]))?")
_BELOW = re.compile(
    r"^(?:<=?|≤|below|under|less than|up to|upto|fewer than|at most|younger than|"
    r"不到|低于|小于|少于|不足)|"
    r"(?:以下|以内|之内|(?:or|and) (?:less|under|below|fewer|younger))$"
)
_ABOVE = re.compile(
    r"^(?:>=?|≥|above|over|more than|at least|greater than|older than|from|"
    r"高于|超过|大于|多于)|"
    r"(?<=\d) ?\+|(?:以上|plus|(?:or|and) (?:more|over|above|older|up))$"
)
# What may stand around the numbers of a band: joining words, brackets and units.
_AROUND = re.compile(
    r"\b(?:from|between|to|and|until|bis|or|years?|yrs?|old|age[ds]?|days?|weeks?|months?|hours?|"
    r"hrs?|minutes?|mins?|times?|people|employees|orders?|items?|purchases?|visits?|km|kg|cm|"
    r"percent|per|month|annum)\b|[\[\]()~\uff5e—–.%,+-]|[岁元年月天周次人单件至到及或块]|个月|小时|分钟|"
    r"公里|之间|左右"
)
_NOTHING = frozenset({"no income", "none", "nothing", "zero", "无收入", "无", "没有"})
_SCORED = re.compile(r"(?:.*[^\d\s+-])?\s*([+-]?\d+)", re.DOTALL)
Band = tuple[float, float]


def ordered(levels: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """Order levels by what their texts say.

    Parameters
    ----------
    levels : sequence of str
        The different values of a column.

    Returns
    -------
    levels : tuple of str
        Lowest first, without placeholders such as "unknown"; blank where no order is known.
    source : str or None
        ``bands`` (bounds or scores) or ``words``.

    Examples
    --------
    >>> ordered(["65+", "<25", "25-64", "unknown"])
    (('<25', '25-64', '65+'), 'bands')
    """
    if not 2 <= len(levels) <= MOST_LEVELS:
        return (), None
    known = [level for level in levels if not is_placeholder(level)]
    for kept in dict.fromkeys((tuple(levels), tuple(known))):
        for found, source in ((_banded(kept), "bands"), (graded(kept), "words")):
            if found:
                return found, source
    return (), None


def _banded(levels: Sequence[str]) -> tuple[str, ...]:
    """Order by bounds, or by the score that each level ends with."""
    bands = [_band(level) for level in levels]
    spread = any(low != high for low, high in filter(None, bands))
    if spread and (order := _sorted(levels, bands)):
        return order
    scores = [_SCORED.fullmatch(level.strip()) for level in levels]
    plain = sum(bool(re.fullmatch(r"\s*[+-]?\d+\s*", level)) for level in levels)
    signed = any("+" in level or "-" in level for level in levels)
    if len(levels) > 2 and signed and len(levels) // 2 <= plain < len(levels) and all(scores):
        points = [float(found[1]) for found in scores if found]
        return _sorted(levels, [(point, point) for point in points])
    return ()


def _sorted(levels: Sequence[str], bands: Sequence[Band | None]) -> tuple[str, ...]:
    known = [band for band in bands if band is not None]
    if len(known) < len(levels) or len(set(known)) < len(levels) or len(levels) < 2:
        return ()
    order = sorted(range(len(levels)), key=known.__getitem__)
    return tuple(levels[i] for i in order)


def _band(level: str) -> Band | None:
    """The bounds that a level names, infinite where it has only one; None for other texts."""
    text = " ".join(fold(level).lower().split())
    if text in _NOTHING:
        return -math.inf, -math.inf
    text = _MONEY.sub("", _THOUSANDS.sub("", text)).strip()
    numbers = _bounds(text)
    bare = _NUMBER.sub("", text)
    below, above = _BELOW.search(text), _ABOVE.search(text)
    bare = _AROUND.sub("", _ABOVE.sub("", _BELOW.sub("", bare.strip())))
    if bare.strip() or not 1 <= len(numbers) <= 2:
        return None
    if len(numbers) == 2:
        return (numbers[0], numbers[1]) if numbers[0] <= numbers[1] else None
    if below or above:
        return (-math.inf, numbers[0]) if below else (numbers[0], math.inf)
    return numbers[0], numbers[0]


def _bounds(text: str) -> list[float]:
    """The numbers of a band; a magnitude behind the second one counts for the first as well."""
    found = _NUMBER.findall(text)
    last = found[-1][1] if found else ""
    return [float(digits) * _POWERS.get(power or last, 1.0) for digits, power in found]
