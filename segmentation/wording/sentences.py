"""Sentences about segments: their differences, sizes and findings.

Enters: results. Leaves: plain sentences whose every number stands in the result.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.profiles import Difference, SegmentSize
from segmentation.variables import Scale, Variable
from segmentation.wording.language import Words


def difference_sentence(difference: Difference, variable: Variable, words: Words) -> str:
    """Say one difference in the customer's units.

    Parameters
    ----------
    difference : Difference
    variable : Variable
        The one that differs; tells whether the value is a mean or a share.
    words : Words

    Returns
    -------
    str
    """
    higher = difference.effect > 0
    names = {"variable": difference.variable, "level": difference.level or ""}
    if difference.level is not None:
        shares = {"value": difference.value, "overall": difference.overall, **names}
        if higher:
            return words(
                "{variable} is “{level}” for {value:percent}, more often than overall "
                "({overall:percent}).",
                **shares,
            )
        return words(
            "{variable} is “{level}” for {value:percent}, less often than overall "
            "({overall:percent}).",
            **shares,
        )
    if variable.scale is Scale.BINARY:
        shares = {"value": difference.value, "overall": difference.overall, **names}
        if higher:
            return words(
                "{variable}: {value:percent} yes against {overall:percent} overall.", **shares
            )
        return words(
            "{variable}: only {value:percent} yes against {overall:percent} overall.", **shares
        )
    numbers = {"value": difference.value, "overall": difference.overall, **names}
    if higher:
        return words(
            "{variable}: {value:number} on average, above {overall:number} overall.", **numbers
        )
    return words(
        "{variable}: {value:number} on average, below {overall:number} overall.", **numbers
    )


def size_finding(sizes: Sequence[SegmentSize], names: Sequence[str], words: Words) -> str:
    """Say the finding about sizes: which is the largest, which the smallest."""
    largest = max(sizes, key=lambda size: size.share)
    smallest = min(sizes, key=lambda size: size.share)
    return words(
        "“{largest}” is the largest segment with {high:percent} of customers, “{smallest}” the "
        "smallest with {low:percent}",
        largest=names[largest.segment],
        high=largest.share,
        smallest=names[smallest.segment],
        low=smallest.share,
    )
