"""Sentences about segments: their differences, sizes and findings.

Enters: results. Leaves: plain sentences whose every number stands in the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    kind = "mean" if variable.scale is not Scale.BINARY else "yes"
    if difference.level is not None:
        kind = "level"
    sentence = _DIFFERENCES[kind, difference.effect > 0]
    return words(
        sentence,
        variable=difference.variable,
        level=difference.level or "",
        value=difference.value,
        overall=difference.overall,
    )


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
    kind = "mean" if variable.scale is not Scale.BINARY else "yes"
    sentence = _FINDINGS["level" if difference.level is not None else kind]
    return words(
        sentence,
        segment=names[difference.segment],
        variable=difference.variable,
        level=difference.level or "",
        value=difference.value,
        overall=difference.overall,
    )


_FINDINGS: Mapping[str, str] = {
    "level": mark(
        "“{segment}” stands out most: {variable} is “{level}” for {value:percent}, "
        "{overall:percent} overall"
    ),
    "yes": mark(
        "“{segment}” stands out most: {variable} {value:percent} yes, {overall:percent} overall"
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
