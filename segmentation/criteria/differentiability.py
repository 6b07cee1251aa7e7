"""Differentiable: does a segment turn out differently from all others, where it was not made to?

Enters: a profile and the names of the outcomes. Leaves: a test for every segment and outcome, and
checks. Refuses the variables that formed the segments: they differ because they were made to.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from segmentation.criteria.checks import Check, Verdict
from segmentation.criteria.thresholds import THRESHOLDS, Thresholds
from segmentation.notes import Note
from segmentation.profiles import Association, LevelFact, NumberFact, Profile, associations
from segmentation.profiles.association import Test, adjusted_by_holm
from segmentation.profiles.intervals import effective_size


@dataclass(frozen=True, slots=True)
class OutcomeTest:
    """One outcome of one segment against all other customers.

    Attributes
    ----------
    segment : int
    found : Association
        Eta squared or Cramer's V of two groups; p adjusted among all segments and outcomes.
    """

    segment: int
    found: Association


def outcome_tests(described: Profile, outcomes: Sequence[str]) -> tuple[OutcomeTest, ...]:
    """Test every segment against the others in every outcome.

    Parameters
    ----------
    described : Profile
    outcomes : sequence of str
        Variables that judge the segments; those that formed them are passed over.

    Returns
    -------
    tuple of OutcomeTest
        Segments × outcomes; p-values adjusted together by Holm's method.
    """
    wanted = frozenset(outcomes) - frozenset(described.basis)
    tests = [
        OutcomeTest(segment, found)
        for segment in range(described.k)
        for found in associations(_against_rest(described, segment, wanted))
    ]
    adjusted = adjusted_by_holm([test.found for test in tests])
    return tuple(replace(t, found=found) for t, found in zip(tests, adjusted, strict=True))


def _against_rest(described: Profile, segment: int, wanted: frozenset[str]) -> Profile:
    """Return a profile of two: the segment, and everybody else."""
    numbers: dict[str, list[NumberFact]] = {}
    levels: dict[tuple[str, str | None], list[LevelFact]] = {}
    for fact in described.numbers:
        if fact.variable in wanted:
            numbers.setdefault(fact.variable, []).append(fact)
    for level in described.levels:
        if level.variable in wanted:
            levels.setdefault((level.variable, level.level), []).append(level)
    effective = {
        name: _effective_rest((f for f in described.levels if f.variable == name), segment)
        for name in {name for name, _ in levels}
    }
    own, rest = described.sizes[segment], [s for s in described.sizes if s.segment != segment]
    n_rest, share = sum(s.n for s in rest), sum(s.share for s in rest)
    return Profile(
        k=2,
        sizes=(replace(own, segment=0), replace(own, segment=1, n=n_rest, share=share)),
        numbers=tuple(f for facts in numbers.values() for f in _two_numbers(facts, segment)),
        levels=tuple(
            fact
            for (name, _), facts in levels.items()
            for fact in _two_levels(facts, segment, effective[name])
        ),
        basis=(),
    )


def _two_numbers(facts: Sequence[NumberFact], segment: int) -> tuple[NumberFact, NumberFact]:
    own = next(fact for fact in facts if fact.segment == segment)
    held = [fact for fact in facts if fact.segment != segment and fact.n > 0]
    mass = np.array([fact.mass for fact in held])
    mean = sd = math.nan
    if mass.sum() > 0:
        means, spreads = np.array([f.mean for f in held]), np.array([f.sd for f in held])
        mean = float(mass @ means / mass.sum())
        sd = math.sqrt(float(mass @ (spreads**2 + (means - mean) ** 2) / mass.sum()))
    n, total = sum(fact.n for fact in held), float(mass.sum())
    effective = _pooled((fact.mass, fact.effective) for fact in held)
    rest = replace(own, segment=1, n=n, mass=total, mean=mean, sd=sd, effective=effective)
    return replace(own, segment=0), rest


def _two_levels(
    facts: Sequence[LevelFact], segment: int, effective: float
) -> tuple[LevelFact, LevelFact]:
    own = next(fact for fact in facts if fact.segment == segment)
    others = [fact for fact in facts if fact.segment != segment]
    n, mass = sum(fact.n for fact in others), sum(fact.mass for fact in others)
    return replace(own, segment=0), replace(own, segment=1, n=n, mass=mass, effective=effective)


def _effective_rest(facts: Iterable[LevelFact], segment: int) -> float:
    """Return the effective number of the customers of all other segments with a value."""
    mass: dict[int, float] = {}
    effective: dict[int, float] = {}
    for fact in facts:
        if fact.segment != segment:
            mass[fact.segment] = mass.get(fact.segment, 0.0) + fact.mass
            effective[fact.segment] = fact.effective
    return _pooled((mass[s], effective[s]) for s in mass)


def _pooled(groups: Iterable[tuple[float, float]]) -> float:
    """Return the effective number of several groups together, from their masses and their own."""
    held = [(mass, effective) for mass, effective in groups if effective > 0]
    squares = sum(mass**2 / effective for mass, effective in held)
    return effective_size(sum(mass for mass, _ in held), squares)


def differentiability_check(
    segment: int, tests: Sequence[OutcomeTest], thresholds: Thresholds, *, nothing_found: bool
) -> Check:
    """Judge the outcome in which a segment differs most from all others.

    Parameters
    ----------
    segment : int
    tests : sequence of OutcomeTest
        Of all segments.
    thresholds : Thresholds
    nothing_found : bool
        Whether the data hold no segments at all: then nothing can be told apart.

    Returns
    -------
    Check
        Unknown without an outcome. A difference beyond chance that is too small is a caution.
    """
    own = [test.found for test in tests if test.segment == segment]
    best = max(own, key=lambda found: _rank(found, thresholds), default=None)
    enough = thresholds.value("difference-eta" if best is None else _code(best))
    source = THRESHOLDS["difference-eta"].source
    value = best.effect if best else None
    name = "differentiability"
    if nothing_found:
        why, remedy = Note.of("differentiability-nothing"), Note.of("remedy-nothing-found")
        return Check(segment, name, Verdict.FAIL, value, enough, source, why, remedy)
    if best is None:
        why, remedy = Note.of("differentiability-unknown"), Note.of("remedy-outcome")
        return Check(segment, name, Verdict.UNKNOWN, None, enough, source, why, remedy)
    verdict = _verdict(best, thresholds)
    why = Note.of(
        f"differentiability-{verdict.value}",
        outcome=best.variable,
        effect=round(best.effect, 4),
        p=max(round(best.adjusted, 4), 1e-4),
    )
    cure = None if verdict is Verdict.PASS else Note.of("remedy-differentiability")
    return Check(segment, name, verdict, value, enough, source, why, cure)


def _code(found: Association) -> str:
    return "difference-eta" if found.test is Test.ANOVA else "difference-v"


def _verdict(found: Association, thresholds: Thresholds) -> Verdict:
    if found.adjusted >= thresholds.value("difference-p"):
        return Verdict.FAIL
    large = found.effect >= thresholds.value(_code(found))
    return Verdict.PASS if large else Verdict.CAUTION


def _rank(found: Association, thresholds: Thresholds) -> tuple[int, float]:
    """Verdict first, then how many times the threshold the effect is: the two measures differ."""
    order = (Verdict.FAIL, Verdict.CAUTION, Verdict.PASS)
    enough = max(thresholds.value(_code(found)), 1e-9)
    return order.index(_verdict(found, thresholds)), found.effect / enough
