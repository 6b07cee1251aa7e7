"""The scorecard: every criterion of every segment, and what they say together.

Enters: the evidence about one solution and the thresholds. Leaves: a :class:`Scorecard` of plain
values, the same for any solution, so that two can stand side by side. Refuses to let good numbers
speak for segments that the test calls constructed.
"""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.criteria.accessibility import reachability_check
from segmentation.criteria.actionability import actionability_check
from segmentation.criteria.checks import Check, Verdict, overall
from segmentation.criteria.choices import SegmentPlan
from segmentation.criteria.differentiability import OutcomeTest, differentiability_check
from segmentation.criteria.freshness import Dates, freshness_check
from segmentation.criteria.measurability import measurability_check
from segmentation.criteria.paying import paying_check
from segmentation.criteria.reachability import Reach
from segmentation.criteria.speciality import speciality_check
from segmentation.criteria.steadiness import stability_check
from segmentation.criteria.substantiality import size_check
from segmentation.criteria.thresholds import Thresholds
from segmentation.profiles import SegmentSize
from segmentation.typing_tool import SegmentRule
from segmentation.validation import Structure


@dataclass(frozen=True, slots=True)
class Tested:
    """What is known of how far the segments can be trusted.

    Attributes
    ----------
    structure : Structure or None
        The verdict on the solution; None before the test.
    nothing_found : bool
        Whether the customers are one population, without structure: by the test, or before it by
        the recommendation. Any split is then a cut, however often it comes back.
    found_again : tuple of float or None
        Stability of each segment (SLSW); None before the test.
    by_hand : bool
        Whether the segments were given, or changed by hand: the test looks whether segments that
        were found come back, so it says nothing about these.
    """

    __test__ = False  # not a case of the test suite, whatever its name

    structure: Structure | None = None
    nothing_found: bool = False
    found_again: tuple[float, ...] | None = None
    by_hand: bool = False

    @property
    def constructed(self) -> bool:
        """Whether the segments are a cut and no discovery."""
        return self.nothing_found or self.structure is Structure.CONSTRUCTED


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the criteria of one solution are judged by.

    Attributes
    ----------
    sizes : tuple of SegmentSize
    filled : tuple of float
        Share of members with all basis variables filled, by segment.
    reach : Reach
    tests : tuple of OutcomeTest
        Empty where no outcome judges the segments.
    tested : Tested
    rules : tuple of SegmentRule
        Empty where none could be learned.
    plans : tuple of SegmentPlan
        By segment.
    dates : Dates
    neighbours : tuple of int
        By segment.
    """

    sizes: tuple[SegmentSize, ...]
    filled: tuple[float, ...]
    reach: Reach
    tests: tuple[OutcomeTest, ...]
    tested: Tested
    rules: tuple[SegmentRule, ...]
    plans: tuple[SegmentPlan, ...]
    dates: Dates
    neighbours: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Every criterion of every segment.

    Attributes
    ----------
    checks : tuple of Check
        Segments × criteria, in the order of :data:`~segmentation.criteria.checks.CRITERIA`.
    tested : Tested
    """

    checks: tuple[Check, ...]
    tested: Tested

    @property
    def k(self) -> int:
        """Number of segments."""
        return len({check.segment for check in self.checks})

    def of(self, segment: int) -> tuple[Check, ...]:
        """Return the checks of one segment."""
        return tuple(check for check in self.checks if check.segment == segment)

    def check(self, segment: int, criterion: str) -> Check:
        """Return one cell; raises ``KeyError`` for a criterion that is not judged."""
        return {check.criterion: check for check in self.of(segment)}[criterion]

    def verdict(self, segment: int) -> Verdict:
        """Return what the knock-out criteria say of a segment together."""
        return overall(self.of(segment))

    def count(self, verdict: Verdict) -> int:
        """Return of how many segments the knock-out criteria say this."""
        return sum(self.verdict(segment) is verdict for segment in range(self.k))


def scorecard(evidence: Evidence, thresholds: Thresholds) -> Scorecard:
    """Judge every segment of a solution by every criterion.

    Parameters
    ----------
    evidence : Evidence
    thresholds : Thresholds
        The values in force.

    Returns
    -------
    Scorecard
    """
    checks = [check for size in evidence.sizes for check in _of_segment(size, evidence, thresholds)]
    return Scorecard(tuple(checks), evidence.tested)


def _of_segment(size: SegmentSize, evidence: Evidence, t: Thresholds) -> list[Check]:
    s, tested = size.segment, evidence.tested
    own = [c for c in evidence.reach.channels if c.segment == s]
    rule = next((rule for rule in evidence.rules if rule.segment == s), None)
    again = tested.found_again[s] if tested.found_again else None
    return [
        size_check(size, t),
        paying_check(size, t),
        measurability_check(s, evidence.filled[s], t),
        reachability_check(s, own, t),
        differentiability_check(s, evidence.tests, t, nothing_found=tested.nothing_found),
        stability_check(s, again, t, constructed=tested.constructed, by_hand=tested.by_hand),
        actionability_check(s, rule, evidence.plans[s], t),
        freshness_check(s, evidence.dates, t),
        speciality_check(size, evidence.neighbours[s], t),
    ]
