"""The scorecard as plain values for JSON: checks, verdicts, reach and attractiveness.

Enters: what the criteria say of a solution. Leaves: dictionaries of numbers, text and lists.
Refuses to format: numbers stay numbers, shares stay in [0, 1].
"""

from __future__ import annotations

import math
from typing import Any

from segmentation.criteria import ChannelReach, Check, Place, Thresholds
from segmentation.criteria.accessibility import matched, platforms_open
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.wording.scorecard import card_finding, structure_warning
from segmentation.wording.terms import SOURCES
from segmentation.workflow import Worth


def scorecard_record(worth: Worth, thresholds: Thresholds, words: Words) -> dict[str, Any]:
    """Record what the criteria say of one solution.

    Parameters
    ----------
    worth : Worth
    thresholds : Thresholds
        The values in force.
    words : Words
        The language of the sentences.

    Returns
    -------
    dict
        ``checks``, ``scorecard``, ``reach`` and ``attractiveness``, as documented in
        ``docs/cli.md``.
    """
    card = worth.card
    return {
        "checks": [_check(check, words) for check in card.checks],
        "scorecard": {
            "verdicts": [card.verdict(segment).value for segment in range(card.k)],
            "finding": card_finding(card, words),
            "constructed": card.tested.constructed,
            "warning": structure_warning(card.tested, words),
        },
        "reach": {
            "channels": [_channel(channel, thresholds) for channel in worth.reach.channels],
            "overlaps": [
                {"segment": o.segment + 1, "any": o.anyhow, "only": dict(o.only)}
                for o in worth.reach.overlaps
            ],
        },
        "attractiveness": [_place(place) for place in worth.places],
    }


def _check(check: Check, words: Words) -> dict[str, Any]:
    return {
        "segment": check.segment + 1,
        "criterion": check.criterion,
        "knock_out": check.knocks_out,
        "verdict": check.verdict.value,
        "value": _number(check.value),
        "threshold": check.threshold,
        "source": words(SOURCES[check.source]),
        "why": say(check.why, words),
        "remedy": say(check.remedy, words) if check.remedy else None,
    }


def _channel(channel: ChannelReach, thresholds: Thresholds) -> dict[str, Any]:
    return {
        "segment": channel.segment + 1,
        "channel": channel.channel,
        "members": channel.members,
        "consenting": channel.consenting,
        "consent_unknown": channel.unknown,
        "identified": channel.identified,
        "valid": channel.reachable,
        "matched": round(matched(channel, thresholds), 1),
        "platforms": list(platforms_open(channel, thresholds)),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "segment": place.segment + 1,
        "attractiveness": _number(place.attractiveness),
        "strength": _number(place.strength),
        "ratings": {name: _number(rating) for name, rating in place.ratings.items()},
    }


def _number(value: float | None) -> float | None:
    """JSON has neither NaN nor infinity: these are written as null."""
    return round(value, 6) if value is not None and math.isfinite(value) else None
