"""A check: one criterion of one segment, with its verdict, number, threshold and source.

Enters: a number and its thresholds. Leaves: checks. Refuses to hide a number behind a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from segmentation.notes import Note

# What must hold before a segment is worth a thought (knock-out), and what can be put right.
KNOCK_OUT = ("size", "paying", "measurability", "reachability", "differentiability", "stability")
TO_PUT_RIGHT = ("actionability", "freshness", "speciality")
CRITERIA = KNOCK_OUT + TO_PUT_RIGHT


class Verdict(StrEnum):
    """What a check says."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    CAUTION = "caution"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One criterion of one segment.

    Attributes
    ----------
    segment : int
    criterion : str
        One of :data:`CRITERIA`.
    verdict : Verdict
    value : float or None
        The number that decides, None where it cannot be known.
    threshold : float or None
        From which on (for days: up to which) it passes; None where there is none yet.
    source : str
        Code of the sentence that says where the threshold comes from.
    why : Note
        The verdict in numbers.
    remedy : Note or None
        What would turn it green; None where it is.
    """

    segment: int
    criterion: str
    verdict: Verdict
    value: float | None
    threshold: float | None
    source: str
    why: Note
    remedy: Note | None = None

    @property
    def knocks_out(self) -> bool:
        """Whether a segment that fails here is out, whatever else speaks for it."""
        return self.criterion in KNOCK_OUT


def graded(value: float, enough: float, doubtful: float) -> Verdict:
    """Grade a number: pass from ``enough`` on, caution from ``doubtful`` on.

    Examples
    --------
    >>> graded(0.7, 0.8, 0.6).value
    'caution'
    """
    if value >= enough:
        return Verdict.PASS
    return Verdict.CAUTION if value >= doubtful else Verdict.FAIL


def overall(checks: Iterable[Check]) -> Verdict:
    """Return what the knock-out criteria of one segment say together.

    One failure is a failure; without one, anything unknown leaves the segment open; then cautions
    count. Other criteria do not enter: they can be put right.

    Parameters
    ----------
    checks : iterable of Check
        Of one segment.

    Returns
    -------
    Verdict
    """
    said = {check.verdict for check in checks if check.knocks_out}
    order = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.CAUTION)
    return next((verdict for verdict in order if verdict in said), Verdict.PASS)
