"""How small an audience a platform takes.

Enters: a platform and the thresholds in force. Leaves: a number. Refuses to keep figures of its
own: they stand among the thresholds of the criteria, with their sources.
"""

from __future__ import annotations

from segmentation.audiences.platforms import Platform
from segmentation.criteria import Thresholds


def smallest_audience(platform: Platform, thresholds: Thresholds) -> int:
    """Return the fewest people that a platform can address; 0 where it names no number."""
    if platform.threshold is None:
        return 0
    return round(thresholds.value(platform.threshold))
