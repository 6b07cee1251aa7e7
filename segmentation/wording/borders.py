"""What lies between the segments, in words: the plane they are drawn in, and who is near a border.

Enters: a separation or a borderline. Leaves: plain sentences. Refuses to say that a picture shows
all there is.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.profiles import Separation
from segmentation.validation import Borderline
from segmentation.wording.language import Words

# A plane that keeps so much shows most of what there is; less than so much, only a part.
MOST, PART = 0.7, 0.4


def plane_sentence(kept: tuple[float, float], words: Words) -> str:
    """Say how much of the differences between customers a plane keeps, and what follows.

    Parameters
    ----------
    kept : (float, float)
        Share along each axis.
    words : Words

    Returns
    -------
    str
    """
    share = kept[0] + kept[1]
    told = words(
        "This plane keeps {share:percent} of the differences between customers.", share=share
    )
    if share >= MOST:
        follows = words("Segments that overlap here overlap indeed.")
    elif share >= PART:
        follows = words("Segments that overlap here may be apart in what it leaves out.")
    else:
        follows = words("It leaves most out: that segments overlap here says little.")
    return words.sentences([told, follows])


def plane_explained(found: Separation, words: Words) -> str:
    """Say what is drawn in the plane.

    Parameters
    ----------
    found : Separation
    words : Words

    Returns
    -------
    str
    """
    drawn = words(
        "Outline: the half of a segment nearest to its middle. Arrows: the variables that tell "
        "customers apart most along these axes, principal components of the prepared variables."
    )
    if found.n <= len(found.points):
        dots = words("Dots: all {n:count} customers.", n=found.n)
    else:
        dots = words(
            "Dots: {n:count} of {n_all:count} customers, the same on every run. Gray: all of them.",
            n=len(found.points),
            n_all=found.n,
        )
    return words.sentences([drawn, dots])


def border_finding(found: Borderline, names: Sequence[str], words: Words) -> str:
    """Say how many customers are near a border, and between which segments most of them are.

    Parameters
    ----------
    found : Borderline
    names : sequence of str
        Segment names.
    words : Words

    Returns
    -------
    str
    """
    pair = found.closest_pair
    if pair is None:
        return words("No customer is near a border")
    return words(
        "{n:count} customers ({share:percent}) are near a border, most of them between “{one}” "
        "and “{other}”",
        n=found.n_near,
        share=found.share,
        one=names[pair[0]],
        other=names[pair[1]],
    )
