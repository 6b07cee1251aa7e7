"""Not too special: does a program of its own earn more than joining the nearest segment?

Enters: a profile, the user's money figures and the share of responses that is kept by joining.
Leaves: each segment's nearest neighbour, and a check. Refuses to judge without money.
"""

from __future__ import annotations

import numpy as np

from segmentation.criteria.checks import Check, Verdict
from segmentation.criteria.paying import program_of
from segmentation.criteria.thresholds import THRESHOLDS, Thresholds
from segmentation.money import Program
from segmentation.notes import Note
from segmentation.profiles import Profile, SegmentSize


def neighbours(described: Profile) -> tuple[int, ...]:
    """Return the segment nearest to each, by what formed them.

    Distances are Euclidean among means in units of the market's spread, and among shares of
    categories in units of their standard deviation.

    Parameters
    ----------
    described : Profile

    Returns
    -------
    tuple of int
        By segment; the segment itself where there is no other.
    """
    places: dict[tuple[str, str | None], np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
    counted = {fact.variable for fact in described.numbers}
    for fact in described.numbers:
        if fact.variable in described.basis:
            place = places.setdefault((fact.variable, None), np.zeros(described.k))
            place[fact.segment] = fact.z
    for level in described.levels:
        spread = (level.overall * (1 - level.overall)) ** 0.5
        if level.variable in described.basis and level.variable not in counted and spread > 0:
            place = places.setdefault((level.variable, level.level), np.zeros(described.k))
            place[level.segment] = (level.share - level.overall) / spread
    points = np.nan_to_num(np.array(list(places.values())).reshape(len(places), described.k).T)
    apart = ((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
    if described.k > 1:
        np.fill_diagonal(apart, np.inf)
    return tuple(int(nearest) for nearest in apart.argmin(axis=1))


def own_program_gain(n: float, money: Program, kept: float) -> float:
    """Return what a program of its own adds to the profit: N r m (1 - kept) - F.

    Parameters
    ----------
    n : float
        Customers of the segment.
    money : Program
    kept : float
        Share of the responses that remains when the nearest segment's program is used instead.

    Examples
    --------
    >>> own_program_gain(1000, Program(response=0.1, margin=50, contact=1, fixed=800), kept=0.8)
    200.0
    """
    return round(n * money.response * money.margin * (1 - kept) - money.fixed, 6)


def speciality_check(size: SegmentSize, neighbour: int, thresholds: Thresholds) -> Check:
    """Compare a program of its own with joining the nearest segment, in money.

    Parameters
    ----------
    size : SegmentSize
    neighbour : int
        The nearest segment.
    thresholds : Thresholds
        The money figures and the share of responses that is kept among them.

    Returns
    -------
    Check
        Unknown until response rate and margin are given.
    """
    money, kept = program_of(thresholds), thresholds.value("merged-response")
    source, name = THRESHOLDS["merged-response"].source, "speciality"
    near = neighbour + 1
    if money is None or neighbour == size.segment:
        why, remedy = Note.of("speciality-unknown", near=near), Note.of("remedy-money")
        return Check(size.segment, name, Verdict.UNKNOWN, None, None, source, why, remedy)
    gain = own_program_gain(size.n, money, kept)
    verdict = Verdict.PASS if gain >= 0 else Verdict.CAUTION
    why = Note.of(
        "speciality-pass" if gain >= 0 else "speciality-caution",
        near=near,
        gain=abs(gain),
        kept=kept,
    )
    cure = None if verdict is Verdict.PASS else Note.of("remedy-speciality", near=near)
    return Check(size.segment, name, verdict, gain, 0.0, source, why, cure)
