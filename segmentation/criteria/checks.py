"""The checks of every segment: verdict, number, threshold and where the threshold comes from.

Enters: sizes, filled shares, reach and thresholds. Leaves: checks. Refuses to hide a number behind
a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from segmentation.criteria.reachability import ChannelReach
from segmentation.criteria.thresholds import THRESHOLDS, Thresholds
from segmentation.notes import Note
from segmentation.profiles import SegmentSize


class Verdict(StrEnum):
    """What a check says."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    CAUTION = "caution"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One criterion of one segment.

    Attributes
    ----------
    segment : int
    criterion : str
        ``size``, ``measurability`` or ``reachability``.
    verdict : Verdict
    value : float or None
        The number that decides, None where it cannot be known.
    threshold : float
        From which on it passes.
    source : str
        Code of the sentence that says where the threshold comes from.
    why : Note
        The verdict in numbers.
    """

    segment: int
    criterion: str
    verdict: Verdict
    value: float | None
    threshold: float
    source: str
    why: Note


def check_segments(
    sizes: Sequence[SegmentSize],
    filled: Sequence[float],
    channels: Sequence[ChannelReach],
    thresholds: Thresholds,
) -> tuple[Check, ...]:
    """Check every segment's size, measurability and reachability.

    Parameters
    ----------
    sizes : sequence of SegmentSize
    filled : sequence of float
        Share of members with all basis variables filled, by segment.
    channels : sequence of ChannelReach
        All channels of all segments.
    thresholds : Thresholds
        The values in force.

    Returns
    -------
    tuple of Check
        Segments × criteria.
    """
    checks = []
    for size in sizes:
        own = [c for c in channels if c.segment == size.segment]
        checks += [
            _size(size, thresholds),
            _measurability(size.segment, filled[size.segment], thresholds),
            _reachability(size.segment, own, thresholds),
        ]
    return tuple(checks)


def graded(value: float, enough: float, doubtful: float) -> Verdict:
    """Grade a number: pass from ``enough`` on, caution from ``doubtful`` on.

    Examples
    --------
    >>> graded(0.7, 0.8, 0.6).value
    'caution'
    """
    if value >= enough:
        return Verdict.PASS
    return Verdict.CAUTION if value >= doubtful else Verdict.FAIL


def _size(size: SegmentSize, thresholds: Thresholds) -> Check:
    enough = thresholds.value("size-share")
    verdict = graded(size.share, enough, thresholds.value("size-share-caution"))
    n_enough = thresholds.value("size-n")
    few = size.n < n_enough
    why = Note.of(
        "size-too-few" if few else f"size-{verdict.value}",
        n=size.n,
        share=round(size.share, 4),
        threshold=n_enough if few else enough,
    )
    if few:
        source = THRESHOLDS["size-n"].source
        return Check(size.segment, "size", Verdict.FAIL, size.n, n_enough, source, why)
    source = THRESHOLDS["size-share"].source
    return Check(size.segment, "size", verdict, size.share, enough, source, why)


def _measurability(segment: int, filled: float, thresholds: Thresholds) -> Check:
    enough = thresholds.value("measurable-share")
    verdict = graded(filled, enough, thresholds.value("measurable-share-caution"))
    why = Note.of(f"measurability-{verdict.value}", share=round(filled, 4), threshold=enough)
    source = THRESHOLDS["measurable-share"].source
    return Check(segment, "measurability", verdict, filled, enough, source, why)


def _reachability(segment: int, channels: Sequence[ChannelReach], thresholds: Thresholds) -> Check:
    """Judge the best channel; without identifiers to check the verdict is a caution at best."""
    enough = thresholds.value("reachable-share")
    source = THRESHOLDS["reachable-share"].source
    if not channels:
        why = Note.of("reachability-unknown")
        return Check(segment, "reachability", Verdict.CAUTION, None, enough, source, why)
    best, verdict = _best(channels, thresholds)
    if not any(c.has_consent for c in channels):
        why = Note.of("reachability-no-consent")
    else:
        unchecked = verdict is Verdict.CAUTION and best.share >= enough
        code = "unchecked" if unchecked else verdict.value
        share = round(best.share, 4)
        why = Note.of(f"reachability-{code}", channel=best.channel, share=share, threshold=enough)
    return Check(segment, "reachability", verdict, best.share, enough, source, why)


def _best(channels: Sequence[ChannelReach], thresholds: Thresholds) -> tuple[ChannelReach, Verdict]:
    """Return the channel with the best verdict, the largest share among equals."""
    graded_channels = [(c, _channel_verdict(c, thresholds)) for c in channels]
    return max(graded_channels, key=lambda pair: (_RANK[pair[1]], pair[0].share))


def _channel_verdict(channel: ChannelReach, thresholds: Thresholds) -> Verdict:
    """Grade one channel; consent alone, without an identifier to check, is a caution at best."""
    enough = thresholds.value("reachable-share")
    verdict = graded(channel.share, enough, thresholds.value("reachable-share-caution"))
    if verdict is Verdict.PASS and not (channel.has_contact and channel.has_consent):
        return Verdict.CAUTION
    return verdict


_RANK = {Verdict.FAIL: 0, Verdict.CAUTION: 1, Verdict.PASS: 2}
