"""Substantial in money: is a segment at least as large as the smallest that pays?

Enters: the user's response rate, margin and costs. Leaves: the smallest number of customers whose
responses cover the cost, and a check. Refuses to invent a figure: what nobody typed in is unknown.
"""

from __future__ import annotations

import math

from segmentation.criteria.checks import Check, Verdict
from segmentation.criteria.thresholds import Thresholds
from segmentation.money import Program, smallest_paying
from segmentation.notes import Note
from segmentation.profiles import SegmentSize

SOURCE = "source-yours"


def program_of(thresholds: Thresholds) -> Program | None:
    """Take the user's figures as a program; None while response rate and margin are not given.

    Examples
    --------
    >>> program_of(Thresholds.of({"response-rate": 0.1, "margin": 50, "contact-cost": 1})).gain
    4.0
    """
    names = ("response-rate", "margin", "contact-cost", "fixed-cost")
    response, margin, contact, fixed = (thresholds.value(name) for name in names)
    program = Program(response=response, margin=margin, contact=contact, fixed=fixed)
    return program if response > 0 and margin > 0 and program.flaw is None else None


def paying_check(size: SegmentSize, thresholds: Thresholds) -> Check:
    """Compare a segment's customers with the smallest number that pays.

    Parameters
    ----------
    size : SegmentSize
    thresholds : Thresholds
        The money figures among them.

    Returns
    -------
    Check
        Unknown until response rate and margin are given.
    """
    money = program_of(thresholds)
    if money is None:
        why, remedy = Note.of("paying-unknown"), Note.of("remedy-money")
        return Check(size.segment, "paying", Verdict.UNKNOWN, size.n, None, SOURCE, why, remedy)
    least = smallest_paying(money)
    if math.isinf(least):
        why = Note.of("paying-never", response=money.response, least=money.contact / money.margin)
        remedy = Note.of("remedy-never-pays")
        return Check(size.segment, "paying", Verdict.FAIL, size.n, None, SOURCE, why, remedy)
    needed, passes = math.ceil(least), size.n >= least
    verdict = Verdict.PASS if passes else Verdict.FAIL
    why = Note.of("paying-pass" if passes else "paying-fail", n=size.n, needed=needed)
    cure = None if passes else Note.of("remedy-paying")
    return Check(size.segment, "paying", verdict, size.n, needed, SOURCE, why, cure)
