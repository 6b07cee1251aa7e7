"""Files of customers for the platforms that address them: hashed, consented, each person once."""

from segmentation.audiences.building import Audience, build
from segmentation.audiences.holdout import SEED, HoldOut, planned, repeated
from segmentation.audiences.minimum import smallest_audience
from segmentation.audiences.plan import AudiencePlan, suggested_columns, suggested_consents
from segmentation.audiences.platforms import IDENTIFIERS, PLATFORMS, Part, Platform
from segmentation.audiences.writing import write_audience, write_held_out

__all__ = [
    "IDENTIFIERS",
    "PLATFORMS",
    "SEED",
    "Audience",
    "AudiencePlan",
    "HoldOut",
    "Part",
    "Platform",
    "build",
    "planned",
    "repeated",
    "smallest_audience",
    "suggested_columns",
    "suggested_consents",
    "write_audience",
    "write_held_out",
]
