"""Actionable: can people tell who is in a segment, and has somebody planned something for it?

Enters: a readable rule and the user's plan. Leaves: a check. Refuses to write the plan.
"""

from __future__ import annotations

import math

from segmentation.criteria.checks import Check, Verdict, graded
from segmentation.criteria.choices import TEXTS, SegmentPlan
from segmentation.criteria.thresholds import THRESHOLDS, Thresholds
from segmentation.notes import Note
from segmentation.typing_tool import SegmentRule


def actionability_check(
    segment: int, rule: SegmentRule | None, plan: SegmentPlan, thresholds: Thresholds
) -> Check:
    """Judge the rule's balanced accuracy, then whether owner, offer and channel are filled in.

    Parameters
    ----------
    segment : int
    rule : SegmentRule or None
        None where no rule could be learned.
    plan : SegmentPlan
    thresholds : Thresholds

    Returns
    -------
    Check
        A readable rule without a plan is a caution.
    """
    enough = thresholds.value("rule-accuracy")
    source, name = THRESHOLDS["rule-accuracy"].source, "actionability"
    if rule is None or math.isnan(rule.balanced_accuracy):
        why, remedy = Note.of("actionability-unknown"), Note.of("remedy-rule")
        return Check(segment, name, Verdict.UNKNOWN, None, enough, source, why, remedy)
    accuracy = rule.balanced_accuracy
    verdict = graded(accuracy, enough, thresholds.value("rule-accuracy-caution"))
    if verdict is not Verdict.PASS:
        why, remedy = (
            Note.of(f"actionability-{verdict.value}", share=accuracy),
            Note.of("remedy-rule"),
        )
    elif missing := tuple(field for field in TEXTS if not getattr(plan, field)):
        verdict = Verdict.CAUTION
        why = Note.of("actionability-no-plan", share=accuracy, fields=missing)
        remedy = Note.of("remedy-plan")
    else:
        return Check(
            segment,
            name,
            verdict,
            accuracy,
            enough,
            source,
            Note.of("actionability-pass", share=accuracy),
        )
    return Check(segment, name, verdict, accuracy, enough, source, why, remedy)
