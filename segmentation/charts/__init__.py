"""Results become charts: the only room that knows altair."""

from segmentation.charts.heat import difference_heat, region_heat
from segmentation.charts.palette import segment_colors, segment_rgb
from segmentation.charts.profile_plot import profile_plots
from segmentation.charts.questions import accuracy_chart
from segmentation.charts.sizes import size_bars
from segmentation.charts.spread import share_heat, spread_boxes
from segmentation.charts.sweep import sweep_charts
from segmentation.charts.trust import agreement_chart, gorge_chart, origins_chart

__all__ = [
    "accuracy_chart",
    "agreement_chart",
    "difference_heat",
    "gorge_chart",
    "origins_chart",
    "profile_plots",
    "region_heat",
    "segment_colors",
    "segment_rgb",
    "share_heat",
    "size_bars",
    "spread_boxes",
    "sweep_charts",
]
