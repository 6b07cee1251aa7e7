"""Stable: is a segment found again in other samples of the same market?

Enters: segment-level stability and the verdict on the solution. Leaves: a check. Refuses to let a
high number stand alone: a cut through one population is found again, too, and stays constructed.
"""

from __future__ import annotations

import math

from segmentation.criteria.checks import Check, Verdict, graded
from segmentation.criteria.thresholds import THRESHOLDS, Thresholds
from segmentation.notes import Note

_UNTESTED = ("stability-unknown", "remedy-test")


def stability_check(
    segment: int,
    found_again: float | None,
    thresholds: Thresholds,
    *,
    constructed: bool,
    by_hand: bool = False,
) -> Check:
    """Judge how well a segment is found again.

    Parameters
    ----------
    segment : int
    found_again : float or None
        Stability within solutions (SLSW): median of the best Jaccard coefficients, in [0, 1]; None
        before the segments have been tested, NaN where none of its customers was looked at.
    thresholds : Thresholds
    constructed : bool
        Whether the verdict on the solution is "constructed"; it overrides any stability.
    by_hand : bool
        Whether the segments were given, or changed by hand, so that no test looks at them.

    Returns
    -------
    Check
    """
    enough = thresholds.value("stable-jaccard")
    source = THRESHOLDS["stable-jaccard"].source
    if found_again is None or math.isnan(found_again):
        if constructed:
            why, remedy = Note.of("stability-nothing"), Note.of("remedy-nothing-found")
            return Check(segment, "stability", Verdict.FAIL, None, enough, source, why, remedy)
        kind = ("stability-by-hand", "remedy-by-hand") if by_hand else _UNTESTED
        why, remedy = (Note.of(code) for code in kind)
        return Check(segment, "stability", Verdict.UNKNOWN, None, enough, source, why, remedy)
    verdict = graded(found_again, enough, thresholds.value("stable-jaccard-caution"))
    code = "stability-constructed" if constructed else f"stability-{verdict.value}"
    why = Note.of(code, value=round(found_again, 3), threshold=enough)
    if constructed:
        verdict = Verdict.FAIL
    cure = None if verdict is Verdict.PASS else Note.of("remedy-stability")
    return Check(segment, "stability", verdict, found_again, enough, source, why, cure)
