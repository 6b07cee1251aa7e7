"""Short names for segments, made of what sets each apart.

Enters: a profile. Leaves: a name for each segment, each different. Refuses to praise: a name says
what was measured, not what somebody might wish.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from segmentation.profiles import Difference, Profile, largest_differences
from segmentation.variables import Scale, Variable
from segmentation.wording.language import Words, mark

# Smaller differences, in standard deviations of the market, make no name.
WORTH_A_NAME = 0.3
MOST_PARTS = 3
_PHRASES: Mapping[tuple[str, bool], str] = {
    ("level", True): mark("{variable} “{level}”"),
    ("level", False): mark("{variable} seldom “{level}”"),
    ("yes", True): mark("often {variable}"),
    ("yes", False): mark("seldom {variable}"),
    ("number", True): mark("high {variable}"),
    ("number", False): mark("low {variable}"),
}


def suggested_names(
    described: Profile, variables: Sequence[Variable], words: Words
) -> tuple[str, ...]:
    """Suggest a name for each segment.

    Parameters
    ----------
    described : Profile
    variables : sequence of Variable
    words : Words

    Returns
    -------
    tuple of str
        The largest difference of each segment, what formed the segments before what describes
        them; where two would be called the same, their next differences are added. Names that are
        the same even then stay so.
    """
    by_name = {variable.name: variable for variable in variables}
    phrases = [
        [_phrase(found, by_name[found.variable], words) for found in _telling(described, segment)]
        for segment in range(described.k)
    ]
    used = [1] * described.k
    for _ in range(MOST_PARTS - 1):
        names = [_name(parts[:n], words) for parts, n in zip(phrases, used, strict=True)]
        often = Counter(names)
        used = [n + (often[name] > 1) for n, name in zip(used, names, strict=True)]
    return tuple(_name(parts[:n], words) for parts, n in zip(phrases, used, strict=True))


def _telling(described: Profile, segment: int) -> list[Difference]:
    return [
        difference
        for basis in (True, False)
        for difference in largest_differences(
            described, segment, basis=basis, n=MOST_PARTS, at_least=WORTH_A_NAME
        )
    ]


def _phrase(found: Difference, variable: Variable, words: Words) -> str:
    kind = "number"
    if found.level is not None:
        kind = "level"
    elif variable.scale is Scale.BINARY:
        kind = "yes"
    called = " ".join(found.variable.replace("_", " ").split())
    return words(_PHRASES[kind, found.effect > 0], variable=called, level=found.level or "")


def _name(parts: Sequence[str], words: Words) -> str:
    if not parts:
        return words("Close to the average")
    joined = words.listed(parts)
    return joined[:1].upper() + joined[1:]
