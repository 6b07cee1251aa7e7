"""What sizing and money say: filters in words, the names of figures, and impossible ones.

Enters: filters, codes, outcomes. Leaves: sentences. Refuses to compute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segmentation.sizing import Estimate, Group, InSegments, Joined, Leaf, Outcome, Program
from segmentation.wording.language import Words, mark
from segmentation.wording.terms import CHANNELS, condition_text

MONEY_SENTENCES: Mapping[str, str] = {
    "money-negative": mark("“{program}” is left out: {figure} is below zero ({value:number})."),
    "money-beyond-one": mark("“{program}” is left out: {figure} is above 100 % ({value:percent})."),
    "money-no-number": mark("“{program}” is left out: {figure} is no number."),
}


def leaf_text(leaf: Leaf, names: Sequence[str], words: Words) -> str:
    """Say one condition of a filter; segments by their names."""
    if not isinstance(leaf, InSegments):
        return condition_text(leaf, words)
    if not names:
        return words("in segments of another solution")
    known = [names[s] for s in leaf.segments if s < len(names)]
    return words("in {names:list}", names=known)


def group_text(group: Group, names: Sequence[str], words: Words) -> str:
    """Say a filter in one line.

    Examples
    --------
    >>> group_text(Group(), (), Words("en"))
    'everybody'
    """
    if not group.members:
        return words("everybody")
    parts = [
        f"({group_text(m, names, words)})" if isinstance(m, Group) else leaf_text(m, names, words)
        for m in group.members
    ]
    if group.joined is Joined.ALL:
        return " · ".join(parts)
    told = words.listed(parts)
    if group.joined is Joined.NONE:
        return words("none of: {told}", told=told)
    return words("any of: {told}", told=told) if len(parts) > 1 else parts[0]


def interval_text(found: Estimate, words: Words) -> str:
    """Say how sure a number of customers from a sample is."""
    return words(
        "between {low:count} and {high:count}, 19 times out of 20",
        low=found.low,
        high=found.high,
    )


def channel_name(code: str, words: Words) -> str:
    """Return the name of a channel, or of any of them."""
    return words(CHANNELS[code]) if code in CHANNELS else words("Any channel")


def pays(program: Program, found: Outcome, words: Words) -> str:
    """Say whether a program pays, and from how many people on."""
    if program.gain <= 0 and found.cost > 0:
        return words("Does not pay at any size: each contact costs what it earns, or more.")
    if found.smallest <= 0:
        return words("Pays at any size: there is no fixed cost.")
    needed = words.count(round_up(found.smallest))
    if program.people >= found.smallest:
        return words("Pays: {needed} people would be enough.", needed=needed)
    return words("Does not pay yet: it needs {needed} people.", needed=needed)


def round_up(people: float) -> int:
    """Return the first whole number of people that is enough."""
    whole = int(people)
    return whole if whole >= people - 1e-9 * max(1.0, people) else whole + 1
