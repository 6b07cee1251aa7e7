"""The numbers behind the charts of the Checks page: reach by channel, and the evaluation.

Enters: what the chart is drawn from. Leaves: rows for a table on the screen and for a file. Refuses
to round: whoever shows or writes them does.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.criteria import ChannelReach, Place, Thresholds
from segmentation.criteria.accessibility import matched, platforms_open
from segmentation.export.chart_rows import Rows
from segmentation.wording import Words
from segmentation.wording.criteria_terms import ATTRIBUTES, PLATFORMS
from segmentation.wording.terms import CHANNELS


def channel_rows(channels: Sequence[ChannelReach], thresholds: Thresholds, words: Words) -> Rows:
    """Return each channel's funnel; what the file does not know is left blank."""
    return [
        {
            words("Channel"): words(CHANNELS[c.channel]),
            words("Members"): c.members,
            words("Consent unknown"): c.unknown if c.needs_consent else None,
            words("May be addressed"): c.consenting,
            words("With an address"): c.identified if c.has_contact else None,
            words("Valid address"): c.reachable if c.has_contact else None,
            words("Expected to be matched"): round(matched(c, thresholds)),
            words("Large enough for"): words.listed(
                [words(PLATFORMS[name]) for name in platforms_open(c, thresholds)]
            ),
        }
        for c in channels
    ]


def place_rows(found: Sequence[Place], names: Sequence[str], words: Words) -> Rows:
    """Return how attractive each segment is, the organisation's strength in it, and why."""
    return [
        {
            words("Segment"): names[place.segment],
            words("Attractiveness"): place.attractiveness,
            words("Strength"): place.strength,
            **{words(title): place.ratings[name] for name, title in ATTRIBUTES.items()},
        }
        for place in found
    ]
