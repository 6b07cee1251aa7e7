"""Who the segments are, in the customers' own units, from aggregates of the engine."""

from segmentation.profiles.differences import Difference, largest_differences
from segmentation.profiles.profile import LevelFact, NumberFact, Profile, SegmentSize, profile

__all__ = [
    "Difference",
    "LevelFact",
    "NumberFact",
    "Profile",
    "SegmentSize",
    "largest_differences",
    "profile",
]
