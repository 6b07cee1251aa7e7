"""The persona of a segment, line by line: what the data say, and nothing else.

Enters: a profile, the variables, reach and regions. Leaves: plain sentences whose every number
stands in those results. Refuses to invent: goals, pains and tone are the user's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from segmentation.criteria import ChannelReach
from segmentation.geography import Home
from segmentation.profiles import Difference, Profile, largest_differences
from segmentation.variables import Family, Role, Variable
from segmentation.wording.language import Words
from segmentation.wording.portrait import EVERY, Sentence, Topic, fact_of, outcomes_of
from segmentation.wording.sentences import difference_sentence
from segmentation.wording.terms import CHANNELS

LINES_A_TOPIC = 4
FAMILIES_OF: Mapping[Topic, frozenset[Family | None]] = {
    Topic.WHO: frozenset(
        {Family.DEMOGRAPHIC, Family.FIRMOGRAPHIC, Family.PSYCHOGRAPHIC, None},
    ),
    Topic.DOES: frozenset({Family.BEHAVIOURAL, Family.TRANSACTIONAL, Family.TECHNOGRAPHIC}),
    Topic.WHERE: frozenset({Family.GEOGRAPHIC}),
}


def persona(
    described: Profile, variables: Sequence[Variable], segment: int, words: Words
) -> tuple[Sentence, ...]:
    """Say who is in a segment, what they do, where they are and what they are worth.

    Parameters
    ----------
    described : Profile
    variables : sequence of Variable
    segment : int
    words : Words

    Returns
    -------
    tuple of Sentence
        At most four a topic, the largest difference first; outcomes however small the difference.
    """
    by_name = {variable.name: variable for variable in variables}
    roles = {name: variable.role for name, variable in by_name.items()}
    found = [
        difference
        for basis in (True, False)
        for difference in largest_differences(described, segment, basis=basis, n=EVERY)
        if roles[difference.variable] in (Role.BASIS, Role.DESCRIPTOR)
    ]
    found.sort(key=lambda difference: -abs(difference.effect))
    by_topic: dict[Topic, list[Difference]] = {
        topic: [d for d in found if by_name[d.variable].family in families]
        for topic, families in FAMILIES_OF.items()
    }
    told = [
        Sentence(topic, difference_sentence(d, by_name[d.variable], words), (d.variable,))
        for topic, differences in by_topic.items()
        for d in differences[:LINES_A_TOPIC]
    ]
    return (*told, *_worth(outcomes_of(described, roles, segment), by_name, words))


def channel_sentences(
    channels: Sequence[ChannelReach], segment: int, words: Words
) -> tuple[Sentence, ...]:
    """Say for every channel how much of a segment it reaches, the best first."""
    own = [channel for channel in channels if channel.segment == segment]
    return tuple(
        Sentence(
            Topic.REACH,
            words(
                "{channel}: {share:percent}, {n:count} with consent and a usable address.",
                channel=words(CHANNELS[each.channel]),
                share=each.share,
                n=each.reachable,
            ),
        )
        for each in sorted(own, key=lambda channel: -channel.reachable)
    )


def place_sentences(found: Iterable[Home | None], words: Words) -> tuple[Sentence, ...]:
    """Say in which regions a segment is clearly more at home than in the market."""
    return tuple(
        Sentence(
            Topic.WHERE,
            words(
                "{region}: {share:percent} of the customers there are in this segment, "
                "{market:percent} overall.",
                region=each.region,
                share=each.share,
                market=each.market,
            ),
        )
        for each in found
        if each is not None
    )


def _worth(
    found: Sequence[Difference], by_name: Mapping[str, Variable], words: Words
) -> tuple[Sentence, ...]:
    """Say the outcomes without “above” or “below”: the difference may be next to nothing.

    They stand in the file's order, so that one card can be compared with the next.
    """
    order = list(by_name)
    shown = sorted(found[:LINES_A_TOPIC], key=lambda each: order.index(each.variable))
    return tuple(
        Sentence(
            Topic.WORTH,
            words("{facts}.", facts=fact_of(each, by_name[each.variable], words)),
            (each.variable,),
        )
        for each in shown
    )
