"""What to bear in mind about a segment before it is believed.

Enters: a profile and its variables. Leaves: notes. Refuses to hide a segment: a caution stands
beside what is said, never in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.notes import Note
from segmentation.profiles.facts import Profile
from segmentation.variables import Role, Scale, Variable

# Below this many customers a mean hangs on single ones (convention).
FEW_CUSTOMERS = 30
MUCH_MISSING = 0.5
MISSING_TOLD = 3
# Our choice, after the published segments of Australian vacationers (Dolnicar & Leisch 2008).
BATTERY_ITEMS = 8
NEARLY_ALL = 0.9
ABOVE_ON_AN_ITEM = 0.05
ABOVE_ON_AVERAGE = 0.2


@dataclass(frozen=True, slots=True)
class YesSaying:
    """How much more often a segment says yes than the market, over a battery of yes/no items.

    Attributes
    ----------
    n_items, n_above : int
        Items, and those on which the segment says yes at least 5 points more often.
    share, overall : float
        Mean share of yes over the items, in the segment and in the market, in [0, 1].
    """

    n_items: int
    n_above: int
    share: float
    overall: float

    @property
    def says_yes_to_everything(self) -> bool:
        """Whether it is far above the market, and on nearly all items."""
        far = self.share - self.overall >= ABOVE_ON_AVERAGE
        return far and self.n_above >= NEARLY_ALL * self.n_items


def yes_saying(described: Profile, variables: Sequence[Variable], segment: int) -> YesSaying | None:
    """Compare how often a segment and the market say yes to what formed the segments.

    Parameters
    ----------
    described : Profile
    variables : sequence of Variable
    segment : int

    Returns
    -------
    YesSaying or None
        None where fewer than eight yes/no items formed the segments.

    Notes
    -----
    People who agree with whatever they are asked (acquiescence [1]_) are found together by any
    method: they are a way of answering rather than a kind of customer [2]_.

    References
    ----------
    .. [1] Paulhus (1991), Measurement and control of response bias, in Robinson et al., Measures
       of personality and social psychological attitudes, 17-59.
    .. [2] Dolnicar & Gruen (2007), Cross-cultural differences in survey response patterns,
       International Marketing Review 24:127-143.
    """
    binary = {v.name for v in variables if v.role is Role.BASIS and v.scale is Scale.BINARY}
    items = [
        fact
        for fact in described.numbers
        if fact.segment == segment and fact.variable in binary and fact.n > 0
    ]
    if len(items) < BATTERY_ITEMS:
        return None
    return YesSaying(
        n_items=len(items),
        n_above=sum(fact.mean - fact.overall >= ABOVE_ON_AN_ITEM for fact in items),
        share=sum(fact.mean for fact in items) / len(items),
        overall=sum(fact.overall for fact in items) / len(items),
    )


def cautions(described: Profile, variables: Sequence[Variable], segment: int) -> tuple[Note, ...]:
    """Return what to bear in mind about a segment.

    Parameters
    ----------
    described : Profile
    variables : sequence of Variable
    segment : int

    Returns
    -------
    tuple of Note
        ``few-customers`` below 30; ``says-yes`` where it says yes to nearly everything;
        ``mostly-missing`` for the three variables with the fewest values, where more than half of
        the segment has none, and ``more-missing`` for how many others there are.
    """
    n = described.sizes[segment].n
    found = [Note.of("few-customers", n=n)] if n < FEW_CUSTOMERS else []
    answers = yes_saying(described, variables, segment)
    if answers is not None and answers.says_yes_to_everything:
        found.append(
            Note.of(
                "says-yes",
                above=answers.n_above,
                items=answers.n_items,
                share=answers.share,
                overall=answers.overall,
            )
        )
    missing = sorted(missing_shares(described, segment).items(), key=lambda each: -each[1])
    much = [(name, share) for name, share in missing if share > MUCH_MISSING]
    found += [Note.of("mostly-missing", name=name, share=s) for name, s in much[:MISSING_TOLD]]
    if len(much) > MISSING_TOLD:
        found.append(Note.of("more-missing", n=len(much) - MISSING_TOLD))
    return tuple(found)


def missing_shares(described: Profile, segment: int) -> dict[str, float]:
    """Return which share of a segment's customers has no value, by variable; in [0, 1]."""
    members = described.sizes[segment].n
    if not members:
        return {}
    known: dict[str, int] = {}
    for level in described.levels:
        own = level.n if level.segment == segment else 0
        known[level.variable] = known.get(level.variable, 0) + own
    for fact in described.numbers:
        if fact.segment == segment:
            known[fact.variable] = fact.n
    return {name: 1 - n / members for name, n in known.items()}
