"""How segments stand to each other: given, pinned, merged, split again, and two ways compared."""

from segmentation.structure.comparison import (
    CLEARER_BY,
    Comparison,
    Move,
    clarity,
    compare,
    explained,
)
from segmentation.structure.given import MOST_GIVEN, may_give, of_column
from segmentation.structure.merging import Pair, merged, merged_all
from segmentation.structure.partition import Partition, Segment, derived_key, found
from segmentation.structure.pins import (
    Pin,
    among,
    left_over,
    pinned_rows,
    rows_of_rule,
    with_pinned,
)
from segmentation.structure.splitting import enough_to_split, too_small, with_parts

__all__ = [
    "CLEARER_BY",
    "MOST_GIVEN",
    "Comparison",
    "Move",
    "Pair",
    "Partition",
    "Pin",
    "Segment",
    "among",
    "clarity",
    "compare",
    "derived_key",
    "enough_to_split",
    "explained",
    "found",
    "left_over",
    "may_give",
    "merged",
    "merged_all",
    "of_column",
    "pinned_rows",
    "rows_of_rule",
    "too_small",
    "with_parts",
    "with_pinned",
]
