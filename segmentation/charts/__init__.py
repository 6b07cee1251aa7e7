"""Results become charts: the only room that knows altair."""

from segmentation.charts.heat import difference_heat, region_heat
from segmentation.charts.palette import segment_colors, segment_rgb
from segmentation.charts.sizes import size_bars
from segmentation.charts.sweep import sweep_charts

__all__ = [
    "difference_heat",
    "region_heat",
    "segment_colors",
    "segment_rgb",
    "size_bars",
    "sweep_charts",
]
