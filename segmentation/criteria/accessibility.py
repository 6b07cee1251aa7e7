"""Accessible: does one channel reach enough of a segment?

Enters: the reach of every channel and the thresholds. Leaves: a check by segment, and which
advertising platforms a segment is large enough for. Refuses to count a store: nobody is addressed
there by name.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.criteria.channels import ADS, STORE
from segmentation.criteria.checks import Check, Verdict, graded
from segmentation.criteria.reachability import ChannelReach
from segmentation.criteria.thresholds import PLATFORMS, THRESHOLDS, Thresholds
from segmentation.notes import Note

_RANK = {Verdict.FAIL: 0, Verdict.CAUTION: 1, Verdict.PASS: 2}


def matched(channel: ChannelReach, thresholds: Thresholds) -> float:
    """Return how many of the reachable members an advertising platform is likely to recognise.

    The platform's match rate counts for advertising; by any other channel all are reached.
    """
    rate = thresholds.value("match-rate") if channel.channel == ADS else 1.0
    return channel.reachable * rate


def platforms_open(channel: ChannelReach, thresholds: Thresholds) -> tuple[str, ...]:
    """Return the platforms whose smallest audience the expected matches reach; none but for ads."""
    if channel.channel != ADS:
        return ()
    n = matched(channel, thresholds)
    return tuple(name for name in PLATFORMS if n >= thresholds.value(f"minimum-{name}"))


def reachability_check(
    segment: int, channels: Sequence[ChannelReach], thresholds: Thresholds
) -> Check:
    """Judge the best channel; without identifiers to check the verdict is a caution at best.

    Parameters
    ----------
    segment : int
    channels : sequence of ChannelReach
        Of this segment.
    thresholds : Thresholds

    Returns
    -------
    Check
        Unknown where the file holds neither consents nor contacts.
    """
    enough = thresholds.value("reachable-share")
    source = THRESHOLDS["reachable-share"].source
    by_name = [channel for channel in channels if channel.channel != STORE]
    if not by_name:
        why, hint = Note.of("reachability-unknown"), Note.of("remedy-reach-unknown")
        verdict = Verdict.UNKNOWN
        return Check(segment, "reachability", verdict, None, enough, source, why, hint)
    best, verdict = _best(by_name, thresholds)
    share = _share(best, thresholds)
    remedy = None if verdict is Verdict.PASS else Note.of("remedy-reach")
    if not any(channel.has_consent or channel.consenting for channel in by_name):
        why, remedy = Note.of("reachability-no-consent"), Note.of("remedy-consent")
    else:
        unchecked = verdict is Verdict.CAUTION and share >= enough
        code = verdict.value
        if unchecked:
            code = "assumed" if best.has_contact else "unchecked"
        said = round(share, 4)
        why = Note.of(f"reachability-{code}", channel=best.channel, share=said, threshold=enough)
    return Check(segment, "reachability", verdict, share, enough, source, why, remedy)


def _share(channel: ChannelReach, thresholds: Thresholds) -> float:
    if channel.channel != ADS:
        return channel.share
    return matched(channel, thresholds) / max(1, channel.members)


def _best(channels: Sequence[ChannelReach], thresholds: Thresholds) -> tuple[ChannelReach, Verdict]:
    """Return the channel with the best verdict, the largest share among equals."""
    graded_channels = [(c, _channel_verdict(c, thresholds)) for c in channels]
    return max(graded_channels, key=lambda pair: (_RANK[pair[1]], _share(pair[0], thresholds)))


def _channel_verdict(channel: ChannelReach, thresholds: Thresholds) -> Verdict:
    """Grade one channel; what could not be checked is a caution at best."""
    enough = thresholds.value("reachable-share")
    caution = thresholds.value("reachable-share-caution")
    verdict = graded(_share(channel, thresholds), enough, caution)
    if channel.channel == ADS and not platforms_open(channel, thresholds):
        return Verdict.FAIL
    if verdict is Verdict.PASS and not (channel.has_contact and channel.has_consent):
        return Verdict.CAUTION
    return verdict
