"""Who the segments are, in the customers' own units, from aggregates of the engine."""

from segmentation.profiles.association import Association, associations
from segmentation.profiles.cautions import cautions, missing_shares, yes_saying
from segmentation.profiles.crosstable import CrossTable, cross_table
from segmentation.profiles.differences import Difference, largest_difference, largest_differences
from segmentation.profiles.facts import LevelFact, NumberFact, Profile, SegmentSize
from segmentation.profiles.intervals import wilson
from segmentation.profiles.labelled import by_segment, labelled
from segmentation.profiles.markers import Mark, marks
from segmentation.profiles.profile import profile
from segmentation.profiles.separation import Separation, separation
from segmentation.profiles.spread import Spread, spreads
from segmentation.profiles.typical import known_of, typical_customers

__all__ = [
    "Association",
    "CrossTable",
    "Difference",
    "LevelFact",
    "Mark",
    "NumberFact",
    "Profile",
    "SegmentSize",
    "Separation",
    "Spread",
    "associations",
    "by_segment",
    "cautions",
    "cross_table",
    "known_of",
    "labelled",
    "largest_difference",
    "largest_differences",
    "marks",
    "missing_shares",
    "profile",
    "separation",
    "spreads",
    "typical_customers",
    "wilson",
    "yes_saying",
]
