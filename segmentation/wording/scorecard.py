"""The scorecard in words: what the segments come to, and what must not be forgotten.

Enters: a scorecard, reach and decisions. Leaves: sentences. Refuses to praise segments that the
test calls constructed.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.criteria import (
    Check,
    Place,
    Reach,
    ReachRules,
    Scorecard,
    Tested,
    Verdict,
)
from segmentation.criteria.checks import CRITERIA as CODES
from segmentation.wording.criteria_terms import CRITERIA
from segmentation.wording.language import Words
from segmentation.wording.notes import say

_PERCENT = frozenset({"measurability", "reachability", "actionability"})


def card_finding(card: Scorecard, words: Words) -> str:
    """Say in one line what the knock-out criteria say of all segments together."""
    if card.tested.constructed:
        return words("These {k:count} segments are constructed, not found", k=card.k)
    failed, passed = card.count(Verdict.FAIL), card.count(Verdict.PASS)
    if failed == card.k:
        return words("None of the {k:count} segments holds up", k=card.k)
    if passed == card.k:
        return words("All {k:count} segments are worth a program of their own", k=card.k)
    if failed:
        return words(
            "{n:count} of {k:count} segments fail a criterion that must hold", n=failed, k=card.k
        )
    return words(
        "No segment fails, {n:count} of {k:count} are open or need care",
        n=card.k - passed,
        k=card.k,
    )


def open_points(card: Scorecard, words: Words) -> tuple[str, ...]:
    """Say for every criterion that is unknown of all segments what would tell it."""
    told = []
    for criterion in CODES:
        cells = [card.check(segment, criterion) for segment in range(card.k)]
        remedy = cells[0].remedy
        if remedy and all(cell.verdict is Verdict.UNKNOWN for cell in cells):
            name = words(CRITERIA[criterion])
            sentence = words("{criterion}: {remedy}", criterion=name, remedy=say(remedy, words))
            told.append(sentence)
    return tuple(told)


def most_attractive(
    found: Sequence[Place], card: Scorecard, names: Sequence[str], words: Words
) -> str:
    """Say which segment is the most attractive of those that are not out.

    Parameters
    ----------
    found : sequence of Place
    card : Scorecard
        Of the same segments.
    names : sequence of str
    words : Words

    Returns
    -------
    str
        Nothing is praised among constructed segments.
    """
    if card.tested.constructed:
        return words("Constructed segments: a rating says how the cut falls, not whom to go for")
    rated = [p for p in found if p.attractiveness is not None]
    if not rated:
        return words("Nothing is known yet that makes a segment attractive")
    left = [p for p in rated if card.verdict(p.segment) is not Verdict.FAIL]
    if not left:
        return words("No segment meets what must hold, so there is none to go for")
    best = max(left, key=lambda place: place.attractiveness or 0.0)
    return words(
        "“{name}” is the most attractive that is not out: {value:number} of 10",
        name=names[best.segment],
        value=best.attractiveness,
    )


def structure_warning(tested: Tested, words: Words) -> str:
    """Say that segments are constructed, whatever speaks for them; blank where they are not."""
    if tested.nothing_found:
        return words(
            "There are no segments in these data. What you see is a cut through one population: it "
            "was constructed, not found. However stable the cut, customers on both sides of it are "
            "alike. Do not present these as types of people."
        )
    if tested.constructed:
        return words(
            "The test calls these segments constructed, not found: another sample would draw the "
            "borders elsewhere. This outweighs every good number below. They may serve to divide "
            "the work; do not present them as types of people."
        )
    return ""


def cell_value(check: Check, words: Words) -> str:
    """Write the number of a check, short enough for a cell; a dash where there is none."""
    if check.value is None:
        return "–"
    if check.criterion in _PERCENT or (check.criterion == "size" and check.value <= 1):
        return words.percent(check.value)
    if check.criterion == "freshness":
        return words("{n:count} d", n=round(check.value))
    if check.criterion in ("size", "paying"):
        return words.compact(check.value)
    large = abs(check.value) >= 1000
    return words.compact(check.value) if large else words.number(round(check.value, 3))


def threshold_text(check: Check, words: Words) -> str:
    """Write the threshold of a check; a dash where there is none yet."""
    if check.threshold is None:
        return "–"
    if check.criterion in _PERCENT or (check.criterion == "size" and check.threshold <= 1):
        return words.percent(check.threshold)
    return words.number(check.threshold)


def consent_sentence(rules: ReachRules, words: Words) -> str:
    """Say how consent that is not known counts."""
    if rules.unknown_consent:
        return words(
            "Unknown consent counts as given, because you decided so. Make sure that the law where "
            "your customers live allows it."
        )
    return words("Unknown consent counts as none: whoever did not say yes is not reached.")


def numbers_sentence(found: Reach, words: Words) -> str:
    """Say which country telephone numbers without a country code were read as; blank for none."""
    contacts = found.contacts
    if not contacts.flags:
        return ""
    if contacts.assumed:
        return words(
            "Telephone numbers without a country code are read as numbers of {region}, where "
            "{share:percent} of them are valid. Choose another country if that is wrong.",
            region=contacts.region,
            share=contacts.assumed,
        )
    if contacts.region:
        return words(
            "Telephone numbers without a country code are read as numbers of {region}.",
            region=contacts.region,
        )
    return ""
