"""Is each segment large enough, measurable and reachable? One criterion a file."""

from segmentation.criteria.checks import Check, Verdict, check_segments
from segmentation.criteria.reachability import ChannelReach, reach, reachable
from segmentation.criteria.thresholds import THRESHOLDS, Threshold, Thresholds

__all__ = [
    "THRESHOLDS",
    "ChannelReach",
    "Check",
    "Threshold",
    "Thresholds",
    "Verdict",
    "check_segments",
    "reach",
    "reachable",
]
