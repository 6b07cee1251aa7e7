"""Is a segment worth it? One criterion a file, the scorecard, reach and attractiveness."""

from segmentation.criteria.attractiveness import Place, places, shared_points, unrated
from segmentation.criteria.checks import CRITERIA, KNOCK_OUT, Check, Verdict
from segmentation.criteria.choices import (
    DEFAULT_POINTS,
    CriteriaChoices,
    ReachRules,
    SegmentPlan,
)
from segmentation.criteria.reachability import ChannelReach, Overlap, Reach, reach, reachable
from segmentation.criteria.scorecard import Evidence, Scorecard, Tested, scorecard
from segmentation.criteria.thresholds import THRESHOLDS, Threshold, Thresholds

__all__ = [
    "CRITERIA",
    "DEFAULT_POINTS",
    "KNOCK_OUT",
    "THRESHOLDS",
    "ChannelReach",
    "Check",
    "CriteriaChoices",
    "Evidence",
    "Overlap",
    "Place",
    "Reach",
    "ReachRules",
    "Scorecard",
    "SegmentPlan",
    "Tested",
    "Threshold",
    "Thresholds",
    "Verdict",
    "places",
    "reach",
    "reachable",
    "scorecard",
    "shared_points",
    "unrated",
]
