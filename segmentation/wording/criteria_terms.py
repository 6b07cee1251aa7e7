"""The names of what the scorecard is made of: criteria, channels, thresholds and their sources.

Enters: a code. Leaves: its English name, marked for translation.
"""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.wording.language import mark

VERDICTS: Mapping[str, str] = {
    "pass": mark("Pass"),
    "caution": mark("Caution"),
    "fail": mark("Fail"),
    "unknown": mark("Unknown"),
}
CRITERIA: Mapping[str, str] = {
    "size": mark("Large enough"),
    "paying": mark("Pays"),
    "measurability": mark("Measurable"),
    "reachability": mark("Reachable"),
    "differentiability": mark("Differentiable"),
    "stability": mark("Stable"),
    "actionability": mark("Actionable"),
    "freshness": mark("Fresh"),
    "speciality": mark("Not too special"),
}
QUESTIONS: Mapping[str, str] = {
    "size": mark("Are there enough customers in it to plan for?"),
    "paying": mark("Are there at least as many as have to be addressed before it pays?"),
    "measurability": mark("Do we know of its members what defines them?"),
    "reachability": mark("Can we address enough of its members?"),
    "differentiability": mark("Do its members act differently, where they were not made to?"),
    "stability": mark("Would another sample of the market show it again?"),
    "actionability": mark("Can people tell who is in it, and is something planned for it?"),
    "freshness": mark("Is it about customers as they are now?"),
    "speciality": mark("Does a program of its own earn more than joining its neighbour?"),
}
CHANNELS: Mapping[str, str] = {
    "email": mark("E-mail"),
    "sms": mark("Phone / SMS"),
    "post": mark("Post"),
    "push": mark("App push"),
    "wechat": mark("WeChat"),
    "ads": mark("Advertising"),
    "store": mark("Store"),
}
PLATFORMS: Mapping[str, str] = {
    "google": mark("Google"),
    "meta": mark("Meta"),
    "linkedin": mark("LinkedIn"),
    "tiktok": mark("TikTok"),
}
THRESHOLD_NAMES: Mapping[str, str] = {
    "size-n": mark("Customers in a segment, at least"),
    "size-share": mark("Share of customers to pass"),
    "size-share-caution": mark("Share of customers, caution from"),
    "measurable-share": mark("Members with all basis variables filled, to pass"),
    "measurable-share-caution": mark("Members with all basis variables filled, caution from"),
    "response-rate": mark("Responses among those addressed"),
    "margin": mark("Earned by a response"),
    "contact-cost": mark("Cost of addressing one customer"),
    "fixed-cost": mark("Fixed cost of a program for one segment"),
    "reachable-share": mark("Members reached by the best channel, to pass"),
    "reachable-share-caution": mark("Members reached by the best channel, caution from"),
    "match-rate": mark("Identifiers that an advertising platform recognises"),
    "minimum-google": mark("Smallest audience: Google"),
    "minimum-meta": mark("Smallest audience: Meta"),
    "minimum-linkedin": mark("Smallest audience: LinkedIn"),
    "minimum-tiktok": mark("Smallest audience: TikTok"),
    "difference-p": mark("Chance of a false alarm (p), below"),
    "difference-eta": mark("Difference in a number (eta squared), from"),
    "difference-v": mark("Difference in a category (Cramer’s V), from"),
    "stable-jaccard": mark("Found again (Jaccard), to pass"),
    "stable-jaccard-caution": mark("Found again (Jaccard), caution from"),
    "rule-accuracy": mark("Balanced accuracy of the rule, to pass"),
    "rule-accuracy-caution": mark("Balanced accuracy of the rule, caution from"),
    "fresh-days": mark("Age of the data in days, at most to pass"),
    "fresh-days-caution": mark("Age of the data in days, at most for caution"),
    "merged-response": mark("Responses kept when a segment joins its neighbour"),
}
SOURCES: Mapping[str, str] = {
    "source-size-n": mark("At least 30 cases are the usual floor for stable means (convention)."),
    "source-size-share": mark(
        "5 % to pass, 2 % for caution: the bands of comparable tools (convention)."
    ),
    "source-yours": mark(
        "Your own figure; 0 means that it is not given. A segment pays from fixed cost / (response "
        "rate × margin − cost of contact) customers on."
    ),
    "source-match-rate": mark(
        "Vendors quote 30 to 70 % for consumers, 10 to 30 % for business addresses (read in 2024 "
        "and 2025); the middle is taken."
    ),
    "source-google": mark("Google Ads: 100 people active in the last 30 days (December 2024)."),
    "source-meta": mark("Meta help: avoid lists of fewer than 100 people (read in 2025)."),
    "source-linkedin": mark("LinkedIn: 300 members matched (widely quoted; check before booking)."),
    "source-tiktok": mark("TikTok help: 1,000 people matched (read in 2025)."),
    "source-holm": mark("5 %, all tests together (Holm 1979)."),
    "source-cohen": mark("A small effect by the convention of Cohen (1988)."),
    "source-hennig": mark("Stable from 0.75, a mere pattern from 0.60 (Hennig 2007, 2008)."),
    "source-fresh": mark("Half a year: segments are looked at again at least twice a year."),
    "source-own": mark("Our own choice: the literature gives no number. Change it to fit you."),
}
PLAN_FIELDS: Mapping[str, str] = {
    "owner": mark("Owner"),
    "offer": mark("Offer"),
    "channel": mark("Channel"),
}
ATTRIBUTES: Mapping[str, str] = {
    "size": mark("Size"),
    "value": mark("Value"),
    "reach": mark("Reach"),
    "stability": mark("Stability"),
    "rule": mark("Clear rule"),
    "growth": mark("Growth"),
    "ease": mark("Little competition"),
}
ATTRIBUTE_SOURCES: Mapping[str, str] = {
    "size": mark("Measured: share of the customers, the largest segment has 10."),
    "value": mark("Measured: total of the first outcome that is an amount; the highest has 10."),
    "reach": mark("Measured: share reached by the best direct channel, 10 for everybody."),
    "stability": mark("Measured, once the segments are tested: how well it is found again."),
    "rule": mark("Measured: balanced accuracy of the readable rule, 0 for guessing."),
    "growth": mark("Your rating in the table of plans."),
    "ease": mark("Your rating in the table of plans."),
}
