"""Results become charts: the only room that knows altair."""

from segmentation.charts.borders import border_heat
from segmentation.charts.composition import composition_bars, mean_dots
from segmentation.charts.drawing import AnyChart, Drawing, plain
from segmentation.charts.evaluation import evaluation_plot
from segmentation.charts.heat import difference_heat, region_heat
from segmentation.charts.hierarchy import hierarchy_chart
from segmentation.charts.map_chart import map_chart, map_drawing
from segmentation.charts.palette import hex_of, scale_rgb, segment_colors, segment_rgb
from segmentation.charts.profile_plot import profile_plots, profile_sheet
from segmentation.charts.questions import accuracy_chart
from segmentation.charts.reach import reach_funnel
from segmentation.charts.season import season_heat
from segmentation.charts.separation import separation_plot
from segmentation.charts.sizes import size_bars
from segmentation.charts.sizing import profit_histogram, threshold_curve, tornado_chart
from segmentation.charts.snake import snake_plot
from segmentation.charts.spread import share_heat, spread_boxes
from segmentation.charts.sweep import left_curve, separation_curve
from segmentation.charts.trust import agreement_chart, gorge_chart, origins_chart

__all__ = [
    "AnyChart",
    "Drawing",
    "accuracy_chart",
    "agreement_chart",
    "border_heat",
    "composition_bars",
    "difference_heat",
    "evaluation_plot",
    "gorge_chart",
    "hex_of",
    "hierarchy_chart",
    "left_curve",
    "map_chart",
    "map_drawing",
    "mean_dots",
    "origins_chart",
    "plain",
    "profile_plots",
    "profile_sheet",
    "profit_histogram",
    "reach_funnel",
    "region_heat",
    "scale_rgb",
    "season_heat",
    "segment_colors",
    "segment_rgb",
    "separation_curve",
    "separation_plot",
    "share_heat",
    "size_bars",
    "snake_plot",
    "spread_boxes",
    "threshold_curve",
    "tornado_chart",
]
