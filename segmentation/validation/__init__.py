"""How far to trust a solution: structure or none, and which number of segments to prefer."""

from segmentation.validation.choice import Choice, choose
from segmentation.validation.gap import GapTest, gap_test
from segmentation.validation.silhouette import silhouette

__all__ = ["Choice", "GapTest", "choose", "gap_test", "silhouette"]
