"""How far to trust segments, in words: the verdict and the evidence for it.

Enters: a :class:`Trust`. Leaves: sentences with every number, its threshold and where that is from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segmentation.validation import Structure, Trust
from segmentation.validation.gate import LEVEL
from segmentation.validation.verdict import NATURAL, REPRODUCIBLE, STABLE_SEGMENT
from segmentation.wording.language import Words, mark

_FINDINGS: Mapping[Structure, str] = {
    Structure.NATURAL: mark("These {k:count} segments are natural: groups that exist"),
    Structure.REPRODUCIBLE: mark(
        "These {k:count} segments are reproducible, not natural: a cut that other samples repeat"
    ),
    Structure.CONSTRUCTED: mark("These {k:count} segments are constructed: a cut, not a discovery"),
}
_MEANINGS: Mapping[Structure, str] = {
    Structure.NATURAL: mark(
        "Customers fall into groups with few in between, and each group comes back in other "
        "samples of the same market."
    ),
    Structure.REPRODUCIBLE: mark(
        "This is a cut rather than groups that exist, but it falls in nearly the same place in "
        "other samples of the same market. It can be planned with; many customers stand near a "
        "border."
    ),
    Structure.CONSTRUCTED: mark(
        "Another sample would draw the borders elsewhere. That can still be useful, where it helps "
        "to serve customers differently; do not present it as types of people that exist."
    ),
}


def verdict_finding(trust: Trust, k: int, words: Words) -> str:
    """Say the verdict on ``k`` segments in one line."""
    if trust.verdict.none:
        return words("There are no segments here: any split is made up")
    return words(_FINDINGS[trust.verdict.by_k[k]], k=k)


def verdict_meaning(trust: Trust, k: int, words: Words) -> str:
    """Say what the verdict means for the work with the segments."""
    return words(_MEANINGS[trust.verdict.by_k[k]])


def trust_evidence(trust: Trust, k: int, names: Sequence[str], words: Words) -> tuple[str, ...]:
    """Say what the verdict on ``k`` segments rests on: each number, its threshold, its source.

    Parameters
    ----------
    trust : Trust
    k : int
        The number of segments on show.
    names : sequence of str
        Of the segments.
    words : Words

    Returns
    -------
    tuple of str
    """
    low, median, high = trust.stability.quartiles(k)
    segments = trust.stability.segments(k)
    weakest = min(range(k), key=lambda j: segments[j])
    chance = max(trust.shuffled.agreement.get(k, ()), default=float("nan"))
    return (
        words(
            "Found again: two samples of {n:count} customers agree to {median:number} (middle half "
            "{low:number} to {high:number}; adjusted Rand index, 1 is the same). Natural from "
            "{natural:number}, reproducible from {reproducible:number}: our thresholds, after "
            "Dolnicar & Leisch 2010.",
            n=trust.stability.n_rows,
            median=median,
            low=low,
            high=high,
            natural=NATURAL,
            reproducible=REPRODUCIBLE,
        ),
        words(
            "By chance alone: copies of your data with every column shuffled reach {chance:number} "
            "at most.",
            chance=chance,
        ),
        words(
            "The weakest segment is “{name}”: its customers are found together again to "
            "{value:number} (Jaccard coefficient; stable from {stable:number}, Hennig 2008).",
            name=names[weakest],
            value=segments[weakest],
            stable=STABLE_SEGMENT,
        ),
        words(
            "Beyond dependence: of {n:count} tables drawn from one population in which the same "
            "variables go together, {share:percent} look as divided as yours (structure: at most "
            "{level:percent}; after Liu et al. 2008).",
            n=trust.gate.n_draws + 1,
            share=trust.gate.p_value,
            level=LEVEL,
        ),
    )
