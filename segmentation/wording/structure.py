"""What segments are called that were given, merged, pinned or split.

Enters: a partition, and the names the user gave. Leaves: names. Refuses to override the user.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.structure import CLEARER_BY, Comparison, Partition, Segment
from segmentation.wording.language import Words
from segmentation.wording.terms import segment_name, segment_names


def default_names(
    partition: Partition, macro_names: Sequence[str], words: Words
) -> tuple[str, ...]:
    """Return what segments are called where the user gave no name.

    Parameters
    ----------
    partition : Partition
    macro_names : sequence of str
        The user's names at the first level, blank where none; used where segments were split.
    words : Words

    Returns
    -------
    tuple of str
        A column's value or a rule's name where there is one; a part is called by its segment and
        a letter, such as "Segment 2b".
    """
    whole = partition.macro
    own = [
        segment_name(name or _called(s, words), s.macro, words)
        for name, s in zip(macro_names, whole.segments, strict=True)
    ]
    return tuple(_default(s, own, macro_names, words) for s in partition.segments)


def names_on_show(
    partition: Partition, given: tuple[str, ...], macro_names: tuple[str, ...], words: Words
) -> tuple[str, ...]:
    """Return the names of all segments, the user's before the defaults, each different.

    Parameters
    ----------
    partition : Partition
    given, macro_names : tuple of str
        The user's, of the segments on show and of those at the first level.
    words : Words

    Returns
    -------
    tuple of str
    """
    return segment_names(given, words, default_names(partition, macro_names, words))


def _default(segment: Segment, own: Sequence[str], macro_names: Sequence[str], words: Words) -> str:
    if segment.part is None:
        return own[segment.macro]
    if segment.called:
        return words("{segment}: {part}", segment=own[segment.macro], part=segment.called)
    if macro_names[segment.macro]:
        letter = segment.number.removeprefix(f"{segment.macro + 1}")
        return words("{segment} {letter}", segment=own[segment.macro], letter=letter)
    return words("Segment {label}", label=segment.number)


def _called(segment: Segment, words: Words) -> str:
    """Return what a column or rule calls it; a bare number becomes "Segment 3"."""
    if not segment.called.replace(".", "", 1).removeprefix("-").isdecimal():
        return segment.called
    return words("Segment {label}", label=segment.called)


def moved_sentence(found: Comparison, words: Words) -> str:
    """Say how many customers moved between two solutions, and how alike these are."""
    return words.plural(
        "{n:count} of {all:count} customers moved; agreement {agreement}.",
        "{n:count} of {all:count} customers moved; agreement {agreement}.",
        found.n_moved,
        all=found.n,
        agreement=words.number(found.agreement),
    )


def clearer_sentence(one: float, other: float, n_variables: int, words: Words) -> str:
    """Say which of two profiles is clearer, with the numbers and where the measure comes from.

    Parameters
    ----------
    one, other : float
        Mean share of the differences between customers that lies between segments: on show, and
        beside it.
    n_variables : int
        How many variables both are judged by.
    words : Words

    Returns
    -------
    str
    """
    verdict = words("Both profiles are about equally clear.")
    if one - other >= CLEARER_BY:
        verdict = words("The profile of the segments on show is clearer.")
    elif other - one >= CLEARER_BY:
        verdict = words("The profile of the segments beside them is clearer.")
    numbers = words(
        "On average over the same {n:count} variables they explain {one:percent} and "
        "{other:percent} of the differences between customers (epsilon squared, Kelley 1935; for "
        "categories Light & Margolin 1971; less than one point apart is no difference, after Cohen "
        "1988).",
        n=n_variables,
        one=one,
        other=other,
    )
    return words.sentences([verdict, numbers])
