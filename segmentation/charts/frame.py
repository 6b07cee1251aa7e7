"""What charts with a row for each segment share: its name on the left, its colour, its height.

Enters: names and layers. Leaves: parts of a chart, or the whole one in its look. Refuses to know
what is drawn in the rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from segmentation.charts.palette import segment_colors
from segmentation.charts.theme import name_limit, themed

ROW_HEIGHT = 34
# Below the rows stand the numbers of the axis, and its title.
_AXIS_HEIGHT = 40


def segment_axis() -> alt.Y:
    """Return the axis of segment names, in the order of the rows."""
    limit = name_limit(200, 96)
    return alt.Y("segment:N", sort=None, title=None, axis=alt.Axis(labelLimit=limit))


def segment_color(names: Sequence[str], *, dark: bool) -> alt.Color:
    """Return each segment's own colour; the name stands on an axis or at the mark."""
    colors = segment_colors(len(names), dark=dark)
    scale = alt.Scale(domain=list(names), range=colors)
    return alt.Color("segment:N", scale=scale, legend=None)


def rows_chart(
    layers: Sequence[alt.Chart], n_rows: int, *, dark: bool, row_height: int = ROW_HEIGHT
) -> alt.LayerChart:
    """Lay layers over each other, as high as their rows need, in the look of the page.

    Parameters
    ----------
    layers : sequence of altair.Chart
        Drawn one after the other.
    n_rows : int
    dark : bool
        Whether the page is dark.
    row_height : int
        In pixels.

    Returns
    -------
    altair.LayerChart
    """
    chart = alt.LayerChart(layer=list(layers))
    return themed(chart.properties(height=row_height * max(1, n_rows) + _AXIS_HEIGHT), dark=dark)
