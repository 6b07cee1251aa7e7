"""Substantial: is a segment large enough to say something about it, and to plan for it?

Enters: a size and the thresholds. Leaves: a check. Refuses to pass a large share of a few people.
"""

from __future__ import annotations

from segmentation.criteria.checks import Check, Verdict, graded
from segmentation.criteria.thresholds import THRESHOLDS, Thresholds
from segmentation.notes import Note
from segmentation.profiles import SegmentSize


def size_check(size: SegmentSize, thresholds: Thresholds) -> Check:
    """Judge the count of customers first, then the share of the market.

    Parameters
    ----------
    size : SegmentSize
    thresholds : Thresholds

    Returns
    -------
    Check
    """
    enough = thresholds.value("size-share")
    verdict = graded(size.share, enough, thresholds.value("size-share-caution"))
    n_enough = thresholds.value("size-n")
    few = size.n < n_enough
    verdict = Verdict.FAIL if few else verdict
    why = Note.of(
        "size-too-few" if few else f"size-{verdict.value}",
        n=size.n,
        share=round(size.share, 4),
        threshold=n_enough if few else enough,
    )
    remedy = None if verdict is Verdict.PASS else Note.of("remedy-size")
    code = "size-n" if few else "size-share"
    value = size.n if few else size.share
    decisive = n_enough if few else enough
    source = THRESHOLDS[code].source
    return Check(size.segment, "size", verdict, value, decisive, source, why, remedy)
