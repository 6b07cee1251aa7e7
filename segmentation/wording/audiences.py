"""Audience files in words: platforms, what their files hold, who falls out, and what to mind.

Enters: an audience and a hold-out. Leaves: marked names and sentences. Refuses to count.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from segmentation.audiences import Audience, HoldOut, Part, Platform
from segmentation.wording.language import Words, mark

PLATFORM_NAMES: Mapping[str, str] = {
    "google": mark("Google Customer Match"),
    "meta": mark("Meta (Facebook, Instagram)"),
    "tiktok": mark("TikTok"),
    "tencent": mark("Tencent Ads: telephone numbers"),
    "tencent-idfa": mark("Tencent Ads: Apple devices (IDFA)"),
    "tencent-imei": mark("Tencent Ads: Android devices (IMEI)"),
    "tencent-mac": mark("Tencent Ads: network addresses (MAC)"),
    "klaviyo": mark("Klaviyo"),
    "mailchimp": mark("Mailchimp"),
}
PART_NAMES: Mapping[Part, str] = {
    Part.EMAIL: mark("E-mail address"),
    Part.PHONE: mark("Telephone number"),
    Part.DEVICE: mark("Device identifier"),
    Part.FIRST: mark("First name"),
    Part.LAST: mark("Last name"),
    Part.COUNTRY: mark("Country"),
    Part.POSTCODE: mark("Postcode"),
}
CONSENT_NAMES: Mapping[Part, str] = {
    Part.EMAIL: mark("Consent for the e-mail address"),
    Part.PHONE: mark("Consent for the telephone number"),
    Part.DEVICE: mark("Consent for the device"),
}


def steps_of(audience: Audience, held: int, words: Words) -> dict[str, int]:
    """Return how many customers are left after each step, from the members to the file."""
    return {
        words("In the segments"): audience.members,
        words("May be addressed"): audience.consenting,
        words("Can be found"): audience.valid,
        words("Each person once"): audience.people,
        words("Held out"): held,
        words("In the file"): audience.people - held,
    }


def left_out(audience: Audience, words: Words) -> dict[str, int]:
    """Return why customers are left out, and how many for each reason."""
    return {
        words("Did not agree"): audience.refused,
        words("Consent not known"): audience.unknown,
        words("No address or number"): audience.without,
        words("Not a valid address or number"): audience.invalid,
        words("Same address or number as another customer"): audience.doubled,
    }


def what_leaves(platform: Platform, words: Words) -> str:
    """Say in which form personal data leave."""
    if platform.is_plain:
        return words(
            "This file holds addresses and names as they are: the service sends messages to them. "
            "Pass it on over a safe way, and delete it afterwards."
        )
    return words(
        "Addresses, numbers and names are written in one way and hashed in the file; nothing is "
        "sent. A hash can be compared but not read; it still stands for a person."
    )


def too_small(audience: Audience, held: int, smallest: int, words: Words) -> str:
    """Warn of an audience below what the platform takes; blank where it is large enough."""
    people = audience.people - held
    if people >= smallest:
        return ""
    return words(
        "{people:count} people are fewer than the {smallest:count} that the platform can address, "
        "and only a part of them will be matched.",
        people=people,
        smallest=smallest,
    )


def consent_missing(audience: Audience, words: Words) -> str:
    """Say that no column tells who agreed; blank where one does."""
    plan = audience.plan
    if plan.unknown_consent or any(part in plan.consents for part in plan.identifiers):
        return ""
    return words(
        "No column says who agreed, so nobody is in the file. Choose the column of consent, or say "
        "that consent which is not known counts as given."
    )


def holdout_said(found: HoldOut, words: Words) -> str:
    """Say how many are held out and what they let be seen."""
    if found.held == 0:
        return words("Nobody is held out: the effect of this campaign will not be seen.")
    if found.suffices:
        return words(
            "{held:count} people are held out: every customer whose draw is below {share}. The "
            "same share holds out the same customers in every other file.",
            held=found.held,
            share=found.share,
        )
    seen = words.percent(found.lift) if math.isfinite(found.lift) else "–"
    return words(
        "A lift that small needs {needed:count} people in each group; half of this audience is "
        "{held:count}. With these a lift of {seen} is seen.",
        needed=found.needed,
        held=found.held,
        seen=seen,
    )
