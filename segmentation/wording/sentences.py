"""Sentences about segments: their differences, sizes and findings.

Enters: results. Leaves: plain sentences whose every number stands in the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from segmentation.geography import Home
from segmentation.profiles import Difference, SegmentSize
from segmentation.variables import Scale, Variable
from segmentation.wording.language import Words, mark


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
    sentence = _DIFFERENCES[_compared(difference, variable), difference.effect > 0]
    return words(sentence, variable=difference.variable, **_numbers(difference, variable))


def _compared(difference: Difference, variable: Variable) -> str:
    """Tell what the numbers of a difference are: shares of a level or of yes, ranks, or means."""
    if difference.level is not None:
        return "level"
    if variable.is_ranked:
        return "rank"
    return "yes" if variable.scale is Scale.BINARY else "mean"


def _numbers(difference: Difference, variable: Variable) -> dict[str, Any]:
    levels = variable.column.levels
    return {
        "level": difference.level or "",
        "value": difference.value,
        "overall": difference.overall,
        "n": len(levels),
        "first": levels[0] if levels else "",
        "last": levels[-1] if levels else "",
    }


# By what is compared, and whether the segment's number is higher than the market's.
_DIFFERENCES: Mapping[tuple[str, bool], str] = {
    ("level", True): mark(
        "{variable} is “{level}” for {value:percent}, more often than overall ({overall:percent})."
    ),
    ("level", False): mark(
        "{variable} is “{level}” for {value:percent}, less often than overall ({overall:percent})."
    ),
    ("yes", True): mark("{variable}: {value:percent} yes against {overall:percent} overall."),
    ("yes", False): mark("{variable}: only {value:percent} yes against {overall:percent} overall."),
    ("rank", True): mark(
        "{variable}: {value:number} on average, above {overall:number} overall, counted from 1 "
        "(“{first}”) to {n:count} (“{last}”)."
    ),
    ("rank", False): mark(
        "{variable}: {value:number} on average, below {overall:number} overall, counted from 1 "
        "(“{first}”) to {n:count} (“{last}”)."
    ),
    ("mean", True): mark("{variable}: {value:number} on average, above {overall:number} overall."),
    ("mean", False): mark("{variable}: {value:number} on average, below {overall:number} overall."),
}


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


def difference_finding(
    difference: Difference | None, variable: Variable | None, names: Sequence[str], words: Words
) -> str:
    """Say the finding of a profile: which segment stands out most, and by what.

    Parameters
    ----------
    difference : Difference or None
        The largest of all segments; None where none is worth saying.
    variable : Variable or None
        The one that differs.
    names : sequence of str
        Of the segments.
    words : Words
    """
    if difference is None or variable is None:
        return words("No segment stands out from the market here")
    sentence = _FINDINGS[_compared(difference, variable)]
    return words(
        sentence,
        segment=names[difference.segment],
        variable=difference.variable,
        **_numbers(difference, variable),
    )


_FINDINGS: Mapping[str, str] = {
    "level": mark(
        "“{segment}” stands out most: {variable} is “{level}” for {value:percent}, "
        "{overall:percent} overall"
    ),
    "yes": mark(
        "“{segment}” stands out most: {variable} {value:percent} yes, {overall:percent} overall"
    ),
    "rank": mark(
        "“{segment}” stands out most: {variable} {value:number} on average, {overall:number} "
        "overall, counted from 1 (“{first}”) to {n:count} (“{last}”)"
    ),
    "mean": mark(
        "“{segment}” stands out most: {variable} {value:number} on average, "
        "{overall:number} overall"
    ),
}


def home_finding(found: Home | None, names: Sequence[str], words: Words) -> str:
    """Say the finding of a map by regions: which segment is at home where."""
    if found is None:
        return words("No segment is clearly at home in one region")
    return words(
        "“{segment}” is most at home in {region}: {share:percent} of the customers there, "
        "{market:percent} overall",
        segment=names[found.segment],
        region=found.region,
        share=found.share,
        market=found.market,
    )
