"""What the user decides about the scorecard, besides the thresholds.

Enters: nothing. Leaves: frozen decisions. Refuses to hold results.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType

MOST_LETTERS = 200
LOWEST_RATING, HIGHEST_RATING = 0, 10
POINTS = 100


@dataclass(frozen=True, slots=True)
class ReachRules:
    """How consent and telephone numbers are read.

    Attributes
    ----------
    unknown_consent : bool
        Whether a member whose consent is not known may be addressed.
    region : str
        ISO 3166 code of the country of telephone numbers without a country code; blank to take
        the one in which most of them are valid.
    """

    unknown_consent: bool = False
    region: str = ""


@dataclass(frozen=True, slots=True)
class CriteriaChoices:
    """Decisions about the criteria that hold for every solution.

    Attributes
    ----------
    reach : ReachRules
    cut_off : date or None
        The last day the data are about; None for the newest date in the file.
    asked : tuple of str
        Names of the variables that customers have to be asked for; the others are in the data.
    points : mapping of str to float
        How much each attribute weighs in the attractiveness of a segment; empty for the defaults.
    """

    reach: ReachRules = field(default_factory=ReachRules)
    cut_off: dt.date | None = None
    asked: tuple[str, ...] = ()
    points: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SegmentPlan:
    """What the user writes about the program for one segment; blank where nothing was.

    Attributes
    ----------
    owner, offer, channel : str
        Who answers for it, what is offered, and by which way.
    strength, growth, ease : int or None
        The user's ratings from 0 to 10: how strong the organisation is in this segment beside its
        rivals, how much the segment grows, and how little rivals fight for it.
    """

    owner: str = ""
    offer: str = ""
    channel: str = ""
    strength: int | None = None
    growth: int | None = None
    ease: int | None = None

    def tidied(self) -> SegmentPlan:
        """Return the plan without blanks around texts; ratings are held within 0 and 10.

        Examples
        --------
        >>> SegmentPlan(owner=" CRM team ", strength=12).tidied()
        SegmentPlan(owner='CRM team', offer='', channel='', strength=10, growth=None, ease=None)
        """
        return SegmentPlan(
            self.owner.strip()[:MOST_LETTERS],
            self.offer.strip()[:MOST_LETTERS],
            self.channel.strip()[:MOST_LETTERS],
            _held(self.strength),
            _held(self.growth),
            _held(self.ease),
        )

    def written(self) -> dict[str, str | int]:
        """Return what is not blank, by the name of its field."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in found.items() if value not in ("", None)}


TEXTS, RATINGS = ("owner", "offer", "channel"), ("strength", "growth", "ease")
DEFAULT_POINTS: Mapping[str, float] = MappingProxyType(
    {"size": 25, "value": 25, "reach": 25, "stability": 25, "rule": 0, "growth": 0, "ease": 0}
)


def _held(rating: int | None) -> int | None:
    return None if rating is None else min(max(rating, LOWEST_RATING), HIGHEST_RATING)
