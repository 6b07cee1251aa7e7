"""A segment explained in three to five sentences.

Enters: a profile, the variables and how customers can be reached. Leaves: plain sentences whose
every number stands in those results. Refuses to praise or to guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from segmentation.criteria import ChannelReach
from segmentation.profiles import Difference, Profile, largest_differences
from segmentation.variables import Role, Scale, Variable
from segmentation.wording.language import Words, mark, mark_plural
from segmentation.wording.terms import CHANNELS

FORMED_TOLD, OTHERS_TOLD, OUTCOMES_TOLD = 3, 2, 2
EVERY = 1000


class Topic(StrEnum):
    """What a sentence about a segment is about."""

    SIZE = "size"
    FORMED = "formed"
    WHO = "who"
    DOES = "does"
    WHERE = "where"
    WORTH = "worth"
    REACH = "reach"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence about a segment.

    Attributes
    ----------
    topic : Topic
    text : str
        In the reader's language, plain.
    variables : tuple of str
        Those whose numbers it gives.
    """

    topic: Topic
    text: str
    variables: tuple[str, ...] = ()


_SIZES: Mapping[str, tuple[str, str]] = {
    "largest": mark_plural(
        "{n:count} customer, {share:percent} of all: the largest of {k:count} segments.",
        "{n:count} customers, {share:percent} of all: the largest of {k:count} segments.",
    ),
    "smallest": mark_plural(
        "{n:count} customer, {share:percent} of all: the smallest of {k:count} segments.",
        "{n:count} customers, {share:percent} of all: the smallest of {k:count} segments.",
    ),
    "between": mark_plural(
        "{n:count} customer, {share:percent} of all.",
        "{n:count} customers, {share:percent} of all.",
    ),
}
_FACTS: Mapping[str, str] = {
    "level": mark("{variable} is “{level}” for {value:percent} ({overall:percent} overall)"),
    "yes": mark("{variable} is yes for {value:percent} ({overall:percent} overall)"),
    "rank": mark(
        "{variable} is {value:number} on average ({overall:number} overall, from 1 “{first}” to "
        "{n:count} “{last}”)"
    ),
    "mean": mark("{variable} is {value:number} on average ({overall:number} overall)"),
}


def portrait(
    described: Profile,
    channels: Sequence[ChannelReach],
    variables: Sequence[Variable],
    segment: int,
    words: Words,
) -> tuple[Sentence, ...]:
    """Explain a segment in words.

    Parameters
    ----------
    described : Profile
    channels : sequence of ChannelReach
        Empty where the file says nothing about reach.
    variables : sequence of Variable
    segment : int
    words : Words

    Returns
    -------
    tuple of Sentence
        Three to five: its size, what formed it, who is in it, and, where the file tells, how the
        outcomes turned out and which channel reaches most of them.
    """
    by_name = {variable.name: variable for variable in variables}
    roles = {name: variable.role for name, variable in by_name.items()}
    others = largest_differences(described, segment, basis=False, n=EVERY)
    formed = largest_differences(described, segment, basis=True, n=FORMED_TOLD)
    who = [d for d in others if roles[d.variable] is Role.DESCRIPTOR][:OTHERS_TOLD]
    worth = outcomes_of(described, roles, segment)[:OUTCOMES_TOLD]
    told = [
        size_sentence(described, segment, words),
        _formed(formed, by_name, words),
        _who(who, by_name, words),
    ]
    if worth:
        facts = _listed(worth, by_name, words)
        said = words("In the outcomes: {facts}.", facts=facts)
        told.append(Sentence(Topic.WORTH, said, _names(worth)))
    return (*told, *best_channel(channels, segment, words))


def size_sentence(described: Profile, segment: int, words: Words) -> Sentence:
    """Say how large a segment is, and whether it is the largest or the smallest."""
    own = described.sizes[segment]
    shares = [size.share for size in described.sizes]
    kind = "between"
    if shares.count(own.share) == 1 and own.share in (max(shares), min(shares)):
        kind = "largest" if own.share == max(shares) else "smallest"
    sentence = _SIZES[kind]
    said = words.plural(*sentence, own.n, share=own.share, k=described.k)
    return Sentence(Topic.SIZE, said)


def best_channel(
    channels: Sequence[ChannelReach], segment: int, words: Words
) -> tuple[Sentence, ...]:
    """Say which channel reaches most of a segment; nothing where the file knows no channel."""
    own = [channel for channel in channels if channel.segment == segment]
    if not own:
        return ()
    best = max(own, key=lambda channel: channel.reachable)
    if not best.reachable:
        said = words("No channel reaches any of them with their consent.")
        return (Sentence(Topic.REACH, said),)
    said = words(
        "{channel} reaches the most of them: {share:percent}, {n:count} with consent and a usable "
        "address.",
        channel=words(CHANNELS[best.channel]),
        share=best.share,
        n=best.reachable,
    )
    return (Sentence(Topic.REACH, said),)


def outcomes_of(described: Profile, roles: Mapping[str, Role], segment: int) -> list[Difference]:
    """Return the outcomes of a segment, the one that differs most first, however little."""
    found = largest_differences(described, segment, basis=False, n=EVERY, at_least=0.0)
    return [difference for difference in found if roles[difference.variable] is Role.OUTCOME]


def _formed(found: Sequence[Difference], by_name: Mapping[str, Variable], words: Words) -> Sentence:
    if not found:
        said = words("In what formed the segments they are close to the average.")
        return Sentence(Topic.FORMED, said)
    facts = _listed(found, by_name, words)
    said = words("What sets them apart most: {facts}.", facts=facts)
    return Sentence(Topic.FORMED, said, _names(found))


def _who(found: Sequence[Difference], by_name: Mapping[str, Variable], words: Words) -> Sentence:
    if not found:
        said = words("In what else is known about them they are close to the average.")
        return Sentence(Topic.WHO, said)
    facts = _listed(found, by_name, words)
    return Sentence(Topic.WHO, words("Who they are: {facts}.", facts=facts), _names(found))


def _listed(found: Sequence[Difference], by_name: Mapping[str, Variable], words: Words) -> str:
    """Put facts one after the other, as the language parts them."""
    first, *others = found
    said = fact_of(first, by_name[first.variable], words)
    return (
        words("{said}; {more}", said=said, more=_listed(others, by_name, words)) if others else said
    )


def fact_of(found: Difference, variable: Variable, words: Words) -> str:
    """Say the numbers of a difference as part of a sentence."""
    kind = "mean"
    if found.level is not None:
        kind = "level"
    elif variable.is_ranked:
        kind = "rank"
    elif variable.scale is Scale.BINARY:
        kind = "yes"
    sentence, levels = _FACTS[kind], variable.column.levels
    return words(
        sentence,
        variable=found.variable,
        level=found.level or "",
        value=found.value,
        overall=found.overall,
        n=len(levels),
        first=levels[0] if levels else "",
        last=levels[-1] if levels else "",
    )


def _names(found: Iterable[Difference]) -> tuple[str, ...]:
    return tuple(difference.variable for difference in found)
